"""Find the subject that a verb has from another one: "X called … and said …", "…, adding that", "cited X as saying".

Knows nothing of the clause that is reported.
"""

from __future__ import annotations

from stance.quotes import grammar
from stance.quotes.main_subjects import main_subject
from stance.quotes.phrases import Span, forward, is_name, is_word
from stance.quotes.report import Report
from stance.quotes.subjects import subject
from stance.quotes.titles import DOCUMENT_NOUNS
from stance.quotes.tokens import QUOTE, Paragraph
from stance.quotes.verbs import FORMS, Verb

_REMEMBERING = frozenset("remembers remembered recalls recalled heard hears describes described".split())


def by_participle(p: Paragraph, first: int, i: int, stop: int, verb: Verb, earlier: list[Report]) -> Report | None:
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


def shared_subject(p: Paragraph, first: int, k: int, earlier: list[Report]) -> Span | None:
    """Give the subject that "X called … and said …" has in common."""
    sharing = [
        r for r in earlier if r.subject is not None and r.rule in ("subject-verb", "shared-subject", "verb-subject")
    ]
    main = [r for r in sharing if not _is_subordinate(p, r)] or sharing
    if main:
        return main[-1].subject
    if p.words[first] == QUOTE:
        return None
    return main_subject(p, first, k)


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
    if before == "by" and i - 2 > first and p.lower[i - 2] in FORMS and (who := subject(p, first, i - 2)) is not None:
        return who
    owned = [r for r in earlier if r.subject is not None]
    main = [r for r in owned if not _is_subordinate(p, r)]
    if main:
        return main[-1].subject
    who = None if p.words[first] == QUOTE else main_subject(p, first, i)
    return who if who is not None or not owned else owned[-1].subject


def _is_subordinate(p: Paragraph, report: Report) -> bool:
    """Tell whether a report stands within another clause: "noted that he taught", "said her case reminds him"."""
    if report.subject is None or report.subject[0] == 0 or report.rule == "verb-subject":
        return False
    before = p.lower[report.subject[0] - 1]
    if before in grammar.AUXILIARIES or (before in grammar.CONJUNCTIONS and before != "and"):
        return True
    return before in FORMS and FORMS[before].clause and not is_name(p.words[report.subject[0] - 1])
