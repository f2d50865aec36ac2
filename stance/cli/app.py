"""The command group, loaded lazily, and the one place where an error becomes a sentence and an exit code.

A command's module is imported, and its options are built, only when it runs: building all of them would take
longer than labelling a text.
"""

from __future__ import annotations

import os
import sys
from importlib import import_module
from typing import Annotated, Any

import typer
from typer.core import TyperCommand, TyperGroup

from stance.errors import StanceError

_COMMANDS = {
    "predict": "Label texts: arguments, a file, or standard input.",
    "read": "Tell who said what in an article, with which stance.",
    "train": "Train, calibrate and cross-validate a model; write its folder.",
    "evaluate": "Score a model; write an offline HTML report and its JSON twin.",
    "totals": "Shares of labels by speaker or month, corrected for the classifier's confusions.",
    "drift": "Tell whether new predictions still look like old ones (exit code 3 if not).",
    "build": "Join seeds and data into a checked data set; print what is in it.",
    "model": "Show what a model is; verify that it still gives what it gave.",
    "serve": "Answer over HTTP: an interface for programs and a page for people.",
}


class _LazyGroup(TyperGroup):
    """Lists commands by name and summary; imports the one that is called."""

    def __init__(self, **attributes: Any) -> None:
        super().__init__(**attributes)
        for name, summary in _COMMANDS.items():
            self.add_command(TyperCommand(name, help=summary))

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Replace the listed command by the real one."""
        name, listed, rest = super().resolve_command(ctx, args)
        if name is None or listed is None:
            return name, listed, rest
        command = typer.main.get_command(import_module(f"stance.cli.{name}").app)
        command.name = name
        return name, command, rest


app = typer.Typer(
    cls=_LazyGroup,
    no_args_is_help=True,
    context_settings={"help_option_names": ["-h", "--help"]},
    pretty_exceptions_enable=False,
    help="Tell the stance and the sentiment of statements about international affairs.",
    epilog='Try: stance predict "We remain open to negotiations towards that goal."',
)


def _show_version(wanted: bool) -> None:
    if wanted:
        import stance

        typer.echo(f"stance {stance.__version__}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Print the version and stop.")
    ] = False,
) -> None:
    pass


def main() -> None:
    """Run the command line; what goes wrong is told on standard error in a sentence, never as a traceback."""
    for stream in (sys.stdout, sys.stderr):
        if stream is not None:  # closed by the caller
            stream.reconfigure(errors="replace")  # type: ignore[union-attr]
    try:
        app(prog_name="stance")
    except StanceError as error:
        _end(str(error), error.exit_code)
    except OSError as error:  # those of files are told where they occur
        reason = (error.strerror or str(error)).lower()
        _end(f"Standard input or output failed ({reason}). Check where it comes from and where it goes.", 1)
    except Exception as error:
        if os.environ.get("STANCE_TRACEBACK"):
            raise
        _end(
            f"This should not have happened ({type(error).__name__}: {error}).\n"
            "Please report it with what you ran; STANCE_TRACEBACK=1 shows where it happened.",
            1,
        )


def _end(message: str, code: int) -> None:
    typer.echo(message, err=True)
    sys.exit(code)
