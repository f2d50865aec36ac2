"""Tensors as bytes, as the Open Inference Protocol's extension for binary data lays them out."""

from __future__ import annotations

import struct
from collections.abc import Sequence
from typing import Any

from stance.serve.problems import Problem

_FIELD = "inputs[0].data"


def packed(datatype: str, values: Sequence[Any]) -> bytes:
    """Give values as bytes: BYTES with their length before each, FP64 side by side, all little-endian."""
    if datatype == "FP64":
        return struct.pack(f"<{len(values)}d", *values)
    encoded = [value.encode() for value in values]
    return b"".join(struct.pack("<I", len(each)) + each for each in encoded)


def unpacked(data: bytes, size: Any) -> list[str]:
    """Give the texts of a BYTES tensor.

    Raises
    ------
    Problem
        422 if the bytes do not add up or are not UTF-8.
    """
    if type(size) is not int or size != len(data):
        raise Problem(422, f"binary_data_size is {size!r}, but {len(data)} bytes follow the JSON.", field=_FIELD)
    texts: list[str] = []
    at = 0
    while at < len(data):
        (length,) = struct.unpack_from("<I", data, at) if at + 4 <= len(data) else (len(data),)
        text, at = data[at + 4 : at + 4 + length], at + 4 + length
        if at > len(data):
            raise Problem(422, f"{_FIELD} ends within text {len(texts)}; expected its length, then it.", field=_FIELD)
        try:
            texts.append(text.decode())
        except UnicodeDecodeError:
            raise Problem(422, f"Text {len(texts)} is not UTF-8.", field=_FIELD) from None
    return texts
