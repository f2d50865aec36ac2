"""Read transcripts and interviews: paragraphs that begin with a speaker's name or "Q" and a colon, without marks.

A document is one when at least two paragraphs begin so and look like turns: names in capitals, Q and A, or the same
names again and again. A table of times, the head of a letter and a box of dates have the same form and are none.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from stance.quotes import grammar
from stance.quotes.titles import ORGANISATION_NOUNS, TITLES
from stance.records import SpeakerKind

_TURN = re.compile(r"(?P<who>[^\W\d_][\w.’'\- ]{0,40}?)(?:\s\([^)\n]{1,40}\))?(?P<colon>:|\.(?<=\b[QA]\.))\s+(?=\S)")


#: A name, a remark in brackets and the colon, as the expression has them.
_LONGEST_HEAD = 41 + 43 + 1


_QUESTION_AND_ANSWER = frozenset("q a".split())


_UNKNOWN = frozenset("q a question answer reporter participant speaker audience moderator interviewer operator".split())


_NO_SPEAKERS = (
    frozenset(
        """
    where when who what why how entry price tickets date time place venue address contact phone tel email from to
    cc subject re note correction update editor’s editor's read more sign related see also photo caption source
    sources video watch listen warning example result results score weather tip step total abstract text title
    byline headline
    """.split()
    )
    | grammar.DAYS
    | grammar.MONTHS
)


_BODIES = ORGANISATION_NOUNS | {"gazette", "courier", "mail", "observer"}


#: A paragraph in brackets is a stage direction, which nobody says.
_STAGE_OPENS = frozenset("([")


class Turn(NamedTuple):
    """What one speaker says: offsets of the name, what it names, and the paragraphs of the turn."""

    start: int
    end: int
    kind: SpeakerKind
    parts: list[tuple[int, int]]


def turns(article: str, paragraphs: list[tuple[int, int]]) -> tuple[list[Turn], set[int]]:
    """Give the turns of a transcript and the numbers of the paragraphs that they take up; nothing for other texts."""
    heads = {number: match for number, span in enumerate(paragraphs) if (match := _head(article, span))}
    shouted = sum(1 for match in heads.values() if _is_shouted(match.group("who")))
    asked = sum(1 for match in heads.values() if match.group("who").lower() in _QUESTION_AND_ANSWER)
    dialogue = len(heads) >= 2 and 2 * len(heads) >= len(paragraphs) and _alternate(heads)
    if shouted + asked < 2 and not dialogue:
        return [], set()
    return _collect(article, paragraphs, heads, all_heads=shouted + asked < 2)


def _head(article: str, span: tuple[int, int]) -> re.Match[str] | None:
    start, end = span
    head = article[start : min(end, start + _LONGEST_HEAD)]
    if ":" not in head and "Q." not in head and "A." not in head:
        return None  # most paragraphs; the expression would try every length of a name first
    match = _TURN.match(article, start, end)
    if match is None or not article[match.start()].isupper():
        return None
    words = match.group("who").lower().split()
    if any(word.strip(".") in _NO_SPEAKERS for word in words):
        return None
    capitals = all(
        word[0].isupper() or word in ("of", "the", "de", "van", "von") for word in match.group("who").split()
    )
    return match if capitals and len(words) <= 5 and article[match.end()] not in '“"‘«' else None


def _is_shouted(who: str) -> bool:
    return who.isupper() and len(who) > 1


def _alternate(heads: dict[int, re.Match[str]]) -> bool:
    """Tell whether the names could be people talking: of two words or coming back, and somebody asks something."""
    names = [match.group("who") for match in heads.values()]
    asks = any("?" in match.string[match.end() : match.end() + 300].partition("\n")[0] for match in heads.values())
    return asks and (len(set(names)) < len(names) or all(len(name.split()) > 1 for name in names))


def _collect(
    article: str, paragraphs: list[tuple[int, int]], heads: dict[int, re.Match[str]], *, all_heads: bool
) -> tuple[list[Turn], set[int]]:
    found: list[Turn] = []
    taken: set[int] = set()
    for number, (_, end) in enumerate(paragraphs):
        match = heads.get(number)
        if match is not None and (
            all_heads or _is_shouted(match.group("who")) or match.group("who").lower() in _QUESTION_AND_ANSWER
        ):
            found.append(_turn(article, match, end))
            taken.add(number)
        elif found and number - 1 in taken and _is_shouted(article[found[-1].start : found[-1].end]):
            if article[paragraphs[number][0]] not in _STAGE_OPENS or article[paragraphs[number][1] - 1] not in ")]":
                found[-1].parts.append(_trimmed(article, *paragraphs[number]))
            taken.add(number)
    return found, taken


def _turn(article: str, match: re.Match[str], end: int) -> Turn:
    start, stop = match.span("who")
    words = match.group("who").split()
    while len(words) > 1 and words[0].lower().strip(".") in TITLES:
        start += len(words[0]) + 1
        words = words[1:]
    name = article[start:stop].lower()
    kind: SpeakerKind = "person"
    if name in _UNKNOWN:
        kind = "person" if name in ("a", "answer") else "unknown"
    elif words[-1].lower() in _BODIES and words[-1].lower() != "chair":
        kind = "organisation"
    return Turn(start, stop, kind, [_trimmed(article, match.end(), end)])


def _trimmed(article: str, start: int, end: int) -> tuple[int, int]:
    inside = article[start:end]
    return start + len(inside) - len(inside.lstrip()), end - (len(inside) - len(inside.rstrip()))
