"""``stance evaluate``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Optional

import typer

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False, rich_markup_mode="markdown")

_DEFAULT = Path("stance-report.html")
_EPILOG = """
Examples: \n
stance evaluate \n
stance evaluate --variants \n
stance evaluate --learning-curve --target 0.8 \n
stance evaluate --data labelled.csv --group article --suspects \n
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
    quotes: Annotated[
        Optional[str],
        typer.Option(help="A JSON-lines file of articles with their quotes: score the quote extractor on it instead."),
    ] = None,
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
    suspects: Annotated[
        bool,
        typer.Option(
            "--suspects",
            help="Also list gold labels that are probably wrong. With --data, a model is cross-validated on the file, "
            "unless --model names one that has not seen it.",
        ),
    ] = False,
    variants: Annotated[
        bool,
        typer.Option(
            "--variants",
            help="Also cross-validate with folds that cut groups apart, and without phrases; thrice as long.",
        ),
    ] = False,
    learning_curve: Annotated[
        bool,
        typer.Option(
            "--learning-curve",
            help="Also tell how many further statements a better score is expected to take, by learning from parts; "
            "twice as long. With --data, models are cross-validated on the file.",
        ),
    ] = False,
    target: Annotated[
        Optional[float],
        typer.Option(help="The macro-F1 that --learning-curve asks for; else the next 0.05 that is not reached."),
    ] = None,
    folds: Annotated[int, typer.Option(min=2, max=50, help="Number of cross-validation folds.")] = 5,
    seed: Annotated[int, typer.Option(min=0, help="Decides the folds and the intervals.")] = 0,
    as_json: Annotated[bool, typer.Option("--json", help="Print the JSON twin instead of the tables.")] = False,
    force: Annotated[bool, typer.Option("--force", help="Replace --output if it exists.")] = False,
) -> None:
    """Score a model and write the report.

    One HTML file that opens anywhere, offline, and the same numbers as JSON. The report under its default name is
    replaced; one that you name is not, without --force.
    """
    from stance.atomic import check_target, write_file
    from stance.cli.evaluating import Wanted, check, evaluated
    from stance.cli.evaluation_tables import evaluation_tables
    from stance.cli.tables import show
    from stance.errors import UsageError
    from stance.report import render_html, render_json

    if quotes is not None:
        from stance.cli.quote_scores import score_extractor

        if (
            data
            or model
            or classes
            or group
            or agreement
            or against
            or slices
            or suspects
            or variants
            or learning_curve
        ):
            raise UsageError("--quotes scores the quote extractor; it goes with --json only.")
        score_extractor(quotes, as_json=as_json)
        return
    if agreement is not None:
        from stance.cli.agreement import compare_coders

        if data is None:
            raise UsageError("--agreement needs --data FILE, the file that has both columns.")
        if model or against or classes or slices or suspects or variants or learning_curve or output != _DEFAULT:
            raise UsageError(
                "--agreement compares two columns and scores no model; it goes with --group and --json only."
            )
        compare_coders(data, agreement, group=group, seed=seed, as_json=as_json)
        return
    if output.suffix.lower() not in (".html", ".htm"):
        raise UsageError(f"--output {output}: the report is an HTML file; give a name that ends in .html.")
    wanted = Wanted(
        data=data,
        model=model,
        against=against,
        column=column,
        group=group,
        classes=tuple(name.strip() for name in classes.split(",") if name.strip()),
        slices=tuple(slices or ()),
        suspects=suspects,
        variants=variants,
        learning_curve=learning_curve,
        target=target,
        folds=folds,
        seed=seed,
    )
    check(wanted)
    twin = output.with_suffix(".json")
    for file in (output, twin):
        check_target(file, force=force or output == _DEFAULT)
    evaluation = evaluated(wanted)
    report = render_json(evaluation)
    with write_file(output) as html, write_file(twin) as json:
        html.write(render_html(evaluation))
        json.write(report)
    if as_json:
        typer.echo(report, nl=False)
    else:
        show(*evaluation_tables(evaluation, wanted.slices))
    typer.echo(f"Report written: {output} and {twin}", err=True)
