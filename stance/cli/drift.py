"""``stance drift``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from rich.console import RenderableType

    from stance.evaluation.drift import Drift

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False, rich_markup_mode="markdown")

DRIFTED = 3
_EPILOG = """
Examples: \n
stance drift january.jsonl february.jsonl \n
stance drift reference.csv today.csv --max-undecided 0.1 --json || mail -s "drift" me
"""


@app.command(epilog=_EPILOG, context_settings={"help_option_names": ["-h", "--help"]})
def drift(
    old: Annotated[str, typer.Argument(help="A file that stance predict or stance read wrote, any format.")],
    new: Annotated[str, typer.Argument(help="A later one.")],
    max_mix: Annotated[
        float, typer.Option(min=0, help="Allowed population stability index of the labels; 0.1 small, 0.25 large.")
    ] = 0.1,
    max_undecided: Annotated[float, typer.Option(min=0, help="Allowed change of the share of undecided rows.")] = 0.05,
    max_known: Annotated[float, typer.Option(min=0, help="Allowed change of the share of words known.")] = 0.05,
    max_confidence: Annotated[float, typer.Option(min=0, help="Allowed change of the mean confidence.")] = 0.05,
    column: Annotated[str, typer.Option(help="The text column of both files.")] = "text",
    prefix: Annotated[str, typer.Option(help="What stance predict --prefix put before the output columns.")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON instead of the table.")] = False,
    seed: Annotated[int, typer.Option(min=0, help="Decides the draws behind the intervals.")] = 0,
) -> None:
    """Tell whether new predictions still look like old ones.

    Exit code 3 when a measure moved further than allowed and its 95 % interval excludes no change (the labels: a
    chi-square test at 5 %). Under a hundred rows in either file nothing is claimed.
    """
    from stance.assessment.drifting import drift_of_files
    from stance.evaluation.drift import Thresholds

    thresholds = Thresholds(mix=max_mix, undecided=max_undecided, known=max_known, confidence=max_confidence)
    found = drift_of_files(old, new, column=column, prefix=prefix, thresholds=thresholds, seed=seed)
    if as_json:
        import json

        typer.echo(json.dumps(found.as_dict(), indent=2, ensure_ascii=False))
    else:
        from stance.cli.tables import show

        show(*_tables(found))
    if found.drifted:
        typer.echo(f"Drift: {', '.join(found.drifted)}.", err=True)
        raise typer.Exit(DRIFTED)


def _tables(found: Drift) -> list[RenderableType]:
    from rich import box
    from rich.table import Table

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    table.add_column("measure")
    for column in ("old", "new", "change", "95 % interval", "allowed", ""):
        table.add_column(column, justify="right")
    for each in found.changes:
        table.add_row(
            each.what,
            "" if each.old is None else f"{each.old:.1%}",
            "" if each.new is None else f"{each.new:.1%}",
            f"{each.change:.3f}" if each.shares else f"{each.change:+.1%}",
            f"{each.interval.low:.3f}–{each.interval.high:.3f}"
            if each.shares
            else f"{each.interval.low:+.1%} to {each.interval.high:+.1%}",
            f"{each.threshold:g}",
            each.verdict,
            style="bold red" if each.verdict == "drift" else None,
        )
        for label, (before, after) in each.shares.items():
            table.add_row(f"  {label}", f"{before:.1%}", f"{after:.1%}", f"{after - before:+.1%}", style="dim")
    return [f"{found.old_rows:,} old rows, {found.new_rows:,} new rows", table]
