"""Join quotes that go on, and find the speaker of those whose own sentence names nobody.

Looks across sentences and paragraphs: a quote goes on after its attribution, and in the next paragraph after a mark
left open; a sentence without a verb of saying may introduce its subject as the speaker; a quote that is a whole
paragraph belongs to whoever spoke before it.
"""

from __future__ import annotations

from bisect import bisect_left

from stance.quotes import grammar
from stance.quotes.attribution import Claim, lead_in
from stance.quotes.naming import name_of
from stance.quotes.passages import Passage
from stance.quotes.phrases import Span, forward, is_name, is_word
from stance.quotes.reports import main_subject, reports
from stance.quotes.tokens import QUOTE, Paragraph

_LONGEST_SIGNATURE = 12


def joined(paragraphs: list[Paragraph], by_paragraph: list[list[Passage]]) -> list[Passage]:
    """Give all passages, those that go on joined to one, in text order."""
    result: list[Passage] = []
    for number, found in enumerate(by_paragraph):
        previous: Passage | None = None
        for place, passage in enumerate(found):
            continues = passage.kind == "mention" and previous is not None and _goes_on(previous, passage)
            if passage.kind in ("indirect", "mention") and not continues:
                result.append(passage)
                continue
            before = previous or _open_before(paragraphs, by_paragraph, number, passage)
            if before is not None and (_is_open(before, passage) or (previous and _goes_on(before, passage))):
                _join(before, passage)
                previous = before
                found[place] = before
                continue
            result.append(passage)
            previous = passage
    return result


def _open_before(
    paragraphs: list[Paragraph], by_paragraph: list[list[Passage]], number: int, passage: Passage
) -> Passage | None:
    """Give the quote left open at the end of the paragraph before, for the stretch that begins this one."""
    if number == 0 or passage.token != 0 or not by_paragraph[number - 1]:
        return None
    last = max(by_paragraph[number - 1], key=lambda other: other.parts[-1][1])
    return last if last.stretches and not last.stretches[-1].closed else None


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
    gap = range(before.last_token + 1, passage.token)
    if p.sentence_at(before.last_token + 1) == passage.sentence and not passage.alone:
        return _same_sentence(p, before, passage, gap)
    return _next_sentence(p, before, passage)


def _same_sentence(p: Paragraph, before: Passage, passage: Passage, gap: range) -> bool:
    claim = passage.claim
    if before.kind == "partial" and passage.kind == "direct" and p.quoted(passage.token)[0].isupper():
        return False
    if (
        p.words[passage.token - 1] not in (",", "—", "--", "–", ":", ")", "-")
        and before.interrupted_by != passage.token
    ):
        return False
    first, _stop = passage.sentence
    assert before.interrupted_by is not None
    between = [r for r in reports(p, first, passage.token) if before.interrupted_by <= r.at]
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


def find_speakers(paragraphs: list[Paragraph], all_passages: list[Passage]) -> None:
    """Give a claim to the direct quotes that have none, where the words around them allow a guess."""
    numbers = {id(p): number for number, p in enumerate(paragraphs)}
    spoken: dict[int, Passage] = {}
    for index, passage in enumerate(all_passages):
        if passage.kind in ("indirect", "mention"):
            if passage.kind == "indirect" and passage.claim is not None:
                spoken[numbers[id(passage.paragraph)]] = passage
            continue
        number = numbers[id(passage.paragraph)]
        if passage.claim is None and passage.kind == "direct":
            _find(paragraphs, number, passage, spoken, all_passages, index)
        guessed = passage.claim is not None and passage.claim.rule == "sentence-subject"
        if guessed and number in spoken:
            passage.claim, passage.where = _inherit(spoken[number], "same-paragraph"), spoken[number].where
        if passage.claim is not None:
            spoken[number] = passage


