"""The records that cross module borders, and their plain-dict forms (which are the JSON forms).

Knows nothing of models or files.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple

Status = Literal["ok", "empty", "undecided"]
Reason = Literal["no_known_terms", "few_known_terms", "not_english"]
QuoteKind = Literal["direct", "partial", "indirect", "mention"]
SpeakerKind = Literal["person", "organisation", "group", "document", "unknown"]
Grade = Literal["certain", "likely", "guess"]


class Prediction(NamedTuple):
    """What a model says of one text.

    A tuple and not a dataclass because building it is part of the time of every prediction.

    Attributes
    ----------
    text : the text as given
    status : ``ok``; ``empty`` (nothing but white space); ``undecided`` (see ``reason``)
    stance : the label of highest probability; None when the status is not ``ok`` or the model has no stance head
    stance_probabilities : label to probability in [0, 1], sum 1, in the model's label order; {} without the head
    sentiment, sentiment_probabilities : likewise
    known_terms : number of different words of the text that the model has a weight for, names and numbers not counted
    reason : why the status is ``undecided``: ``no_known_terms``, ``few_known_terms``, ``not_english``; else None
    """

    text: str
    status: Status
    stance: str | None
    stance_probabilities: dict[str, float]
    sentiment: str | None
    sentiment_probabilities: dict[str, float]
    known_terms: int
    reason: Reason | None = None

    def label(self, head: str) -> str | None:
        """Give the label of a head, ``stance`` or ``sentiment``."""
        return self.stance if head == "stance" else self.sentiment

    def probabilities(self, head: str) -> dict[str, float]:
        """Give the probabilities of a head, ``stance`` or ``sentiment``."""
        return self.stance_probabilities if head == "stance" else self.sentiment_probabilities

    def as_dict(self) -> dict[str, Any]:
        """Give the JSON row, probabilities to six places; heads that the model lacks are left out."""
        # by hand, because round() takes a third of the time of a row
        row: dict[str, Any] = {"text": self.text, "status": self.status}
        if self.stance_probabilities:
            row["stance"] = self.stance
            row["stance_probabilities"] = {k: int(p * 1e6 + 0.5) / 1e6 for k, p in self.stance_probabilities.items()}
        if self.sentiment_probabilities:
            row["sentiment"] = self.sentiment
            row["sentiment_probabilities"] = {
                k: int(p * 1e6 + 0.5) / 1e6 for k, p in self.sentiment_probabilities.items()
            }
        row["known_terms"] = self.known_terms
        row["reason"] = self.reason
        return row


class Contribution(NamedTuple):
    """What one occurrence of a term adds to a score; ``text[start:end]`` are its words."""

    term: str
    start: int
    end: int
    weight: float


def strongest(
    contributions: tuple[Contribution, ...], most: int, *, opposing: bool = False
) -> tuple[Contribution, ...]:
    """Give the highest contributions, or the lowest, the strongest first, equal terms added up."""
    sign = -1.0 if opposing else 1.0
    added: dict[str, Contribution] = {}
    for c in contributions:
        before = added.get(c.term)
        added[c.term] = c if before is None else before._replace(weight=before.weight + c.weight)
    own_side = [c for c in added.values() if sign * c.weight > 0]
    return tuple(sorted(own_side, key=lambda c: (-sign * c.weight, c.start, c.term))[:most])


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a head gave a label: ``intercept`` and the contributions' weights sum to ``score``.

    Scores are those of the calibrated model (already divided by the temperature); their softmax over the labels
    gives the probabilities, of a stance those that hold if the text is about politics. Head ``relevance`` explains how
    probable that is: its score is the log-odds. Contributions stand in text order.
    """

    head: str
    label: str
    score: float
    intercept: float
    contributions: tuple[Contribution, ...]

    def strongest(self, most: int = 5, *, opposing: bool = False) -> tuple[Contribution, ...]:
        """Give the contributions that spoke most for the label, or against it, equal terms added up."""
        return strongest(self.contributions, most, opposing=opposing)

    def as_dict(self) -> dict[str, Any]:
        """Give the JSON form."""
        return {
            "head": self.head,
            "label": self.label,
            "score": self.score,
            "intercept": self.intercept,
            "contributions": [c._asdict() for c in self.contributions],
        }


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who is said to have said it: a claim, with the rule that made it.

    Attributes
    ----------
    text, start, end : the words that name the speaker, with their offsets: ``article[start:end] == text``
    name : the full name given elsewhere in the article that these words stand for; None when there is none
    kind : what the words name
    rule : the rule that found the speaker
    grade : how far the rule can be trusted: ``certain``, ``likely`` or ``guess``
    """

    text: str
    start: int
    end: int
    name: str | None = None
    kind: SpeakerKind = "unknown"
    rule: str = "unknown"
    grade: Grade = "guess"

    def as_dict(self) -> dict[str, Any]:
        """Give the JSON form."""
        return {
            "text": self.text,
            "start": self.start,
            "end": self.end,
            "name": self.name,
            "kind": self.kind,
            "attribution": {"rule": self.rule, "grade": self.grade},
        }


@dataclass(frozen=True, slots=True)
class Quote:
    """A quotation in an article.

    Attributes
    ----------
    parts : (start, end) of each quoted stretch, marks left out, in text order, at least one.
        A quote interrupted by "said X" is one quote of several parts.
    text : the article from the first part's start to the last part's end, interruptions included,
        so that ``article[quote.start:quote.end] == quote.text`` always
    statement : the words quoted: the parts joined by one space, without a final comma
    kind : ``direct``; ``indirect`` (a reported clause without marks around it); ``partial`` (a quoted piece inside
        reported speech); ``mention`` (a title, term, slogan or scare quote: words in marks that nobody states)
    speaker : None when nobody is named
    relayed_by : who passes on the words of ``speaker`` ("McCain said Trump had told him …"); else None
    carrier : (start, end) of the clause around a partial quote, without the attribution; None for other kinds
    remark : a sentence on what was odd about the marks, for people; None when nothing was
    """

    parts: tuple[tuple[int, int], ...]
    text: str
    statement: str
    kind: QuoteKind
    speaker: Speaker | None = None
    relayed_by: Speaker | None = None
    carrier: tuple[int, int] | None = None
    remark: str | None = None

    @property
    def start(self) -> int:
        """Offset of the first quoted character."""
        return self.parts[0][0]

    @property
    def end(self) -> int:
        """Offset after the last quoted character."""
        return self.parts[-1][1]

    def as_dict(self) -> dict[str, Any]:
        """Give the JSON form, the speaker flattened as in an article row; who is not known is null."""
        who = self.speaker
        return {
            "start": self.start,
            "end": self.end,
            "text": self.text,
            "parts": [list(part) for part in self.parts],
            "statement": self.statement,
            "kind": self.kind,
            "speaker": who.text if who else None,
            "speaker_start": who.start if who else None,
            "speaker_end": who.end if who else None,
            "speaker_name": who.name if who else None,
            "speaker_kind": who.kind if who else None,
            "attribution": {"rule": who.rule, "grade": who.grade} if who else None,
            "relayed_by": self.relayed_by.as_dict() if self.relayed_by else None,
            "carrier": list(self.carrier) if self.carrier else None,
            "remark": self.remark,
        }


@dataclass(frozen=True, slots=True)
class Statement:
    """One labelled text of a data set.

    Attributes
    ----------
    text : what was said
    labels : head (``stance``, ``sentiment``) to label; a head may be missing
    kind : ``statement``, ``phrase`` (trained on, never scored on) or ``quote``
    group : rows of one group are never on both sides of a split
    source, line : where the row stands, for messages
    readers : head to the labels that the first and the second reader gave before differences were settled
    traits : any further columns (register, trait, topic, …), for slices
    """

    text: str
    labels: Mapping[str, str]
    kind: Literal["statement", "phrase", "quote"]
    group: str
    source: str
    line: int
    readers: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    traits: Mapping[str, str] = field(default_factory=dict)

    @property
    def off_topic(self) -> bool:
        """Whether the text is marked as being of other worlds than politics: sport, weather, cooking, fiction."""
        return self.traits.get("trait") == "off_topic"

    def as_dict(self) -> dict[str, Any]:
        """Give the JSON row that ``stance build`` writes."""
        row: dict[str, Any] = {"text": self.text, **self.labels, "kind": self.kind, "group": self.group}
        row.update(self.traits)
        if self.readers:
            row["readers"] = {head: list(pair) for head, pair in self.readers.items()}
        row.update(source=self.source, line=self.line)
        return row
