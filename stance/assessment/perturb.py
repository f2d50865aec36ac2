"""Ways to write a statement otherwise without changing what it says or does."""

from __future__ import annotations

import html
import re

from stance.text.names import DATES, NOT_NAMES, PLACES
from stance.text.tokens import TOKEN, straightened

_STRAIGHT = {0x201C: '"', 0x201D: '"', 0x2019: "'", 0x2018: "'"}


def tokenised(text: str) -> str:
    """Write the text as the Penn Treebank's tokeniser does: "ca n't", marks set apart."""
    text = re.sub(r"(\w)n['’]t\b", r"\1 n't", text)
    text = re.sub(r"['’](s|re|ve|ll|d|m)\b", r" '\1", text)
    text = re.sub(r"(?<!\d)([,:])(?!\d)|([;!?()\"“”])", r" \1\2 ", text)
    text = re.sub(r"(?<!\.\w)\.(?=\s|$)", " .", text)
    return re.sub(r" +", " ", text).strip()


#: What happens to a text on its way through mails, web pages and other people's programs.
NOISE = {
    "upper case": str.upper,
    "no punctuation": lambda text: re.sub(r"[^\w\s'’.-]|(?<!\w)\.|\.(?=\s|$)", "", text),
    "curly marks": lambda text: re.sub(r'"([^"]*)"', r"“\1”", text.replace("'", "’")),
    "straight marks": lambda text: text.translate(_STRAIGHT),
    "double spaces": lambda text: text.replace(" ", "  "),
    "line breaks": lambda text: text.replace(" ", "\n"),
    "HTML entities": lambda text: html.escape(text).replace("&#x27;", "&#39;"),
    "tokenised": tokenised,
}

_PLACES = """
iran brazil iranian brazilian iranians brazilians russia canada russian canadian russians canadians china kenya chinese
kenyan israel norway israeli norwegian israelis norwegians syria finland syrian finnish ukraine peru ukrainian peruvian
america india american indian americans indians britain ghana british ghanaian france nigeria french nigerian germany
vietnam german vietnamese turkey chile turkish chilean pakistan denmark pakistani danish iraq sweden iraqi swedish
egypt mexico egyptian mexican cuba japan cuban japanese moscow nairobi beijing ottawa tehran lima washington delhi
kyiv accra paris hanoi london lagos berlin quito damascus oslo baghdad madrid cairo dublin seoul ankara pyongyang
lisbon havana warsaw
""".split()
_SWAPPED = dict(zip(_PLACES[::2], _PLACES[1::2], strict=True))
_SWAPPED |= {other: one for one, other in _SWAPPED.items()}
_PERSONS = ("Okonjo", "Lindqvist", "Barroso", "Haruki", "Mbeki", "Castellanos", "Novak", "Thorne")


def names_in(texts: list[str]) -> set[str]:
    """Give the words that stand inside sentences with a capital, and nowhere without: persons, mostly."""
    found = set()
    small = {match.group() for text in texts for match in TOKEN.finditer(text) if match.group().islower()}
    for text in texts:
        initial = True
        for match in TOKEN.finditer(text):
            word = straightened(match.group()).removesuffix("'s")
            named = word[:1].isupper() and word[1:].islower() and word.lower() not in small
            if not initial and named and not _has_meaning(word):
                found.add(word)
            initial = match.group() in '.!?:"“”…()'
    return found


def swapped(text: str, persons: set[str]) -> str:
    """Put other countries, peoples, capitals and persons in the place of those named."""

    def other(match: re.Match[str]) -> str:
        found = match.group()
        word, mark, ending = found.partition("'") if "'" in found else found.partition("’")
        place = _SWAPPED.get(word.lower())
        if place is not None and word[0].isupper():
            return place.capitalize() + mark + ending
        if word in persons:
            return _PERSONS[len(word) % len(_PERSONS)] + mark + ending
        return found

    return TOKEN.sub(other, text)


def _has_meaning(word: str) -> bool:
    return word.lower().rstrip(".") in PLACES | NOT_NAMES | DATES