def _find(
    paragraphs: list[Paragraph],
    number: int,
    passage: Passage,
    spoken: dict[int, Passage],
    everything: list[Passage],
    index: int,
) -> None:
    p = passage.paragraph
    signature = _signature(paragraphs, number, passage)
    if signature is not None:
        passage.claim, passage.where = signature, paragraphs[number + 1]
        return
    if (
        number in spoken
        and spoken[number].stretches
        and spoken[number].claim is not None
        and not _subject_between(p, spoken[number], passage)
    ):
        earlier = spoken[number]
        passage.claim, passage.where = _inherit(earlier, "same-paragraph"), earlier.where
        return
    scene = _scene(p, passage)
    if scene is not None:
        passage.claim, passage.where = scene, p
        return
    if number and passage.parts[0][0] - p.start <= 6:
        _from_paragraph_before(paragraphs, number, passage, spoken)


def _inherit(earlier: Passage, rule: str) -> Claim:
    assert earlier.claim is not None
    return Claim(earlier.claim.who, rule, "likely" if rule == "same-paragraph" else "guess", 0)


def _subject_between(p: Paragraph, earlier: Passage, passage: Passage) -> bool:
    """Tell whether a sentence between two quotes has a person of its own as its subject."""
    for first, stop in p.sentences[
        bisect_left(p.sentences, (earlier.last_token, 0)) : bisect_left(p.sentences, passage.sentence)
    ]:
        if earlier.last_token < first and stop <= passage.token and not any(k in p.quotes for k in range(first, stop)):
            who = main_subject(p, first, stop)
            if who is not None and name_of(p, who).kind == "person" and (is_name(p.words[who[1] - 1])):
                return True
    return False


def _scene(p: Paragraph, passage: Passage) -> Claim | None:
    """Take the person whom the sentence before, or else the one after, is about: "Sundqvist shrugged. “…”"."""
    index = bisect_left(p.sentences, passage.sentence)
    for step, rule in ((-1, "sentence-before"), (1, "sentence-after")):
        if not 0 <= index + step < len(p.sentences):
            continue
        first, stop = p.sentences[index + step]
        if any(k in p.quotes for k in range(first, stop)) and step == 1:
            continue
        who = main_subject(p, first, stop)
        if who is None or "and" in p.lower[who[0] : who[1]]:
            continue
        kind = name_of(p, who).kind
        named = (
            is_name(p.words[who[1] - 1])
            or p.lower[who[0]] in grammar.GENDERED
            or p.lower[who[0]] in grammar.DETERMINERS
        )
        if kind == "person" and named and stop - first > 2:
            return Claim(who, rule, "guess" if step == 1 else "likely", 0)
    return None


def _from_paragraph_before(
    paragraphs: list[Paragraph], number: int, passage: Passage, spoken: dict[int, Passage]
) -> None:
    before = paragraphs[number - 1]
    if before.words and before.words[-1] == ":":
        first, stop = before.sentences[-1]
        claim = lead_in(before, first, stop - 1, reports(before, first, stop))
        if claim is not None:
            passage.claim, passage.where = claim, before
        return
    earlier = spoken.get(number - 1)
    if earlier is not None and (True):
        passage.claim, passage.where = _inherit(earlier, "paragraph-before"), earlier.where


def _signature(paragraphs: list[Paragraph], number: int, passage: Passage) -> Claim | None:
    """Take the name on the line after a quote that stands alone: "— Halvard Nygaard, mountain rescuer"."""
    p = passage.last_paragraph or passage.paragraph
    number = next((n for n in range(number, len(paragraphs)) if paragraphs[n] is p), number)
    if number + 1 >= len(paragraphs) or passage.last_token + 1 != len(p.words) or not passage.alone:
        return None
    line = paragraphs[number + 1]
    dashed = bool(line.words) and line.words[0] in ("—", "–", "-", "--")
    near = "\n" not in p.article[p.end : line.start].replace("\n", "", 1)
    if len(line.words) > _LONGEST_SIGNATURE or not (dashed or near) or (line.words and line.words[-1] in (".", ":")):
        return None
    start = 1 if dashed else 0
    who: Span | None = forward(line, start, len(line.words)) if start < len(line.words) else None
    if who is None or not is_name(line.words[who[0]]) or QUOTE in line.words:
        return None
    ends = who[1] >= len(line.words) or line.words[who[1]] == ","
    if (
        not ends
        or not (dashed or (who[1] < len(line.words) and who[1] - who[0] >= 2))
        or not is_word(line.words[who[0]])
    ):
        return None
    return Claim(who, "signature", "certain", len(line.words))
