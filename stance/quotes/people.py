"""List the people and bodies that an article names in full, with every place where each is mentioned.

Knows names, titles and sentences; quotes are opaque, so that names inside quoted words are no candidates.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass

from stance.quotes import grammar
from stance.quotes.given_names import GENDERS
from stance.quotes.naming import Named, name_of
from stance.quotes.phrases import is_name, is_word
from stance.quotes.places import PLACES
from stance.quotes.titles import FEMININE, GROUP_NOUNS, MASCULINE, ORGANISATION_NOUNS, PERSON_NOUNS, TITLES
from stance.quotes.tokens import QUOTE, Paragraph
from stance.quotes.verbs import FORMS, NOUN_FORMS

_SUFFIXES = frozenset("jr jr. sr sr. ii iii iv".split())
_PLURALS = frozenset("brothers sisters twins ministers presidents senators messrs".split())
_FUNCTION = (
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


@dataclass(slots=True)
class Mention:
    """One place where somebody is named: offset, sentence and paragraph number, and whether as the subject."""

    at: int
    sentence: int
    paragraph: int
    subject: bool
    person: Person


@dataclass(slots=True)
class Person:
    """Somebody named in full.

    Attributes
    ----------
    name : the full name as it first stands, without title
    words : its words in lower case
    gender : ``m``, ``f``, or empty when nothing tells
    known : whether a title, a role or a first name shows that it is a person
    title : the words of the office before the name, in lower case
    """

    name: str
    words: tuple[str, ...]
    gender: str
    known: bool
    title: str = ""
    first_at: int = -1


class _Run:
    """A run of capitalised words: tokens, where a role before it begins, its sentence, and whether it is the subject."""

    __slots__ = ("_named", "_words", "after", "first", "lead", "paragraph", "sentence", "subject")

    def __init__(self, paragraph: Paragraph, first: int, after: int, lead: int, sentence: int, subject: bool) -> None:
        self.paragraph, self.first, self.after, self.lead = paragraph, first, after, lead
        self.sentence, self.subject = sentence, subject
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
            self._words = _words(self.paragraph, self.named, self.first, self.after)
        return self._words


class Register:
    """Everybody whom an article names."""

    def __init__(self, paragraphs: list[Paragraph]) -> None:
        self.people: dict[tuple[str, ...], Person] = {}
        self.by_word: dict[str, list[Person]] = {}
        self.bodies: list[tuple[int, str]] = []
        self.initials: dict[str, str] = {}
        self.sentence_starts: list[int] = []
        self.paragraph_starts = [p.start for p in paragraphs]
        self.mentions: list[Mention] = []
        runs = [run for p in paragraphs for run in self._runs(p)]
        for run in runs:
            if run.after - run.first > 1 or run.lead < run.first:
                self._enter(run)
        for run in runs:
            self._note(run)
        self.mentions.sort(key=lambda mention: mention.at)

    def _runs(self, p: Paragraph) -> list[_Run]:
        """Give the runs of capitalised words of a paragraph."""
        found = []
        words, lower = p.words, p.lower
        for first, stop in p.sentences:
            self.sentence_starts.append(p.starts[first])
            number = len(self.sentence_starts) - 1
            i, unseen = first, True
            while i < stop:
                if not words[i][0].isupper() or lower[i] in _FUNCTION or lower[i] in _PLURALS:
                    i += 1
                    continue
                after = i + 1
                while after < stop and _continues(p, after, stop):
                    after += 1
                subject = unseen and _may_be_subject(p, first, i)
                unseen = unseen and not subject
                found.append(_Run(p, i, after, _lead(p, i), number, subject))
                i = after
        return found

    def _enter(self, run: _Run) -> None:
        """Take a run of two or more names as somebody's full name."""
        p, first, after = run.paragraph, run.first, run.after
        named = run.named
        words = run.words
        text = p.article[named.start : named.end]
        if not words or named.kind == "group":
            return
        if _is_body(p, first, after) or named.kind == "organisation":
            self._body(p, first, after)
            return
        if len(words) < 2 or len(words) > 6 or " ".join(words) in PLACES or (text.isupper() and len(words) > 3):
            return
        gender = named.gender or _gender_around(p, first, after)
        known = bool(gender or named.title.strip() or words[0] in GENDERS or _is_described(p, after))
        person = self.people.get(words)
        if person is None:
            person = self.people[words] = Person(text, words, gender, known, named.title)
            for word in set(words) - _SUFFIXES:
                self.by_word.setdefault(word, []).append(person)
        person.gender = person.gender or gender
        person.known = person.known or known
        person.title = person.title or named.title

    def _body(self, p: Paragraph, first: int, after: int) -> None:
        if after - first < 2:
            return
        text = p.article[p.starts[first] : p.ends[after - 1]]
        self.bodies.append((p.starts[first], text))
        if (
            after + 2 < len(p.words)
            and p.words[after] == "("
            and p.words[after + 1].isupper()
            and p.words[after + 2] == ")"
        ):
            self.initials[p.lower[after + 1]] = text
        letters = "".join(word[0] for word in p.words[first:after] if word[0].isupper()).lower()
        self.initials.setdefault(letters, text)

    def _note(self, run: _Run) -> None:
        """Write down that somebody is mentioned here, in full or by a part of the name."""
        p, after = run.paragraph, run.after
        lone = run.after - run.first == 1 and run.lead == run.first
        if lone and _bare(p.lower[run.first]) not in self.by_word and not _speaks(p, after):
            return
        words = run.words
        if not words:
            return
        named = run.named
        person = self.people.get(words) or self.whom(words, named.gender)
        if person is None and len(words) == 1 and named.kind == "person" and (named.title or _speaks(p, after)):
            person = self.people[words] = Person(
                p.article[named.start : named.end], words, named.gender, True, named.title
            )
        if person is None:
            return
        paragraph = bisect_right(self.paragraph_starts, named.start) - 1
        self.mentions.append(Mention(named.start, run.sentence, paragraph, run.subject, person))
        person.first_at = named.start if person.first_at < 0 else person.first_at
        person.gender = person.gender or named.gender or (_gender_by_pronoun(p, after) if run.subject else "")

    def whom(self, words: tuple[str, ...], gender: str = "") -> Person | None:
        """Give the one person that a part of a name stands for; None when several bear it or nobody does."""
        candidates = self.by_word.get(words[-1], [])
        if len(words) > 1:
            candidates = [c for c in candidates if all(word in c.words for word in words)]
        if gender:
            candidates = [c for c in candidates if c.gender in ("", gender)] or candidates
        for place in (-1, 0, None):
            fitting = [c for c in candidates if place is None or _core(c.words)[place] == words[-1]]
            if fitting:
                return fitting[0] if len(fitting) == 1 else _clear_winner(fitting)
        return None


