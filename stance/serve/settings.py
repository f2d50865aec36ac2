"""What can be set about the service, and where each value came from: flag, environment, file or default.

Knows nothing of HTTP. A setting is written once, as a field of :class:`Settings`; flags, variables, the keys of the
file, the checks and the table in the documentation derive from it.
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from dataclasses import Field, dataclass, field, fields
from typing import Any

from stance.errors import FileError, UsageError

PREFIX = "STANCE_SERVE_"


def _setting(
    default: Any, meaning: str, *, least: float | None = None, most: float = 1e9, metavar: str | None = None
) -> Any:
    return field(default=default, metadata={"meaning": meaning, "least": least, "most": most, "metavar": metavar})


@dataclass(frozen=True, kw_only=True)
class Settings:
    """All settings; see each field's ``meaning``."""

    host: str = _setting("127.0.0.1", "Address to listen on; only this machine reaches the default.")
    port: int = _setting(8000, "Port to listen on; 0 takes a free one.", least=0, most=65_535)
    workers: int = _setting(1, "Processes that answer; they share the socket and the model's file.", least=1)
    model: str = _setting("", "A model folder; the default comes along.", metavar="FOLDER")
    api_keys: str = _setting("", "A file of hashed API keys; without it everybody may ask.", metavar="FILE")
    cors_origin: str = _setting("", "The one origin whose pages may ask, or *; none by default.", metavar="ORIGIN")
    body_bytes: int = _setting(2_000_000, "Largest body of a request; a stream may be longer.", least=1_000)
    texts: int = _setting(1_000, "Most texts in one request; a stream may hold more.", least=1)
    explained: int = _setting(50, "Most texts in one request that asks for explanations.", least=1)
    text_chars: int = _setting(20_000, "Longest text, and longest line of a stream.", least=100)
    article_chars: int = _setting(200_000, "Longest article.", least=100)
    concurrency: int = _setting(16, "Requests that one process works on at once; more get 429.", least=1)
    connections: int = _setting(1_000, "Open connections of one process; requests on more get 503.", least=1)
    header_seconds: float = _setting(10.0, "Time for the head of a request to arrive.", least=0.1)
    read_seconds: float = _setting(20.0, "Time for a body to arrive, or the next piece of a stream.", least=0.1)
    write_seconds: float = _setting(20.0, "Time that a client may leave its answer unread.", least=0.1)
    idle_seconds: float = _setting(30.0, "Time that a connection may stay open between requests.", least=0.1)
    shutdown_seconds: float = _setting(30.0, "Time to finish what was accepted when told to stop.", least=0.1)
    log_requests: bool = _setting(True, "Write a line of JSON for each request on standard error.")


@dataclass(frozen=True)
class Resolved:
    """Settings with their provenance.

    Attributes
    ----------
    settings : the values
    origins : name to where the value came from, in words
    """

    settings: Settings
    origins: Mapping[str, str]


def resolve(flags: Mapping[str, Any], environment: Mapping[str, str], path: str | None) -> Resolved:
    """Join the sources: a flag beats the environment, which beats the file, which beats the default.

    Parameters
    ----------
    flags : name to value; None means not given
    environment : variables; those that count begin with ``STANCE_SERVE_``
    path : a TOML file of settings; None means none

    Raises
    ------
    FileError
        If the file cannot be read or holds what is no setting.
    UsageError
        If a value is not of its kind or below its least, or a variable is no setting.
    """
    known = {each.name: each for each in fields(Settings)}
    values: dict[str, Any] = {}
    origins = dict.fromkeys(known, "default")
    for name, value in (_file(path, known) if path else {}).items():
        values[name] = _checked(known[name], value, f"{path}: {name}")
        origins[name] = f"file {path}"
    for variable, text in sorted(environment.items()):
        if variable.startswith(PREFIX):
            name = _name_of(variable, known)
            values[name] = _checked(known[name], _parsed(known[name], text), variable)
            origins[name] = f"environment {variable}"
    for name, value in flags.items():
        if value is not None:
            values[name] = _checked(known[name], value, flag(name))
            origins[name] = f"flag {flag(name)}"
    return Resolved(Settings(**values), origins)


def flag(name: str) -> str:
    """Give the option of the command line."""
    return "--" + name.replace("_", "-")


def kind_of(setting: Field[Any]) -> type:
    """Give the type of a setting's values."""
    return type(setting.default)


def table(resolved: Resolved | None = None) -> str:
    """Give all settings as a Markdown table, with values and origins if there are any."""
    last = "value | from" if resolved else "meaning"
    rows = [f"| flag | variable | default | {last} |", "| --- | --- | --- | --- |" + (" --- |" if resolved else "")]
    for each in fields(Settings):
        default = _shown(each.default)
        tail = str(each.metadata["meaning"])
        if resolved:
            tail = f"{_shown(getattr(resolved.settings, each.name))} | {resolved.origins[each.name]}"
        rows.append(f"| `{flag(each.name)}` | `{PREFIX}{each.name.upper()}` | {default} | {tail} |")
    return "\n".join(rows)


def _shown(value: Any) -> str:
    return "on" if value is True else "off" if value is False else str(value) or "–"


def _file(path: str, known: Mapping[str, Any]) -> dict[str, Any]:
    try:
        with open(path, "rb") as stream:
            found = tomllib.load(stream)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise FileError(path, f"could not be read ({reason})", "Check the name given to --config.") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise FileError(path, f"not valid TOML ({error})", "Write one setting a line: port = 8000") from None
    for name in found:
        if name not in known:
            raise FileError(path, f'"{name}" is no setting', f"Known are: {', '.join(known)}.")
    return found


def _name_of(variable: str, known: Mapping[str, Any]) -> str:
    name = variable.removeprefix(PREFIX).lower()
    if name not in known:
        raise UsageError(f"{variable} is no setting. Known are: {', '.join(PREFIX + each.upper() for each in known)}.")
    return name


def _parsed(setting: Field[Any], text: str) -> Any:
    """Read a variable; what cannot be read stays text, which the check refuses."""
    kind = kind_of(setting)
    if kind is bool:
        return {"1": True, "true": True, "on": True, "0": False, "false": False, "off": False}.get(text.lower(), text)
    try:
        return kind(text)
    except ValueError:
        return text


def _checked(setting: Field[Any], value: Any, where: str) -> Any:
    kind = kind_of(setting)
    least: float | None = setting.metadata["least"]
    most: float = setting.metadata["most"]
    if kind is float and type(value) is int:
        value = float(value)
    expected = {int: "a whole number", float: "a number", bool: "true or false", str: "text"}[kind]
    if least is not None:
        expected += f", {least:g} to {most:,.0f}"
    if type(value) is not kind or (least is not None and not _within(value, least, most)):
        raise UsageError(f"{where} is {value!r}; expected {expected}.")
    return value


def _within(value: Any, least: float, most: float) -> bool:
    return bool(least <= value <= most)


def environment() -> Mapping[str, str]:
    """Give the variables of this process."""
    return os.environ
