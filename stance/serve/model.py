"""The model in memory: loaded, verified and warm before it answers; replaced as a whole by a newer one.

Knows nothing of HTTP.
"""

from __future__ import annotations

import gc
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from stance.labels import MEANINGS
from stance.model.folder import CARD, METRICS
from stance.predictor import Predictor
from stance.resources import default_model
from stance.serve.batches import Batches
from stance.verify import load_verified


@dataclass(frozen=True)
class Serving:
    """A model and what there is to tell of it.

    Attributes
    ----------
    predictor : warm
    name : the name of the model's folder
    about : the answer to ``GET /v1/model``
    batches : label many texts of a request
    """

    predictor: Predictor
    name: str
    about: Mapping[str, Any]
    batches: Batches

    @property
    def heads(self) -> Mapping[str, tuple[str, ...]]:
        """Head to its labels."""
        return self.predictor.heads


class ModelHolder:
    """Holds the model that answers.

    A request takes :attr:`current` once and keeps it to its end, so that replacing it disturbs nobody.

    Parameters
    ----------
    path : the folder; "" means the model that comes along

    Raises
    ------
    ModelError
        If the model cannot be read or does not give what it gave when it was written.
    """

    def __init__(self, path: str) -> None:
        self._path = path or default_model()
        self.current = _opened(self._path)

    def reload(self) -> Serving:
        """Open the folder anew and answer with what is in it from now on; on any error all stays as it was.

        Raises
        ------
        ModelError
            As the constructor.
        """
        self.current = _opened(self._path)
        gc.collect()
        return self.current


def _opened(path: str) -> Serving:
    from stance import __version__

    predictor = load_verified(path)
    predictor.vocabulary.read_all()
    name = Path(path).resolve().name
    heads = {
        head: [{"name": label, "meaning": MEANINGS.get(label)} for label in labels]
        for head, labels in predictor.heads.items()
    }
    about = {
        "name": name,
        "version": str(predictor.manifest["sha256"])[:12],
        "stance_version": __version__,
        "heads": heads,
        "card": _text(path, CARD),
        "manifest": dict(predictor.manifest),
        "metrics": _json(path, METRICS),
    }
    return Serving(predictor, name, about, Batches(predictor))


def _text(folder: str, name: str) -> str:
    """Give a file that tells people of the model; without it the model works as well."""
    try:
        with open(os.path.join(folder, name), encoding="utf-8", errors="replace") as stream:
            return stream.read()
    except OSError:
        return ""


def _json(folder: str, name: str) -> dict[str, Any]:
    import json

    try:
        found = json.loads(_text(folder, name) or "{}")
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}
