"""The shapes of what is sent and answered: checked when a body is decoded, and written into the OpenAPI document.

Answers are made by the records' own ``as_dict``, which the command line uses as well; the classes below describe
them, and tests hold both to it. The shapes are those of version 1: a field may be added, none changes or goes.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from msgspec import UNSET, Meta, Struct, UnsetType

Offset = Annotated[int, Meta(ge=0, description="Characters (Unicode code points) from the start of the text.")]
Span = Annotated[list[Offset], Meta(min_length=2, max_length=2, description="Start and end, the end not included.")]
Probability = Annotated[float, Meta(ge=0, le=1)]
Probabilities = Annotated[dict[str, Probability], Meta(description="Label to probability; they add up to 1.")]
Count = Annotated[int, Meta(ge=0)]
Share = Annotated[float, Meta(gt=0, lt=1)]
#: A row of a stream may also say in ``status`` why its line could not be read.
Status = Annotated[str, Meta(description="ok; empty: nothing but white space; undecided: see reason.")]


class PredictRequest(Struct, kw_only=True, forbid_unknown_fields=True):
    """Texts to label."""

    texts: Annotated[list[str], Meta(description="Statements of one to three English sentences each.")]
    explain: Annotated[bool, Meta(description="Also say why, why not the runner-up, what would change it.")] = False
    risk: Annotated[Share | None, Meta(description="Label only where fewer labels than this share are wrong.")] = None
    sets: Annotated[Share | None, Meta(description="Also give sets that hold the right label this often.")] = None
    sets_per: Annotated[
        Literal["class", "all"], Meta(description="Hold sets among the texts of each class, or among all.")
    ] = "class"


class Contribution(Struct):
    """What one occurrence of a term adds to a score; text is its words."""

    text: str
    term: str
    start: Offset
    end: Offset
    weight: float


class Sum(Struct):
    """The intercept and the weights of the contributions add up to the score."""

    score: float
    intercept: float
    contributions: list[Contribution]


class RunnerUp(Sum):
    """Why not the second most probable label: the difference of the two scores."""

    label: str


class Word(Struct):
    """A word of the text."""

    text: str
    start: Offset
    end: Offset


class Deletion(Struct):
    """Words without which the text gets another label."""

    words: list[Word]
    remaining: str
    label: str
    smallest: bool


class HeadExplanation(Sum):
    """Why a label: what each term adds, against the runner-up too, and what would change it."""

    label: str
    runner_up: RunnerUp
    relevance: Annotated[Probability | None, Meta(description="That the text is about politics at all.")]
    gate: Annotated[Sum | None, Meta(description="What speaks against politics, where that decided.")]
    deletion: Deletion | None


class Neighbour(Struct):
    """A labelled statement of the training data that is near."""

    text: str
    source: str
    line: Count
    similarity: Annotated[float, Meta(ge=0, le=1)]
    stance: str | UnsetType = UNSET
    sentiment: str | UnsetType = UNSET


class Explanation(Struct, kw_only=True):
    """Each head's reasons, and the nearest labelled statements where the model has them."""

    stance: HeadExplanation | UnsetType = UNSET
    sentiment: HeadExplanation | UnsetType = UNSET
    nearest: list[Neighbour] | None


class PredictionRow(Struct, kw_only=True):
    """What the model says of one text: the row that ``stance predict --json`` prints."""

    text: str
    status: Status
    stance: str | UnsetType | None = UNSET
    stance_probabilities: Probabilities | UnsetType = UNSET
    sentiment: str | UnsetType | None = UNSET
    sentiment_probabilities: Probabilities | UnsetType = UNSET
    known_terms: Count
    reason: Annotated[
        str | None, Meta(description="Why it is undecided: no_known_terms, few_known_terms, not_english.")
    ]
    explanation: Annotated[Explanation | UnsetType | None, Meta(description="With explain.")] = UNSET
    stance_reason: Annotated[str | UnsetType | None, Meta(description="With risk: why there is no stance.")] = UNSET
    sentiment_reason: Annotated[str | UnsetType | None, Meta(description="With risk.")] = UNSET
    stance_set: Annotated[list[str] | UnsetType | None, Meta(description="With sets.")] = UNSET
    sentiment_set: Annotated[list[str] | UnsetType | None, Meta(description="With sets.")] = UNSET


class PredictResponse(Struct):
    """One row for each text, in order."""

    predictions: list[PredictionRow]


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


class LabelMeaning(Struct):
    """A label and, where the codebook defines it, its meaning."""

    name: str
    meaning: str | None


class ModelResponse(Struct):
    """The model that answers."""

    name: str
    version: Annotated[str, Meta(description="The first twelve digits of the hash of its weights.")]
    stance_version: str
    heads: dict[str, list[LabelMeaning]]
    card: Annotated[str, Meta(description="The model card, in Markdown.")]
    manifest: dict[str, Any]
    metrics: dict[str, Any]


class Health(Struct):
    """Whether the service is alive, or ready to answer."""

    status: Literal["live", "ready"]


class ProblemDetails(Struct, kw_only=True):
    """What is wrong with a request (RFC 9457)."""

    type: str
    title: str
    status: Annotated[int, Meta(ge=400, le=599)]
    detail: Annotated[str, Meta(description="What was wrong and what was expected.")]
    field: Annotated[str | UnsetType, Meta(description="The field to blame.")] = UNSET
    request_id: str | UnsetType = UNSET
    error: Annotated[str | UnsetType, Meta(description="The detail once more, where a protocol asks for it.")] = UNSET


class InferTensor(Struct, kw_only=True):
    """A tensor of the Open Inference Protocol."""

    name: str
    shape: Annotated[list[Count], Meta(max_length=8)]
    datatype: Literal["BYTES"]
    data: Annotated[list[str] | None, Meta(description="The texts; without it they follow as binary data.")] = None
    parameters: dict[str, Any] = {}


class InferOutput(Struct, kw_only=True):
    """An output that is wanted."""

    name: str
    parameters: dict[str, Any] = {}


class InferRequest(Struct, kw_only=True):
    """Texts to label, as the Open Inference Protocol sends them."""

    inputs: list[InferTensor]
    id: str | None = None
    outputs: list[InferOutput] | None = None
    parameters: dict[str, Any] = {}


class OutputTensor(Struct, kw_only=True):
    """A tensor of labels or probabilities."""

    name: str
    datatype: Literal["BYTES", "FP64"]
    shape: list[Count]
    data: list[str | float] | UnsetType = UNSET
    parameters: dict[str, Any] | UnsetType = UNSET


class InferResponse(Struct, kw_only=True):
    """Labels and probabilities of the texts."""

    model_name: str
    model_version: str
    id: str | UnsetType = UNSET
    outputs: list[OutputTensor]


class TensorMetadata(Struct):
    """What a tensor holds; -1 is any length."""

    name: str
    datatype: str
    shape: list[int]


class ModelMetadata(Struct):
    """What the model takes and gives, for the Open Inference Protocol."""

    name: str
    versions: list[str]
    platform: str
    inputs: list[TensorMetadata]
    outputs: list[TensorMetadata]
    labels: Annotated[dict[str, list[str]], Meta(description="Head to its labels, in the order of the probabilities.")]


class ModelReady(Struct):
    """Whether a model answers."""

    name: str
    ready: bool


class ServerMetadata(Struct):
    """What answers, for the Open Inference Protocol."""

    name: str
    version: str
    extensions: list[str]
