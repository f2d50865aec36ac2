"""The arrays of a model folder, made of a training run. Knows nothing of folders and manifests."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import safetensors.numpy
from numpy.typing import NDArray

from stance.training import Trained
from stance.training.features import Folded
from stance.training.solve import STEP

_WORD_BLOCKS = ("outside", "inside", "leading")


def array_bytes(trained: Trained) -> bytes:
    """Give the safetensors file: terms and words sorted by bytes, weights with one row each and one column a label."""
    terms, term_offsets = _strings(trained.vocabulary)
    words, word_offsets = _strings(trained.reading.words.units)
    gates = [trained.gate] if trained.gate else []
    blocks = [own.weights for own in trained.heads.values()] + [gate.weights for gate in gates]
    by_word = [_steps(np.vstack([getattr(block, name) for block in blocks]).T) for name in _WORD_BLOCKS]
    intercepts = [own.intercepts for own in trained.heads.values()] + [np.array([gate.intercept]) for gate in gates]
    return bytes(
        safetensors.numpy.save(
            {
                "terms": terms,
                "term_offsets": term_offsets,
                "idf": trained.features.choice.idf.astype(np.float32),
                "coefficients": np.ascontiguousarray(np.vstack([block.terms for block in blocks]).T.astype(np.float32)),
                "words": words,
                "word_offsets": word_offsets,
                "acts": trained.features.choice.acts.astype(np.uint8),
                "word_step": np.array([STEP]),
                **dict(zip(_WORD_BLOCKS, by_word, strict=True)),
                "intercepts": np.concatenate(intercepts),
                "temperatures": np.array([own.temperature for own in trained.heads.values()]),
            }
        )
    )


def stored_weights(weights: Folded) -> NDArray[np.float64]:
    """Give weights as the file holds them: of terms, then of words outside, inside and leading."""
    by_word = [_steps(getattr(weights, block)) * STEP for block in _WORD_BLOCKS]
    return np.hstack([weights.terms.astype(np.float32), *by_word])


def _strings(texts: Sequence[str]) -> tuple[NDArray[np.uint8], NDArray[np.uint32]]:
    encoded = [text.encode() for text in texts]
    return np.frombuffer(b"".join(encoded), np.uint8), np.cumsum([0, *map(len, encoded)]).astype(np.uint32)


def _steps(weights: NDArray[np.float64]) -> NDArray[np.int16]:
    """Give the weights in whole steps; beyond ±8, which no word has come near, they are cut off."""
    limits = np.iinfo(np.int16)
    return np.ascontiguousarray(np.clip(np.rint(weights / STEP), limits.min, limits.max).astype(np.int16))
