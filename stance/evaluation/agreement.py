"""How far coders agree, beyond chance: Cohen's kappa and Krippendorff's alpha for names, with intervals.

Kappa takes each coder's own mix of labels as given (J. Cohen, Educational and Psychological Measurement 20, 1960),
alpha the mix of all labels together, and alpha allows for labels that are missing (K. Krippendorff, "Computing
Krippendorff's Alpha-Reliability", 2011). Knows nothing of files.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from stance.evaluation import bootstrap
from stance.evaluation.records import Interval

Floats = NDArray[np.float64]

#: With fewer rows that both coders labelled, an interval spans more than half of the scale.
FEWEST_ROWS = 30
FEWEST_GROUPS = 5


@dataclass(frozen=True, slots=True)
class AgreementOn:
    """Agreement on all labels, or on one against the others.

    Attributes
    ----------
    of : ``all labels`` or the label
    rows : rows that a coder gave the label, of those that both labelled; all of these for ``all labels``
    observed : share of rows on which the coders agree
    kappa, alpha : at most 1, 0 is chance; None where there is but one label, so that chance explains everything
    kappa_interval, alpha_interval : 95 % over resampled groups; None with fewer than thirty rows or five groups
    """

    of: str
    rows: int
    observed: float
    kappa: float | None
    kappa_interval: Interval | None
    alpha: float | None
    alpha_interval: Interval | None


@dataclass(frozen=True, slots=True)
class CoderAgreement:
    """Two columns of labels compared.

    Attributes
    ----------
    missing : rows without a label in the first and in the second column
    both : rows with a label in both
    table : ``table[i][j]`` rows given label i by the first coder and j by the second
    measures : on all labels, then one a label
    """

    coders: tuple[str, str]
    labels: tuple[str, ...]
    rows: int
    missing: tuple[int, int]
    both: int
    groups: int
    table: tuple[tuple[int, ...], ...]
    measures: tuple[AgreementOn, ...]

    def as_dict(self) -> dict[str, Any]:
        """Give the JSON form."""
        return {"schema_version": 1, "fewest_rows": FEWEST_ROWS, **asdict(self)}


def agreement(
    first: Sequence[str | None],
    second: Sequence[str | None],
    labels: Sequence[str],
    *,
    coders: tuple[str, str] = ("first", "second"),
    groups: Sequence[Hashable] | None = None,
    seed: int = 0,
) -> CoderAgreement:
    """Compare the labels of two coders.

    Parameters
    ----------
    first, second : one label a row, None where there is none
    labels : all labels, in the order of the table
    groups : one a row, resampled as a whole; None means every row for itself

    Raises
    ------
    ValueError
        If lengths disagree.
    """
    if len(first) != len(second) or (groups is not None and len(groups) != len(first)):
        raise ValueError("the columns have different lengths")
    place = {label: number for number, label in enumerate(labels)}
    units = list(groups) if groups is not None else list(range(len(first)))
    pairs = [(place[a], place[b], unit) for a, b, unit in zip(first, second, units, strict=True) if a and b]
    numbered = {unit: number for number, unit in enumerate(dict.fromkeys(unit for *_, unit in pairs))}
    tables = np.zeros((len(numbered), len(labels), len(labels)))
    for a, b, unit in pairs:
        tables[numbered[unit], a, b] += 1
    total = tables.sum(axis=0)
    against = [_one_against_rest(tables, number) for number in range(len(labels))]
    return CoderAgreement(
        coders=coders,
        labels=tuple(labels),
        rows=len(first),
        missing=(sum(not label for label in first), sum(not label for label in second)),
        both=len(pairs),
        groups=len(numbered),
        table=tuple(tuple(int(cell) for cell in row) for row in total),
        measures=(
            _measured("all labels", len(pairs), tables, seed),
            *(
                _measured(label, int(own.sum(axis=0)[:1].sum() + own.sum(axis=0)[1, 0]), own, seed)
                for label, own in zip(labels, against, strict=True)
            ),
        ),
    )


def cohens_kappa(tables: Floats) -> Floats:
    """Give kappa of tables of shape (…, k, k), first coder down; NaN where both gave one label throughout."""
    total = tables.sum(axis=(-2, -1))
    observed = np.trace(tables, axis1=-2, axis2=-1)
    expected = (tables.sum(axis=-1) * tables.sum(axis=-2)).sum(axis=-1)
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.asarray((observed * total - expected) / (total * total - expected))


def krippendorffs_alpha(coincidences: Floats) -> Floats:
    """Give nominal alpha of coincidence matrices of shape (…, k, k); NaN where all values are one label."""
    share = coincidences.sum(axis=-1)
    total = share.sum(axis=-1)
    disagreement = total - np.trace(coincidences, axis1=-2, axis2=-1)
    expected = total * total - (share * share).sum(axis=-1)
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.asarray(1 - (total - 1) * disagreement / expected)


def coincidence_matrix(values: Sequence[Sequence[str | None]], labels: Sequence[str]) -> Floats:
    """Give how often labels meet within a row, each pair weighed by 1 / (number of the row's labels - 1).

    Parameters
    ----------
    values : one row a unit, one label a coder, None where it is missing; rows with one label or none do not count
    """
    place = {label: number for number, label in enumerate(labels)}
    found = np.zeros((len(labels), len(labels)))
    for row in values:
        counts = np.bincount([place[label] for label in row if label is not None], minlength=len(labels))
        given = counts.sum()
        if given > 1:
            found += (np.outer(counts, counts) - np.diag(counts)) / (given - 1)
    return found


def _one_against_rest(tables: Floats, number: int) -> Floats:
    """Give tables of shape (groups, 2, 2): the label, any other."""
    both = tables[:, number, number]
    first, second = tables[:, number].sum(axis=1) - both, tables[:, :, number].sum(axis=1) - both
    neither = tables.sum(axis=(1, 2)) - both - first - second
    return np.stack([np.stack([both, first], 1), np.stack([second, neither], 1)], 1)


def _measured(of: str, rows: int, tables: Floats, seed: int) -> AgreementOn:
    total = tables.sum(axis=0)
    both = float(total.sum())
    intervals: tuple[Interval | None, Interval | None] = (None, None)
    if both >= FEWEST_ROWS and len(tables) >= FEWEST_GROUPS:
        drawn = np.array([np.tensordot(weight, tables, 1) for weight in bootstrap.draws(len(tables), seed=seed)])
        intervals = (_interval(cohens_kappa(drawn)), _interval(krippendorffs_alpha(drawn + drawn.swapaxes(1, 2))))
    return AgreementOn(
        of=of,
        rows=rows,
        observed=round(float(np.trace(total)) / both, 6) if both else 0.0,
        kappa=_figure(cohens_kappa(total)),
        kappa_interval=intervals[0],
        alpha=_figure(krippendorffs_alpha(total + total.T)),
        alpha_interval=intervals[1],
    )


def _figure(value: Floats) -> float | None:
    return round(float(value), 6) if np.isfinite(value) else None


def _interval(drawn: Floats) -> Interval | None:
    """Give the percentile interval; None where a resample in twenty or more has no measure."""
    kept = drawn[np.isfinite(drawn)]
    if len(kept) < 0.95 * len(drawn):
        return None
    low, high = np.percentile(kept, [2.5, 97.5])
    return Interval(round(float(low), 6), round(float(high), 6))
