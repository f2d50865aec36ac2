"""Pair double and angle quotation marks within a paragraph. Knows nothing of words, verbs or speakers.

One pass over the marks with a stack, so that time is linear in the length of the text. Marks that look alike are told
apart by their neighbours: an opening mark has white space before it and none after it; an inch sign follows a digit.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from stance.quotes.single_marks import SingleMarks

_MARK = re.compile(
    r"[`'’&“”\"„«»‹›‟‘‚]"  # one class of first signs, so that the search leaps over words
    r"(?:(?<=[“”\"„«»‹›‟])|(?<=`)`|(?<=')''?|(?<=’)’|(?<=&)(?:quot;|#34;)|(?<=[‘'‚])(?<!\w.)(?=\S))"
)


_SINGLES = "‘'‚"


_TYPED = frozenset(('"', "&quot;", "&#34;", "''", "'''", "’’"))


_INNER = "’'”\"»)]"


_ANGLES = frozenset("«»‹›")


_SENTENCE_STOPS = frozenset(".?!")


_BEFORE_OPENING = frozenset('([{—–-/>*•|‘“"„«…:\u200b')


UNCLOSED = "The opening mark is never closed; the quote is taken to end with its paragraph."


UNCLOSED_BEFORE = "The opening mark is never closed; the quote is taken to end before the next opening mark."


UNOPENED = "The closing mark has no opening one; the quote is taken to begin with its paragraph."


def last_sign(text: str) -> str:
    """Give the last character of quoted words, closing marks and brackets within them left out."""
    return text.rstrip(_INNER)[-1:] or text[-1]


class Stretch(NamedTuple):
    """Quoted words, as offsets into the article.

    ``start`` and ``end`` leave out the marks and the white space inside them; ``before`` and ``after`` take in both.
    """

    start: int
    end: int
    before: int
    after: int
    closed: bool = True
    remark: str | None = None


class _Open(NamedTuple):
    mark: str
    before: int
    start: int


def stretches(article: str, first: int, last: int, *, following: tuple[int, int] | None = None) -> list[Stretch]:
    """Give every outermost stretch between marks of the paragraph ``article[first:last]``, in text order.

    Parameters
    ----------
    following : offsets of the next paragraph; when it begins with an opening mark, an unclosed one here is no slip
    """
    marks = list(_MARK.finditer(article, first, last))
    if not marks:
        return []
    continued = following is not None and _opens_paragraph(article, *following)
    return _Pairing(article, first, last, continued).run(marks)


def _opens_paragraph(article: str, first: int, last: int) -> bool:
    """Tell whether a paragraph begins with an opening mark."""
    match = _MARK.match(article, first, min(last, first + 8))
    return match is not None and match.end() < last and not article[match.end()].isspace()


class _Pairing:
    """The state of one pass over the marks of one paragraph."""

    def __init__(self, article: str, first: int, last: int, continued: bool) -> None:
        self.article, self.first, self.last, self.continued = article, first, last, continued
        self.found: list[Stretch] = []
        self.stack: list[_Open] = []
        self.inner: list[Stretch] = []  # complete, within the quote that is open

    def run(self, marks: list[re.Match[str]]) -> list[Stretch]:
        done = self.first
        singles: SingleMarks | None = None
        for index, match in enumerate(marks):
            at, after = match.span()
            if at < done:
                continue
            if match.group() in _SINGLES:
                singles = singles or SingleMarks(self.article, self.first, self.last)
                if not self.stack and (closing := singles.closing(at, continued=self.continued)):
                    self._emit(
                        self.found,
                        _Open("‘", at, after),
                        closing,
                        min(closing + 1, self.last),
                        closed=closing < self.last,
                    )
                    done = closing + 1
            elif not (match.group() in _TYPED and self._is_inches(marks, index)):
                self._mark(match.group(), at, after)
        if self.stack:
            self._end_unclosed()
        return self.found

    def _mark(self, mark: str, at: int, after: int) -> None:
        if mark == "'''":  # a single mark within the double one
            mark, at, after = ("''", at + 1, after) if self.stack else ("''", at, after - 1)
        opens, closes = self._sides(mark, at, after)
        if opens:
            if self.stack and self._starts_anew(mark, at):
                self._emit(self.found, self.stack[0], at, at, closed=False, remark=UNCLOSED_BEFORE)
                self.stack.clear()
                self.inner.clear()
            self.stack.append(_Open(mark, at, after))
        elif closes and self.stack:
            if (self.stack[-1].mark in _ANGLES) != (mark in _ANGLES):
                return
            opening = self.stack.pop()
            if not self.stack:
                self._emit(self.found, opening, at, after)
                self.inner.clear()
            elif len(self.stack) == 1:
                self._emit(self.inner, opening, at, after)
        elif closes and not self.found and mark != '"':
            self._emit(self.found, _Open(mark, self.first, self.first), at, after, remark=UNOPENED)

    def _sides(self, mark: str, at: int, after: int) -> tuple[bool, bool]:
        """Tell whether a mark can open and whether it can close where it stands."""
        before = self.article[at - 1] if at > self.first else " "
        follows = self.article[after] if after < self.last else " "
        top = self.stack[-1].mark if self.stack else ""
        at_word = (before.isspace() or before in _BEFORE_OPENING) and not follows.isspace()
        if mark in ("„", "‟", "``"):
            return True, False
        if mark == "“":
            closes = bool(top) and (top == "„" or (not before.isspace() and not follows.isalnum()))
            return not closes, closes
        if mark in _ANGLES:
            return (not top, True) if top not in _ANGLES else (mark == top, mark != top)
        if mark == "”":
            return not top and at_word, not (not top and at_word)
        if top in ("''", "’’", "``") and mark in ("''", "’’"):
            return False, True
        if not top:
            return at_word and not before.isdigit(), not before.isspace() and not follows.isalnum()
        return at_word and before != "…" and before != "—", True

    def _starts_anew(self, mark: str, at: int) -> bool:
        """Tell whether a mark opened within an open quote begins another one, the last having lost its closing mark."""
        before = self.article[max(self.first, at - 3) : at].rstrip()[-1:]
        return len(self.stack) == 1 and mark not in _ANGLES and before in _SENTENCE_STOPS and before != ""

    def _is_inches(self, marks: list[re.Match[str]], index: int) -> bool:
        """Tell whether a mark after a digit measures: nothing is open, or a better closing mark comes later."""
        at, after = marks[index].span()
        if at == self.first or not self.article[at - 1].isdigit():
            return False
        if not self.stack:
            return True
        if self.article[after : after + 1] not in (" ", "x", "-") or not self.article[after + 1 : after + 2].islower():
            later = marks[index + 1] if index + 1 < len(marks) else None
            return later is not None and later.group() in _TYPED and self.article[later.start() - 1] in ",.?!"
        return index + 1 < len(marks)

    def _emit(
        self,
        into: list[Stretch],
        opening: _Open,
        at: int,
        after: int,
        *,
        closed: bool = True,
        remark: str | None = None,
    ) -> None:
        inside = self.article[opening.start : at]
        start = opening.start + len(inside) - len(inside.lstrip())
        end = at - (len(inside) - len(inside.rstrip()))
        if start < end:
            into.append(Stretch(start, end, opening.before, after, closed, remark))

    def _end_unclosed(self) -> None:
        """End an open quote with its paragraph, or, when whole quotes stand inside it, before the first of them."""
        opening = self.stack[0]
        if self.inner and not self.continued:
            at = self.inner[0].before
            self._emit(self.found, opening, at, at, closed=False, remark=UNCLOSED_BEFORE)
            self.found += self.inner
            return
        remark = None if self.continued else UNCLOSED
        self._emit(self.found, opening, self.last, self.last, closed=False, remark=remark)
