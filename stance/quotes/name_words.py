"""Read the words of a noun phrase: which of them name a speaker, and what kind of speaker they name.

Knows the words of the phrase alone, neither where it stands nor what stands around it, so that a phrase that comes back
is read once.
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from stance.quotes import grammar
from stance.quotes.given_names import GENDERS
from stance.quotes.phrases import base_of_contraction, head_noun, is_name
from stance.quotes.speaker_kinds import Phrase, capitals_kind, description_kind, gender, pronoun_kind
from stance.quotes.titles import GROUP_NOUNS, ORGANISATION_NOUNS, PERSON_NOUNS, TITLES
from stance.quotes.tokens import QUOTE
from stance.records import SpeakerKind

_ENGLISH_SUFFIXES = frozenset("jr jr. sr sr. ii iii iv".split())


#: Phrases remembered, some 4 MiB; an article has a few hundred different ones.
_MOST_READ = 10_000


class Reading(NamedTuple):
    """What the words of a phrase tell.

    Attributes
    ----------
    start : the token of the phrase that the name or description begins with
    cut : characters of its last word that do not belong to it: a possessive ’s, the verb of "he’s"
    kind, gender, title : of the speaker; the title in lower case
    described : the token that a description without a name begins with, which may stand after it; None for any other
    names : the words from ``start`` on in lower case, initials and possessives left out
    """

    start: int
    cut: int
    kind: SpeakerKind
    gender: str = ""
    title: str = ""
    described: int | None = None
    names: tuple[str, ...] = ()


@lru_cache(maxsize=_MOST_READ)
def read_phrase(words: tuple[str, ...]) -> Reading:
    """Read the words of a noun phrase, at least one."""
    lower = tuple(map(str.lower, words))
    read = _read(words, lower)
    return Reading(*read[:-1], without_initials(lower[read.start :]))


def without_initials(lower: tuple[str, ...]) -> tuple[str, ...]:
    """Leave out the initials of a name, and its possessive."""
    found = [bare(word) for word in lower if word != QUOTE]
    return tuple([word for word in found if len(word) > 2 or (len(word) == 2 and word[1] != ".")])


def bare(word: str) -> str:
    """Leave out a possessive."""
    if "’" not in word and "'" not in word:
        return word
    return word[:-2] if word.endswith(("’s", "'s")) else word.rstrip("’'")


def _read(words: tuple[str, ...], lower: tuple[str, ...]) -> Reading:
    phrase = Phrase(words, lower)
    pronoun = base_of_contraction(lower[0])
    if len(words) == 1 and pronoun in grammar.PRONOUNS:
        return Reading(0, len(lower[0]) - len(pronoun), pronoun_kind(pronoun), grammar.GENDERED.get(pronoun, ""))
    if _is_coordination(phrase):
        return Reading(_without_titles(phrase), _possessive(lower), "group")
    source = _source_of_statement(lower)
    if source is not None:
        read = read_phrase(words[source:])
        described = None if read.described is None else read.described + source
        return read._replace(start=read.start + source, described=described)
    run = _name_run(phrase)
    start = after_titles(phrase, run) if run < len(words) else None
    read = person(phrase, start) if start is not None else _description(phrase)
    return read._replace(described=0) if _awaits_name(phrase) else read


def person(phrase: Phrase, start: int) -> Reading:
    """Give the reading of a phrase whose name begins at token ``start``, with titles and roles before it."""
    kind: SpeakerKind = "person"
    if start == 0 and not (len(phrase.words) > 1 and phrase.lower[0] in GENDERS):
        kind = capitals_kind(phrase)
    return Reading(start, _possessive(phrase.lower), kind, gender(phrase), " ".join(phrase.lower[:start]))


def _description(phrase: Phrase) -> Reading:
    return Reading(0, _possessive(phrase.lower), description_kind(phrase), gender(phrase))


def _possessive(lower: tuple[str, ...]) -> int:
    return 2 if lower[-1].endswith(("’s", "'s")) else 0


def _source_of_statement(lower: tuple[str, ...]) -> int | None:
    """Give the token at which those begin whom "a statement from …" comes from."""
    if "statement" not in lower or lower[-1] == "statement":
        return None
    source = lower.index("statement") + 1
    return source + 1 if source + 1 < len(lower) and lower[source] in ("from", "by") else None


def _awaits_name(phrase: Phrase) -> bool:
    """Tell a description of a person without a name: "a neighbour", after which "Agnes Tolland" may come."""
    if any(map(is_name, phrase.words[1:])) or phrase.lower[-1] in GROUP_NOUNS:
        return False
    return any(head_noun(word) in PERSON_NOUNS for word in phrase.lower)


def _is_coordination(phrase: Phrase) -> bool:
    words, lower = phrase
    if "and" not in lower:
        return False
    for i in range(1, len(words) - 1):
        if lower[i] != "and":
            continue
        if ("of" in lower[:i] and not is_name(words[0])) or "for" in lower[:i]:
            return False
        if is_name(words[i - 1]) and (is_name(words[i + 1]) or lower[i + 1] in grammar.DETERMINERS):
            return lower[-1] not in ORGANISATION_NOUNS or lower[i + 1] in grammar.DETERMINERS
        if lower[0] in grammar.DETERMINERS and lower[i + 1] in grammar.DETERMINERS:
            return True
    return False


def _name_run(phrase: Phrase) -> int:
    """Give the token at which the run of names that ends the phrase begins; its length when it ends otherwise."""
    words, lower = phrase
    i = len(words)
    while i > 0 and (
        (is_name(words[i - 1]) and not (i == 1 and lower[0] in grammar.DETERMINERS))
        or (i < len(words) and _is_within_name(phrase, i - 1))
    ):
        i -= 1
    return i


def _is_within_name(phrase: Phrase, i: int) -> bool:
    """Tell a nickname, a particle and the "of" of an office, which stand within a run of names, from other words."""
    words, lower = phrase
    if words[i] == QUOTE:
        return True
    of_office = i > 0 and lower[i] in ("of", "for") and lower[i - 1].strip(".") in TITLES
    return i > 0 and is_name(words[i - 1]) and (of_office or lower[i] in grammar.PARTICLES_OF_NAMES)


def after_titles(phrase: Phrase, run: int) -> int | None:
    """Give the token at which the person's name begins in a run of capitalised words; None when it names no person."""
    words, lower = phrase
    titles = [i for i in range(run, len(words) - 1) if _is_title(lower[i], lower[i + 1])]
    if titles:
        last_title = titles[-1]
        rest = lower[last_title + 1 :]
        if "of" in rest or "for" in rest:
            last = max(i for i in range(last_title + 1, len(words)) if lower[i] in ("of", "for"))
            return _last_names(phrase, last + 2)
        return last_title + 1 if rest[-1] not in ORGANISATION_NOUNS else None
    if lower[-1].strip(".") in TITLES or lower[-1] in ORGANISATION_NOUNS:
        return None
    return run if run == 0 or _is_role(phrase, run) else None


