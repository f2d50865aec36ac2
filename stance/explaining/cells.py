"""Explanations as a column: one object a text, with every head and the nearest statements."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from stance.records import Prediction
from stance.tables.jsonl import to_json

if TYPE_CHECKING:
    from stance.predictor import Predictor


class Explained:
    """Adds the column ``explanation``; null for a text that the model cannot judge."""

    def __init__(self, predictor: Predictor) -> None:
        self._predictor = predictor

    def columns(self, *, flat: bool) -> list[str]:  # noqa: ARG002 -- the signature of every addition
        """Give the name of the column."""
        return ["explanation"]

    def cells(self, prediction: Prediction, *, flat: bool) -> dict[str, Any]:
        """Give the explanation; as text in a table, which has no nesting."""
        found = self._explanation(prediction.text) if prediction.status == "ok" else None
        return {"explanation": to_json(found) if flat and found is not None else found}

    def _explanation(self, text: str) -> dict[str, Any]:
        predictor = self._predictor
        heads: dict[str, Any] = {head: predictor.reasons(text, head).as_dict() for head in predictor.heads}
        nearest = [each.as_dict() for each in predictor.nearest(text)] if predictor.has_neighbours else None
        return {**heads, "nearest": nearest}
