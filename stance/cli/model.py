"""``stance model show`` and ``stance model verify``."""

from __future__ import annotations

import json
from typing import Annotated, Optional

import typer

app = typer.Typer(
    add_completion=False, pretty_exceptions_enable=False, no_args_is_help=True, rich_markup_mode="markdown"
)

_Folder = Annotated[Optional[str], typer.Argument(help="A model folder; the default comes along.", metavar="FOLDER")]
_SETTINGS = {"help_option_names": ["-h", "--help"]}


@app.callback(epilog="Try: stance model verify")
def _group() -> None:
    """Show what a model is; verify that it still gives what it gave."""


@app.command(epilog="Example: stance model show models/mine", context_settings=_SETTINGS)
def show(
    folder: _Folder = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the whole manifest.")] = False,
) -> None:
    """Show labels, data, parameters and provenance of a model."""
    from stance import resources
    from stance.cli.tables import manifest_tables
    from stance.cli.tables import show as print_tables
    from stance.model import read_model

    path = folder or resources.default_model()
    manifest = dict(read_model(path).manifest)
    if as_json:
        typer.echo(json.dumps(manifest, indent=2, ensure_ascii=False))
    else:
        print_tables(*manifest_tables(path, manifest))


@app.command(epilog="Example: stance model verify models/mine", context_settings=_SETTINGS)
def verify(folder: _Folder = None) -> None:
    """Check a model's hash, its numbers, and that its canary texts still get the probabilities they got.

    Exit code 1 when something is not as it was.
    """
    from stance import resources
    from stance.verify import verify_model

    path = folder or resources.default_model()
    checked = verify_model(path)
    typer.echo(f"{path}: sound. SHA-256 as recorded, all numbers finite, {checked} canary texts as recorded.")
