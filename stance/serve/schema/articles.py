"""Articles asked and read."""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import UNSET, Meta, Struct, UnsetType

from stance.serve.schema.values import Count, Offset, Probabilities, Probability, Span


class ReadRequest(Struct, kw_only=True, forbid_unknown_fields=True):
    """An article, as ``text`` or as ``html``: one of the two."""

    text: Annotated[str | None, Meta(description="The article, one paragraph a line.")] = None
    html: Annotated[
        str | None, Meta(description="The page that holds the article; menus and captions are left out.")
    ] = None
    id: Annotated[Annotated[str, Meta(max_length=200)] | None, Meta(description="What to call it in its row.")] = None
    mentions: Annotated[bool, Meta(description="Also list titles, terms and slogans, which nobody states.")] = False
    explain: Annotated[bool, Meta(description="Also say which words decided; a table and a page always do.")] = False


class Attribution(Struct):
    """The rule that found a speaker, and how far it can be trusted."""

    rule: str
    grade: Literal["certain", "likely", "guess"]


class Speaker(Struct):
    """Who is said to have said it."""

    text: str
    start: Offset
    end: Offset
    name: str | None
    kind: str
    attribution: Attribution


class DecidingWord(Struct):
    """A term that spoke for a label, with every place of the article where it did."""

    term: str
    words: str
    weight: float
    spans: list[Span]


class QuoteRow(Struct, kw_only=True):
    """A statement: where it stands, who said it, its labels and the words that decided."""

    start: Offset
    end: Offset
    text: str
    parts: list[Span]
    statement: str
    kind: Literal["direct", "partial", "indirect", "mention"]
    speaker: str | None
    speaker_start: Offset | None
    speaker_end: Offset | None
    speaker_name: str | None
    speaker_kind: str | None
    attribution: Attribution | None
    relayed_by: Speaker | None
    carrier: Span | None
    remark: str | None
    within: Annotated[int | None, Meta(description="Place in the list of the statement that holds this one.")]
    judged: Annotated[str | None, Meta(description="The text that was labelled.")]
    judged_as: Literal["statement", "carrier", "sentence"] | None
    status: Annotated[str, Meta(description="ok, empty, undecided, or mention.")]
    stance: str | UnsetType | None = UNSET
    stance_probabilities: Probabilities | UnsetType | None = UNSET
    sentiment: str | UnsetType | None = UNSET
    sentiment_probabilities: Probabilities | UnsetType | None = UNSET
    known_terms: Count | None
    reason: str | None
    because: Annotated[
        dict[str, list[DecidingWord]] | None,
        Meta(description="With explain: head to the words that spoke for its label."),
    ]


class SpeakerRow(Struct):
    """How often a speaker took which stance."""

    name: Annotated[str | None, Meta(description="null: no speaker named.")]
    statements: Count
    undecided: Count
    labels: dict[str, Count]
    shares: dict[str, Probability]


class ArticleRow(Struct):
    """Who said what: the row that ``stance read --json`` prints."""

    id: str | None
    status: Annotated[str, Meta(description="ok, empty, no_statement, or why a page could not be read.")]
    text: Annotated[str, Meta(description="The text into which all offsets point.")]
    quotes: list[QuoteRow]
    speakers: list[SpeakerRow]
    remarks: list[str]
