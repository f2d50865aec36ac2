"""The terms of a text: single units, pairs of neighbours, and units inside the scope of a valence shifter.

Worked example::

    >>> terms("They won't talk to Iran.")  # doctest: +NORMALIZE_WHITESPACE
    ['they', 'will', 'not', 'talk', 'to', '@place', '~talk', '~to', '~@place',
     'they will', 'will not', 'not talk', 'talk to', 'to @place']

A proper name becomes ``@name``, a country or people ``@place``, so that neither becomes a stance. A valence shifter
(L. Polanyi and A. Zaenen, "Contextual valence shifters", 2006) turns or stops the act that follows it: "not",
"refuse", "suspend", "lift". It marks up to three following units of its clause with ``~``. Pairs do not reach across
a clause mark.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise
from sys import intern
from typing import NamedTuple

from stance.text.function_words import NEVER_NAMES
from stance.text.names import NOT_NAMES
from stance.text.ordinary import is_ordinary
from stance.text.shifters import NEGATORS, SHIFTING_VERBS
from stance.text.tokens import BREAK, NAME, TOKEN, straightened, units_of, word_tokens

#: Raised by one whenever any text could come apart differently than before; models of another number are refused.
TEXT_FORMAT = 3

SHIFTERS = NEGATORS | {unit for verb in SHIFTING_VERBS for unit in units_of(verb)}
SCOPE = 3
_NO_SHIFTER = SHIFTERS.isdisjoint

#: Units of a speaker or an addressee: a text without them is an account of somebody else's acts.
SPEECH_MARKS = frozenset("i we me us our ours my mine myself ourselves you your yours".split())
_PERIOD_WORDS = frozenset('.!?:"\u201c\u201d\u2026()[]\u00ab')


class TermSpan(NamedTuple):
    """A term and where it stands: ``text[start:end]`` holds all its words."""

    term: str
    start: int
    end: int


def terms(text: str) -> list[str]:
    """Give the terms of a text: first units, then shifted units, then pairs, each in text order.

    Parameters
    ----------
    text : any string, of any length; time is linear in it

    Returns
    -------
    list of str
        With repetitions; empty for a text without a letter or digit.
    """
    return terms_of(units_in(text))


def terms_of(units: list[str]) -> list[str]:
    """Give the terms that units make: :func:`terms` of a text that has come apart already."""
    words = [unit for unit in units if unit is not BREAK]
    pairs = [f"{a} {b}" for a, b in pairwise(units) if a is not BREAK and b is not BREAK]
    return [*words, *["~" + units[i] for i in shifted(units)], *pairs]


def units_in(text: str) -> list[str]:
    """Give the normalised words, slots and clause marks of a text, from which its terms are spelt.

    The predictor looks units and pairs of units up as they are: spelling and hashing forty new strings a text
    would be half of its time.
    """
    known = _READINGS.get
    # No token reaches over white space, and most stretches between recur as a whole, mark and all.
    return _units([known(stretch) or _reading(stretch) for stretch in text.split()])


def shifted(units: list[str]) -> list[int]:
    """Give the indices of units in the scope of a valence shifter; a shifter may stand in another one's scope."""
    if _NO_SHIFTER(units):
        return []
    found: list[int] = []
    left = 0
    for i, unit in enumerate(units):
        if unit is BREAK:
            left = 0
        elif left:
            left -= 1
            found.append(i)
        if unit in SHIFTERS:
            left = SCOPE
    return found


def is_account(units: list[str]) -> bool:
    """Tell whether nobody speaks for himself here: no "I", "we", "you". So are news reports of acts."""
    return SPEECH_MARKS.isdisjoint(units)


def term_spans(text: str) -> list[TermSpan]:
    """Give the terms of :func:`terms`, in the same order, each with its character offsets in ``text``."""
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


def is_slot(term: str) -> bool:
    """Tell whether a term consists of slots alone (``@name``, ``@place @name``) and so carries no word of the text."""
    return all(part.lstrip("~").startswith("@") for part in term.split(" "))


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
