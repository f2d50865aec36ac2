"""Do new predictions look like the old ones? Compares two samples by sums and counts; knows nothing of files.

A measure drifts when it moved further than its threshold and chance does not explain it: its 95 % interval excludes no
change. That a large sample finds any small change significant, and that a small one moves far by chance, is why both
are asked. Drift says that the text or the model changed, not that the labels are wrong.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.special import chdtrc

from stance.evaluation.drift_records import FEWEST_ROWS, Change, Drift, Moments, Sample, Thresholds, Verdict
from stance.evaluation.interval import Interval

Floats = NDArray[np.float64]

DRAWS = 1_000
_Z = 1.959964  # 97.5th percentile of the normal distribution
_SMALLEST = 0.5  # rows; a label that one side lacks would make the index infinite


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
