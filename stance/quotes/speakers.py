"""Find who is said to have said it, in the words around a quote."""

from __future__ import annotations

import re

from stance.records import Speaker

_CUE = (
    r"(?:said|says|say|told|tells|asked|asks|added|adds|warned|warns|wrote|writes|argued|argues|insisted|insists"
    r"|declared|declares|announced|replied|noted|notes|stated|states|continued|explained|explains|recalled"
    r"|concluded|claimed|claims|acknowledged|admitted|stressed|tweeted|remarked|responded|called|vowed|urged)"
)
_SHORT_TITLE = r"(?:Mr|Mrs|Ms|Dr|Gen|Sen|Rep|Gov|Lt|Col|St)"
_CAPITAL = rf"(?:(?:{_SHORT_TITLE}|(?:[A-Z]\.)*[A-Z])\.(?=\s)|[^\W\d_a-z][\w’'.-]*\w)"  # Mr., U.S., O’Brien
_NAME = rf"{_CAPITAL}(?:\s+(?:(?:of|for|de|del|la|al|bin|ibn|van|von|der|the)\s+)*{_CAPITAL})*"
_PRONOUN = r"(?:[Hh]e|[Ss]he|[Tt]hey)\b"
_BODY = r"(?:[Tt]he|[Aa]|[Aa]n)\s+(?:\w+\s+){0,2}\w+"

_AFTER = (
    re.compile(rf"[,\s]*{_CUE}\s+(?P<who>{_NAME}|{_BODY})"),
    re.compile(rf"[,\s]*(?P<who>{_PRONOUN}|{_NAME}|{_BODY})(?:,[^,]{{1,120}},)?\s+(?:\w+ly\s+)?{_CUE}\b"),
)
_BEFORE = re.compile(
    rf"(?:^|(?<=\W))(?P<who>{_PRONOUN}|{_NAME}|\b{_BODY})(?:,[^,]{{1,120}},)?\s+(?:has\s+|had\s+|also\s+)?{_CUE}\b"
)
_LEADS_IN = re.compile(rf"\b{_CUE}\b[^.!?]*[,:]?\s*$|:\s*$")
_SENTENCE_START = re.compile(r"(?:[.!?]”?|[.!?]\")\s+(?=[^\W\d_a-z])")
_ABBREVIATION = re.compile(rf"\b(?:[A-Z]|{_SHORT_TITLE})\.\s+$")

#: Nothing further back is looked at, so that a paragraph of many quotes takes linear time.
_LONGEST_SENTENCE = 1_000

_TITLES = frozenset(
    """
    president vice prime minister foreign secretary senator representative sen rep gov governor general admiral
    colonel chancellor king queen prince princess mr mrs ms dr gen lt col republican democratic former u.s
    defense director ambassador chairman chairwoman speaker mayor captain lieutenant sir lord lady pope
    """.split()
)


def speaker_after(article: str, start: int, end: int) -> Speaker | None:
    """Give the speaker named right after a quote (`said Wit`, `McCain said`), looking at ``article[start:end]``."""
    for pattern in _AFTER:
        match = pattern.match(article, start, end)
        if match:
            return _speaker(match)
    return None


def speaker_before(article: str, start: int, end: int) -> Speaker | None:
    """Give the subject of the first verb of saying in the sentence that runs up to ``end``."""
    first = sentence_start(article, start, end)
    if not _LEADS_IN.search(article[first:end]):
        return None
    match = _BEFORE.search(article, first, end)
    return _speaker(match) if match else None


def leads_in(article: str, start: int, end: int) -> bool:
    """Tell whether the words up to ``end`` announce a quote: a verb of saying with its comma or colon."""
    return bool(re.search(rf"\b{_CUE}\b[^.!?]{{0,80}}[,:]\s*$", article[sentence_start(article, start, end) : end]))


def sentence_start(article: str, start: int, end: int) -> int:
    """Give the offset at which the sentence that holds ``end`` begins, not before ``start``."""
    first = start = max(start, end - _LONGEST_SENTENCE)
    for match in _SENTENCE_START.finditer(article, start, end):
        if not _ABBREVIATION.search(article[max(start, match.end() - 8) : match.end()]):
            first = match.end()
    return first


def _speaker(match: re.Match[str]) -> Speaker:
    start, text = match.start("who"), match.group("who")
    words = text.split()
    while len(words) > 1 and words[0].lower().strip(".") in _TITLES and words[1] != "of":
        cut = len(text) - len(text.split(None, 1)[1])
        start, text = start + cut, text[cut:]
        words = words[1:]
    text = re.sub(r"[’']s$", "", text)
    return Speaker(text, start, start + len(text))
