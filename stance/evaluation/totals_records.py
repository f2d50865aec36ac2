"""Totals as plain frozen records with a JSON form and flat rows for tables."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

from stance.evaluation.interval import Interval

#: Below so many decided rows an interval spans most of the scale, and a share says nothing.
FEWEST_ROWS = 30


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
