"""``stance evaluate --agreement``: two label columns of one file."""

from __future__ import annotations

import json

import typer
from rich.console import RenderableType

from stance.assessment.coders import agreement_in_file
from stance.cli.tables import interval_text, new_table, show
from stance.evaluation.agreement import FEWEST_ROWS, CoderAgreement


def compare_coders(data: str, coders: tuple[str, str], *, group: str | None, seed: int, as_json: bool) -> None:
    """Print the agreement of two columns as tables or as JSON."""
    found = agreement_in_file(data, coders, group=group, seed=seed)
    if as_json:
        typer.echo(json.dumps(found.as_dict(), indent=2, ensure_ascii=False))
    else:
        show(*_tables(found))


def _tables(found: CoderAgreement) -> list[RenderableType]:
    first, second = found.coders
    measures = new_table("agreement on", "rows", "agreed", "kappa", "95 % interval", "alpha", "95 % interval")
    for each in found.measures:
        measures.add_row(
            each.of,
            f"{each.rows:,}",
            f"{each.observed:.1%}",
            _figure(each.kappa),
            interval_text(each.kappa_interval),
            _figure(each.alpha),
            interval_text(each.alpha_interval),
            style="bold" if each is found.measures[0] else None,
        )
    table = new_table(f"{first}, down; {second}, across", *found.labels)
    for label, row in zip(found.labels, found.table, strict=True):
        table.add_row(label, *(f"{cell:,}" for cell in row))
    few = [f"Under {FEWEST_ROWS} rows with both labels: too few for intervals."] if found.both < FEWEST_ROWS else []
    lacking = f"({found.missing[0]:,} lack the first, {found.missing[1]:,} the second)"
    return [
        f"Agreement of {first} and {second}: {found.both:,} of {found.rows:,} rows have both labels {lacking}",
        measures,
        *few,
        table,
    ]


def _figure(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}"
