"""``stance train``."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Optional

import typer

if TYPE_CHECKING:
    from stance.cli.sources import Source
    from stance.training import Trained, TrainingConfig

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False, rich_markup_mode="markdown")

_EPILOG = """
Examples: \n
stance train \n
stance train --data mine.csv --group article --output models/mine
"""


@app.command(epilog=_EPILOG, context_settings={"help_option_names": ["-h", "--help"]})
def train(
    data: Annotated[
        Optional[str],
        typer.Option(
            help="Your own labelled file: a text column and stance, sentiment or both. Any label set will do."
        ),
    ] = None,
    output: Annotated[
        Optional[Path], typer.Option("--output", "-o", help="The model folder; models/default, or named after --data.")
    ] = None,
    column: Annotated[str, typer.Option(help="The text column of --data.")] = "text",
    group: Annotated[
        Optional[str],
        typer.Option(help="A column of --data whose equal values stay together in cross-validation: article, speaker."),
    ] = None,
    folds: Annotated[int, typer.Option(min=2, max=50, help="Number of cross-validation folds.")] = 5,
    seed: Annotated[int, typer.Option(min=0, help="Decides the folds and the intervals.")] = 0,
    jobs: Annotated[int, typer.Option(min=1, help="Processor cores to use; the result is the same.")] = 2,
    neighbours: Annotated[
        bool,
        typer.Option(
            help="Keep the labelled texts in the model folder, so that --explain can name the nearest; "
            "leave them out of a model that others get if the texts are not for them."
        ),
    ] = True,
    check: Annotated[bool, typer.Option("--check", help="Train twice and compare every byte; write nothing.")] = False,
) -> None:
    """Train a model and write its folder.

    C is chosen by cross-validation that leaves out whole groups, the probabilities are calibrated on the left-out
    rows, and the scores printed are those of the left-out rows. The old model stays until the new one is complete.
    """
    from stance.cli.sources import corpus, training_file

    source = corpus() if data is None else training_file(data, column=column, group=group)

    from stance.training import TrainingConfig  # scikit-learn: two seconds that a mistake in the data need not cost
    from stance.training.config import OWN_GRID

    config = TrainingConfig(seed=seed, folds=folds, jobs=jobs)
    if data is not None:
        config = replace(config, grid=OWN_GRID)
    folder = output or Path("models") / ("default" if data is None else Path(data).stem)
    if check:
        _check(source, config, neighbours)
    else:
        _write(source, config, folder, neighbours)


def _write(source: Source, config: TrainingConfig, folder: Path, neighbours: bool) -> None:
    from stance.assessment import cross_validated
    from stance.cli.tables import evaluation_tables, show
    from stance.publish import check_folder, publish

    check_folder(folder)
    trained = _trained(source, config)
    evaluation = cross_validated(trained, source=source.name, with_errors=False)
    publish(trained, evaluation, folder, source=source.name, with_neighbours=neighbours)
    show(*evaluation_tables(evaluation))
    typer.echo(f'Model written: {folder}\nTry: stance predict --model {folder} "…"', err=True)


def _check(source: Source, config: TrainingConfig, neighbours: bool) -> None:
    from stance.assessment import cross_validated
    from stance.errors import ModelError
    from stance.publish import folder_bytes

    first, second = (
        folder_bytes(
            trained,
            cross_validated(trained, source=source.name, with_errors=False),
            source=source.name,
            with_neighbours=neighbours,
        )
        for trained in (_trained(source, config), _trained(source, config))
    )
    different = sorted(name for name in first if first[name] != second[name])
    if different:
        raise ModelError(
            ", ".join(different), "two trainings gave different bytes", "Please report it with the output of pip list."
        )
    typer.echo(f"Trained twice: {len(first)} files, {sum(map(len, first.values())):,} bytes, all equal.")


def _trained(source: Source, config: TrainingConfig) -> Trained:
    from stance.cli.progress import steps
    from stance.training import train as run

    with steps() as progress:
        return run(source.dataset, config, progress)
