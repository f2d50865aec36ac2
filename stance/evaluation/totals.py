"""Shares of labels among many rows, corrected for what the classifier is known to confuse.

Counting labels (classify and count) is biased as soon as the mix of labels differs from that of the training data:
confusions that cancel out there no longer do. The correction asks which mix, sent through the known confusions, would
most likely have given the labels counted: the adjusted count of G. Forman, "Quantifying counts and costs via
classification", Data Mining and Knowledge Discovery 17, 2008, solved by maximum likelihood on the simplex (the EM
steps of M. Saerens, P. Latinne and C. Decaestecker, Neural Computation 14, 2002, with the confusion table in the place
of the posteriors) so that no share is negative. It needs labels only, no probabilities.

It assumes that a class is confused as often in the rows as in the confusion table. Knows nothing of files.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from stance.evaluation.records import Interval

Floats = NDArray[np.float64]

DRAWS = 500
#: Below so many decided rows an interval spans most of the scale, and a share says nothing.
FEWEST_ROWS = 30
#: A model's own confusions count as so many rows a class, however many were cross-validated: other text is confused
#: otherwise. With 20 the intervals held in nine shares of ten or more on four foreign corpora, with all rows in four to
#: nine of ten (benchmarks/totals.py).
OWN_ROWS = 20.0
_JEFFREYS = 0.5  # H. Jeffreys' prior of a multinomial: no confusion is impossible because it was not seen
_MOST_STEPS, _STILL = 500, 1e-6


@dataclass(frozen=True, slots=True)
class Share:
    """One label among the decided rows of a cell.

    Attributes
    ----------
    count : rows given the label
    plain : their share of the decided rows, in [0, 1]; None when no row was decided
    corrected : the share after correction; None with fewer than thirty decided rows
    interval : 95 % of the draws over rows and confusions; None likewise
    """

    label: str
    count: int
    plain: float | None
    corrected: float | None
    interval: Interval | None


@dataclass(frozen=True, slots=True)
class Cell:
    """The rows of one value of a column in one period; None where there is no column, or the row's value is blank."""

    value: str | None
    period: str | None
    rows: int
    undecided: int
    shares: tuple[Share, ...]

    @property
    def decided(self) -> int:
        """Number of rows that carry a label."""
        return self.rows - self.undecided


@dataclass(frozen=True, slots=True)
class Totals:
    """Cells and what they were made by.

    Attributes
    ----------
    by, over : the column and the unit of time, None without
    confusions_from : where the confusions were counted, for people
    cells : the most rows first, periods of one value in order of time
    whole : all rows together
    """

    head: str
    labels: tuple[str, ...]
    by: str | None
    over: str | None
    confusions_from: str
    seed: int
    cells: tuple[Cell, ...]
    whole: Cell

    def as_dict(self) -> dict[str, Any]:
        """Give the JSON form."""
        return {"schema_version": 1, "fewest_rows": FEWEST_ROWS, **asdict(self)}

    def as_rows(self) -> Iterator[dict[str, Any]]:
        """Yield one flat row a cell and label, for tables."""
        for cell in self.cells:
            for share in cell.shares:
                yield {
                    **({self.by: cell.value} if self.by else {}),
                    **({self.over: cell.period} if self.over else {}),
                    "rows": cell.rows,
                    "undecided": cell.undecided,
                    self.head: share.label,
                    "count": share.count,
                    "plain": share.plain,
                    "corrected": share.corrected,
                    "low": share.interval.low if share.interval else None,
                    "high": share.interval.high if share.interval else None,
                    "remark": "" if share.interval else "too few rows",
                }


def pooled_confusions(own: Floats, gold: Floats | None = None) -> Floats:
    """Join a model's own confusions with those of a labelled file.

    The own ones count as at most :data:`OWN_ROWS` rows a class (a power prior: J. Ibrahim and M.-H. Chen, Statistical
    Science 15, 2000), those of the file as what they are.

    Parameters
    ----------
    own, gold : counts by gold label (down) and label given (across), shape (k, k), undecided rows left out
    """
    rows = own.sum(axis=1, keepdims=True)
    kept = own * np.minimum(1.0, OWN_ROWS / np.maximum(rows, 1.0))
    return np.asarray(kept if gold is None else kept + gold)


