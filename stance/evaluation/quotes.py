"""How well predicted quotes agree with gold ones: spans, speakers, and both at once, by kind of quote.

Spans are compared on word tokens, so that marks, punctuation and white space do not matter, and are cut at line breaks
first, on both sides. Three tracks: ``direct`` is gold of kind direct; ``quoted`` adds pieces of three words or more;
``all`` is direct quotes and reported clauses. What lies in gold of other kinds counts neither for nor against.
Knows nothing of how quotes are found.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from stance.evaluation.quote_rows import Article, Span

TRACKS = ("direct", "quoted", "all")
#: Shares of tokens in common (intersection over union) at which two spans count as the same.
MOST, SOME = 0.8, 0.3
_FEWEST_WORDS_OF_A_PIECE = 3
_WORD = re.compile(r"\w+(?:[’']\w+)?")
_LINE = re.compile(r"[^\n]+")
_CAPITALISED = re.compile(r"\b[A-Z][\w’'\-]*")
_AFTER_HEAD = re.compile(r",|\(|\s[—–-]\s|\s(?:who|that|which|whose)\s")

_Range = tuple[int, int]
_Piece = tuple[Span, _Range]


@dataclass(frozen=True, slots=True)
class Score:
    """Precision, recall and their harmonic mean, in [0, 1]; 0 where there is nothing to divide by."""

    precision: float
    recall: float
    f1: float


@dataclass(frozen=True, slots=True)
class TrackScore:
    """The scores of one track.

    Attributes
    ----------
    track : its name
    gold, predicted : number of spans compared
    exact, overlap_80, overlap_30 : spans of the same tokens; of 0.8 and of 0.3 of them in common
    speaker_match : share of the spans with 0.8 in common whose speaker is right
    end_to_end : spans with 0.8 in common and the right speaker
    """

    track: str
    gold: int
    predicted: int
    exact: Score
    overlap_80: Score
    overlap_30: Score
    speaker_match: float
    end_to_end: Score

    def as_dict(self) -> dict[str, Any]:
        """Give the JSON form."""
        return asdict(self)


def score_quotes(gold: Sequence[Article], predicted: Sequence[Sequence[Span]]) -> tuple[TrackScore, ...]:
    """Score the predicted spans of articles against their gold ones, one score a track.

    Parameters
    ----------
    gold : n articles
    predicted : n lists of spans, in the same order

    Raises
    ------
    ValueError
        If there are not as many lists as articles.
    """
    if len(gold) != len(predicted):
        raise ValueError(f"{len(gold)} articles and {len(predicted)} lists of quotes")
    return tuple(_track(track, gold, predicted) for track in TRACKS)


def _track(track: str, gold: Sequence[Article], predicted: Sequence[Sequence[Span]]) -> TrackScore:
    counts: Counter[str] = Counter()
    for article, spans in zip(gold, predicted, strict=True):
        counts.update(_compare(track, _Tokens(article.text), article.quotes, spans))
    total = counts["gold"], counts["predicted"]
    return TrackScore(
        track,
        *total,
        exact=_score(counts["exact"], *total),
        overlap_80=_score(counts["most"], *total),
        overlap_30=_score(counts["some"], *total),
        speaker_match=_ratio(counts["both"], counts["most"]),
        end_to_end=_score(counts["both"], *total),
    )


def _compare(track: str, tokens: _Tokens, gold: Sequence[Span], predicted: Sequence[Span]) -> Counter[str]:
    wanted, neutral = _wanted(track, tokens.pieces(gold))
    given = [piece for piece in tokens.pieces(predicted) if _belongs(track, piece[0].kind)]
    pairs = _matched([place for _, place in wanted], [place for _, place in given])
    passed_over = {token for _, place in neutral for token in range(*place)}
    best = {right: share for share, _, right in pairs}
    kept = {
        number
        for number, (_, place) in enumerate(given)
        if best.get(number, 0.0) >= 0.5 or 2 * len(passed_over.intersection(range(*place))) < place[1] - place[0]
    }
    counts = Counter(gold=len(wanted), predicted=len(kept))
    for share, left, right in pairs:
        if right in kept:
            counts["exact"] += share == 1
            counts["some"] += share >= SOME
            counts["most"] += share >= MOST
            counts["both"] += share >= MOST and same_speaker(wanted[left][0], given[right][0])
    return counts


def _wanted(track: str, pieces: list[_Piece]) -> tuple[list[_Piece], list[_Piece]]:
    """Divide gold spans into those to be found and those that count neither way."""
    if track == "all":
        return [piece for piece in pieces if piece[0].kind != "partial"], []
    if track == "direct":
        return [p for p in pieces if p[0].kind == "direct"], [p for p in pieces if p[0].kind != "direct"]
    wanted, neutral = [], []
    for span, place in pieces:
        long = span.kind == "partial" and place[1] - place[0] >= _FEWEST_WORDS_OF_A_PIECE
        if span.kind == "direct" or long:
            wanted.append((span, place))
        elif span.kind != "mixed":
            neutral.append((span, place))
    return wanted, neutral


def _belongs(track: str, kind: str) -> bool:
    """Tell whether a predicted span is compared on a track."""
    if track == "all":
        return kind != "partial"
    return kind == "direct" or (track == "quoted" and kind == "partial")


def _matched(gold: Sequence[_Range], predicted: Sequence[_Range]) -> list[tuple[float, int, int]]:
    """Pair spans one to one, the best shares first: (share of tokens in common, gold number, predicted number)."""
    shares = sorted(
        (
            (share, left, right)
            for left, a in enumerate(gold)
            for right, b in enumerate(predicted)
            if (share := _share(a, b)) > 0
        ),
        reverse=True,
    )
    pairs, lefts, rights = [], set(), set()
    for share, left, right in shares:
        if left not in lefts and right not in rights:
            lefts.add(left)
            rights.add(right)
            pairs.append((share, left, right))
    return pairs


def _share(a: _Range, b: _Range) -> float:
    common = min(a[1], b[1]) - max(a[0], b[0])
    return max(0, common) / (max(a[1], b[1]) - min(a[0], b[0]))


def same_speaker(gold: Span, predicted: Span) -> bool:
    """Tell whether two spans name the same speaker.

    They do when neither names one, when the predicted words overlap the head of the gold phrase (what stands before a
    comma, bracket, dash or relative clause), or when both heads end in the same capitalised word.
    """
    if gold.speaker is None or not predicted.speaker:
        return gold.speaker is None and not predicted.speaker
    head = _head(gold.speaker)
    if None not in (gold.speaker_start, predicted.speaker_start, predicted.speaker_end):
        start = gold.speaker_start or 0
        if max(start, predicted.speaker_start or 0) < min(start + len(head), predicted.speaker_end or 0):
            return True
    return _last_name(head) is not None and _last_name(head) == _last_name(predicted.speaker)


def _head(phrase: str) -> str:
    match = _AFTER_HEAD.search(phrase)
    head = phrase[: match.start()] if match and match.start() > 1 else phrase
    return phrase if not _CAPITALISED.search(head) and _CAPITALISED.search(phrase) else head


def _last_name(phrase: str) -> str | None:
    names = _CAPITALISED.findall(re.split(r",|\(", phrase)[0])
    return re.sub(r"[’']s?$", "", names[-1]).lower() if names else None


class _Tokens:
    """The word tokens of a text, to turn offsets into token numbers."""

    def __init__(self, text: str) -> None:
        places = [match.span() for match in _WORD.finditer(text)]
        self._text = text
        self._starts = [start for start, _ in places]
        self._ends = [end for _, end in places]

    def pieces(self, spans: Sequence[Span]) -> list[_Piece]:
        """Give the spans cut at line breaks, each with its half-open range of tokens; those without any are left out."""
        found = []
        for span in spans:
            for line in _LINE.finditer(self._text, span.start, span.end):
                place = bisect_right(self._ends, line.start()), bisect_left(self._starts, line.end())
                if place[0] < place[1]:
                    found.append((span, place))
        return found


def _score(right: int, gold: int, predicted: int) -> Score:
    precision, recall = _ratio(right, predicted), _ratio(right, gold)
    return Score(precision, recall, round(2 * right / (gold + predicted), 6) if gold + predicted else 0.0)


def _ratio(part: int, whole: int) -> float:
    return round(part / whole, 6) if whole else 0.0
