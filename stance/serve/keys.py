"""API keys: made here, kept as hashes in a file, compared in constant time.

A key is 256 random bits, so one SHA-256 is enough: there is no dictionary to try. Knows nothing of HTTP.
"""

from __future__ import annotations

import hmac
import os
import re
import secrets
from hashlib import sha256

from stance.errors import FileError, RowError

_NAME = re.compile(r"[A-Za-z0-9._-]{1,64}")
_LINE = re.compile(r"(?P<name>\S+)\s+sha256:(?P<hash>[0-9a-f]{64})")
_REMEDY = "Make keys with: stance serve --new-key NAME --api-keys FILE"


class Keys:
    """The keys of a file.

    Parameters
    ----------
    path : the file: a name and a hash a line; blank lines and lines that begin with # are skipped

    Raises
    ------
    FileError
        If the file cannot be read or holds no key.
    RowError
        If a line is no key.
    """

    def __init__(self, path: str) -> None:
        self._hashes: list[tuple[str, bytes]] = []
        for number, line in enumerate(_lines(path), start=1):
            if not line.strip() or line.lstrip().startswith("#"):
                continue
            match = _LINE.fullmatch(line.strip())
            if match is None:
                raise RowError(path, number, "not a name and a hash, as in: archive sha256:0f3a…", _REMEDY)
            self._hashes.append((match["name"], bytes.fromhex(match["hash"])))
        if not self._hashes:
            raise FileError(path, "holds no key, so nobody could ask", _REMEDY)

    def name_of(self, key: bytes) -> str | None:
        """Give whose key this is; None if it is nobody's. All hashes are compared, whichever fits."""
        given, found = sha256(key).digest(), None
        for name, kept in self._hashes:
            if hmac.compare_digest(given, kept):
                found = name
        return found


def add_key(path: str, name: str) -> str:
    """Make a key, add its hash to a file (made readable for its owner only), and give the key: nothing keeps it.

    Raises
    ------
    FileError
        If the name is not one word, is in the file already, or the file cannot be written.
    """
    if not _NAME.fullmatch(name):
        raise FileError(path, f'"{name}" is no name for a key', "Use up to 64 letters, digits, dots and dashes.")
    if os.path.exists(path) and any(line.split()[:1] == [name] for line in _lines(path)):
        raise FileError(path, f'there is a key called "{name}" already', "Choose another name, or remove its line.")
    key = secrets.token_urlsafe(32)
    try:
        with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), "w", encoding="utf-8") as stream:
            stream.write(f"{name} sha256:{sha256(key.encode()).hexdigest()}\n")
    except OSError as error:
        raise _refused(path, error, "written") from None
    return key


def _lines(path: str) -> list[str]:
    try:
        with open(path, encoding="utf-8") as stream:
            return stream.read().splitlines()
    except OSError as error:
        raise _refused(path, error, "read") from None
    except UnicodeDecodeError:
        raise FileError(path, "not a file of keys: it is not text in UTF-8", _REMEDY) from None


def _refused(path: str, error: OSError, what: str) -> FileError:
    reason = (error.strerror or str(error)).lower()
    return FileError(path, f"could not be {what} ({reason})", "Check the name and the rights of the file.")
