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

from itertools import pairwise

from stance.text.shifters import NEGATORS, SHIFTING_VERBS
from stance.text.tokens import BREAK, units_of
from stance.text.units import units_in

#: Raised by one whenever any text could come apart differently than before; models of another number are refused.
TEXT_FORMAT = 3

SHIFTERS = NEGATORS | {unit for verb in SHIFTING_VERBS for unit in units_of(verb)}
SCOPE = 3
_NO_SHIFTER = SHIFTERS.isdisjoint

#: Units of a speaker or an addressee: a text without them is an account of somebody else's acts.
SPEECH_MARKS = frozenset("i we me us our ours my mine myself ourselves you your yours".split())


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


def is_slot(term: str) -> bool:
    """Tell whether a term consists of slots alone (``@name``, ``@place @name``) and so carries no word of the text."""
    return all(part.lstrip("~").startswith("@") for part in term.split(" "))
