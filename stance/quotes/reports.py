"""Find the reports of a sentence: who says something, by which verb, and the clause that is reported.

A report is "Lindt said that …", "…, according to Lindt", "…, the minister added". Knows nothing of what stands inside
quotation marks; a quoted stretch is one token.
"""

from __future__ import annotations

from stance.quotes import grammar
from stance.quotes.clauses import add_clauses
from stance.quotes.phrases import Span, base_of_contraction, forward, is_name, is_word
from stance.quotes.report import Report
from stance.quotes.sharing import by_participle, shared_subject
from stance.quotes.signals import is_noun_or_name, signals
from stance.quotes.subjects import subject
from stance.quotes.titles import GROUP_NOUNS
from stance.quotes.tokens import QUOTE, Paragraph
from stance.quotes.verbs import FORMS, NOUN_FORMS, Verb

_NEGATIONS = frozenset(
    """
        not never didn’t didn't don’t don't doesn’t doesn't won’t won't wouldn’t wouldn't can’t can't couldn’t
        couldn't without nor nobody
        """.split()
)


_DECLINING = frozenset("declined refused declines refuses failed".split())


_SET_PHRASE = Verb("say", False, True, True, False, False, False, False, False)


#: No sentence of prose has more; a list of verbs is not searched for ever.
_MOST_REPORTS = 20


def reports(p: Paragraph, first: int, stop: int, among: list[int] | None = None) -> list[Report]:
    """Give the reports of the sentence of tokens ``first`` to ``stop``, in text order.

    Parameters
    ----------
    among : the signals of the sentence, when they are known
    """
    found: list[Report] = []
    for i in signals(p, first, stop) if among is None else among:
        word = p.lower[i]
        if word == "according":
            report = _according(p, i, stop)
        else:
            report = _by_verb(p, first, i, stop, FORMS.get(word, _SET_PHRASE), found)
        if report is not None:
            found.append(report)
            if len(found) == _MOST_REPORTS:
                break
    if found:
        add_clauses(p, first, stop, found)
    return found


def _according(p: Paragraph, i: int, stop: int) -> Report | None:
    who = forward(p, i + 2, stop)
    return Report(i, who[1], i, _SET_PHRASE, who, "according-to") if who else None


def _by_verb(p: Paragraph, first: int, i: int, stop: int, verb: Verb, earlier: list[Report]) -> Report | None:
    if is_noun_or_name(p, first, i):
        return None
    before = p.lower[i - 1] if i > first else ""
    if verb.participle and not (before in grammar.BE or base_of_contraction(before) != before):
        return by_participle(p, first, i, stop, verb, earlier)
    passive = before in grammar.BE or (i - 2 >= first and grammar.is_adverb(before) and p.lower[i - 2] in grammar.BE)
    if passive and not verb.participle:
        return _by_agent(p, i, stop, verb)
    return _by_subject(p, first, i, verb, earlier)


def _by_subject(p: Paragraph, first: int, i: int, verb: Verb, earlier: list[Report]) -> Report | None:
    inverted = _inverted(p, first, i, verb)
    if inverted is not None:
        return inverted
    who = subject(p, first, i)
    if who is not None and p.lower[i] in NOUN_FORMS and not _agrees(p, who, p.lower[i]):
        return None
    rule = "subject-verb"
    start = who[0] if who else i
    if who is None:
        k = i - 1
        while k > first and (grammar.is_adverb(p.lower[k]) or p.lower[k] in grammar.AUXILIARIES):
            k -= 1
        if k >= first and p.lower[k] in ("and", "but", "or", "then", ","):
            if p.lower[i] in NOUN_FORMS and not _takes_object(p, i):
                return None
            who = shared_subject(p, first, k, earlier)
            rule = "shared-subject"
        if who is None:
            return None
    return Report(start, i + 1, i, verb, who, rule, hypothetical=_is_hypothetical(p, first, who, i))


def _inverted(p: Paragraph, first: int, i: int, verb: Verb) -> Report | None:
    """Take "…, said Commander Ruth Elsing": the subject follows the verb, and the end or a comma follows it."""
    if (
        i <= first
        or not verb.speech
        or verb.participle
        or verb.object_infinitive
        or p.words[i - 1] not in (",", QUOTE, "—", "--", "–")
    ):
        return None
    stop = p.sentence_at(i)[1]
    who = forward(p, i + 1, stop)
    if who is None or p.lower[who[0]] in grammar.PRONOUNS or p.lower[who[0]] == "that":
        return None
    follows = p.lower[who[1]] if who[1] < stop else "."
    ends = (
        (not is_word(follows) and follows != QUOTE)
        or follows in grammar.RELATIVES
        or follows in ("in", "on", "at", "after", "before", "during")
    )
    return Report(i, who[1], i, verb, who, "verb-subject") if ends else None


def _takes_object(p: Paragraph, i: int) -> bool:
    """Tell whether what follows a form that could be a noun shows it to be a verb: "and claims that"."""
    follows = p.words[i + 1] if i + 1 < len(p.words) else "."
    return follows == QUOTE or follows.lower() in grammar.DETERMINERS or follows.lower() == "that" or is_name(follows)


def _agrees(p: Paragraph, who: Span, verb: str) -> bool:
    """Tell whether a form that could be a noun agrees with its subject in number: "officials claim", "he claims"."""
    last, word = p.lower[who[1] - 1], p.words[who[1] - 1]
    if verb in ("read", "tweeted"):
        return True
    plural = last in ("they", "we", "i", "you") or last in GROUP_NOUNS or "and" in p.lower[who[0] : who[1]]
    if verb.endswith("s") and not verb.endswith("ss"):
        return not plural and (is_name(word) or not last.endswith("s") or last.endswith(("ss", "us")))
    return plural or (last.endswith("s") and not last.endswith(("ss", "us", "’s", "'s")))


def _by_agent(p: Paragraph, i: int, stop: int, verb: Verb) -> Report | None:
    """Take "they were told by an officer" and "was quoted by the weekly as saying"."""
    if i + 1 < stop and p.lower[i + 1] == "by" and verb.speech:
        who = forward(p, i + 2, stop)
        return Report(i - 1, who[1], i, verb, who, "passive-agent") if who else None
    if verb.label and any(p.words[k] == QUOTE for k in range(i + 1, min(i + 4, stop))):
        return Report(i, i + 1, i, verb, None, "passive")
    return None


def _is_hypothetical(p: Paragraph, first: int, who: Span | None, i: int) -> bool:
    """Tell whether the verb is denied, asked for or imagined ("would not say", "nobody ever told", "you may ask")."""
    lower = p.lower
    if who is not None:
        head = lower[who[0]]
        if head in ("nobody", "no-one", "none", "neither", "no") or head == "you":
            return True
        if who[1] < i and not _NEGATIONS.isdisjoint(lower[who[1] : i]):
            return True
        if who[0] > first and lower[who[0] - 1] in ("imagine", "suppose", "if"):
            return True
    return not _DECLINING.isdisjoint(lower[max(first, i - 3) : i])
