"""Find the speaker of a quote whose own sentence names nobody.

A sentence without a verb of saying may introduce its subject as the speaker; a quote that is a whole paragraph belongs
to whoever spoke before it; a name on the next line may sign it.
"""

from __future__ import annotations

from bisect import bisect_left

from stance.quotes import grammar
from stance.quotes.attribution import Claim
from stance.quotes.leading import lead_in
from stance.quotes.main_subjects import main_subject
from stance.quotes.marks import Stretch
from stance.quotes.naming import name_of
from stance.quotes.passage import Passage
from stance.quotes.phrases import Span, forward, is_name, is_word
from stance.quotes.reports import reports
from stance.quotes.tokens import QUOTE, Paragraph

_LONGEST_SIGNATURE = 12


_LONGEST_CROSSHEAD = 10


def find_speakers(paragraphs: list[Paragraph], all_passages: list[Passage]) -> None:
    """Give a claim to the direct quotes that have none, where the words around them allow a guess."""
    numbers = {id(p): number for number, p in enumerate(paragraphs)}
    spoken: dict[int, Passage] = {}
    doubled = any(not _is_single(stretch, p.article) for p in paragraphs for stretch in p.quotes.values())
    for passage in all_passages:
        if doubled and _is_crosshead(passage):
            passage.kind = "mention"
        if passage.kind in ("indirect", "mention"):
            if passage.kind == "indirect" and passage.claim is not None:
                spoken[numbers[id(passage.paragraph)]] = passage
            continue
        number = numbers[id(passage.paragraph)]
        if passage.claim is None and passage.kind == "direct":
            _find(paragraphs, number, passage, spoken)
        guessed = passage.claim is not None and passage.claim.rule == "sentence-subject"
        if guessed and number in spoken:
            passage.claim, passage.where = _inherit(spoken[number], "same-paragraph"), spoken[number].where
        if passage.claim is not None:
            spoken[number] = passage


def _is_single(stretch: Stretch, article: str) -> bool:
    return article[stretch.before : stretch.start].strip() in ("'", "‘")


def _is_crosshead(passage: Passage) -> bool:
    """Tell a paragraph of a few words in single marks, in an article that quotes in double ones: a heading."""
    p = passage.paragraph
    if passage.claim is not None or len(passage.stretches) != 1 or not passage.alone or len(p.words) > 2:
        return False
    words = p.article[passage.parts[0][0] : passage.parts[0][1]].split()
    return len(words) <= _LONGEST_CROSSHEAD and _is_single(passage.stretches[0], p.article)


def _find(
    paragraphs: list[Paragraph],
    number: int,
    passage: Passage,
    spoken: dict[int, Passage],
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
    return Claim(
        earlier.claim.who if earlier.claim else None, rule, "likely" if rule == "same-paragraph" else "guess", 0
    )


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
    if earlier is not None:
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
