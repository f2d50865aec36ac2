"""Tell what kind of speaker words name: person, organisation, group or document; and the gender of a person."""

from __future__ import annotations

from stance.quotes import grammar
from stance.quotes.given_names import GENDERS
from stance.quotes.phrases import head_noun, is_name, is_word
from stance.quotes.places import PLACES
from stance.quotes.titles import DOCUMENT_NOUNS, FEMININE, GROUP_NOUNS, MASCULINE, ORGANISATION_NOUNS, PERSON_NOUNS
from stance.quotes.tokens import Paragraph
from stance.records import SpeakerKind

_PLURAL_PRONOUNS = frozenset("they we many some others several both all few most".split())


def pronoun_kind(pronoun: str) -> SpeakerKind:
    """Tell what a pronoun stands for."""
    if pronoun == "it":
        return "organisation"
    return "group" if pronoun in _PLURAL_PRONOUNS else "person"


def capitals_kind(p: Paragraph, start: int, after: int) -> SpeakerKind:
    """Tell what a run of capitalised words without title or known first name is."""
    words = [word.strip(".") for word in p.lower[start:after]]
    if words[-1] in GROUP_NOUNS or (
        head_noun(words[-1]) != words[-1] and head_noun(words[-1]) in ORGANISATION_NOUNS | PERSON_NOUNS
    ):
        return "group"
    if (
        words[-1] in ORGANISATION_NOUNS
        or " ".join(words) in PLACES
        or (after - start == 1 and len(p.words[start]) > 1 and p.words[start].isupper())
    ):
        return "organisation"
    if "of" in words or "and" in words:
        return "organisation"
    return "person"


def description_kind(p: Paragraph, first: int, after: int) -> SpeakerKind:
    """Tell the kind by the head noun: the last word before "of", "for", "at" …"""
    end = after
    for i in range(first + 1, after):
        if p.lower[i] in grammar.PREPOSITIONS:
            end = i
            break
    head = p.lower[end - 1].strip(".")
    if head == "one" or p.lower[first] == "one":
        return "person"
    listed = _listed_kind(head)
    if listed is not None:
        return listed
    singular = head_noun(head)
    if singular in PERSON_NOUNS or (
        head.endswith("s") and not head.endswith(("ss", "us", "’s", "'s")) and not is_name(p.words[end - 1])
    ):
        return "group"
    if is_name(p.words[end - 1]):
        return capitals_kind(p, end - 1, end) if end - first == 1 else "organisation"
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


def gender(p: Paragraph, first: int, after: int) -> str:
    """Give the gender that a title, a role or a first name tells; "" when none does."""
    name_gender = ""
    for i in range(first, after):
        lower = p.lower[i].strip(".")
        if lower in MASCULINE:
            return "m"
        if lower in FEMININE:
            return "f"
        if not name_gender and is_name(p.words[i]):
            name_gender = GENDERS.get(lower, "")
    return name_gender
