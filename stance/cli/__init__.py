"""The command line: Typer only here, one file per command, no logic of its own."""

from stance.cli.app import main

__all__ = ["main"]
