"""What reading an article gives: its statements with labels, deciding words and offsets, and its JSON row.

Knows nothing of how they were found.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from stance.article.judged import Judged, Span
from stance.article.speakers import SpeakerSummary, summarise
from stance.records import Prediction, Quote


@dataclass(frozen=True, slots=True)
class DecidingWord:
    """A term that spoke for a label, with every place of the article where it did.

    Attributes
    ----------
    term : as the model spells it; ``~`` marks a term in the scope of a negation or another valence shifter
    words : as they first stand in the text, after "not …" in such a scope
    weight : what all its occurrences add to the score of the label, above 0
    spans : (start, end) offsets into the article, in text order; a pair of words that an interruption parts has two
    """

    term: str
    words: str
    weight: float
    spans: tuple[Span, ...]

    def as_dict(self) -> dict[str, Any]:
        """Give the JSON form."""
        return {
            "term": self.term,
            "words": self.words,
            "weight": round(self.weight, 6),
            "spans": [list(span) for span in self.spans],
        }


@dataclass(frozen=True, slots=True)
class LabelledQuote:
    """A quote with what the model says of it.

    Attributes
    ----------
    quote : what was said, by whom, where
    judged : the text that was labelled; None for a mention, which states nothing
    prediction : the labels of ``judged.text``; None for a mention
    deciding : head to the words that spoke most for its label, the strongest first; {} when nothing was decided
    within : place in the article's statements of the quote that holds this one; None when none does
    explained : whether the words that decided were looked for
    """

    quote: Quote
    judged: Judged | None
    prediction: Prediction | None
    deciding: Mapping[str, tuple[DecidingWord, ...]]
    within: int | None = None
    explained: bool = True

    @property
    def status(self) -> str:
        """``ok``, ``empty``, ``undecided``, or ``mention``: words in marks that nobody states."""
        return self.prediction.status if self.prediction else "mention"

    @property
    def counted(self) -> bool:
        """Whether a summary counts it: no mention, and no piece of a statement that is counted already."""
        return self.prediction is not None and self.within is None

    def label(self, head: str) -> str | None:
        """Give the label of a head; None when undecided, or not judged at all."""
        return self.prediction.label(head) if self.prediction else None

    def as_dict(self, heads: Mapping[str, tuple[str, ...]]) -> dict[str, Any]:
        """Give the JSON form, with the columns of the model's heads."""
        row = self.quote.as_dict()
        row["within"] = self.within
        row["judged"] = self.judged.text if self.judged else None
        row["judged_as"] = self.judged.basis if self.judged else None
        row["status"] = self.status
        if self.prediction:
            labels = self.prediction.as_dict()
            row.update({name: labels[name] for name in labels if name not in ("text", "status")})
        else:
            row.update({name: None for head in heads for name in (head, f"{head}_probabilities")})
            row.update(known_terms=None, reason=None)
        because = {head: [word.as_dict() for word in self.deciding.get(head, ())] for head in heads}
        row["because"] = because if self.explained else None
        return row


@dataclass(frozen=True, slots=True)
class Article:
    """An article that was read.

    Attributes
    ----------
    id : what the caller calls it; None when it has no name
    text : the text as given, into which all offsets point
    statements : in text order
    heads : the model's heads and their labels
    """

    id: Any
    text: str
    statements: tuple[LabelledQuote, ...]
    heads: Mapping[str, tuple[str, ...]]

    @property
    def status(self) -> str:
        """``ok``; ``empty``, nothing but white space; ``no_statement``, nobody is quoted."""
        if not self.text.strip():
            return "empty"
        return "ok" if self.statements else "no_statement"

    @property
    def remarks(self) -> tuple[str, ...]:
        """Sentences for people on what was odd about the marks, each with its line."""
        return tuple(
            f"Line {self.text.count(chr(10), 0, s.quote.start) + 1}: {s.quote.remark}"
            for s in self.statements
            if s.quote.remark
        )

    @property
    def head(self) -> str:
        """The head that a summary counts: ``stance`` if the model has it."""
        return "stance" if "stance" in self.heads else next(iter(self.heads))

    @property
    def speakers(self) -> tuple[SpeakerSummary, ...]:
        """How often each speaker said what: see :func:`stance.article.speakers.summarise`."""
        said = [(s.quote.speaker, s.label(self.head)) for s in self.statements if s.counted]
        return summarise(said, self.heads[self.head])

    def as_dict(self) -> dict[str, Any]:
        """Give the JSON row."""
        return {
            "id": self.id,
            "status": self.status,
            "text": self.text,
            "quotes": [statement.as_dict(self.heads) for statement in self.statements],
            "speakers": [speaker.as_dict() for speaker in self.speakers],
            "remarks": list(self.remarks),
        }
