"""``stance evaluate``."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Optional

import typer

if TYPE_CHECKING:
    from stance.evaluation import Evaluation

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False, rich_markup_mode="markdown")

_DEFAULT = Path("stance-report.html")
_EPILOG = """
Examples: \n
stance evaluate --variants \n
stance evaluate --data coded.csv --agreement coder_a coder_b --group article \n
stance evaluate --data labelled.jsonl --output report.html \n
stance evaluate --data labelled.csv --slice outlet --slice year \n
stance evaluate --data labelled.csv --model models/new --against models/old \n
stance evaluate --data events.csv --classes escalatory,diplomatic,critical \n
stance evaluate --quotes articles.jsonl
"""


@app.command(epilog=_EPILOG, context_settings={"help_option_names": ["-h", "--help"]})
def evaluate(
    data: Annotated[
        Optional[str],
        typer.Option(help="A labelled file to score the model on; without it, cross-validation over the corpus."),
    ] = None,
    model: Annotated[
        Optional[str], typer.Option("--model", "-m", help="A model folder; the default comes along.")
    ] = None,
    output: Annotated[
        Path, typer.Option("--output", "-o", help="The HTML report; its JSON twin is written beside it.")
    ] = _DEFAULT,
    column: Annotated[str, typer.Option(help="The text column of --data.")] = "text",
    group: Annotated[
        Optional[str], typer.Option(help="A column of --data to resample as a whole for the intervals.")
    ] = None,
    classes: Annotated[
        str, typer.Option(help="Score over these classes only, separated by commas; the best of them is taken.")
    ] = "",
    against: Annotated[
        Optional[str], typer.Option(help="Another model folder to compare with on --data, row by row.")
    ] = None,
    slices: Annotated[
        Optional[list[str]],
        typer.Option("--slice", help="Also score by the values of this column; may be given more than once."),
    ] = None,
    agreement: Annotated[
        Optional[tuple[str, str]],
        typer.Option(help="Compare two label columns of --data instead, as of two coders.", metavar="COLUMN COLUMN"),
    ] = None,
    variants: Annotated[
        bool,
        typer.Option(
            "--variants",
            help="Also cross-validate with folds that cut groups apart, and without phrases; thrice as long.",
        ),
    ] = False,
    quotes: Annotated[
        Optional[str],
        typer.Option(help="A JSON-lines file of articles with their quotes: score the quote extractor on it instead."),
    ] = None,
    folds: Annotated[int, typer.Option(min=2, max=50, help="Number of cross-validation folds (without --data).")] = 5,
    seed: Annotated[int, typer.Option(min=0, help="Decides the folds and the intervals.")] = 0,
    as_json: Annotated[bool, typer.Option("--json", help="Print the JSON twin instead of the tables.")] = False,
    force: Annotated[bool, typer.Option("--force", help="Replace --output if it exists.")] = False,
) -> None:
    """Score a model and write the report.

    One HTML file that opens anywhere, offline, and the same numbers as JSON. The report under its default name is
    replaced; one that you name is not, without --force.
    """
    from stance.atomic import check_target, write_file
    from stance.cli.tables import evaluation_tables, show
    from stance.errors import UsageError
    from stance.report import render_html, render_json

    if agreement is not None:
        from stance.cli.agreement import compare_coders

        if data is None:
            raise UsageError("--agreement needs --data FILE, the file that has both columns.")
        compare_coders(data, agreement, group=group, seed=seed, as_json=as_json)
        return
    if quotes is not None:
        _on_quotes(quotes, as_json=as_json, others=data or model or classes or group)
        return
    if output.suffix.lower() not in (".html", ".htm"):
        raise UsageError(f"--output {output}: the report is an HTML file; give a name that ends in .html.")
    if data is None and (model is not None or classes or group or against is not None):
        raise UsageError(
            "--model, --against, --classes and --group need --data FILE: cross-validation trains models of its own."
        )
    twin = output.with_suffix(".json")
    if data is not None and variants:
        raise UsageError("--variants is about cross-validation, which is done without --data.")
    for target in (output, twin):
        check_target(target, force=force or output == _DEFAULT)
    if data is None:
        evaluation = _cross_validation(folds, seed, slices or [], variants)
    else:
        evaluation = _on_file(data, model, against, column, group, classes, slices or [], seed)
    report = render_json(evaluation)
    with write_file(output) as html, write_file(twin) as json:
        html.write(render_html(evaluation))
        json.write(report)
    if as_json:
        typer.echo(report, nl=False)
    else:
        show(*evaluation_tables(evaluation, slices or []))
    typer.echo(f"Report written: {output} and {twin}", err=True)


def _cross_validation(folds: int, seed: int, slices: list[str], with_variants: bool) -> Evaluation:
    from stance.assessment import cross_validated
    from stance.assessment.variants import variants
    from stance.cli.progress import steps
    from stance.cli.sources import corpus
    from stance.training import TrainingConfig, train

    source = corpus()
    with steps() as progress:
        config = TrainingConfig(seed=seed, folds=folds)
        trained = train(source.dataset, config, progress)
        others = variants(source.dataset, config, progress) if with_variants else ()
    return replace(cross_validated(trained, source=source.name, slices=slices), variants=others)


def _on_file(
    data: str,
    model: str | None,
    against: str | None,
    column: str,
    group: str | None,
    classes: str,
    slices: list[str],
    seed: int,
) -> Evaluation:
    from stance.assessment import on_labelled_file
    from stance.cli.sources import gold_file
    from stance.predictor import load

    predictor = load(model)
    source = gold_file(data, column=column, group=group)
    wanted = [name.strip() for name in classes.split(",") if name.strip()]
    return on_labelled_file(
        predictor,
        source.dataset,
        source=source.name,
        classes=wanted,
        slices=slices,
        against=None if against is None else load(against),
        seed=seed,
    )


def _on_quotes(path: str, *, as_json: bool, others: str | None) -> None:
    """Score the quote extractor on a gold file and print the scores; no report is written."""
    from stance.cli.tables import quote_tables, show
    from stance.errors import FileError, UsageError
    from stance.evaluation.quote_rows import article_of, spans_of
    from stance.evaluation.quotes import score_quotes
    from stance.quotes import extract_quotes
    from stance.tables import read_rows
    from stance.tables.jsonl import to_json

    if others:
        raise UsageError("--quotes scores the quote extractor: leave out --data, --model, --classes and --group.")
    if not path.lower().endswith((".jsonl", ".ndjson")):
        raise FileError(path, "gold quotes are JSON lines", "Give a file whose name ends in .jsonl.")
    gold = [article_of(row, path) for row in read_rows(path)]
    scores = score_quotes(gold, [spans_of(extract_quotes(article.text)) for article in gold])
    if as_json:
        typer.echo(to_json({"articles": len(gold), "tracks": [score.as_dict() for score in scores]}))
    else:
        show(*quote_tables(len(gold), scores))
