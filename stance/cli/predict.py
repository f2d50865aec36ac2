"""``stance predict``."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Optional

import typer

from stance.errors import UsageError

if TYPE_CHECKING:
    from stance.additions import Addition
    from stance.confidence import Decider
    from stance.predictor import Predictor


class _Per(StrEnum):
    CLASS = "class"
    ALL = "all"


app = typer.Typer(add_completion=False, pretty_exceptions_enable=False, rich_markup_mode="markdown")

_EPILOG = """
Examples: \n
stance predict "We remain open to talks." "They will pay for this." \n
cat statements.txt | stance predict --json \n
stance predict --input tweets.csv --column body --output labelled.csv \n
stance predict --explain "We remain open to talks." \n
stance predict --risk 0.1 --sets 0.9 --input tweets.csv --output labelled.csv
"""


@app.command(epilog=_EPILOG, context_settings={"help_option_names": ["-h", "--help"]})
def predict(
    texts: Annotated[
        Optional[list[str]], typer.Argument(help="Texts to label; - reads standard input, one a line.")
    ] = None,
    source: Annotated[
        Optional[str], typer.Option("--input", "-i", help="A file of texts: .jsonl, .csv, .tsv, .txt or .parquet.")
    ] = None,
    target: Annotated[
        Optional[str], typer.Option("--output", "-o", help="Write the labelled rows here, format by extension.")
    ] = None,
    column: Annotated[str, typer.Option(help="The column of --input that holds the text.")] = "text",
    prefix: Annotated[str, typer.Option(help="Put this before the name of each output column.")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object a text.")] = False,
    explain: Annotated[
        bool,
        typer.Option("--explain", help="Also say why, why not the runner-up, what would change it, and what is near."),
    ] = False,
    risk: Annotated[
        Optional[float],
        typer.Option(
            help="Label only where, on texts like the training's, the share of wrong labels stays below this: 0.1.",
            metavar="SHARE",
        ),
    ] = None,
    sets: Annotated[
        Optional[float],
        typer.Option(
            help="Also give sets of labels that, on such texts, hold the right one this often: 0.9.", metavar="SHARE"
        ),
    ] = None,
    sets_per: Annotated[
        Optional[_Per], typer.Option(help="Hold --sets among the texts of each class (the default), or among all.")
    ] = None,
    model: Annotated[
        Optional[str], typer.Option("--model", "-m", help="A model folder; the default comes along.")
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Replace --output if it exists.")] = False,
) -> None:
    """Label texts with stance and sentiment.

    Give texts as arguments, pipe them in one a line, or name a file. A text that the model cannot judge, or under
    --risk is not sure enough of, is "undecided", which is not the stance "none".
    """
    from stance.predictor import load

    if source is not None and texts:
        raise UsageError("Give either texts or --input, not both.")
    if target is not None and source is None:
        raise UsageError("--output needs --input. To keep what is printed, use --json and redirect it.")
    if as_json and target is not None:
        raise UsageError("--json prints, --output writes a file; give one of them.")
    if source is None and (column != "text" or prefix or force):
        raise UsageError("--column, --prefix and --force are about files and need --input.")
    if source is None and not texts and (sys.stdin is None or sys.stdin.isatty()):
        raise UsageError('Nothing to label. Try: stance predict "We remain open to talks."')
    if sets is None and sets_per is not None:
        raise UsageError("--sets-per is about the sets of labels and needs --sets.")
    predictor = load(model)
    promised = risk is not None or sets is not None
    decider = predictor.deciding(risk=risk, coverage=sets, per_class=sets_per != _Per.ALL) if promised else None
    if source is None or (target is None and not as_json):
        given = _texts_of_file(source, column) if source is not None else _given(texts)
        _print(predictor, given, decider, explain, as_json)
        return
    additions = _additions(predictor, decider, explain)
    if target is not None:
        _file_to_file(predictor, source, target, column, prefix, force, additions)
        return
    from stance.batch import labelled_rows

    for row in labelled_rows(predictor, source, column=column, prefix=prefix, additions=additions):
        typer.echo(_json_line(row))


def _additions(predictor: Predictor, decider: Decider | None, explain: bool) -> list[Addition]:
    additions: list[Addition] = [decider] if decider is not None else []
    if explain:
        from stance.explaining.cells import Explained

        additions.append(Explained(predictor))
    return additions


def _print(predictor: Predictor, texts: Iterator[str], decider: Decider | None, explain: bool, as_json: bool) -> None:
    """Print a JSON line or a card for each text, as it comes."""
    from stance.additions import add_cells
    from stance.cli import card

    additions = _additions(predictor, decider, explain) if as_json else []
    for text in texts:
        prediction = predictor.predict(text)
        if as_json:
            typer.echo(_json_line(add_cells(prediction.as_dict(), prediction, additions, flat=False)))
        else:
            typer.echo(card.render(predictor, prediction, decider=decider, explain=explain))


def _given(texts: list[str] | None) -> Iterator[str]:
    for text in texts or ["-"]:
        if text == "-":
            yield from _standard_input()
        else:
            yield text


def _standard_input() -> Iterator[str]:
    from stance.tables.base import decoded_lines

    for _, line in decoded_lines(sys.stdin.buffer, "standard input", strict=False):
        yield line


def _texts_of_file(source: str, column: str) -> Iterator[str]:
    from stance.errors import FileError
    from stance.tables import read_rows

    for row in read_rows(source):
        if column not in row.values:
            raise FileError(source, f'no column "{column}" in line {row.line}', "Name the text column with --column.")
        yield str(row.values[column] or "")


def _json_line(row: dict[str, object]) -> str:
    line = json.dumps(row, ensure_ascii=False)
    try:
        line.encode()
    except UnicodeEncodeError:  # a lone surrogate, as from an argument that is not UTF-8
        return json.dumps(row)
    return line


def _file_to_file(
    predictor: Predictor,
    source: str,
    target: str,
    column: str,
    prefix: str,
    force: bool,
    additions: Sequence[Addition],
) -> None:
    from stance.batch import predict_file
    from stance.cli.progress import counting

    with counting("labelling") as show:
        rows = predict_file(
            predictor,
            source,
            target,
            column=column,
            prefix=prefix,
            force=force,
            additions=additions,
            progress=show,
        )
    typer.echo(f"{rows:,} rows labelled: {Path(target)}", err=True)
