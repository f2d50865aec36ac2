"""Reduce a noun phrase to the words that name a speaker, and say what kind of speaker they name.

"U.S. Secretary of State Rex Tillerson" is reduced to "Rex Tillerson"; a description without a name stays as it stands.
Knows nothing of quotes.
"""

from __future__ import annotations

from typing import NamedTuple

from stance.quotes import grammar
from stance.quotes.given_names import GENDERS
from stance.quotes.phrases import Span, base_of_contraction, forward, head_noun, is_name
from stance.quotes.places import PLACES
from stance.quotes.speaker_kinds import capitals_kind, description_kind, gender, pronoun_kind
from stance.quotes.titles import GROUP_NOUNS, ORGANISATION_NOUNS, PERSON_NOUNS, TITLES
from stance.quotes.tokens import QUOTE, Paragraph
from stance.records import SpeakerKind

_ENGLISH_SUFFIXES = frozenset("jr jr. sr sr. ii iii iv".split())


class Named(NamedTuple):
    """The words that name a speaker: offsets, kind, and the gender told by title or first name ("m", "f" or "")."""

    start: int
    end: int
    kind: SpeakerKind
    gender: str = ""
    title: str = ""


def name_of(p: Paragraph, span: Span) -> Named:
    """Give the name or description in a noun phrase."""
    first, after = span
    lower = p.lower
    word = lower[first]
    pronoun = base_of_contraction(word)
    if after == first + 1 and pronoun in grammar.PRONOUNS:
        return Named(
            p.starts[first], p.starts[first] + len(pronoun), pronoun_kind(pronoun), grammar.GENDERED.get(pronoun, "")
        )
    if _is_coordination(p, first, after):
        return Named(p.starts[_without_titles(p, first, after)], _end(p, after), "group")
    if lower[after - 1] != "statement" and "statement" in lower[first:after]:
        source = lower.index("statement", first) + 1
        if source + 1 < after and lower[source] in ("from", "by"):
            return name_of(p, (source + 1, after))
    apposed = _apposed_name(p, first, after)
    if apposed is not None:
        return apposed
    run = _name_run(p, first, after)
    if run < after:
        start = _after_titles(p, first, run, after)
        if start is not None:
            return _person(p, first, start, after)
    return Named(p.starts[first], _end(p, after), description_kind(p, first, after), gender(p, first, after))


def _end(p: Paragraph, after: int) -> int:
    """Give the end of the last word, a possessive 's left out."""
    end = p.end_of(after - 1)
    return end - 2 if p.lower[after - 1].endswith(("’s", "'s")) else end


def _is_coordination(p: Paragraph, first: int, after: int) -> bool:
    for i in range(first + 1, after - 1):
        if p.lower[i] != "and":
            continue
        if ("of" in p.lower[first:i] and not is_name(p.words[first])) or "for" in p.lower[first:i]:
            return False
        left, right = p.words[i - 1], p.words[i + 1]
        if is_name(left) and (is_name(right) or p.lower[i + 1] in grammar.DETERMINERS):
            return p.lower[after - 1] not in ORGANISATION_NOUNS or p.lower[i + 1] in grammar.DETERMINERS
        if p.lower[first] in grammar.DETERMINERS and p.lower[i + 1] in grammar.DETERMINERS:
            return True
    return False


def _apposed_name(p: Paragraph, first: int, after: int) -> Named | None:
    """Give the name after the comma that ends a description without a name: "a neighbour, Agnes Tolland"."""
    if any(is_name(word) for word in p.words[first + 1 : after]) or after + 1 >= len(p.words) or p.words[after] != ",":
        return None
    if head_noun(p.lower[after - 1]) not in PERSON_NOUNS and not any(
        head_noun(w) in PERSON_NOUNS for w in p.lower[first:after]
    ):
        return None
    if (
        p.lower[after - 1] in GROUP_NOUNS
        or not is_name(p.words[after + 1])
        or p.lower[after + 1] in PLACES
        or p.lower[after + 1] in grammar.DAYS
    ):
        return None
    span = forward(p, after + 1, len(p.words))
    if span is None or span[1] - span[0] < 2 or not all(is_name(w) for w in p.words[span[0] : span[1]]):
        return None
    closes = p.words[span[1]] if span[1] < len(p.words) else "."
    start = _after_titles(p, span[0], span[0], span[1])
    if closes not in (",", ".", "-", "--", "—", QUOTE, ":") or start is None:
        return None
    return _person(p, first, start, span[1])