def _clear_winner(candidates: list[Person]) -> Person | None:
    """Give the one who is named as a person when the others may be none, or who is one name in two lengths."""
    known = [c for c in candidates if c.known]
    if len(known) == 1:
        return known[0]
    pool = known or candidates
    longest = max(pool, key=lambda c: len(c.words))
    return longest if all(set(c.words) <= set(longest.words) for c in pool) else None


def _core(words: tuple[str, ...]) -> tuple[str, ...]:
    """Leave out Jr. and its like."""
    return words[:-1] if len(words) > 1 and words[-1] in _SUFFIXES else words


def _continues(p: Paragraph, i: int, stop: int) -> bool:
    if is_name(p.words[i]) and p.lower[i] not in grammar.DAYS and not p.words[i - 1].endswith(("’s", "'s")):
        return True
    follows = p.words[i + 1] if i + 1 < stop else "."
    before = p.lower[i - 1].strip(".")
    joins = p.lower[i] in grammar.PARTICLES_OF_NAMES or p.lower[i] == "&" or p.words[i] == QUOTE
    of = p.lower[i] == "of" and (before in TITLES or before in ORGANISATION_NOUNS)
    return (joins or of) and is_word(follows) and follows[0].isupper()


def _lead(p: Paragraph, first: int) -> int:
    """Step back over a role in lower case before a name: "foreign minister Anna Lindt"."""
    start = first
    while start > 0 and first - start < 4 and is_word(p.words[start - 1]) and p.words[start - 1][0].islower():
        lower = p.lower[start - 1]
        if lower in _FUNCTION or not (lower in PERSON_NOUNS or start < first):
            break
        start -= 1
    return start


