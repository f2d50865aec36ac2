"""What stands beside the scores of a head: parts, rivals, chance, variants and doubted labels, as frozen records."""

from __future__ import annotations

from dataclasses import dataclass

from stance.evaluation.interval import Interval


@dataclass(frozen=True, slots=True)
class Slice:
    """Scores on the rows that have one value in one column.

    Attributes
    ----------
    labels : number of gold labels that occur here; the macro-F1 is over these
    small : fewer than thirty rows, too few to conclude anything
    """

    head: str
    column: str
    value: str
    rows: int
    groups: int
    labels: int
    macro_f1: float
    macro_f1_interval: Interval | None
    accuracy: float
    accuracy_interval: Interval | None
    small: bool


@dataclass(frozen=True, slots=True)
class Difference:
    """One figure of this model and of the other, and how far this one is above; None with fewer than five groups."""

    what: str
    this: float
    other: float
    difference: float
    interval: Interval | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two models on the same rows.

    Attributes
    ----------
    other : name of the other model
    both_right, only_this, only_other, both_wrong : rows
    p_value : of McNemar's exact test
    f1 : one difference a class and, last, that of the macro-F1
    """

    head: str
    other: str
    rows: int
    groups: int
    both_right: int
    only_this: int
    only_other: int
    both_wrong: int
    p_value: float
    f1: tuple[Difference, ...]


@dataclass(frozen=True, slots=True)
class ChanceTest:
    """The macro-F1 beside that of shuffled gold labels.

    Attributes
    ----------
    by_chance, by_chance_high : mean and 95th percentile over the permutations
    p_value : share of permutations that reach the model's score, the model's own labels counted as one
    """

    head: str
    macro_f1: float
    by_chance: float
    by_chance_high: float
    p_value: float
    permutations: int


@dataclass(frozen=True, slots=True)
class Variant:
    """The score of the same training under another condition, which ``name`` tells."""

    head: str
    name: str
    macro_f1: float
    macro_f1_interval: Interval | None
    accuracy: float


@dataclass(frozen=True, slots=True)
class Suspect:
    """A gold label that is probably wrong.

    Attributes
    ----------
    suggested : the label that the row seems to deserve
    self_confidence : probability of the gold label, from a model that had not seen the row
    confidence : probability of the suggested label
    where : file and line
    """

    head: str
    text: str
    gold: str
    suggested: str
    self_confidence: float
    confidence: float
    where: str
