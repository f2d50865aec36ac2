"""``stance totals``."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated, Optional

import typer

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False, rich_markup_mode="markdown")

_EPILOG = """
Examples: \n
stance totals labelled.jsonl \n
stance totals labelled.csv --by speaker --over month --date published --chart totals.svg \n
stance totals labelled.jsonl --by country --gold checked.csv --csv totals.csv
"""


class Head(StrEnum):
    """The label columns there can be."""

    STANCE = "stance"
    SENTIMENT = "sentiment"


class Period(StrEnum):
    """The units of time that rows can be counted over."""

    DAY = "day"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


@app.command(epilog=_EPILOG, context_settings={"help_option_names": ["-h", "--help"]})
def totals(
    predictions: Annotated[str, typer.Argument(help="A file that stance predict or stance read wrote, any format.")],
    by: Annotated[Optional[str], typer.Option(help="Count for each value of this column, such as speaker.")] = None,
    over: Annotated[Optional[Period], typer.Option(help="Count for each of these, by an ISO date column.")] = None,
    date: Annotated[str, typer.Option(help="The column of ISO dates, for --over.")] = "date",
    head: Annotated[Head, typer.Option(help="Which label to count.")] = Head.STANCE,
    gold: Annotated[
        Optional[str],
        typer.Option(
            help="A file labelled by hand, of the same kind of text; it pays from some fifty rows a label on."
        ),
    ] = None,
    column: Annotated[str, typer.Option(help="The text column of --gold.")] = "text",
    model: Annotated[
        Optional[str], typer.Option("--model", "-m", help="The model that labelled the file; the default comes along.")
    ] = None,
    prefix: Annotated[str, typer.Option(help="What stance predict --prefix put before the output columns.")] = "",
    csv: Annotated[
        Optional[str], typer.Option("--csv", help="Write one row a share here (.csv, .tsv, .jsonl).")
    ] = None,
    chart: Annotated[Optional[Path], typer.Option("--chart", help="Draw the shares here (.svg).")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON instead of the table.")] = False,
    seed: Annotated[int, typer.Option(min=0, help="Decides the draws behind the intervals.")] = 0,
    force: Annotated[bool, typer.Option("--force", help="Replace --csv and --chart if they exist.")] = False,
) -> None:
    """Count labels, and correct the shares for what the model is known to confuse.

    Beside the plain share stands the corrected one with its 95 % interval. Rows that the model left undecided are
    counted apart; cells of fewer than thirty decided rows get no corrected share. Without --gold, the confusions are
    those of the model's cross-validation, which counts as twenty rows a class.
    """
    from stance.assessment.counting import known_confusions, totals_of_file
    from stance.atomic import check_target, write_file
    from stance.errors import UsageError
    from stance.predictor import load

    if chart is not None and chart.suffix.lower() != ".svg":
        raise UsageError(f"--chart {chart}: the chart is an SVG file; give a name that ends in .svg.")
    for target in filter(None, (Path(csv) if csv else None, chart)):
        check_target(target, force=force)
    found = totals_of_file(
        predictions,
        known_confusions(load(model), head, gold=gold, column=column),
        head=str(head),
        by=by,
        over=over and str(over),
        date=date,
        prefix=prefix,
        seed=seed,
    )
    if csv is not None:
        from stance.tables import open_writer

        with open_writer(csv, force=force) as writer:
            for row in found.as_rows():
                writer.write(row)
        typer.echo(f"Table written: {csv}", err=True)
    if chart is not None:
        from stance.report.totals_chart import render_totals

        with write_file(chart) as stream:
            stream.write(render_totals(found))
        typer.echo(f"Chart written: {chart}", err=True)
    if as_json:
        import json

        typer.echo(json.dumps(found.as_dict(), indent=2, ensure_ascii=False))
    else:
        from stance.cli.tables import show
        from stance.cli.totals_table import totals_tables

        show(*totals_tables(found))
