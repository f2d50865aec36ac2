"""Find the reports of a sentence: who says something, by which verb, and the clause that is reported.

A report is "Lindt said that …", "…, according to Lindt", "…, the minister added". Knows nothing of what stands inside
quotation marks; a quoted stretch is one token.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from stance.quotes import grammar
from stance.quotes.complements import circumstance, complement, is_clause, is_finite
from stance.quotes.phrases import Span, base_of_contraction, forward, is_name, is_word, subject
from stance.quotes.titles import DOCUMENT_NOUNS, GROUP_NOUNS
from stance.quotes.tokens import QUOTE, Paragraph
from stance.quotes.verbs import FORMS, NOUN_FORMS, PARTICLES, Verb

_NEGATIONS = frozenset(
    "not never didn’t didn't don’t don't doesn’t doesn't won’t won't wouldn’t wouldn't can’t can't couldn’t couldn't without nor nobody".split()
)
_REMEMBERING = frozenset("remembers remembered recalls recalled heard hears describes described".split())
_SET_PHRASE = Verb("say", False, True, True, False, False, False, False, False)


#: No sentence of prose has more; a list of verbs is not searched for ever.
_MOST_REPORTS = 20


@dataclass(slots=True)
class Report:
    """One report.

    Attributes
    ----------
    first, after : the tokens of the attribution, subject and verb
    at : token of the verb
    verb : what the verb takes
    subject : tokens of the phrase that names who reports; None when nobody does
    rule : name of the pattern
    clauses : token spans of the reported clause; two when the attribution interrupts it; none without a clause
    hypothetical : denied, imagined or asked for: nothing was said
    relayed_by : tokens of the phrase that names who passes it on
    """

    first: int
    after: int
    at: int
    verb: Verb
    subject: Span | None
    rule: str
    clauses: list[Span] = field(default_factory=list)
    hypothetical: bool = False
    relayed_by: Span | None = None

    def covers(self, token: int) -> bool:
        """Tell whether a token stands in the reported clause."""
        return any(first <= token < after for first, after in self.clauses)


def reports(p: Paragraph, first: int, stop: int) -> list[Report]:
    """Give the reports of the sentence of tokens ``first`` to ``stop``, in text order."""
    found: list[Report] = []
    for i in range(first, stop):
        word = p.lower[i]
        if word == "according" and i + 1 < stop and p.lower[i + 1] == "to":
            report = _according(p, i, stop)
        elif word in FORMS:
            report = _by_verb(p, first, i, stop, FORMS[word], found)
        elif word in PARTICLES and i + 1 < stop and p.lower[i + 1] in PARTICLES[word]:
            report = _by_verb(p, first, i, stop, _SET_PHRASE, found)
        else:
            continue
        if report is not None:
            found.append(report)
            if len(found) == _MOST_REPORTS:
                break
    _add_clauses(p, first, stop, found)
    return found


def _according(p: Paragraph, i: int, stop: int) -> Report | None:
    who = forward(p, i + 2, stop)
    return Report(i, who[1], i, _SET_PHRASE, who, "according-to") if who else None


def _by_verb(p: Paragraph, first: int, i: int, stop: int, verb: Verb, earlier: list[Report]) -> Report | None:
    before = p.lower[i - 1] if i > first else ""
    if is_name(p.words[i]) and i > first and not p.words[first].isupper() and not (before == QUOTE or before == ","):
        return None
    if (
        before in grammar.DETERMINERS
        or (before.endswith(("’s", "'s")) and base_of_contraction(before) not in grammar.PRONOUNS)
    ) and not (
        before in ("all", "both", "one", "some", "many", "others", "several", "most", "few")
        or before in ("that", "this")
    ):
        return None
    if p.lower[i] in NOUN_FORMS and (before in grammar.PREPOSITIONS and before != "to"):
        return None
    if verb.participle and not (before in grammar.BE or base_of_contraction(before) != before):
        return _by_participle(p, first, i, stop, verb, earlier)
    passive = before in grammar.BE or (i - 2 >= first and grammar.is_adverb(before) and p.lower[i - 2] in grammar.BE)
    if passive and not verb.participle:
        return _by_agent(p, first, i, stop, verb)
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
            who = _shared_subject(p, first, k, earlier)
            rule = "shared-subject"
        if who is None:
            return None
    return Report(start, i + 1, i, verb, who, rule, hypothetical=_is_hypothetical(p, first, who, i))


def _inverted(p: Paragraph, first: int, i: int, verb: Verb) -> Report | None:
    """Take "…, said Commander Ruth Elsing": the subject follows the verb, and nothing but the end or a comma follows it."""
    if i <= first or not verb.speech or verb.participle or verb.object_infinitive or p.words[i - 1] not in (",", QUOTE, "—", "--", "–"):
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


def _shared_subject(p: Paragraph, first: int, k: int, earlier: list[Report]) -> Span | None:
    """Give the subject that "X called … and said …" has in common."""
    for report in reversed(earlier):
        if report.subject is not None and report.rule in ("subject-verb", "shared-subject", "verb-subject"):
            return report.subject
    if p.words[first] == QUOTE:
        return None
    return main_subject(p, first, k)


def main_subject(p: Paragraph, first: int, stop: int) -> Span | None:
    """Give the phrase that the sentence begins with, or the first one after an opening adverbial and its comma."""
    i = first
    while i < stop and (
        p.lower[i] in grammar.OPENERS
        or grammar.is_adverb(p.lower[i])
        or p.words[i] in ("(", ")", "-", "—", "–", "--", "•", "*", ",")
    ):
        i += 1
    if i >= stop:
        return None
    word = p.lower[i]
    opens_adverbial = (
        word in grammar.PREPOSITIONS
        or word in grammar.CONJUNCTIONS
        or (word.endswith(("ing", "ed")) and not is_name(p.words[i + 1 if i + 1 < stop else i]))
        or word in grammar.DAYS
        or word in ("earlier", "later", "last", "this", "next", "early", "late")
        and i + 1 < stop
        and p.lower[i + 1] in ("this", "last", "week", "month", "year", "in", "on", "night", "time")
    )
    if opens_adverbial or word in ("asked", "speaking", "pressed", "told", "saying"):
        for k in range(i + 1, stop - 1):
            if p.words[k] == ",":
                span = forward(p, k + 1, stop)
                if span is not None and p.lower[span[0]] in FORMS and not is_name(p.words[span[0]]):
                    span = None
                if span is not None and (span[1] >= stop or p.words[span[1]] != "," or is_name(p.words[span[1] - 1])):
                    return span
        return None
    return forward(p, i, stop)


def _by_participle(p: Paragraph, first: int, i: int, stop: int, verb: Verb, earlier: list[Report]) -> Report | None:
    """Take "…, adding that" with the subject of the main clause; "Saying …, the judge" with the one that follows."""
    if verb.label and not verb.speech and not verb.clause and i == first:
        return None
    before = p.lower[i - 1] if i > first else ""
    if before == "as" and (quoted := _quoted_as(p, first, i, stop, verb)) is not None:
        return quoted
    if (
        before in grammar.DETERMINERS
        or before in ("of", "with")
        or (before and is_word(before) and p.lower[i] == "claiming" and before not in grammar.PREPOSITIONS)
    ):
        return None
    if i == first or (i == first + 1 and before in grammar.PREPOSITIONS):
        who = main_subject(p, first, stop)
        return Report(i, i + 1, i, verb, who, "opening-participle") if who else None
    owner = _owner_of_participle(p, first, i, earlier)
    if owner is None:
        return None
    recalled = owner[1] == i and owner[0] > first and p.lower[owner[0] - 1] in _REMEMBERING
    return Report(
        i, i + 1, i, verb, owner, "participle", relayed_by=main_subject(p, first, owner[0]) if recalled else None
    )


def _quoted_as(p: Paragraph, first: int, i: int, stop: int, verb: Verb) -> Report | None:
    """Take "the agency cited Obel as saying" and "Castrup was quoted by the Weekly as saying"."""
    for k in range(i - 2, max(first, i - 15), -1):
        if p.lower[k] not in ("quoted", "cited", "quotes", "cites"):
            continue
        if p.lower[k - 1] in grammar.BE:
            by = forward(p, k + 2, stop) if p.lower[k + 1] == "by" else None
            return Report(i, i + 1, i, verb, main_subject(p, first, k), "quoted-as-saying", relayed_by=by)
        return Report(i, i + 1, i, verb, forward(p, k + 1, i - 1), "quoted-as-saying", relayed_by=subject(p, first, k))
    return None


def _owner_of_participle(p: Paragraph, first: int, i: int, earlier: list[Report]) -> Span | None:
    before = p.lower[i - 1]
    if (
        is_word(p.words[i - 1])
        and before not in grammar.PREPOSITIONS
        and before not in ("and", "but", "as", "while", "when")
        and not grammar.is_adverb(before)
    ):
        direct = subject(p, first, i)
        if (
            direct is not None
            and direct[1] == i
            and direct[0] > first
            and (p.lower[direct[0]] in grammar.DETERMINERS or is_name(p.words[direct[0]]))
        ):
            return direct if before not in DOCUMENT_NOUNS and before != "release" else main_subject(p, first, i)
    for report in reversed(earlier):
        if report.subject is not None and not report.covers(i):
            return report.subject
    if p.words[first] == QUOTE:
        return None
    return main_subject(p, first, i)


def _by_agent(p: Paragraph, first: int, i: int, stop: int, verb: Verb) -> Report | None:
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
        if who[1] <= i and any(lower[k] in _NEGATIONS for k in range(who[1], i)):
            return True
        if who[0] > first and lower[who[0] - 1] in ("imagine", "suppose", "if"):
            return True
    return any(
        lower[k] in ("declined", "refused", "declines", "refuses", "failed") for k in range(max(first, i - 3), i)
    )


def _add_clauses(p: Paragraph, first: int, stop: int, found: list[Report]) -> None:
    end = _without_stop(p, first, stop)
    for report in found:
        if report.rule == "passive" or report.hypothetical:
            continue
        report.clauses = _clauses(p, first, end, report)
    _let_relay(found)
    for index, report in enumerate(found):
        if len(report.clauses) == 1 and report.clauses[0][0] >= report.after:
            report.clauses = _cut(p, report, found[index + 1 :])


def _let_relay(found: list[Report]) -> None:
    """Make "according to" the one who relays when its clause is itself a report: "he said so, according to his driver"."""
    for source in found:
        if source.rule != "according-to" or not source.clauses:
            continue
        for report in found:
            if report is not source and source.covers(report.at) and report.verb.speech and report.subject is not None:
                report.relayed_by = source.subject
                source.clauses = []
                break


def _without_stop(p: Paragraph, first: int, stop: int) -> int:
    while stop > first and p.words[stop - 1] in (".", "!", "?", "…", ")", "]", ";"):
        stop -= 1
    return stop


def _clauses(p: Paragraph, first: int, end: int, report: Report) -> list[Span]:
    if report.rule == "according-to":
        return _around_according(p, first, end, report)
    if not (report.verb.clause or report.verb.quote):
        return []
    if report.verb.clause and report.rule != "verb-subject":
        following = complement(p, report.at, end, report.verb)
        if following is not None and report.rule == "opening-participle" and report.subject is not None:
            return [(following[0], report.subject[0] - 1)] if following[0] < report.subject[0] - 1 else []
        if following is not None:
            return [following]
    if report.rule in ("subject-verb", "verb-subject") and not report.verb.thought:
        return _fronted(p, first, end, report)
    return []


def _fronted(p: Paragraph, first: int, end: int, report: Report) -> list[Span]:
    """Give the clause before "…, the minister said", and what goes on after it."""
    k = report.first - 1
    if k < first:
        return []
    if p.words[k] not in (",", "—", "--", "–") and p.words[k] != QUOTE:
        return []
    before = (sentence_body(p, first, k), k + (p.words[k] == QUOTE))
    opening = p.lower[before[0]]
    if (
        before[1] - before[0] < 2
        or (opening.endswith(("ed", "ing")) and opening in FORMS)
        or (p.words[before[0]] == QUOTE and before[1] - before[0] < 2)
    ):
        return []
    told = forward(p, report.after, end) if report.verb.addressee else None
    tail = circumstance(p, told[1] if told else report.after, end)
    if tail < end and p.words[tail] == "," and p.words[k] == "," and _goes_on(p, tail + 1, end):
        return [before, (tail + 1, end)]
    if not is_clause(p, *before, strict=False):
        return []
    return [before] if tail >= end or not is_word(p.words[tail]) or tail > report.after else []


def _goes_on(p: Paragraph, i: int, end: int) -> bool:
    """Tell whether an interrupted clause goes on: no participle, relative clause or second verb begins here."""
    if i < end and p.words[i] == QUOTE:
        return p.quoted(i)[0].islower()
    if i >= end or not is_word(p.words[i]):
        return False
    word = p.lower[i]
    if not any(is_finite(p, k) for k in range(i, min(end, i + 25))):
        return False
    return not (
        word.endswith("ing")
        or word in grammar.RELATIVES
        or word in ("and", "but", "as", "while", "after", "although", "though", "because", "a", "an")
    )


def sentence_body(p: Paragraph, first: int, stop: int) -> int:
    """Give the token after a dateline: "GREYHAVEN, March 3 (Reuters) -"."""
    if first != 0:
        return first
    for k in range(first, min(first + 14, stop)):
        if p.words[k] in ("-", "--", "—", "–") and (p.words[k - 1] == ")" or (k and p.words[first].isupper())):
            return k + 1
    return first


def _around_according(p: Paragraph, first: int, end: int, report: Report) -> list[Span]:
    after = _after_apposition(p, report.after, end)
    body = sentence_body(p, first, report.first)
    if report.first <= body + 1 and (report.first == body or p.lower[body] in grammar.OPENERS):
        for k in range(report.after, end):
            if p.words[k] == "," and k >= after:
                return [(k + 1, end)] if k + 1 < end else []
        return []
    before = report.first - 1 if p.words[report.first - 1] == "," else report.first
    while before > body and p.words[before - 1] in (",", "—", "--"):
        before -= 1
    if before - body < 2 and not (before > body and p.words[body] != QUOTE):
        return []
    if (
        after < end
        and p.words[after] == ","
        and p.words[report.first - 1] == ","
        and _goes_on(p, after + 1, end)
        and end - after > 3
    ):
        return [(body, before), (after + 1, end)]
    return [(body, before)]


def _after_apposition(p: Paragraph, i: int, end: int) -> int:
    """Step over ", who kept the visitors' book" up to the comma that closes it."""
    if (
        i + 1 < end
        and p.words[i] == ","
        and (p.lower[i + 1] in grammar.RELATIVES or p.lower[i + 1] in grammar.DETERMINERS)
    ):
        for k in range(i + 1, end):
            if p.words[k] == ",":
                return k
    return i


def _cut(p: Paragraph, report: Report, later: list[Report]) -> list[Span]:
    """End a clause where the next attribution of the same sentence begins."""
    start, end = report.clauses[0]
    for other in later:
        at = other.first
        if not start < at < end:
            continue
        before = p.lower[at - 1]
        if other.rule == "according-to":
            end = at - 1 if before == "," else at
        elif other.rule == "participle" and before == "," and other.subject == report.subject:
            end = at - 1
        elif other.rule == "shared-subject" and before in ("and", "but", "or") and other.subject == report.subject:
            end = at - 2 if p.words[at - 2] == "," else at - 1
        elif (
            other.rule == "subject-verb"
            and before in ("and", "but", "while", "although", "though", "because", "as")
            and p.words[at - 2] == ","
        ):
            end = at - 2
        elif other.rule == "subject-verb" and before == ";":
            end = at - 1
    return [(start, end)] if end > start else []
