"""Find where a single quotation mark closes. Knows nothing of double marks.

The closing mark and the apostrophe are one character: an apostrophe stands inside a word, after a plural s, for a
dropped g, or before a clipped word ('em, ’90s).
"""

from __future__ import annotations

import re
from bisect import bisect_right

_CLOSING = re.compile(r"(?<=[^\s‘’'])[’'](?![\w’'])")
_OPENING = re.compile(r"(?<![\w’'])‘(?=\w)")
_CLIPPED = re.compile(r"['‘‚](?:\d\d?s?\b|em\b|n\b|til\b|tis\b|twas\b|cause\b|round\b|bout\b|s\b)", re.IGNORECASE)
_STOPS = frozenset(".,?!…—")
_MOST_TRIED = 30
_LONGEST_TYPED_TERM = 60


class SingleMarks:
    """The single marks of one paragraph, looked for when the first one is asked about."""

    def __init__(self, article: str, first: int, last: int) -> None:
        self.article, self.first, self.last = article, first, last
        self._closings: list[int] | None = None
        self._openings: list[int] = []

    def closing(self, at: int, *, continued: bool) -> int | None:
        """Give the offset of the mark that closes the one at ``at``; None when that is no opening mark.

        An opening mark at the paragraph's start runs to its end when the next paragraph opens with one too.
        """
        article = self.article
        if _CLIPPED.match(article, at):
            return None
        if self._closings is None:
            self._closings = [m.start() for m in _CLOSING.finditer(article, self.first, self.last)]
            self._openings = [m.start() for m in _OPENING.finditer(article, self.first, self.last)]
        index = bisect_right(self._openings, at)
        limit = self._openings[index] if index < len(self._openings) else self.last
        place = bisect_right(self._closings, at)
        doubtful = None
        for closing in self._closings[place : place + _MOST_TRIED]:
            if closing > limit and doubtful is not None:
                break
            if article[closing - 1] in _STOPS or (
                article[closing + 1 : closing + 2] in (",", ".") and article[at] != "'"
            ):
                return closing
            if not self._may_be_apostrophe(closing) and article[at] != "'":
                return closing
            doubtful = closing if doubtful is None else doubtful
        if doubtful is None and continued and at == self.first:
            return self.last
        typed = article[at] == "'"
        return None if doubtful is None or (typed and doubtful - at > _LONGEST_TYPED_TERM) else doubtful

    def _may_be_apostrophe(self, closing: int) -> bool:
        after = self.article[closing + 1 : closing + 3]
        return self.article[closing - 1] in "sSn" and after[:1] == " " and after[1:].islower()
