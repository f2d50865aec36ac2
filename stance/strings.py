"""A sorted table of strings, searched where it lies in the model's file."""

from __future__ import annotations

from itertools import pairwise

from stance.model.arrays import ArrayFile


class StringTable:
    """Strings in the order of their UTF-8 bytes, each with its row number.

    Parameters
    ----------
    arrays : the file
    texts, offsets : names of the array of all bytes and of the array of n + 1 offsets into it
    """

    def __init__(self, arrays: ArrayFile, texts: str, offsets: str) -> None:
        self._bytes = arrays.array(texts)
        self._offsets = arrays.array(offsets)
        self._size = len(self._offsets) - 1

    def __len__(self) -> int:
        return self._size

    def find(self, text: str) -> int | None:
        """Give the row number of one string, or None."""
        sought = text.encode()
        row = self.position(sought)
        return row if row < self._size and self._row(row) == sought else None

    def all(self) -> list[str]:
        """Give all strings, in row order."""
        texts = bytes(self._bytes)
        return [texts[start:end].decode() for start, end in pairwise(self._offsets.tolist())]

    def text(self, row: int) -> str:
        """Give one string."""
        return self._row(row).decode()

    def position(self, sought: bytes) -> int:
        """Give the number of strings that sort before ``sought``."""
        low, high = 0, self._size
        while low < high:
            middle = (low + high) // 2
            if self._row(middle) < sought:
                low = middle + 1
            else:
                high = middle
        return low

    def _row(self, row: int) -> bytes:
        return bytes(self._bytes[self._offsets[row] : self._offsets[row + 1]])
