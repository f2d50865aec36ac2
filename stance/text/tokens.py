"""Split a text into words and clause marks, with offsets into the text as given.

The default patterns of common vectorisers turn "won't" into "won" and erase "U.S."; here contractions are opened
("won't" is "will not", also when a tokeniser has written "wo n't") and acronyms stay whole.
"""

from __future__ import annotations

import re
import unicodedata

from stance.text.names import DATES, PLACES
from stance.text.stem import stem

_CURLY = "\u2019\u2018\u02bc\u0060\u00b4"
_APOSTROPHE_ENTITY = "&(?:#0?39|#8217|#8216|#[xX]27|apos|rsquo|lsquo);"
_APOSTROPHE = f"(?:['{_CURLY}]|{_APOSTROPHE_ENTITY})"
_STRAIGHTENED = str.maketrans(dict.fromkeys(_CURLY, "'"))
# One pass; a word's first letter decides between acronym and word, which is twice as
# fast as trying the acronym first.
TOKEN = re.compile(
    r"\d(?:[\d.,:]*\d)?\w*"  # 10,000 and 3rd
    rf"|\w(?:\.(?:\w\.)+|\w*(?:{_APOSTROPHE}\w+){{0,3}})"  # U.S.; words, with up to three apostrophes
    r"|&(?:#\d{1,6}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z]{2,8});"  # an HTML entity that nobody has resolved
    '|[.,;:!?()\\[\\]"\u201c\u201d\u00ab\u00bb\u2026\u2014\u2013]'
)

BREAK = "\n"  # a unit that is no word: the end of a clause
_BREAK_ENTITIES = frozenset(
    "quot ldquo rdquo laquo raquo mdash ndash hellip #34 #8220 #8221 #171 #187 #8212 #8211 #8230".split()
)
PLACE, NAME, NUMBER, DATE = "@place", "@name", "@number", "@date"

_CONTRACTIONS = {
    "won't": ("will", "not"),
    "wo": ("will",),
    "shan't": ("shall", "not"),
    "can't": ("can", "not"),
    "cannot": ("can", "not"),
    "ain't": ("be", "not"),
    "ca": ("can",),
    "let's": ("let", "us"),
    "gonna": ("go", "to"),
    "wanna": ("want", "to"),
    "gotta": ("get", "to"),
    "i'm": ("i", "be"),
    "'em": ("them",),
    "u.s.": (PLACE,),
    "u.s.a.": (PLACE,),
    "u.k.": (PLACE,),
    "usa": (PLACE,),
    "uk": (PLACE,),
    "e.u.": ("eu",),
    "u.n.": ("un",),
}
_ENDINGS = {"re": ("be",), "ve": ("have",), "ll": ("will",), "d": ("would",), "m": ("be",), "s": ()}


def word_tokens(text: str) -> list[str]:
    """Give the raw tokens of a text, in order: words, numbers, clause marks."""
    return TOKEN.findall(text)


def units_of(token: str) -> tuple[str, ...]:
    """Give the normalised units of one raw token: none, one, or several for a contraction."""
    token = token.strip("_")
    if "&" in token:
        token = re.sub(_APOSTROPHE_ENTITY, "'", token)
        if token[0] == "&":
            return (BREAK,) if token[1:-1].lower() in _BREAK_ENTITIES else ()
    if not token or not token[0].isalnum():
        return (BREAK,)
    if token[0].isdecimal():
        return (NUMBER,)
    # Straightened first: NFKC makes of an acute accent a space and a combining one. Of some letters too ("ͺ", "ﷺ"),
    # and a unit with a space would read as a pair.
    return _units_of_word(unicodedata.normalize("NFKC", straightened(token)).replace(" ", "").lower())


def _units_of_word(word: str) -> tuple[str, ...]:
    known = _CONTRACTIONS.get(word)
    if known is not None:
        return known
    if word in PLACES:
        return (PLACE,)
    if word in DATES:
        return (DATE,)
    if "'" not in word:
        return (stem(word.replace(".", "")),)
    if word.endswith("n't"):
        return (*_units_of_word(word[:-3]), "not") if len(word) > 3 else ("not",)
    body, _, ending = word.rpartition("'")
    if body and ending in _ENDINGS:
        return (*_units_of_word(body), *_ENDINGS[ending])
    return (stem(word),)


def straightened(text: str) -> str:
    """Give the text with every kind of apostrophe written as ``'``; no character moves."""
    return text.translate(_STRAIGHTENED)


def plain_key(text: str) -> str:
    """Give the text with case, punctuation and spacing taken off: equal keys mean the same text written twice."""
    plain = unicodedata.normalize("NFKC", straightened(text))
    return " ".join(token.lower() for token in TOKEN.findall(plain) if token[0].isalnum())
