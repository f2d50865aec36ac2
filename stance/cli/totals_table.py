"""Totals as a table for a terminal (rich)."""

from __future__ import annotations

from rich import box
from rich.console import RenderableType
from rich.table import Table

from stance.evaluation.totals import FEWEST_ROWS, Cell, Share, Totals

MOST_CELLS = 40


def totals_tables(totals: Totals) -> list[RenderableType]:
    """Give all rows together, then the cells, at most forty, and what was assumed."""
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for column in [name for name in (totals.by, totals.over) if name] or [""]:
        table.add_column(column)
    for column in ("rows", "undecided", *totals.labels):
        table.add_column(column, justify="right")
    _add(table, totals, totals.whole, "all rows")
    if totals.by or totals.over:
        table.add_section()
        for cell in totals.cells[:MOST_CELLS]:
            _add(table, totals, cell, None)
    return [
        f"Shares of {totals.head} among the decided rows: plain → corrected, 95 % interval below",
        table,
        *_notes(totals),
    ]


def _add(table: Table, totals: Totals, cell: Cell, name: str | None) -> None:
    names = [
        shown if shown is not None else "(blank)"
        for wanted, shown in ((totals.by, cell.value), (totals.over, cell.period))
        if wanted
    ]
    if name is not None:
        names = [name, *[""] * (len(names) - 1)]
    shares = [_share(share) for share in cell.shares]
    table.add_row(*names, f"{cell.rows:,}", f"{cell.undecided:,}", *shares, style="bold" if name else None)


def _share(share: Share) -> str:
    if share.plain is None:
        return "–"
    if share.corrected is None or share.interval is None:
        return f"{share.plain:.0%} → ?"
    return f"{share.plain:.0%} → {share.corrected:.0%}\n{share.interval.low:.0%}–{share.interval.high:.0%}"


def _notes(totals: Totals) -> list[str]:
    left_out = len(totals.cells) - MOST_CELLS
    few = any(share.corrected is None for cell in totals.cells for share in cell.shares)
    return [
        *([f"{left_out:,} smaller cells are not shown; --csv writes all."] if left_out > 0 else []),
        *([f"?: under {FEWEST_ROWS} decided rows, too few to correct."] if few else []),
        f"Confusions: {totals.confusions_from}. The correction assumes that this text is confused like that one.",
    ]