def _bare(word: str) -> str:
    """Leave out a possessive."""
    if "’" not in word and "'" not in word:
        return word
    return word[:-2] if word.endswith(("’s", "'s")) else word.rstrip("’'")


def _words(p: Paragraph, named: Named, first: int, after: int) -> tuple[str, ...]:
    found = []
    for i in range(first, after):
        if p.starts[i] >= named.start and p.words[i] != QUOTE:
            found.append(_bare(p.lower[i]))
    return tuple([word for word in found if len(word) > 1 and not (len(word) == 2 and word[1] == ".")])


def _may_be_subject(p: Paragraph, first: int, i: int) -> bool:
    """Tell whether a name can be the subject: no preposition or verb before it, unless a quote, no pronoun, no possessive."""
    before = p.lower[i - 1] if i > first else ""
    if before in grammar.PREPOSITIONS or p.lower[i].endswith(("’s", "'s")):
        return False
    if before in FORMS and before not in NOUN_FORMS and not (i - 2 >= first and p.words[i - 2] in (QUOTE, ",")):
        return False
    return not any(word in grammar.GENDERED for word in p.lower[first:i])


def _speaks(p: Paragraph, after: int) -> bool:
    """Tell whether a verb of saying follows or precedes a lone surname: it is somebody's, though never given in full."""
    return (
        after < len(p.words)
        and p.lower[after] in FORMS
        and FORMS[p.lower[after]].speech
        and p.lower[after] not in NOUN_FORMS
    )


def _is_described(p: Paragraph, after: int) -> bool:
    if after + 2 >= len(p.words) or p.words[after] != ",":
        return False
    return (p.words[after + 1].isdigit() and p.words[after + 2] == ",") or p.lower[after + 1] in (
        "a",
        "an",
        "who",
        "whose",
    )


def _gender_by_pronoun(p: Paragraph, after: int) -> str:
    """Give the gender of the first he, she, his or her after a subject in its sentence."""
    stop = p.sentence_at(after)[1] if after < len(p.words) else after
    for word in p.lower[after:stop]:
        if word in ("he", "his", "himself"):
            return "m"
        if word in ("she", "her", "herself"):
            return "f"
    return ""


def _is_body(p: Paragraph, first: int, after: int) -> bool:
    words = [word.strip(".") for word in p.lower[first:after]]
    if words[-1] in GROUP_NOUNS or (any(word in ORGANISATION_NOUNS for word in words[1:]) and words[-1] not in GENDERS):
        last = max(i for i, word in enumerate(words) if word in ORGANISATION_NOUNS or word in GROUP_NOUNS)
        return last == len(words) - 1 or "of" in words[last:] or "for" in words[last:]
    return " ".join(words) in PLACES


def _gender_around(p: Paragraph, first: int, after: int) -> str:
    """Give the gender that a kinship or role next to a name tells: "his sister, Amelie", "Lindt, a spokeswoman"."""
    for i in (*range(max(0, first - 3), first), *range(after, min(after + 5, len(p.words)))):
        if (i < first and p.words[i] == ".") or (i >= after and p.words[after] != ","):
            continue
        lower = p.lower[i]
        if i < first and not all(p.words[k] == "," or p.lower[k] in PERSON_NOUNS for k in range(i, first)):
            continue
        if lower in MASCULINE:
            return "m"
        if lower in FEMININE:
            return "f"
    return ""
