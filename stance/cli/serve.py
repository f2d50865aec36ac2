"""``stance serve``."""

from __future__ import annotations

from dataclasses import fields
from inspect import Parameter, Signature
from typing import Annotated, Any, Optional

import typer

from stance.errors import UsageError
from stance.serve.settings import Settings, environment, flag, kind_of, resolve, table

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False, rich_markup_mode="markdown")

_EPILOG = """
Examples: \n
stance serve \n
stance serve --port 8080 --workers 2 --api-keys keys.txt \n
stance serve --new-key archive --api-keys keys.txt
"""
_Config = Annotated[Optional[str], typer.Option(help="A TOML file of settings, one a line: port = 8000")]
_Verbose = Annotated[bool, typer.Option("--verbose", "-v", help="Tell each setting and where it came from.")]
_NewKey = Annotated[Optional[str], typer.Option(help="Make an API key of this name, add it to --api-keys, and stop.")]


def serve(**given: Any) -> None:
    """Answer over HTTP: an interface for programs and a page for people.

    Listens on this machine only, unless told otherwise. SIGTERM and Ctrl-C finish what was accepted; SIGHUP loads the
    model anew. Every setting is also an environment variable, STANCE_SERVE_PORT for --port, and a line of --config.
    """
    config, verbose, new_key = (given.pop(name) for name in ("config", "verbose", "new_key"))
    resolved = resolve(given, environment(), config)
    if new_key is not None:
        _make_key(new_key, resolved.settings)
        return
    if verbose:
        typer.echo(table(resolved), err=True)
    try:
        from stance.serve.run import address_of, listen
        from stance.serve.run import serve as run
    except ImportError as error:
        raise UsageError(f"The service needs {error.name}: pip install 'stance[serve]'") from None
    listener = listen(resolved.settings)
    run(resolved.settings, listener, lambda: typer.echo(f"stance answers on {address_of(listener)}", err=True))


def _make_key(name: str, settings: Settings) -> None:
    from stance.serve.keys import add_key

    if not settings.api_keys:
        raise UsageError("--new-key needs --api-keys FILE, to which it is added.")
    typer.echo(add_key(settings.api_keys, name))
    typer.echo("Keep this key: only its hash is in the file.", err=True)


def _parameters() -> list[Parameter]:
    """Give an option for each setting; None, the default of all, is a setting that is not given."""
    options = [Parameter("config", Parameter.KEYWORD_ONLY, default=None, annotation=_Config)]
    options += [Parameter("verbose", Parameter.KEYWORD_ONLY, default=False, annotation=_Verbose)]
    options += [Parameter("new_key", Parameter.KEYWORD_ONLY, default=None, annotation=_NewKey)]
    for setting in fields(Settings):
        kind, shown = kind_of(setting), setting.default
        names = [flag(setting.name) + (f"/--no-{setting.name.replace('_', '-')}" if kind is bool else "")]
        if setting.name == "model":
            names.append("-m")
        option = typer.Option(
            *names,
            help=setting.metadata["meaning"] + (f" Default: {shown}." if kind not in (bool, str) or shown else ""),
            metavar=setting.metadata["metavar"],
        )
        annotation = Annotated[Optional[kind], option]  # type: ignore[valid-type]
        options.append(Parameter(setting.name, Parameter.KEYWORD_ONLY, default=None, annotation=annotation))
    return options


# a setting is written once, in Settings; Typer reads options from a signature
serve.__signature__ = Signature(_parameters())  # type: ignore[attr-defined]
serve.__annotations__ = {each.name: each.annotation for each in _parameters()}
app.command(epilog=_EPILOG, context_settings={"help_option_names": ["-h", "--help"]})(serve)