def _name_run(p: Paragraph, first: int, after: int) -> int:
    """Give the token at which the run of names that ends the phrase begins; ``after`` when it ends otherwise."""
    i = after
    while i > first:
        word, lower = p.words[i - 1], p.lower[i - 1]
        if (
            (is_name(word) and not (i - 1 == first and lower in grammar.DETERMINERS))
            or (i < after and i - 2 >= first and lower in grammar.PARTICLES_OF_NAMES and is_name(p.words[i - 2]))
            or (i < after and word == QUOTE)
            or (
                i < after
                and i - 2 >= first
                and lower in ("of", "for")
                and p.lower[i - 2].strip(".") in TITLES
                and is_name(p.words[i - 2])
            )
        ):
            i -= 1
        else:
            break
    return i


def _after_titles(p: Paragraph, first: int, run: int, after: int) -> int | None:
    """Give the token at which the person's name begins in a run of capitalised words; None when it names no person."""
    last_title = -1
    for i in range(run, after - 1):
        lower = p.lower[i]
        bare = lower.strip(".")
        if (
            bare in TITLES
            or (bare in PERSON_NOUNS and p.lower[i + 1] not in _ENGLISH_SUFFIXES)
            or lower.endswith(("’s", "'s", "s’", "s'"))
        ):
            last_title = i
    names = after - run
    if last_title >= 0:
        rest = p.lower[last_title + 1 : after]
        if "of" in rest or "for" in rest:
            last = max(i for i in range(last_title + 1, after) if p.lower[i] in ("of", "for"))
            return _last_names(p, last + 2, after)
        return last_title + 1 if rest[-1] not in ORGANISATION_NOUNS else None
    if p.lower[after - 1].strip(".") in TITLES or p.lower[after - 1] in ORGANISATION_NOUNS:
        return None
    described = run > first
    determined = described and p.lower[run - 1] in grammar.DETERMINERS
    if determined or (p.words[after - 1].isupper() and names == 1 and described):
        return None
    if described:
        before = head_noun(p.lower[run - 1])
        is_role = (
            before in PERSON_NOUNS
            or p.lower[run - 1] in ("old", "year-old")
            or p.lower[run - 1].endswith(("er", "or", "ist", "man", "woman", "called", "ian", "ant"))
        )
        if p.lower[first] in grammar.DETERMINERS and not is_role:
            return None
        return run if is_role or names > 1 or p.lower[first] not in grammar.DETERMINERS else None
    return run


def _last_names(p: Paragraph, lowest: int, after: int) -> int | None:
    """Give where a name of two words (three with an initial or a particle) begins at the end of a long office."""
    start = after - 2
    while start > lowest and (
        p.lower[start] in grammar.PARTICLES_OF_NAMES or p.words[start].endswith(".") or p.words[start] == QUOTE
    ):
        start -= 1
    if p.lower[after - 1] in _ENGLISH_SUFFIXES:
        start -= 1
    return start if start >= lowest else None


def _without_titles(p: Paragraph, first: int, after: int) -> int:
    i = first
    while i < after - 1 and is_name(p.words[i]) and p.lower[i].strip(".") in TITLES and is_name(p.words[i + 1]):
        i += 1
    return i


def _person(p: Paragraph, first: int, start: int, after: int) -> Named:
    kind: SpeakerKind = "person"
    words = p.lower[start:after]
    if start == first and not (after - start > 1 and words[0] in GENDERS):
        kind = capitals_kind(p, start, after)
    title = " ".join(p.lower[first:start])
    return Named(p.starts[start], _end(p, after), kind, gender(p, first, after), title)
