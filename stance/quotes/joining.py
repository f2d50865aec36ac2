"""Join the stretches of one quote: around its attribution, and over paragraphs after a mark left open."""

from __future__ import annotations

from stance.quotes import grammar
from stance.quotes.attribution import Claim
from stance.quotes.passage import Passage
from stance.quotes.phrases import is_word
from stance.quotes.reports import reports
from stance.quotes.tokens import Paragraph


def joined(by_paragraph: list[list[Passage]]) -> list[Passage]:
    """Give all passages, those that go on joined to one, in text order."""
    result: list[Passage] = []
    for number, found in enumerate(by_paragraph):
        previous: Passage | None = None
        for place, passage in enumerate(found):
            continues = passage.kind == "mention" and previous is not None and _goes_on(previous, passage)
            if passage.kind in ("indirect", "mention") and not continues:
                result.append(passage)
                continue
            before = previous or _open_before(by_paragraph, number, passage)
            if before is not None and (_is_open(before, passage) or (previous and _goes_on(before, passage))):
                _join(before, passage)
                previous = before
                found[place] = before
                continue
            result.append(passage)
            previous = passage
    return result


def _open_before(by_paragraph: list[list[Passage]], number: int, passage: Passage) -> Passage | None:
    """Give the quote left open at the end of the paragraph before, for the stretch that begins this one."""
    if number == 0 or passage.token != 0 or not by_paragraph[number - 1]:
        return None
    last = max(by_paragraph[number - 1], key=lambda other: other.parts[-1][1])
    if not last.stretches or last.stretches[-1].closed:
        return None
    return last if not passage.stretches or _mark(last) == _mark(passage) else None


def _mark(passage: Passage) -> str:
    """Give the sign that opens a passage's last stretch: a quote over paragraphs opens each with the same one."""
    return passage.paragraph.article[passage.stretches[-1].before]


def _is_open(before: Passage, passage: Passage) -> bool:
    stretch = before.stretches[-1]
    return (
        not stretch.closed
        and stretch.remark is None
        and (before.last_paragraph or before.paragraph) is not passage.paragraph
        and passage.token == 0
    )


def _goes_on(before: Passage, passage: Passage) -> bool:
    """Tell whether a stretch continues the quote before it in the same paragraph, around the attribution."""
    p = passage.paragraph
    if (before.last_paragraph or before.paragraph) is not p or before.interrupted_by is None:
        return False
    if p.sentence_at(before.last_token + 1) == passage.sentence and not passage.alone:
        return _same_sentence(p, before, passage)
    return _next_sentence(p, before, passage)


def _same_sentence(p: Paragraph, before: Passage, passage: Passage) -> bool:
    claim = passage.claim
    if passage.kind == "mention" and is_word(p.words[passage.token - 1]):
        return False  # told “Morning Call”
    if before.kind == "partial" and passage.kind == "direct" and p.quoted(passage.token)[0].isupper():
        return False
    if (
        p.words[passage.token - 1] not in (",", "—", "--", "–", ":", ")", "-")
        and before.interrupted_by != passage.token
    ):
        return False
    first, _stop = passage.sentence
    between = [r for r in reports(p, first, passage.token) if (before.interrupted_by or 0) <= r.at]
    if between:
        return False
    return (
        claim is None or claim.rule not in ("subject-verb-after", "verb-subject-after") or _same_voice(p, before, claim)
    )


def _next_sentence(p: Paragraph, before: Passage, passage: Passage) -> bool:
    if passage.claim is not None or not passage.alone or before.kind != "direct":
        return False
    index = p.sentence_at(before.interrupted_by - 1 if before.interrupted_by else before.last_token)
    return index[1] == passage.sentence[0]


def _same_voice(p: Paragraph, before: Passage, claim: Claim) -> bool:
    """Tell whether a second attribution can be the same person's: a pronoun, or the same last word."""
    if before.claim is None or before.claim.who is None or claim.who is None:
        return True
    return p.lower[claim.who[0]] in grammar.PRONOUNS or p.lower[claim.who[1] - 1] == p.lower[before.claim.who[1] - 1]


def _join(before: Passage, passage: Passage) -> None:
    before.parts += passage.parts
    before.stretches += passage.stretches
    before.last_token = passage.last_token
    if before.claim is None and passage.claim is not None:
        before.claim, before.where = passage.claim, passage.paragraph
        before.kind = passage.kind
    if passage.interrupted_by is not None:
        before.interrupted_by = passage.interrupted_by
    elif (before.last_paragraph or before.paragraph) is not passage.paragraph:
        before.interrupted_by = None
    before.last_paragraph = passage.paragraph
