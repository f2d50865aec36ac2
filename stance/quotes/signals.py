"""Tell on which words of a sentence a report can rest, before anybody asks who reports what.

Looks at single words and their neighbours: a sentence that passes here may still report nothing.
"""

from __future__ import annotations

from itertools import compress, count

from stance.quotes import grammar
from stance.quotes.complements import TAKE_BARE_CLAUSE
from stance.quotes.phrases import base_of_contraction, is_name
from stance.quotes.tokens import QUOTE, Paragraph
from stance.quotes.verbs import FORMS, NOUN_FORMS, PARTICLES

#: Thoughts that are reported like speech; what somebody knows or finds is nobody's words.
REPORTED_THOUGHTS = frozenset("believe think hope fear expect doubt suspect".split())


_SIGNALS = frozenset((*FORMS, *PARTICLES, "according"))


#: Forms of verbs after or before which a clause can be reported.
_STATING = frozenset(
    word
    for word, verb in FORMS.items()
    if (verb.clause or verb.quote) and (not verb.thought or verb.lemma in REPORTED_THOUGHTS)
)


#: Those of them that need no "that".
_STATING_BARE = frozenset(word for word in _STATING if FORMS[word].lemma in TAKE_BARE_CLAUSE)


_BEFORE_ATTRIBUTION = frozenset((",", "—", "--", "–"))


#: Determiners that can be the subject of a verb.
_SUBJECTS = frozenset("all both one some many others several most few that this".split())


_NO_SUBJECTS = grammar.DETERMINERS - _SUBJECTS


_BEFORE_NOUNS = grammar.PREPOSITIONS - {"to"}


def signals(p: Paragraph, first: int, stop: int) -> list[int]:
    """Give the tokens from ``first`` to ``stop`` that a report could rest on: forms of verbs, "according to"."""
    lower = p.lower
    hits = compress(count(first), map(_SIGNALS.__contains__, lower[first:stop]))
    return [i for i in hits if lower[i] in FORMS or (i + 1 < stop and _is_set_phrase(lower[i], lower[i + 1]))]


def _is_set_phrase(word: str, follows: str) -> bool:
    return follows == "to" if word == "according" else follows in PARTICLES[word]


def is_noun_or_name(p: Paragraph, first: int, i: int) -> bool:
    """Tell whether the form of a verb at token ``i`` is a noun or a name here: "the report", "his claims", "State"."""
    before = p.lower[i - 1] if i > first else ""
    if is_name(p.words[i]) and i > first and not p.words[first].isupper() and not (before == QUOTE or before == ","):
        return True
    if before in _NO_SUBJECTS or (
        before.endswith(("’s", "'s")) and base_of_contraction(before) not in grammar.PRONOUNS
    ):
        return True
    return before in _BEFORE_NOUNS and p.lower[i] in NOUN_FORMS


def may_state(p: Paragraph, first: int, stop: int, among: list[int]) -> bool:
    """Tell whether a sentence without marks can report a clause: half of those with a verb of saying cannot.

    Parameters
    ----------
    among : the signals of the sentence
    """
    return any(_may_take_clause(p, first, i, stop) for i in among)


def _may_take_clause(p: Paragraph, first: int, i: int, stop: int) -> bool:
    word = p.lower[i]
    if word not in FORMS:
        return True
    if word not in _STATING or is_noun_or_name(p, first, i):
        return False
    return (
        word in _STATING_BARE or "that" in p.lower[i + 1 : stop] or not _BEFORE_ATTRIBUTION.isdisjoint(p.words[first:i])
    )
