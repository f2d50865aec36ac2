"""Find the full name that a speaker's words stand for: a surname, a title and surname, he, she, it, an office.

A pronoun goes to the fitting person with the best score of nearness, of being the subject of a sentence, and of having
just spoken. The scores are weights of a salience count after Lappin and Leass (1994), reduced to what shows without a
parser. Knows the register of names, not the quotes' marks.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right

from stance.quotes import grammar
from stance.quotes.naming import Named
from stance.quotes.people import Person, Register

_SUBJECT, _SPOKE, _UNKNOWN_GENDER, _MAYBE_NO_PERSON = 3.0, 2.0, -2.5, -3.0


_SAME_PARAGRAPH, _PER_SENTENCE, _PER_MENTION = 2.0, -1.0, 0.1


_MOST_MENTIONS, _MOST_SPEAKERS = 60, 10


class Resolver:
    """Resolves the speakers of one article, in text order, so that earlier answers help later ones."""

    def __init__(self, register: Register) -> None:
        self.register = register
        self._names = {person.name for person in register.people.values()}
        self._spoke: list[tuple[int, Person]] = []

    def full_name(self, text: str, named: Named) -> str | None:
        """Give the full name that ``text`` stands for; None when it is one itself or nobody fits."""
        lower = text.lower()
        if lower in grammar.GENDERED:
            person = self._pronoun(named.start, grammar.GENDERED[lower])
        elif lower in ("his", "her"):
            person = self._pronoun(named.start, "m" if lower == "his" else "f")
        elif lower == "it":
            return self._body_before(named.start)
        else:
            return self._by_words(text, named)
        if person is None:
            return None
        self._speaks(person, named.start)
        return person.name

    def is_person(self, name: str | None) -> bool:
        """Tell whether a full name is a person's."""
        return name is not None and name in self._names

    def of_turn(self, text: str) -> str | None:
        """Give the full name behind the head of a transcript's turn; "A" is the only person that the lead names."""
        words = tuple(text.lower().split())
        if words == ("a",):
            named = [person for person in self.register.people.values() if len(person.words) > 1]
            return named[0].name if len(named) == 1 else None
        person = self.register.whom(words)
        return person.name if person is not None and len(person.words) > len(words) else None

    def _by_words(self, text: str, named: Named) -> str | None:
        words = tuple([word.removesuffix("’s").removesuffix("'s") for word in text.lower().split()])
        person = self.register.people.get(words)
        if person is not None:
            self._speaks(person, named.start)
            longer = self.register.whom(words, named.gender)
            return (
                longer.name if longer is not None and longer is not person and set(words) < set(longer.words) else None
            )
        if words[0] == "the" and len(words) > 1:
            return self._office(words, named) or self._initials(words[-1])
        if not text[:1].isupper() or (named.kind in ("group", "document") and len(words) > 1):
            return self._initials(words[-1]) if len(words) == 1 else None
        person = self.register.whom(words, named.gender)
        if person is None or len(words) >= len(person.words):
            return self._initials(words[-1]) if len(words) == 1 else None
        self._speaks(person, named.start)
        return person.name

    def _office(self, words: tuple[str, ...], named: Named) -> str | None:
        """Take "the home secretary" back to "Home Secretary Rowan Teague"."""
        office = " ".join(words[1:])
        holders = [
            p
            for p in self.register.people.values()
            if p.title and (p.title == office or p.title.endswith(" " + office)) and 0 <= p.first_at < named.start
        ]
        if len(holders) != 1:
            return None
        self._speaks(holders[0], named.start)
        return holders[0].name

    def _initials(self, word: str) -> str | None:
        return self.register.initials.get(word) if len(word) > 1 else None

    def _body_before(self, at: int) -> str | None:
        place = bisect_left(self.register.bodies, at, key=lambda body: body[0])
        return self.register.bodies[place - 1][1] if place else None

    def _speaks(self, person: Person, at: int) -> None:
        self._spoke.append((at, person))

    def _pronoun(self, at: int, gender: str) -> Person | None:
        sentence = bisect_right(self.register.sentence_starts, at) - 1
        paragraph = bisect_right(self.register.paragraph_starts, at) - 1
        scores: dict[str, tuple[float, Person]] = {}
        last = bisect_left(self.register.mentions, at, key=lambda mention: mention.at)
        for mention in self.register.mentions[max(0, last - _MOST_MENTIONS) : last]:
            if mention.person.gender and mention.person.gender != gender:
                continue
            score = _PER_SENTENCE * (sentence - mention.sentence)
            if mention.subject:
                score += _SUBJECT + (_SAME_PARAGRAPH if mention.paragraph == paragraph else 0.0)
            self._keep(scores, mention.person, gender, score)
        for place, person in self._spoke[-_MOST_SPEAKERS:]:
            distance = sentence - bisect_right(self.register.sentence_starts, place) + 1
            near = _SAME_PARAGRAPH if bisect_right(self.register.paragraph_starts, place) - 1 == paragraph else 0.0
            self._keep(scores, person, gender, _SUBJECT + _SPOKE + near + _PER_SENTENCE * distance)
        best = max(scores.values(), key=lambda pair: pair[0], default=None)
        return best[1] if best is not None else self._named_later(at, gender)

    @staticmethod
    def _keep(scores: dict[str, tuple[float, Person]], person: Person, gender: str, score: float) -> None:
        """Note a person's best score, and a little more for every further mention."""
        if person.gender not in ("", gender):
            return
        score += (0.0 if person.gender else _UNKNOWN_GENDER) + (0.0 if person.known else _MAYBE_NO_PERSON)
        before = scores.get(person.name)
        if before is not None:
            score = max(score, before[0]) + _PER_MENTION
        scores[person.name] = (score, person)

    def _named_later(self, at: int, gender: str) -> Person | None:
        """Take a delayed opening: "“…,” he said" before the name is given."""
        after = bisect_right(self.register.mentions, at, key=lambda mention: mention.at)
        for mention in self.register.mentions[after : after + _MOST_MENTIONS]:
            if mention.person.gender in ("", gender) and mention.person.known:
                return mention.person
        return None
