"""A prediction with what was promised for it.

Knows nothing of models.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from stance.records import Prediction


@dataclass(frozen=True, slots=True)
class Decision:
    """What is said of one text under a promise.

    Attributes
    ----------
    prediction : as the model gives it, without a promise
    labels : head to label; None where it is undecided
    reasons : head to the reason why it is undecided, None where it is not: a reason of the prediction, ``flat`` (the
        probabilities are too even) or ``ambiguous:critical/diplomatic`` (two labels, in alphabetical order, hold most
        of it)
    sets : head to the labels that may be right, in the model's order; None for a text that the model cannot judge;
        {} when no coverage was asked for
    """

    prediction: Prediction
    labels: Mapping[str, str | None]
    reasons: Mapping[str, str | None]
    sets: Mapping[str, tuple[str, ...] | None]

    @property
    def status(self) -> str:
        """``ok`` if a head has a label; ``undecided`` if none has, ``empty`` for no text."""
        decided = any(label is not None for label in self.labels.values())
        return self.prediction.status if decided or self.prediction.status != "ok" else "undecided"

    @property
    def reason(self) -> str | None:
        """Why the status is ``undecided``: of the prediction, else of the first head; None if it is not."""
        if self.status != "undecided":
            return None
        return self.prediction.reason or next(iter(self.reasons.values()))

    @property
    def stance(self) -> str | None:
        """The stance; None where it is undecided."""
        return self.labels.get("stance")

    @property
    def sentiment(self) -> str | None:
        """The sentiment; None where it is undecided."""
        return self.labels.get("sentiment")

    def as_dict(self) -> dict[str, Any]:
        """Give the JSON row: that of the prediction, under the promise."""
        row = {**self.prediction.as_dict(), "status": self.status, **self.labels, "reason": self.reason}
        row.update({f"{head}_reason": reason for head, reason in self.reasons.items()})
        row.update({f"{head}_set": None if own is None else list(own) for head, own in self.sets.items()})
        return row
