"""How a score grows with the statements learnt from, and how many further ones a target is expected to take.

Takes confusion tables, not models. Further statements are taken to be like those at hand: as far from what is tested,
as hard, labelled as well.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from stance.evaluation import bootstrap
from stance.evaluation.confusion import scores
from stance.evaluation.interval import Interval
from stance.evaluation.power_law import FEWEST_POINTS, PowerLaw, fit

#: Below so many statements, or groups of them, the scores of the points jump by chance.
FEWEST_STATEMENTS, FEWEST_GROUPS = 200, 5
#: Resamples of groups to which the curve is fitted anew.
_REPLICATES = 400
#: A curve says nothing of more than so many times the statements that it was fitted to.
FARTHEST = 10

Verdict = Literal["too few rows", "reached", "reachable", "too far to say", "not reachable"]


@dataclass(frozen=True, slots=True)
class CurvePoint:
    """The score after learning from a share of the rows.

    Attributes
    ----------
    share : of the training side, in (0, 1]
    statements : learnt from, the mean over the folds; quotes included, phrases not
    phrases : likewise
    macro_f1_interval : over resampled groups of tested rows; None with fewer than five
    """

    share: float
    statements: int
    phrases: int
    macro_f1: float
    macro_f1_interval: Interval | None


@dataclass(frozen=True, slots=True)
class LearningCurve:
    """The curve of one head.

    Attributes
    ----------
    points : ascending
    law : None where there is too little for one
    statements : all there are, from which a model that is used learns
    expected : macro-F1 after all of them, by the law; None without one
    target : macro-F1 that was asked for; else the next multiple of 0.05 above ``expected``; None without a law
    verdict : ``too few rows`` for a claim; the target is ``reached``, ``reachable``, ``not reachable`` by more of the
        same, because the law tends to less, or takes more than ten times the statements (``too far to say``)
    further : statements beyond those there are, of a target that is reachable; else None
    further_interval : its 95 % interval, over resampled groups; a bound is None where it is too far to say or never
    """

    head: str
    points: tuple[CurvePoint, ...]
    law: PowerLaw | None
    statements: int
    expected: float | None
    target: float | None
    verdict: Verdict
    further: int | None = None
    further_interval: tuple[int, int | None] | None = None


@dataclass(frozen=True, slots=True)
class Measured:
    """What was seen at one share: how much was learnt from, and a confusion table a group of tested rows."""

    share: float
    statements: int
    phrases: int
    tables: NDArray[np.int64]


def learning_curve(
    head: str, measured: Sequence[Measured], *, statements: int, target: float | None = None, seed: int = 0
) -> LearningCurve:
    """Fit the curve of one head.

    Parameters
    ----------
    measured : by share, ascending; tables of shape (n_groups, k, k + 1), the groups the same in all
    statements : all there are
    target : macro-F1 in (0, 1); None for the next multiple of 0.05 that is not reached
    """
    points = tuple(_point(each, seed) for each in measured)
    sizes = [each.statements for each in measured]
    groups = len(measured[0].tables) if measured else 0
    if statements < FEWEST_STATEMENTS or groups < FEWEST_GROUPS or len(set(sizes)) < FEWEST_POINTS or min(sizes) < 1:
        return LearningCurve(head, points, None, statements, None, target, "too few rows")
    law = _rounded(fit(sizes, [each.macro_f1 for each in points]))
    expected = law.at(statements)
    wanted = _next(expected) if target is None else target
    verdict, further = _asked(law, wanted, statements)
    interval = _interval(measured, wanted, statements, seed) if verdict == "reachable" else None
    return LearningCurve(head, points, law, statements, round(expected, 6), wanted, verdict, further, interval)


def _next(score: float) -> float:
    """Give the next multiple of 0.05; half way to 1 where that is 1."""
    found = (np.floor(score * 20 + 1e-9) + 1) / 20
    return round(float(found if found < 1 else (score + 1) / 2), 6)


def _point(each: Measured, seed: int) -> CurvePoint:
    interval = None
    if len(each.tables) >= FEWEST_GROUPS:
        low, high = bootstrap.f1_intervals(each.tables, seed=seed)
        interval = Interval(round(float(low[-1]), 6), round(float(high[-1]), 6))
    score = round(float(_macro_f1(each.tables.sum(axis=0))), 6)
    return CurvePoint(each.share, each.statements, each.phrases, score, interval)


def _macro_f1(tables: NDArray[np.int64]) -> NDArray[np.float64]:
    _, _, f1 = scores(tables)
    mean: NDArray[np.float64] = f1.mean(axis=-1)
    return mean


def _asked(law: PowerLaw, target: float, statements: int) -> tuple[Verdict, int | None]:
    """Give the verdict and the further statements."""
    if law.at(statements) >= target:
        return "reached", None
    rows = law.rows_for(target)
    if rows is None:
        return "not reachable", None
    if rows > FARTHEST * statements:
        return "too far to say", None
    return "reachable", int(np.ceil(rows - statements))


def _interval(measured: Sequence[Measured], target: float, statements: int, seed: int) -> tuple[int, int | None]:
    """Fit the curve to resampled groups, the same ones at every share; what is reached counts as no further rows."""
    sizes = [each.statements for each in measured]
    tables = np.stack([each.tables for each in measured])
    found = []
    draws = bootstrap.draws(tables.shape[1], seed=seed)
    for _, drawn in zip(range(_REPLICATES), draws, strict=False):
        law = fit(sizes, [float(each) for each in _macro_f1(np.tensordot(drawn, tables, axes=(0, 1)))])
        verdict, further = _asked(law, target, statements)
        found.append(0.0 if verdict == "reached" else np.inf if further is None else float(further))
    low, high = np.quantile(found, [0.025, 0.975], method="nearest")
    return (
        int(low) if np.isfinite(low) else FARTHEST * statements,
        int(high) if np.isfinite(high) else None,
    )


def _rounded(law: PowerLaw) -> PowerLaw:
    """Round to what no platform's last bit changes."""
    return PowerLaw(round(law.a, 6), float(f"{law.b:.6g}"), round(law.c, 6))
