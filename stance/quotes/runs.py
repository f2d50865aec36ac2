"""Runs of capitalised words, and what the words next to them tell: whether they name a person, and the gender.

Knows nothing of who is who.
"""

from __future__ import annotations

from stance.quotes import grammar
from stance.quotes.given_names import GENDERS
from stance.quotes.name_words import without_initials
from stance.quotes.naming import Named, name_of
from stance.quotes.phrases import is_name, is_word
from stance.quotes.places import PLACES
from stance.quotes.titles import FEMININE, GROUP_NOUNS, MASCULINE, ORGANISATION_NOUNS, PERSON_NOUNS, TITLES
from stance.quotes.tokens import QUOTE, Paragraph
from stance.quotes.verbs import FORMS, NOUN_FORMS

SUFFIXES = frozenset("jr jr. sr sr. ii iii iv".split())


PLURALS = frozenset("brothers sisters twins ministers presidents senators messrs".split())


FUNCTION = (
    grammar.DETERMINERS
    | grammar.PREPOSITIONS
    | grammar.CONJUNCTIONS
    | grammar.PRONOUNS
    | grammar.AUXILIARIES
    | grammar.ADVERBS
    | grammar.DAYS
    | grammar.OPENERS
    | frozenset("asked speaking he’s she’s it’s they’re i’m what’s that’s there’s let’s".split())
) - frozenset(("may", "will"))


#: Words that begin no name, however they are written.
NO_NAMES = FUNCTION | PLURALS


_JOINS = grammar.PARTICLES_OF_NAMES | {"&", "of", QUOTE}


class Run:
    """A run of capitalised words.

    Attributes
    ----------
    first, after, lead : its tokens, and the one at which a role before it begins
    number, sentence : of its paragraph and its sentence in the article
    subject : whether it is the subject of its sentence
    """

    __slots__ = ("_named", "_words", "after", "first", "lead", "number", "paragraph", "sentence", "subject")

    def __init__(
        self, paragraph: Paragraph, first: int, after: int, lead: int, number: int, sentence: int, subject: bool
    ) -> None:
        self.paragraph, self.first, self.after, self.lead = paragraph, first, after, lead
        self.number, self.sentence, self.subject = number, sentence, subject
        self._named: Named | None = None
        self._words: tuple[str, ...] | None = None

    @property
    def named(self) -> Named:
        """The name without titles."""
        if self._named is None:
            self._named = name_of(self.paragraph, (self.lead, self.after))
        return self._named

    @property
    def words(self) -> tuple[str, ...]:
        """The words of the name in lower case, initials left out."""
        if self._words is None:
            named = self.named
            described = named.token < self.first
            own = self.paragraph.lower[self.first : self.after] if described else ()
            self._words = without_initials(tuple(own)) if described else named.names
        return self._words


def continues(p: Paragraph, i: int, stop: int) -> bool:
    """Tell whether a token goes on with the run of capitalised words before it."""
    word, lower = p.words[i], p.lower[i]
    if word == lower and lower not in _JOINS and word[0] != "@":
        return False  # most words, at the cost of two comparisons
    if is_name(word) and lower not in grammar.DAYS and not p.words[i - 1].endswith(("’s", "'s")):
        return True
    if lower not in _JOINS:
        return False
    follows = p.words[i + 1] if i + 1 < stop else "."
    before = p.lower[i - 1].strip(".")
    joins = lower in grammar.PARTICLES_OF_NAMES or lower in ("&", QUOTE)
    of = lower == "of" and (before in TITLES or before in ORGANISATION_NOUNS)
    return (joins or of) and is_word(follows) and follows[0].isupper()


def lead(p: Paragraph, first: int) -> int:
    """Step back over a role in lower case before a name: "foreign minister Anna Lindt"."""
    if first == 0 or p.lower[first - 1] not in PERSON_NOUNS:
        return first
    start = first
    while start > 0 and first - start < 4 and is_word(p.words[start - 1]) and p.words[start - 1][0].islower():
        lower = p.lower[start - 1]
        if lower in FUNCTION or not (lower in PERSON_NOUNS or start < first):
            break
        start -= 1
    return start


def may_be_subject(p: Paragraph, first: int, i: int) -> bool:
    """Tell whether a name can be the subject: no preposition, verb or pronoun stands before it, and no 's behind."""
    before = p.lower[i - 1] if i > first else ""
    if before in grammar.PREPOSITIONS or p.lower[i].endswith(("’s", "'s")):
        return False
    if before in FORMS and before not in NOUN_FORMS and not (i - 2 >= first and p.words[i - 2] in (QUOTE, ",")):
        return False
    return grammar.GENDERED.keys().isdisjoint(p.lower[first:i])


def speaks(p: Paragraph, after: int) -> bool:
    """Tell whether a verb of saying follows a lone surname: it is somebody's, though never given in full."""
    return (
        after < len(p.words)
        and p.lower[after] in FORMS
        and FORMS[p.lower[after]].speech
        and p.lower[after] not in NOUN_FORMS
    )


def is_described(p: Paragraph, after: int) -> bool:
    """Tell whether an age or a description follows a name: it is a person's."""
    if after + 2 >= len(p.words) or p.words[after] != ",":
        return False
    return (p.words[after + 1].isdigit() and p.words[after + 2] == ",") or p.lower[after + 1] in (
        "a",
        "an",
        "who",
        "whose",
    )


def gender_by_pronoun(p: Paragraph, after: int) -> str:
    """Give the gender of the first he, she, his or her after a subject in its sentence."""
    stop = p.sentence_at(after)[1] if after < len(p.words) else after
    for word in p.lower[after:stop]:
        if word in ("he", "his", "himself"):
            return "m"
        if word in ("she", "her", "herself"):
            return "f"
    return ""


def is_body(p: Paragraph, first: int, after: int) -> bool:
    """Tell whether a run of capitalised words names a body or a place."""
    words = [word.strip(".") for word in p.lower[first:after]]
    bodies = not ORGANISATION_NOUNS.isdisjoint(words[1:]) and words[-1] not in GENDERS
    if bodies or words[-1] in GROUP_NOUNS:
        last = max(i for i, word in enumerate(words) if word in ORGANISATION_NOUNS or word in GROUP_NOUNS)
        return last == len(words) - 1 or "of" in words[last:] or "for" in words[last:]
    return " ".join(words) in PLACES


def gender_around(p: Paragraph, first: int, after: int) -> str:
    """Give the gender that a kinship or role next to a name tells: "his sister, Amelie", "Lindt, a spokeswoman"."""
    start = first
    while start > max(0, first - 3) and (p.words[start - 1] == "," or p.lower[start - 1] in PERSON_NOUNS):
        start -= 1
    explained = after < len(p.words) and p.words[after] == ","
    for lower in p.lower[start:first] + (p.lower[after : after + 5] if explained else []):
        if lower in MASCULINE:
            return "m"
        if lower in FEMININE:
            return "f"
    return ""