def totals(
    counted: Mapping[tuple[str | None, str | None], Sequence[int]],
    confusion: Floats,
    *,
    head: str,
    labels: Sequence[str],
    by: str | None = None,
    over: str | None = None,
    confusions_from: str = "",
    seed: int = 0,
) -> Totals:
    """Correct the counts of every cell.

    Parameters
    ----------
    counted : (value, period) to the rows given each label and, last, the undecided; length k + 1 each
    confusion : as :func:`pooled_confusions` gives it, shape (k, k)
    labels : length k
    seed : of the draws; the confusions are drawn once, so that cells can be compared

    Raises
    ------
    ValueError
        If there is no cell or the shapes disagree.
    """
    k = len(labels)
    if not counted or confusion.shape != (k, k) or any(len(row) != k + 1 for row in counted.values()):
        raise ValueError(f"expected cells of {k + 1} counts and confusions of shape ({k}, {k})")
    generator = np.random.default_rng(seed)
    drawn = drawn_confusions(confusion, generator)
    weight: dict[str | None, int] = {}
    for (value, _), row in counted.items():
        weight[value] = weight.get(value, 0) + sum(row)
    order = sorted(counted, key=lambda c: (-weight[c[0]], c[0] is None, c[0] or "", c[1] is None, c[1] or ""))
    every = np.sum([counted[key] for key in order], axis=0)
    cells = [_cell(key, np.array(counted[key]), drawn, labels, generator) for key in order]
    whole = _cell((None, None), every, drawn, labels, generator)
    return Totals(head, tuple(labels), by, over, confusions_from, seed, tuple(cells), whole)


def corrected(
    counts: NDArray[np.int64], drawn: Floats, generator: np.random.Generator
) -> tuple[Floats, Floats, Floats]:
    """Give the corrected shares and their 2.5th and 97.5th percentiles, shape (k,) each; the shares sum to one.

    Parameters
    ----------
    counts : rows given each label, shape (k,), at least one row
    drawn : one table of P(label given | gold label) a draw, shape (draws, k, k)
    """
    rows = int(counts.sum())
    resampled = generator.multinomial(rows, counts / rows, size=len(drawn)).astype(float)
    found = most_likely_mix(drawn, resampled)
    low, high = np.percentile(found, [2.5, 97.5], axis=0)
    return np.asarray(found.mean(axis=0)), low, high


def most_likely_mix(confusions: Floats, counts: Floats) -> Floats:
    """Give, for each draw, the mix of gold labels that makes the counts most likely, shape (draws, k).

    Parameters
    ----------
    confusions : P(label given | gold label), rows summing to one, shape (draws, k, k)
    counts : rows given each label, shape (draws, k)
    """
    mix = np.full(counts.shape, 1 / counts.shape[1])
    for _ in range(_MOST_STEPS):
        expected = np.einsum("bk,bkm->bm", mix, confusions)
        ratio = np.divide(counts, expected, out=np.zeros_like(counts), where=expected > 0)
        after = mix * np.einsum("bkm,bm->bk", confusions, ratio)
        after /= after.sum(axis=1, keepdims=True)
        moved, mix = float(np.abs(after - mix).max()), after
        if moved < _STILL:
            break
    return mix


def drawn_confusions(confusion: Floats, generator: np.random.Generator) -> Floats:
    """Draw tables of P(label given | gold label) from the Dirichlet posterior of each row."""
    drawn = generator.gamma(confusion + _JEFFREYS, size=(DRAWS, *confusion.shape))
    return np.asarray(drawn / drawn.sum(axis=2, keepdims=True))


def _cell(
    key: tuple[str | None, str | None],
    row: NDArray[np.int64],
    drawn: Floats,
    labels: Sequence[str],
    generator: np.random.Generator,
) -> Cell:
    counts, undecided = row[:-1], int(row[-1])
    decided = int(counts.sum())
    enough = decided >= FEWEST_ROWS
    middle, low, high = corrected(counts, drawn, generator) if enough else (counts * 0.0,) * 3
    shares = tuple(
        Share(
            label=label,
            count=int(counts[i]),
            plain=round(float(counts[i] / decided), 6) if decided else None,
            corrected=round(float(middle[i]), 6) if enough else None,
            interval=Interval(round(float(low[i]), 6), round(float(high[i]), 6)) if enough else None,
        )
        for i, label in enumerate(labels)
    )
    return Cell(*key, rows=decided + undecided, undecided=undecided, shares=shares)
