"""Which words English writes without a capital, so that a capital means something where it is not the rule.

The list stands in ``ordinary_words.txt``, whose first lines give its source and licence. It is searched as it is read:
a search is some ten microseconds and is remembered with the token, while a set of all words would cost every start of
the program fifteen milliseconds. A name that is also a word ("Brown", "Rice") counts as the word.
"""

from __future__ import annotations

import os
from bisect import bisect_left
from functools import cache

_PATH = os.path.join(os.path.dirname(os.path.abspath(__file__)), "ordinary_words.txt")


def is_ordinary(word: str) -> bool:
    """Tell whether a word in small letters, without apostrophe, is in the list."""
    lines, wanted = _lines(), word.encode()
    found = bisect_left(range(len(lines)), wanted, key=lambda place: _line_at(lines, place))
    return found < len(lines) and _line_at(lines, found) == wanted


def _line_at(lines: bytes, place: int) -> bytes:
    return lines[lines.rfind(b"\n", 0, place) + 1 : lines.find(b"\n", place)]


@cache
def _lines() -> bytes:
    """Give the file; its lines are in the order of their bytes, and those of the notice come before any letter."""
    with open(_PATH, "rb") as stream:
        return stream.read()
