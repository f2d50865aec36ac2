"""Write files and folders so that a reader sees the old one or the new one, never half of either.

Everything is written under a temporary name beside the target and renamed at the end; on any exception, Ctrl-C
included, the temporary is removed and the target is as it was.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from glob import escape
from pathlib import Path
from typing import IO, Any

from stance.errors import FileError


def check_target(path: Path, *, force: bool) -> None:
    """Refuse a target that cannot or must not be written, before any work is done for it.

    Raises
    ------
    FileError
        If the folder is missing or not writable, the target is a folder, or it exists and ``force`` is False.
    """
    parent = path.parent
    if not parent.is_dir():
        raise FileError(path, f'the folder "{parent}" does not exist', "Create it or choose another place.")
    if path.is_dir():
        raise FileError(path, "is a folder, a file was expected", "Give a file name.")
    if path.exists() and not force:
        raise FileError(path, "exists already", "Choose another name, or add --force to replace it.")
    if not os.access(parent, os.W_OK):
        raise FileError(path, f'the folder "{parent}" is not writable', "Choose another place or change its rights.")


@contextmanager
def write_file(path: Path, *, binary: bool = False) -> Iterator[IO[Any]]:
    """Open a file (text in UTF-8, line ends as written) that appears under its name only when the block ends well.

    Raises
    ------
    FileError
        If the operating system refuses: no rights, disk full.
    """
    handle, name = -1, ""
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".part")
        with os.fdopen(handle, "wb") if binary else os.fdopen(handle, "w", encoding="utf-8", newline="") as stream:
            yield stream
        Path(name).chmod(0o666 & ~_umask())
        Path(name).replace(path)
    except OSError as error:
        _remove(name)
        if isinstance(error, BrokenPipeError):
            raise
        raise _os_error(path, error) from error
    except BaseException:
        _remove(name)
        raise


@contextmanager
def write_folder(path: Path) -> Iterator[Path]:
    """Give an empty folder to fill, which replaces ``path`` as a whole when the block ends well.

    The old folder is renamed aside first and removed last, so at every instant one complete folder exists;
    a process killed between the two renames leaves it under ``.NAME.old-…``, which the next call puts back.

    Raises
    ------
    FileError
        If the operating system refuses: no rights, disk full.
    """
    temporary = Path()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        restore_folder(path)
        temporary = Path(tempfile.mkdtemp(dir=path.parent, prefix=f".{path.name}.new-"))
        yield temporary
        temporary.chmod(0o777 & ~_umask())
        aside = path.parent / f".{path.name}.old-{os.getpid()}"
        if path.exists():
            path.replace(aside)
        temporary.replace(path)
        shutil.rmtree(aside, ignore_errors=True)
    except BaseException as error:
        if temporary.name:
            restore_folder(path)
        if isinstance(error, OSError):
            raise _os_error(path, error) from error
        raise


def restore_folder(path: Path) -> None:
    """Put back a folder that a killed :func:`write_folder` had renamed aside; remove its unfinished successor."""
    name = escape(path.name)
    for left in sorted(path.parent.glob(f".{name}.old-*")):
        if path.exists():
            shutil.rmtree(left, ignore_errors=True)
        else:
            left.replace(path)
    for left in path.parent.glob(f".{name}.new-*"):
        shutil.rmtree(left, ignore_errors=True)


def _remove(name: str) -> None:
    if name:
        Path(name).unlink(missing_ok=True)


def _umask() -> int:
    current = os.umask(0)
    os.umask(current)
    return current


def _os_error(path: Path, error: OSError) -> FileError:
    reason = (error.strerror or str(error)).lower()
    return FileError(
        path, f"could not be written ({reason})", "Nothing was changed; make room or choose another place."
    )