def _is_title(lower: str, following: str) -> bool:
    bare = lower.strip(".")
    return (
        bare in TITLES
        or (bare in PERSON_NOUNS and following not in _ENGLISH_SUFFIXES)
        or lower.endswith(("’s", "'s", "s’", "s'"))
    )


def _is_role(phrase: Phrase, run: int) -> bool:
    """Tell whether the words in lower case before a run of names can be what the person is: "foreign minister"."""
    words, lower = phrase
    names, before = len(words) - run, lower[run - 1]
    if before in grammar.DETERMINERS or (words[-1].isupper() and names == 1):
        return False
    is_role = (
        head_noun(before) in PERSON_NOUNS
        or before in ("old", "year-old")
        or before.endswith(("er", "or", "ist", "man", "woman", "called", "ian", "ant"))
    )
    return is_role or lower[0] not in grammar.DETERMINERS


def _last_names(phrase: Phrase, lowest: int) -> int | None:
    """Give where a name of two words (three with an initial or a particle) begins at the end of a long office."""
    words, lower = phrase
    start = len(words) - 2
    while start > lowest and (
        lower[start] in grammar.PARTICLES_OF_NAMES or words[start].endswith(".") or words[start] == QUOTE
    ):
        start -= 1
    if lower[-1] in _ENGLISH_SUFFIXES:
        start -= 1
    return start if start >= lowest else None


def _without_titles(phrase: Phrase) -> int:
    words, lower = phrase
    i = 0
    while i < len(words) - 1 and is_name(words[i]) and lower[i].strip(".") in TITLES and is_name(words[i + 1]):
        i += 1
    return i
