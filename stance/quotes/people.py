"""List the people and bodies that an article names in full, with every place where each is mentioned.

Knows names, titles and sentences; quotes are opaque, so that names inside quoted words are no candidates.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import compress, count
from operator import ne

from stance.quotes.given_names import GENDERS
from stance.quotes.name_words import bare
from stance.quotes.places import PLACES
from stance.quotes.runs import (
    NO_NAMES,
    SUFFIXES,
    Run,
    continues,
    gender_around,
    gender_by_pronoun,
    is_body,
    is_described,
    lead,
    may_be_subject,
    speaks,
)
from stance.quotes.tokens import Paragraph


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
        runs = [run for number, p in enumerate(paragraphs) for run in self._runs(p, number)]
        for run in runs:
            if run.after - run.first > 1 or run.lead < run.first:
                self._enter(run)
        for run in runs:
            self._note(run)
        self.mentions.sort(key=lambda mention: mention.at)

    def _runs(self, p: Paragraph, number: int) -> list[Run]:
        """Give the runs of capitalised words of paragraph ``number``."""
        found: list[Run] = []
        words, lower = p.words, p.lower
        sentences = iter(p.sentences)
        first = stop = after = 0
        unseen = True
        for i in compress(count(), map(ne, words, lower)):
            if i < after or lower[i] in NO_NAMES or not words[i][0].isupper():
                continue
            while i >= stop:
                first, stop = next(sentences)
                self.sentence_starts.append(p.starts[first])
                unseen = True
            after = i + 1
            while after < stop and continues(p, after, stop):
                after += 1
            subject = unseen and may_be_subject(p, first, i)
            unseen = unseen and not subject
            found.append(Run(p, i, after, lead(p, i), number, len(self.sentence_starts) - 1, subject))
        self.sentence_starts += [p.starts[first] for first, _ in sentences]
        return found

    def _enter(self, run: Run) -> None:
        """Take a run of two or more names as somebody's full name."""
        p, first, after = run.paragraph, run.first, run.after
        named = run.named
        words = run.words
        text = p.article[named.start : named.end]
        if not words or named.kind == "group":
            return
        if named.kind == "organisation" or is_body(p, first, after):
            self._body(p, first, after)
            return
        if len(words) < 2 or len(words) > 6 or " ".join(words) in PLACES or (text.isupper() and len(words) > 3):
            return
        person = self.people.get(words)
        if person is not None and person.known and person.gender:
            person.title = person.title or named.title
            return
        gender = named.gender or gender_around(p, first, after)
        known = bool(gender or named.title.strip() or words[0] in GENDERS or is_described(p, after))
        if person is None:
            person = self.people[words] = Person(text, words, gender, known, named.title)
            for word in set(words) - SUFFIXES:
                self.by_word.setdefault(word, []).append(person)
        person.gender = person.gender or gender
        person.known = person.known or known
        person.title = person.title or named.title

    def _body(self, p: Paragraph, first: int, after: int) -> None:
        if after - first < 2:
            return
        text = p.article[p.starts[first] : p.end_of(after - 1)]
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

    def _note(self, run: Run) -> None:
        """Write down that somebody is mentioned here, in full or by a part of the name."""
        p, after = run.paragraph, run.after
        lone = run.after - run.first == 1 and run.lead == run.first
        if lone and bare(p.lower[run.first]) not in self.by_word and not speaks(p, after):
            return
        words = run.words
        if not words:
            return
        named = run.named
        person = self.people.get(words) or self.whom(words, named.gender)
        if person is None and len(words) == 1 and named.kind == "person" and (named.title or speaks(p, after)):
            person = self.people[words] = Person(
                p.article[named.start : named.end], words, named.gender, True, named.title
            )
        if person is None:
            return
        self.mentions.append(Mention(named.start, run.sentence, run.number, run.subject, person))
        person.first_at = named.start if person.first_at < 0 else person.first_at
        person.gender = person.gender or named.gender or (gender_by_pronoun(p, after) if run.subject else "")

    def whom(self, words: tuple[str, ...], gender: str = "") -> Person | None:
        """Give the one person that a part of a name stands for; None when several bear it or nobody does."""
        candidates = self.by_word.get(words[-1], [])
        if len(candidates) == 1 == len(words):
            return candidates[0]
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
    return words[:-1] if len(words) > 1 and words[-1] in SUFFIXES else words
