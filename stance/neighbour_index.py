"""The index of the labelled statements in a model folder, made of a training run: which of them hold a term, how often.

Knows nothing of folders and manifests.
"""

from __future__ import annotations

import numpy as np
import safetensors.numpy
from numpy.typing import NDArray

from stance.model.neighbours import HIGHEST_STEPS, MOST_TIMES
from stance.training import Trained


def index_bytes(trained: Trained, rows: list[int]) -> bytes:
    """Give the safetensors file that :class:`stance.explaining.neighbours.Neighbours` searches.

    Parameters
    ----------
    rows : of the statements, in the order in which they are stored

    Returns
    -------
    bytes
        ``starts``, for each term where its postings begin and last where they end; ``numbers`` and ``times``, a
        statement that holds it and how often; ``scales``, for each statement 1 by the length of its TF-IDF vector;
        ``highest``, for each term no less than its highest value in a statement, in :data:`HIGHEST_STEPS` steps.
    """
    choice = trained.features.choice
    counted = trained.reading.counted[rows][:, choice.kept].tocsc()
    counted.sort_indices()
    times = np.minimum(counted.data, MOST_TIMES).astype(np.uint8)
    values = counted.copy()
    values.data = 1 + np.log(times.astype(np.float64))
    values = values.multiply(choice.idf).tocsc()
    lengths = np.sqrt(np.bincount(values.indices, values.data**2, minlength=len(rows)))
    scales = np.divide(1, lengths, out=np.zeros(len(rows)), where=lengths > 0)
    values.data *= scales[values.indices]
    return bytes(
        safetensors.numpy.save(
            {
                "starts": counted.indptr.astype(np.uint32),
                "numbers": counted.indices.astype(np.uint16 if len(rows) <= 2**16 else np.uint32),
                "times": times,
                "scales": scales,
                "highest": _rounded_up(values.max(axis=0).toarray().ravel()),
            }
        )
    )


def _rounded_up(values: NDArray[np.float64]) -> NDArray[np.uint16]:
    steps: NDArray[np.float64] = np.ceil(np.minimum(values, 1) * HIGHEST_STEPS)
    return steps.astype(np.uint16)
