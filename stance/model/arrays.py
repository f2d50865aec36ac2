"""Read a safetensors file through the operating system's memory map, with the standard library alone.

The safetensors package needs NumPy (70 ms of import) to hand out an array; a prediction needs a few rows of one.
The format is eight bytes of header length, a JSON header, raw little-endian data; the tests hold this reader
against the package's own.
"""

from __future__ import annotations

import json
import mmap
import sys
from hashlib import sha256
from typing import Any

from stance.errors import ModelError

_TYPES: dict[str, tuple[Any, int]] = {
    "U8": ("B", 1),
    "I16": ("h", 2),
    "U16": ("H", 2),
    "U32": ("I", 4),
    "F32": ("f", 4),
    "F64": ("d", 8),
}
_RETRAIN = "Train it again or fetch it again."


class ArrayFile:
    """A memory-mapped safetensors file.

    Parameters
    ----------
    path : the file

    Raises
    ------
    ModelError
        If the file is missing, truncated, or no safetensors file with the types used here.
    """

    def __init__(self, path: str) -> None:
        self.path = path
        if sys.byteorder != "little":
            raise ModelError(path, "the file is little-endian, this machine is not", "Use a little-endian machine.")
        try:
            with open(path, "rb") as stream:
                self._map = mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ)
        except (OSError, ValueError) as error:
            reason = getattr(error, "strerror", None) or "the file is empty"
            raise ModelError(path, f"could not be read ({reason.lower()})", _RETRAIN) from None
        self._view = memoryview(self._map)
        self._header = self._read_header()

    def sha256(self) -> str:
        """Give the hash of the whole file, in hexadecimal."""
        return sha256(self._map).hexdigest()

    def array(self, name: str) -> memoryview[Any]:
        """Give one array, flat, as a typed view of the file; nothing is copied.

        Raises
        ------
        ModelError
            If there is no such array or its extent contradicts the file.
        """
        try:
            entry = self._header[name]
            code, size = _TYPES[entry["dtype"]]
            first, last = entry["data_offsets"]
            data = self._view[self._start + first : self._start + last]
            if first < 0 or len(data) != last - first or len(data) % size:
                raise ValueError
            typed: memoryview[Any] = data.cast(code)
            return typed
        except (KeyError, TypeError, ValueError):
            raise ModelError(self.path, f'holds no usable array "{name}"', _RETRAIN) from None

    def _read_header(self) -> dict[str, dict[str, Any]]:
        length = int.from_bytes(self._view[:8], "little")
        self._start = 8 + length
        try:
            if self._start > len(self._view):
                raise ValueError
            header: dict[str, dict[str, Any]] = json.loads(bytes(self._view[8 : self._start]))
            header.pop("__metadata__", None)
            end = self._start + max(entry["data_offsets"][1] for entry in header.values())
        except (ValueError, TypeError, LookupError, AttributeError, RecursionError):
            raise ModelError(self.path, "is truncated or no safetensors file", _RETRAIN) from None
        if end != len(self._view):
            raise ModelError(self.path, "is truncated or has been added to", _RETRAIN)
        return header
