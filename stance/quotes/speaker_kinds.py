"""Tell what kind of speaker words name: person, organisation, group or document; and the gender of a person."""

from __future__ import annotations

from typing import NamedTuple

from stance.quotes import grammar
from stance.quotes.given_names import GENDERS
from stance.quotes.phrases import head_noun, is_name, is_word
from stance.quotes.places import PLACES
from stance.quotes.titles import DOCUMENT_NOUNS, FEMININE, GROUP_NOUNS, MASCULINE, ORGANISATION_NOUNS, PERSON_NOUNS
from stance.records import SpeakerKind

_PLURAL_PRONOUNS = frozenset("they we many some others several both all few most".split())


class Phrase(NamedTuple):
    """The words of a phrase, as they stand and in lower case."""

    words: tuple[str, ...]
    lower: tuple[str, ...]


def pronoun_kind(pronoun: str) -> SpeakerKind:
    """Tell what a pronoun stands for."""
    if pronoun == "it":
        return "organisation"
    return "group" if pronoun in _PLURAL_PRONOUNS else "person"


def capitals_kind(phrase: Phrase) -> SpeakerKind:
    """Tell what a run of capitalised words without title or known first name is."""
    words = [word.strip(".") for word in phrase.lower]
    last = words[-1]
    if last in GROUP_NOUNS or (head_noun(last) != last and _is_body_or_role(head_noun(last))):
        return "group"
    alone = phrase.words[-1] if len(words) == 1 else ""
    if last in ORGANISATION_NOUNS or " ".join(words) in PLACES or (len(alone) > 1 and alone.isupper()):
        return "organisation"
    if "of" in words or "and" in words:
        return "organisation"
    return "person"


def _is_body_or_role(noun: str) -> bool:
    return noun in ORGANISATION_NOUNS or noun in PERSON_NOUNS


def description_kind(phrase: Phrase) -> SpeakerKind:
    """Tell the kind by the head noun: the last word before "of", "for", "at" …"""
    words, lower = phrase
    end = next((i for i in range(1, len(words)) if lower[i] in grammar.PREPOSITIONS), len(words))
    head = lower[end - 1].strip(".")
    if head == "one" or lower[0] == "one":
        return "person"
    listed = _listed_kind(head)
    if listed is not None:
        return listed
    singular = head_noun(head)
    if singular in PERSON_NOUNS or (
        head.endswith("s") and not head.endswith(("ss", "us", "’s", "'s")) and not is_name(words[end - 1])
    ):
        return "group"
    if is_name(words[end - 1]):
        return capitals_kind(Phrase(words[:1], lower[:1])) if end == 1 else "organisation"
    if singular in DOCUMENT_NOUNS:
        return "document"
    return "person" if is_word(head) else "unknown"


def _listed_kind(head: str) -> SpeakerKind | None:
    """Give the kind of a head noun that a list names; None for any other."""
    singular = head_noun(head)
    if head in GROUP_NOUNS and head not in ("police", "authorities"):
        return "group"
    if head in DOCUMENT_NOUNS:
        return "document"
    if head in ORGANISATION_NOUNS or head in PLACES or (singular != head and singular in ORGANISATION_NOUNS):
        return "organisation"
    return "person" if head in PERSON_NOUNS else None


def gender(phrase: Phrase) -> str:
    """Give the gender that a title, a role or a first name tells; "" when none does."""
    name_gender = ""
    for word, lower in zip(phrase.words, phrase.lower, strict=True):
        bare = lower.strip(".")
        if bare in MASCULINE:
            return "m"
        if bare in FEMININE:
            return "f"
        if not name_gender and is_name(word):
            name_gender = GENDERS.get(bare, "")
    return name_gender
