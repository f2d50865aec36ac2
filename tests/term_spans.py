"""The terms of a text with their places, spelt out: what the look-ups of prediction and explanation must find."""

from __future__ import annotations

from typing import NamedTuple

from stance.text import shifted, spanned_units
from stance.text.tokens import BREAK


class TermSpan(NamedTuple):
    """A term and where it stands: ``text[start:end]`` holds all its words."""

    term: str
    start: int
    end: int


def term_spans(text: str) -> list[TermSpan]:
    """Give the terms of :func:`stance.text.terms`, in the same order, each with its character offsets in ``text``."""
    units, places = spanned_units(text)
    starts, ends = [start for start, _ in places], [end for _, end in places]
    words = [i for i, unit in enumerate(units) if unit is not BREAK]
    spans = [TermSpan(units[i], starts[i], ends[i]) for i in words]
    spans += [TermSpan("~" + units[i], starts[i], ends[i]) for i in shifted(units)]
    spans += [
        TermSpan(f"{units[i]} {units[i + 1]}", starts[i], ends[i + 1])
        for i in range(len(units) - 1)
        if units[i] is not BREAK and units[i + 1] is not BREAK
    ]
    return spans
