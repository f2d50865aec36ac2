"""Cut an article into paragraphs, by lines or, in text wrapped at a fixed width, by blank lines.

Knows nothing of quotation marks or words.
"""

from __future__ import annotations

import re

_BLANK = re.compile(r"\n[ \t\r]*\n|\r[ \t]*\r")


_UNFINISHED = re.compile(r"[\w,;(—–-][ \t]*\Z")


#: Lines of wrapped text are of about one length: none is longer, all but the last are not much shorter.
_WIDEST, _NARROWEST = 100, 25


def paragraphs(article: str) -> list[tuple[int, int]]:
    """Give (start, end) of every paragraph that holds more than white space, in text order.

    A paragraph is a line. Where a block between blank lines has several lines of at most 100 characters and most of
    them stop in the middle of a sentence, the text is wrapped, and the block is one paragraph.
    """
    found: list[tuple[int, int]] = []
    block: list[tuple[int, int]] = []
    start = last = 0
    for line in article.replace("\r", "\n").split("\n"):
        end = start + len(line)
        if line and not line.isspace():
            if block and start - last > 1 and _BLANK.search(article, last, start):
                found += _joined(article, block)
                block = []
            block.append((start, end))
            last = end
        start = end + 1
    return found + _joined(article, block)


def _joined(article: str, block: list[tuple[int, int]]) -> list[tuple[int, int]]:
    if len(block) < 2 or max(end - start for start, end in block) > _WIDEST:
        return block
    *upper, _ = block
    if min(end - start for start, end in upper) < _NARROWEST:
        return block
    unfinished = sum(1 for i, (_, end) in enumerate(upper) if _runs_on(article, end, block[i + 1][0]))
    return [(block[0][0], block[-1][1])] if 2 * unfinished >= len(upper) else block


def _runs_on(article: str, end: int, following: int) -> bool:
    """Tell whether a line stops within a sentence: no stop before its end, and no list item or capital after it."""
    before, after = article[max(0, end - 4) : end], article[following : following + 1]
    return bool(_UNFINISHED.search(before)) and (
        after.islower() or (after.isalnum() and not before.rstrip()[-1:].isspace())
    )
