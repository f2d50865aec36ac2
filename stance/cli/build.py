"""``stance build``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Optional

import typer

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False, rich_markup_mode="markdown")


@app.command(
    epilog="Example: stance build --output dataset.jsonl", context_settings={"help_option_names": ["-h", "--help"]}
)
def build(
    target: Annotated[
        Optional[str],
        typer.Option("--output", "-o", help="Write the joined data set here (.jsonl, .csv, .tsv, .parquet)."),
    ] = None,
    root: Annotated[Optional[Path], typer.Option(help="The folder that holds data/ and seeds/.")] = None,
    force: Annotated[bool, typer.Option("--force", help="Replace --output if it exists.")] = False,
    agreement: Annotated[
        bool, typer.Option("--agreement", help="Also print how far the two readers agree, per label and topic.")
    ] = False,
) -> None:
    """Join seeds and data into a checked data set and print what is in it.

    Every problem is told with file and line; nothing is written while there is one. A corpus of 500 statements or
    more must also keep the limits of the quality table (exit code 1 if it does not).
    """
    from stance import resources
    from stance.cli.tables import agreement_tables, dataset_tables, quality_table, show
    from stance.dataset import build_corpus
    from stance.dataset.quality import measures
    from stance.errors import DatasetError
    from stance.tables import open_writer

    dataset = build_corpus(root or resources.root())
    if target is not None:
        rows = [statement.as_dict() for statement in dataset.statements]
        columns = dict.fromkeys(name for row in rows for name in row)  # quotes, statements and phrases differ in theirs
        with open_writer(target, force=force) as writer:
            for row in rows:
                writer.write({**columns, **row})
    quality = measures(dataset)
    show(*dataset_tables(dataset), *([quality_table(quality)] if quality else []))
    if agreement:
        show(*agreement_tables(dataset))
    if target is not None:
        typer.echo(f"{len(dataset.statements):,} rows: {target}", err=True)
    broken = [m for m in quality if not m.kept]
    if broken:
        raise DatasetError(
            [f"{m.name}: {m.value}, the limit is {m.limit}. Reword or add statements until it holds." for m in broken]
        )
