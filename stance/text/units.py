"""The units of a text: normalised words, slots for names, places, numbers and dates, and clause marks.

A proper name becomes ``@name``, a country or people ``@place``, so that neither becomes a stance. What a stretch of
text means wherever it stands is worked out once and remembered; whether a capital is a name is told in the text.
"""

from __future__ import annotations

from collections.abc import Iterable
from sys import intern
from typing import NamedTuple

from stance.text.function_words import NEVER_NAMES
from stance.text.names import NOT_NAMES
from stance.text.ordinary import is_ordinary
from stance.text.tokens import NAME, TOKEN, straightened, units_of, word_tokens

_PERIOD_WORDS = frozenset('.!?:"\u201c\u201d\u2026()[]\u00ab')


def units_in(text: str) -> list[str]:
    """Give the normalised words, slots and clause marks of a text, from which its terms are spelt.

    The predictor looks units and pairs of units up as they are: spelling and hashing forty new strings a text
    would be half of its time.
    """
    known = _READINGS.get
    # No token reaches over white space, and most stretches between recur as a whole, mark and all.
    return _units([known(stretch) or _reading(stretch) for stretch in text.split()])


def spanned_units(text: str) -> tuple[list[str], list[tuple[int, int]]]:
    """Give the units of :func:`units_in` and for each the character offsets of the word that it came from."""
    matches = list(TOKEN.finditer(text))
    known, owners = _READINGS.get, list[int]()
    units = _units([known(token) or _reading(token) for token in [match.group() for match in matches]], owners)
    spans = [match.span() for match in matches]
    return units, [spans[owner] for owner in owners]


def spans_of_words(text: str) -> list[tuple[int, int]]:
    """Give the character offsets of every word and number of a text; clause marks and entities are none."""
    return [match.span() for match in TOKEN.finditer(text) if match.group().lstrip("_")[:1].isalnum()]


class _Reading(NamedTuple):
    """What a token means wherever it stands, or several that no white space parts.

    Attributes
    ----------
    units : if no token is a name
    plain : whether there are tokens and none may be a name
    is_name : whether the only token is a name even where a capital says nothing
    ends_sentence : whether the last token does
    capital_vote : of all tokens
    tokens : the readings of several tokens; () of one or none
    """

    units: tuple[str, ...]
    plain: bool
    is_name: bool
    ends_sentence: bool
    capital_vote: int
    tokens: tuple[_Reading, ...]


_READINGS: dict[str, _Reading] = {}
_MOST_READINGS = 40_000  # some 14 MiB; then the memory is emptied, since a stream has no end
_LONGEST_KEPT = 50  # characters; what is longer is an address or noise and does not recur


def _reading(stretch: str) -> _Reading:
    """Read a stretch, and remember it: words recur, and this is the larger part of the time of a prediction."""
    tokens = word_tokens(stretch)
    reading = _token(stretch) if tokens == [stretch] else _joined([_READINGS.get(t) or _reading(t) for t in tokens])
    if len(stretch) <= _LONGEST_KEPT:
        if len(_READINGS) >= _MOST_READINGS:
            _READINGS.clear()
        _READINGS[stretch] = reading
    return reading


def _token(token: str) -> _Reading:
    units = tuple(map(intern, units_of(token)))  # one object a word makes look-ups compare by identity
    word = _bare(token)
    may_be_name = token[0].isupper() and bool(units) and units[0][0] != "@" and not _has_meaning(token, word)
    return _Reading(
        units=units,
        plain=not may_be_name,
        is_name=may_be_name and not is_ordinary(word),
        ends_sentence=_ends_sentence(token),
        capital_vote=0 if len(token) <= 3 else 2 if token[0].isupper() else -3,
        tokens=(),
    )


def _joined(tokens: list[_Reading]) -> _Reading:
    return _Reading(
        units=tuple([unit for token in tokens for unit in token.units]),
        plain=bool(tokens) and all(token.plain for token in tokens),
        is_name=False,
        ends_sentence=bool(tokens) and tokens[-1].ends_sentence,
        capital_vote=sum([token.capital_vote for token in tokens]),
        tokens=tuple(tokens),
    )


def _units(readings: list[_Reading], owners: list[int] | None = None) -> list[str]:
    """Join readings; ``owners`` is filled with the index of the reading that each unit came from."""
    capitals_mean_names: bool | None = None
    units: list[str] = []
    initial = True  # at the start of a sentence a capital says nothing
    for index, reading in enumerate(readings):
        made, plain, is_name, ends_sentence, _, tokens = reading
        if plain or (initial and made and not tokens and not is_name):
            units += made
            initial = ends_sentence
        elif made:  # without a token nothing is made, and nothing begins or ends
            if capitals_mean_names is None:
                # A capital marks a name unless three in five longer words have one: upper-case text, a headline.
                capitals_mean_names = sum([reading.capital_vote for reading in readings]) < 0
            initial = _add_names(tokens or (reading,), units, initial=initial, capitals=capitals_mean_names)
        if owners is not None:
            owners += [index] * (len(units) - len(owners))
    return units


def _add_names(tokens: Iterable[_Reading], units: list[str], *, initial: bool, capitals: bool) -> bool:
    """Add the units of tokens of which some may be names; tell whether a sentence ends with them.

    Parameters
    ----------
    tokens : their readings
    units : is added to
    initial : whether a sentence begins with the first token
    capitals : whether a capital inside a sentence marks a name
    """
    for made, plain, is_name, ends_sentence, _, _ in tokens:
        if not is_name and (plain or initial or not capitals):
            units += made
        elif not units or units[-1] is not NAME:  # "Rex Tillerson" is one name; its offsets are its first word's
            units.append(NAME)
        initial = ends_sentence
    return initial


def _ends_sentence(token: str) -> bool:
    """Tell whether a capital after this mark says nothing; an entity is the mark that it stands for."""
    if token[0] == "&":
        from html import unescape  # two milliseconds, and few texts have entities

        token = unescape(token)
    return token in _PERIOD_WORDS


def _bare(token: str) -> str:
    """Give a token in small letters, without what follows an apostrophe or a last full stop."""
    return straightened(token).lower().partition("'")[0].rstrip(".")


def _has_meaning(token: str, word: str) -> bool:
    """Tell whether a capitalised word is no name: "I", an office, "The", "DON'T", an emphatic "NEVER"."""
    emphatic = len(word) > 3 and token.isupper() and is_ordinary(word)
    return word in NOT_NAMES or word in NEVER_NAMES or len(units_of(token)) > 1 or emphatic
