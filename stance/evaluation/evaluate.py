"""Score one head from arrays of labels and probabilities."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from stance.evaluation import bootstrap, calibration, conformal, confusion, selective
from stance.evaluation.records import Baseline, ClassScore, HeadEvaluation, Interval

Floats = NDArray[np.float64]

_FEWEST_GROUPS = 5


def evaluate_head(
    head: str,
    labels: Sequence[str],
    gold: Sequence[str],
    probabilities: Floats,
    *,
    decided: Sequence[bool] | None = None,
    groups: Sequence[str] | None = None,
    baselines: Mapping[str, Sequence[str]] | None = None,
    seed: int = 0,
) -> HeadEvaluation:
    """Score probabilities against gold labels.

    Parameters
    ----------
    labels : the k classes, in column order
    gold : length n, each one of ``labels``
    probabilities : shape (n, k), rows summing to one
    decided : length n; False marks a row that the model left undecided; None means all were decided
    groups : length n; intervals are taken by resampling groups; None means every row for itself
    baselines : name to n labels, scored beside the model
    seed : of the bootstrap

    Raises
    ------
    ValueError
        If lengths or shapes disagree or a gold label is not among ``labels``.
    """
    n, k = len(gold), len(labels)
    if probabilities.shape != (n, k):
        raise ValueError(f"probabilities have shape {probabilities.shape}, expected ({n}, {k})")
    if unknown := sorted(set(gold) - set(labels)):
        raise ValueError(f"gold labels {unknown} are not among {list(labels)}")
    for name, column in {"decided": decided, "groups": groups, **(baselines or {})}.items():
        if column is not None and len(column) != n:
            raise ValueError(f"{name} has length {len(column)}, expected {n}")
    index = {label: place for place, label in enumerate(labels)}
    right = np.array([index[label] for label in gold], np.intp)
    sure = np.ones(n, bool) if decided is None else np.array(decided, bool)
    given = np.where(sure, probabilities.argmax(axis=1), k)
    tables = confusion.by_group(right, given, k, groups if groups is not None else range(n))
    total = tables.sum(axis=0)
    precision, recall, f1 = confusion.scores(total)
    intervals = _intervals(tables, seed)
    confidence = probabilities.max(axis=1)
    hit = given == right
    bins = calibration.equal_count_bins(confidence[sure], hit[sure])
    own_group = np.unique(np.array(groups if groups is not None else range(n))[sure], return_inverse=True)[1]
    return HeadEvaluation(
        head=head,
        labels=tuple(labels),
        rows=n,
        groups=len(tables),
        undecided=int(n - sure.sum()),
        confusion=tuple(tuple(int(v) for v in row) for row in total),
        classes=tuple(
            ClassScore(
                label,
                _number(precision[i]),
                _number(recall[i]),
                _number(f1[i]),
                intervals[i] if intervals else None,
                int(total[i].sum()),
            )
            for i, label in enumerate(labels)
        ),
        macro_f1=_number(f1.mean()),
        macro_f1_interval=intervals[k] if intervals else None,
        accuracy=_number(hit.mean()),
        log_loss=_number(calibration.log_loss(probabilities[sure], right[sure])),
        brier=_number(calibration.brier(probabilities[sure], right[sure])),
        calibration_error=_number(calibration.expected_error(bins)) if bins else None,
        calibration=bins,
        confidence_right=calibration.histogram(confidence[sure & hit]),
        confidence_wrong=calibration.histogram(confidence[sure & ~hit]),
        baselines=tuple(
            _baseline(name, [index.get(label, k) for label in own], right, k) for name, own in (baselines or {}).items()
        ),
        calibration_error_interval=calibration.error_interval(confidence[sure], hit[sure], own_group, seed=seed),
        calibration_error_by_chance=calibration.error_by_chance(confidence[sure], seed=seed),
        **_trusting(labels, probabilities[sure], right[sure], own_group, seed),
    )


def _intervals(tables: NDArray[np.int64], seed: int) -> list[Interval] | None:
    if len(tables) < _FEWEST_GROUPS:
        return None
    low, high = bootstrap.f1_intervals(tables, seed=seed)
    return [Interval(_number(a), _number(b)) for a, b in zip(low, high, strict=True)]


def _trusting(
    labels: Sequence[str], probabilities: Floats, gold: NDArray[np.intp], groups: NDArray[np.intp], seed: int
) -> dict[str, Any]:
    """Give what can be promised of decided rows; nothing when they are too few."""
    if len(gold) < calibration.FEWEST_ROWS:
        return {}
    confidence, hit = probabilities.max(axis=1), probabilities.argmax(axis=1) == gold
    sets = [
        conformal.measured_sets(labels, probabilities, gold, groups, level, by_class=by_class, seed=seed)
        for level in conformal.LEVELS
        for by_class in (False, True)
        if groups.max() + 1 >= conformal.PARTS
    ]
    return {
        "risk_coverage": selective.risk_coverage(confidence, hit),
        "promises": tuple(selective.promised(confidence, hit, risk) for risk in selective.RISKS),
        "label_sets": tuple(sets),
    }


def _baseline(name: str, given: list[int], right: NDArray[np.intp], k: int) -> Baseline:
    table = confusion.by_group(right, np.array(given, np.intp), k, [0] * len(given))[0]
    _, _, f1 = confusion.scores(table)
    return Baseline(name, _number(f1.mean()), _number((np.array(given) == right).mean()))


def _number(value: float) -> float:
    """Round, so that a report's bytes do not depend on the last bit of a sum."""
    return round(float(value), 6)
