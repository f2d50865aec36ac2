"""The word vectors of ``data/vectors`` brought to the units that texts are made of.

J. Pennington, R. Socher and C. Manning, "GloVe", EMNLP 2014; made compact by ``data/vectors/make_vectors.py``.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import cache

import numpy as np
import safetensors.numpy
from numpy.typing import NDArray

from stance.errors import FileError
from stance.resources import root
from stance.text import units_of

Floats = NDArray[np.float64]

#: A word of relative frequency p is weighted a / (a + p), so that "the" says little: S. Arora, Y. Liang and T. Ma,
#: "A simple but tough-to-beat baseline for sentence embeddings", ICLR 2017.
SMOOTHING = 1e-3
#: Words by whose frequency the ranks in the file are.
RANKED = 60_000


@dataclass(frozen=True)
class WordVectors:
    """Vectors by unit.

    Attributes
    ----------
    units : in the order of their UTF-8 bytes
    matrix : shape (n_units, 80); the length of a row is its weight, in (0, 1]
    """

    units: tuple[str, ...]
    matrix: Floats


def path() -> str:
    """Give the file of the vectors."""
    return os.path.join(root(), "data", "vectors", "glove.safetensors")


@cache
def load() -> WordVectors:
    """Read the vectors and join the inflections of a word, weighted by their frequency, which Zipf's law gives.

    Raises
    ------
    FileError
        If the file is missing or damaged.
    """
    try:
        with open(path(), "rb") as stream:
            arrays = safetensors.numpy.load(stream.read())
        words = bytes(arrays["words"]).decode().split("\n")
        vectors = arrays["vectors"] * arrays["steps"][:, None].astype(np.float64)
    except (OSError, KeyError, ValueError, safetensors.SafetensorError) as error:
        reason = str(getattr(error, "strerror", None) or error)
        raise FileError(path(), f"could not be read ({reason})", "Install stance again, or fetch the file.") from None
    frequencies = 1 / (arrays["ranks"] * np.log(RANKED))
    rows: dict[str, list[int]] = {}
    for row, word in enumerate(words):
        made = units_of(word)
        if len(made) == 1 and made[0][0].isalpha():  # no slot: names of places say nothing
            rows.setdefault(made[0], []).append(row)
    units = tuple(sorted(rows, key=str.encode))
    return WordVectors(units, np.array([_joined(vectors[rows[u]], frequencies[rows[u]]) for u in units]))


def _joined(vectors: Floats, frequencies: Floats) -> Floats:
    """Give the direction of the mean vector, as long as the weight of the words' common frequency."""
    mean: Floats = frequencies @ vectors
    joined: Floats = mean / np.linalg.norm(mean) * (SMOOTHING / (SMOOTHING + frequencies.sum()))
    return joined
