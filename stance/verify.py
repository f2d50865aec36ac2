"""Does a model folder still give what it gave when it was written?"""

from __future__ import annotations

from math import isfinite
from typing import Any

from stance.errors import ModelError
from stance.model import read_model
from stance.model.neighbours import check_files
from stance.predictor import Predictor

#: Stored probabilities are rounded to six places.
_TOLERANCE = 1e-6
_REMEDY = "Train it again or fetch it again."


def verify_model(path: str) -> int:
    """Check formats, hashes, finiteness of all numbers, the statements beside them, and the canary texts.

    Returns
    -------
    int
        Number of canary texts checked.

    Raises
    ------
    ModelError
        Naming the first thing that is not as recorded.
    """
    predictor = load_verified(path)
    if predictor.has_neighbours:
        predictor.nearest("")
    return len(predictor.manifest["canaries"])


def load_verified(path: str) -> Predictor:
    """Open a model folder after all checks of :func:`verify_model` but one: statements are checked by their hash only.

    Raises
    ------
    ModelError
        Naming the first thing that is not as recorded.
    """
    model = read_model(path)
    for name in ("idf", "coefficients", "intercepts", "temperatures"):
        if not _finite(model.arrays.array(name)):
            raise ModelError(model.arrays.path, f'array "{name}" holds numbers that are not finite', _REMEDY)
    predictor = Predictor(model)
    if predictor.has_neighbours:
        check_files(model)
    canaries = model.manifest.get("canaries")
    if not canaries:
        raise ModelError(path, "the manifest records no canary texts, so nothing can be compared", _REMEDY)
    for canary in canaries:
        now = predictor.predict(canary["text"])
        for head in predictor.heads:
            recorded, given = canary.get(f"{head}_probabilities", {}), now.probabilities(head)
            if recorded.keys() != given.keys() or not all(
                abs(recorded[label] - p) <= _TOLERANCE for label, p in given.items()
            ):
                shown = now.as_dict()[f"{head}_probabilities"]
                raise ModelError(
                    path,
                    f'"{canary["text"]}" gets other probabilities of {head} than recorded ({shown}, not {recorded})',
                    _REMEDY,
                )
    return predictor


def _finite(numbers: memoryview[Any]) -> bool:
    """Tell whether all are: their sum would not be, else; it can overflow, so then each is looked at."""
    return isfinite(sum(numbers)) or all(map(isfinite, numbers))
