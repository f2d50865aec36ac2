"""Do new predictions look like the old ones? Compares two samples by sums and counts; knows nothing of files.

A measure drifts when it moved further than its threshold and chance does not explain it: its 95 % interval excludes no
change. That a large sample finds any small change significant, and that a small one moves far by chance, is why both
are asked. Drift says that the text or the model changed, not that the labels are wrong.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray
from scipy.special import chdtrc

from stance.evaluation.records import Interval

Floats = NDArray[np.float64]
Verdict = Literal["steady", "drift", "too few rows"]

#: With fewer rows on either side, a share moves by a tenth through chance alone.
FEWEST_ROWS = 100
DRAWS = 1_000
_Z = 1.959964  # 97.5th percentile of the normal distribution
_SMALLEST = 0.5  # rows; a label that one side lacks would make the index infinite


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


def compare(old: Sample, new: Sample, *, thresholds: Thresholds, seed: int = 0) -> Drift:
    """Compare two samples measure by measure; one that a file does not hold is left out."""
    changes = [mean_change("undecided rows", old.undecided, new.undecided, thresholds.undecided)]
    if old.known.count and new.known.count:
        changes.append(mean_change("known words", old.known, new.known, thresholds.known))
    for head in (head for head in old.labels if head in new.labels):
        changes.append(mix_change(f"{head}: labels", old.labels[head], new.labels[head], thresholds.mix, seed=seed))
        if head in old.confidence and head in new.confidence:
            changes.append(
                mean_change(f"{head}: confidence", old.confidence[head], new.confidence[head], thresholds.confidence)
            )
    return Drift(old.undecided.count, new.undecided.count, tuple(changes))


def mean_change(what: str, old: Moments, new: Moments, threshold: float) -> Change:
    """Give the difference of two means with its normal interval, the variances taken apart (B. Welch, 1947)."""
    change = new.mean - old.mean
    half = _Z * (old.error + new.error) ** 0.5
    interval = Interval(round(change - half, 6), round(change + half, 6))
    rows = (old.count, new.count)
    verdict = _verdict(rows, moved=abs(change) > threshold, real=interval.low > 0 or interval.high < 0)
    means = (round(old.mean, 6), round(new.mean, 6))
    return Change(what, *means, round(change, 6), interval, None, threshold, rows, verdict)


def mix_change(what: str, old: Mapping[str, int], new: Mapping[str, int], threshold: float, *, seed: int = 0) -> Change:
    """Give the population stability index of two label counts, its bootstrap interval and a chi-square test.

    Parameters
    ----------
    old, new : label to rows
    """
    names = list(dict.fromkeys([*old, *new]))
    counts = np.array([[side.get(name, 0) for name in names] for side in (old, new)], float)
    generator = np.random.default_rng(seed)
    index = float(stability_index(counts[0], counts[1]))
    drawn = stability_index(*(_resampled(side, generator) for side in counts))
    low, high = np.percentile(drawn, [2.5, 97.5])
    p_value = chi_square(counts)
    rows = (int(counts[0].sum()), int(counts[1].sum()))
    shares = counts / np.maximum(counts.sum(axis=1, keepdims=True), 1)
    return Change(
        what,
        None,
        None,
        round(index, 6),
        Interval(round(float(low), 6), round(float(high), 6)),
        round(p_value, 6),
        threshold,
        rows,
        _verdict(rows, moved=index > threshold, real=p_value < 0.05),
        {name: (round(float(a), 6), round(float(b), 6)) for name, a, b in zip(names, *shares, strict=True)},
    )


def stability_index(old: Floats, new: Floats) -> Floats:
    """Give the sum over labels of (new - old) ln(new / old), shares of labels along the last axis.

    A label without rows counts as half a row.
    """
    shares = [np.maximum(side, _SMALLEST) for side in (old, new)]
    before, after = (side / side.sum(axis=-1, keepdims=True) for side in shares)
    return np.asarray(((after - before) * np.log(after / before)).sum(axis=-1))


def chi_square(counts: Floats) -> float:
    """Give the p-value of Pearson's test that both rows of a (2, k) table come from one mix; 1 where it has no say."""
    held = counts[:, counts.sum(axis=0) > 0]
    expected = np.outer(held.sum(axis=1), held.sum(axis=0)) / max(held.sum(), 1)
    freedom = held.shape[1] - 1
    if freedom < 1 or not expected.all():
        return 1.0
    return float(chdtrc(freedom, float(((held - expected) ** 2 / expected).sum())))


def _resampled(counts: Floats, generator: np.random.Generator) -> Floats:
    total = int(counts.sum())
    shares: Sequence[float] | Floats = counts / total if total else np.full(len(counts), 1 / len(counts))
    return generator.multinomial(total, shares, size=DRAWS).astype(float)


def _verdict(rows: tuple[int, int], *, moved: bool, real: bool) -> Verdict:
    if min(rows) < FEWEST_ROWS:
        return "too few rows"
    return "drift" if moved and real else "steady"
