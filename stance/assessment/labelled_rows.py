"""Rows with gold labels and a model's predictions, as columns of numbers to score by part and against another model."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from stance.assessment.slicing import slice_columns
from stance.errors import UsageError
from stance.evaluation import ChanceTest, Comparison, Slice
from stance.evaluation.comparison import compare
from stance.evaluation.permutation import chance_test
from stance.evaluation.slices import score_slices
from stance.predictor import Predictor
from stance.records import Prediction, Statement

Columns = NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class LabelledRows:
    """Statements of one head with their predictions, one each.

    Attributes
    ----------
    labels : the classes scored, every gold label among them
    """

    head: str
    labels: tuple[str, ...]
    statements: Sequence[Statement]
    predictions: Sequence[Prediction]

    @property
    def gold(self) -> Columns:
        """Column of each gold label."""
        return np.array([self.labels.index(s.labels[self.head]) for s in self.statements], np.intp)

    @property
    def groups(self) -> list[str]:
        """Group of each statement."""
        return [s.group for s in self.statements]

    def slices(self, wanted: Sequence[str], *, seed: int) -> tuple[Slice, ...]:
        """Score by the columns asked for and the usual ones."""
        columns = slice_columns(self.statements, wanted, self.predictions)
        given = given_columns(self.head, self.labels, self.predictions)
        return score_slices(self.head, self.gold, given, len(self.labels), columns, groups=self.groups, seed=seed)

    def against_chance(self, *, seed: int) -> ChanceTest:
        """Test whether shuffled gold labels would do as well."""
        given = given_columns(self.head, self.labels, self.predictions)
        return chance_test(self.head, self.gold, given, len(self.labels), groups=self.groups, seed=seed)

    def compared(self, other: Predictor, *, seed: int) -> Comparison:
        """Compare with another model of the same labels.

        Raises
        ------
        UsageError
            If it lacks the head or a label.
        """
        missing = set(self.labels) - set(other.heads.get(self.head, ()))
        if missing:
            named = ", ".join(label for label in self.labels if label in missing)
            raise UsageError(
                f"--against {other.path}: that model has no {self.head} of {named}, so it cannot be compared."
            )
        theirs = list(other.predict_many(s.text for s in self.statements))
        own, others = (given_columns(self.head, self.labels, each) for each in (self.predictions, theirs))
        return compare(self.head, self.labels, self.gold, own, others, name=other.path, groups=self.groups, seed=seed)


def renormalised(head: str, labels: Sequence[str], predictions: Sequence[Prediction]) -> NDArray[np.float64]:
    """Give the probabilities of the classes scored, shape (n, k), rows summing to one."""
    kept = np.array([[p.probabilities(head)[label] for label in labels] for p in predictions])
    return np.asarray(kept / kept.sum(axis=1, keepdims=True))


def given_columns(head: str, labels: Sequence[str], predictions: Sequence[Prediction]) -> Columns:
    """Give the column of the most probable class scored, k for an undecided row, shape (n,)."""
    decided = np.array([p.status == "ok" for p in predictions])
    return np.where(decided, renormalised(head, labels, predictions).argmax(axis=1), len(labels))
