"""What drift is read from, and what was found, as records."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Literal

from stance.evaluation.interval import Interval

Verdict = Literal["steady", "drift", "too few rows"]

#: With fewer rows on either side, a share moves by a tenth through chance alone.
FEWEST_ROWS = 100


@dataclass(slots=True)
class Moments:
    """Count, sum and sum of squares of a number, row by row."""

    count: int = 0
    total: float = 0.0
    squares: float = 0.0

    def add(self, value: float) -> None:
        """Take in one row."""
        self.count += 1
        self.total += value
        self.squares += value * value

    @property
    def mean(self) -> float:
        """The mean; nought without rows."""
        return self.total / self.count if self.count else 0.0

    @property
    def error(self) -> float:
        """The squared standard error of the mean; nought below two rows."""
        if self.count < 2:
            return 0.0
        return max(self.squares - self.count * self.mean**2, 0.0) / (self.count - 1) / self.count


@dataclass(slots=True)
class Sample:
    """What is kept of one file of predictions.

    Attributes
    ----------
    undecided : rows without a label, 1 each, the others 0
    known : share of a text's different words that the model knows; only rows with a text
    labels : head to label to rows
    confidence : head to the probability of the label given; decided rows
    """

    undecided: Moments = field(default_factory=Moments)
    known: Moments = field(default_factory=Moments)
    labels: dict[str, dict[str, int]] = field(default_factory=dict)
    confidence: dict[str, Moments] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Thresholds:
    """How far a measure may move.

    Attributes
    ----------
    mix : population stability index of the labels; below 0.1 counts as stable and above 0.25 as a shift in credit
        scoring, where it comes from (N. Siddiqi, "Credit Risk Scorecards", 2006)
    undecided, known, confidence : change of the mean, in shares of one
    """

    mix: float = 0.1
    undecided: float = 0.05
    known: float = 0.05
    confidence: float = 0.05


@dataclass(frozen=True, slots=True)
class Change:
    """One measure in both files.

    Attributes
    ----------
    old, new : the means; None for the mix, which is no one number
    change : new less old, or the index of the mix
    interval : 95 %
    p_value : chi-square test of equal mixes; None for means
    threshold : the change that is allowed
    rows : of the old and the new file that count here
    shares : label to old and new share, for the mix
    """

    what: str
    old: float | None
    new: float | None
    change: float
    interval: Interval
    p_value: float | None
    threshold: float
    rows: tuple[int, int]
    verdict: Verdict
    shares: Mapping[str, tuple[float, float]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Drift:
    """All changes between two files."""

    old_rows: int
    new_rows: int
    changes: tuple[Change, ...]

    @property
    def drifted(self) -> tuple[str, ...]:
        """Names of the measures that moved too far."""
        return tuple(each.what for each in self.changes if each.verdict == "drift")

    def as_dict(self) -> dict[str, Any]:
        """Give the JSON form."""
        return {"schema_version": 1, "drifted": list(self.drifted), "fewest_rows": FEWEST_ROWS, **asdict(self)}
