"""Labels under a promise: a label is given only where it is sure enough for the risk; sets are made for a coverage."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from stance.confidence.promises import Promises
from stance.confidence.records import Decision
from stance.errors import UsageError
from stance.records import Prediction

if TYPE_CHECKING:
    from stance.predictor import Predictor

_EQUAL = 1e-9


class Decider:
    """A predictor that keeps promises.

    Parameters
    ----------
    risk : share of wrong labels among those given, at most, in each head; None decides as the predictor does
    coverage : share of sets that hold the right label, at least; None makes no sets
    per_class : hold the coverage among the texts of each label, not only among all

    Attributes
    ----------
    risk, coverage : as given
    needed : head to the probability that a label must have; {} without a risk

    Raises
    ------
    UsageError
        If neither is given, or one cannot be promised.
    ModelError
        If the model was trained without thresholds, or they cannot be read.
    """

    def __init__(
        self,
        predictor: Predictor,
        *,
        risk: float | None = None,
        coverage: float | None = None,
        per_class: bool = True,
    ) -> None:
        if risk is None and coverage is None:
            raise UsageError("There is nothing to promise: give a risk, a coverage, or both.")
        self._predictor = predictor
        self.risk, self.coverage = risk, coverage
        promises = {head: Promises(predictor.path, predictor.manifest, head) for head in predictor.heads}
        self.needed = {} if risk is None else {head: own.confidence(risk) for head, own in promises.items()}
        self._limits = (
            {}
            if coverage is None
            else {head: own.limits(coverage, per_class=per_class) for head, own in promises.items()}
        )

    def predict(self, text: str) -> Decision:
        """Label one text."""
        return self.decide(self._predictor.predict(text))

    def predict_many(self, texts: Iterable[str]) -> Iterator[Decision]:
        """Label texts, in order, in constant memory."""
        return map(self.decide, self._predictor.predict_many(texts))

    def decide(self, prediction: Prediction) -> Decision:
        """Give what of a prediction can be said under the promise."""
        labels: dict[str, str | None] = {}
        reasons: dict[str, str | None] = {}
        sets: dict[str, tuple[str, ...] | None] = {}
        for head in self._predictor.heads:
            probabilities = prediction.probabilities(head)
            reasons[head] = prediction.reason
            if prediction.status == "ok" and max(probabilities.values()) < self.needed.get(head, 0.0):
                reasons[head] = doubt(probabilities)
            labels[head] = None if reasons[head] else prediction.label(head)
            if head in self._limits:
                sets[head] = _set(probabilities, self._limits[head]) if prediction.status == "ok" else None
        return Decision(prediction, labels, reasons, sets)

    def columns(self, *, flat: bool) -> list[str]:  # noqa: ARG002 -- the signature of every addition
        """Give the names of the columns that are added to those of a prediction."""
        heads = self._predictor.heads
        reasons = [f"{head}_reason" for head in heads] if self.risk is not None else []
        return reasons + ([f"{head}_set" for head in heads] if self.coverage is not None else [])

    def cells(self, prediction: Prediction, *, flat: bool) -> dict[str, Any]:
        """Give the cells of these columns, and of those of the prediction that the promise changes."""
        row = self.decide(prediction).as_dict()
        changed = ["status", *self._predictor.heads, "reason"] if prediction.status == "ok" else []
        return {name: row[name] for name in [*changed, *self.columns(flat=flat)]}


def doubt(probabilities: Mapping[str, float]) -> str:
    """Give the reason why the likeliest label is not sure enough.

    ``ambiguous`` with the two likeliest labels, if what they hold together is nearer to all than to what two labels
    hold when all are equally likely (3/4 of four labels, 5/6 of three); else ``flat``.
    """
    order = sorted(probabilities, key=lambda label: -probabilities[label])
    both = probabilities[order[0]] + probabilities[order[1]]
    if both < (1 + 2 / len(order)) / 2 - _EQUAL:
        return "flat"
    return "ambiguous:" + "/".join(sorted(order[:2]))


def _set(probabilities: Mapping[str, float], limits: Sequence[float]) -> tuple[str, ...]:
    return tuple([label for (label, p), limit in zip(probabilities.items(), limits, strict=True) if p >= limit])
