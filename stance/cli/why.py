"""The lines of a card that say why: words for and against, the runner-up, what would change it, what is near."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import typer

from stance.records import Contribution, Explanation

if TYPE_CHECKING:
    from stance.confidence import Decider, Decision
    from stance.explaining.records import Comparison, Deletion, Reasons
    from stance.predictor import Predictor

#: Characters of a text that a card shows.
LONGEST = 500
_NEAR = 160  # characters of a statement that is near


def because(explanation: Explanation, text: str, width: int) -> list[str]:
    """Give the words that spoke most for a label."""
    return _lines("because", _because(explanation.strongest(), text), width)


def promise_lines(head: str, decider: Decider, decision: Decision) -> list[str]:
    """Give why a label is not given under the promised risk, and the set of labels."""
    lines = []
    reason = decision.reasons[head]
    if reason is not None and decider.risk is not None:
        what, _, labels = reason.partition(":")
        doubt = f"between {' and '.join(labels.split('/'))}" if labels else "the probabilities are too even"
        lines += [f"  undecided   {what}: {doubt}; a risk of {_share(decider.risk)} takes {decider.needed[head]:.0%}"]
    own = decision.sets.get(head)
    if own is not None and decider.coverage is not None:
        shown = ", ".join(own) or "empty: no label is as probable as the right one usually is"
        lines.append(f"  {_share(decider.coverage) + ' set':<12}{shown}")
    return lines


class WhyCard:
    """Everything that explains one text, in lines for a terminal."""

    def __init__(self, predictor: Predictor, text: str, width: int) -> None:
        self._predictor, self._text, self._width = predictor, text, width
        self._reasons = {head: predictor.reasons(text, head) for head in predictor.heads}

    def text(self) -> list[str]:
        """Give the text in bold, the words that decided the first head underlined."""
        first = next(iter(self._reasons.values()))
        return underlined(self._text, [(c.start, c.end) for c in first.deciding], self._width)

    def head(self, head: str) -> list[str]:
        """Give the lines of one head."""
        reasons, text = self._reasons[head], self._text
        against = reasons.explanation.strongest(opposing=True)
        parts = [("because", _because(reasons.explanation.strongest(), text))]
        if against:
            parts.append(("against", _words(against, text)))
        if reasons.gate is not None:
            parts.append(("topic", _gate(reasons)))
        parts += [("why not", _why_not(reasons.comparison, text)), ("changes", _deletion(reasons.deletion, text))]
        return [line for name, content in parts for line in _lines(name, content, self._width)]

    def nearest(self) -> list[str]:
        """Give the nearest labelled statements."""
        if not self._predictor.has_neighbours:
            what = "this model folder holds no labelled statements; train it again to have them"
            return _lines("nearest", f"({what})", self._width)
        lines = []
        for number, near in enumerate(self._predictor.nearest(self._text)):
            about = f"{near.similarity:.2f} · {', '.join(near.labels.values())} · {near.source}:{near.line}"
            lines.append(f"  {'' if number else 'nearest':<12}{about}")  # whole, so that the place can be opened
            lines += _lines("", f"“{textwrap.shorten(near.text, _NEAR, placeholder=' …')}”", self._width)
        return lines or _lines("nearest", "(no labelled statement shares a term with it)", self._width)


def underlined(text: str, spans: Iterable[tuple[int, int]], width: int) -> list[str]:
    """Give the text wrapped and in bold, some stretches underlined; white space becomes one space."""
    marked = {place for start, end in spans for place in range(start, end)}
    lines: list[list[str]] = [[]]
    used = shown = 0
    place = 0
    for word in text.split():
        place = text.index(word, place)
        if shown + len(word) > LONGEST:
            lines[-1].append("…")
            break
        if used and used + 1 + len(word) > width:
            lines.append([])
            used = 0
        lines[-1].append(_styled(word, [place + i in marked for i in range(len(word))]))
        used += len(word) + 1
        shown += len(word) + 1
        place += len(word)
    return [typer.style(" ", bold=True).join(line) for line in lines]


def _share(value: float) -> str:
    return f"{100 * value:g}%"


def _styled(word: str, marked: Sequence[bool]) -> str:
    pieces = []
    start = 0
    for end in range(1, len(word) + 1):
        if end == len(word) or marked[end] != marked[start]:
            pieces.append(typer.style(word[start:end], bold=True, underline=marked[start] or None))
            start = end
    return "".join(pieces)


def _because(found: Sequence[Contribution], text: str) -> str:
    return _words(found, text) or "(no word speaks for it; it is the commonest label of such texts)"


def _why_not(comparison: Comparison, text: str) -> str:
    """Say what put the label ahead of the runner-up, and what spoke for that one."""
    other = comparison.strongest(3, opposing=True)
    spoken = f"; for it: {_words(other, text)}" if other else ""
    own = _words(comparison.strongest(3), text) or "no word"
    ahead = f"{comparison.score:+.2f}, {comparison.intercept:+.2f} before any word"
    return f"{comparison.against} ({ahead}): {own}{spoken}"


def _gate(reasons: Reasons) -> str:
    words = _words(reasons.gate.strongest(), reasons.text) if reasons.gate else ""
    said = f"about politics with {reasons.relevance:.0%} only, which alone makes it {reasons.label}"
    return f"{said}: {words}" if words else said


def _deletion(deletion: Deletion | None, text: str) -> str:
    if deletion is None:
        return "(no few words decide: no deletion that was tried gives another label)"
    words = " · ".join(f"“{text[start:end]}”" for start, end in deletion.words)
    size = "" if deletion.smallest else " (there may be a smaller set)"
    return f"without {words}: {deletion.label}{size}"


def _words(found: Sequence[Contribution], text: str) -> str:
    return " · ".join(f"{_shown(c, text)} {c.weight:+.2f}" for c in found)


def _shown(contribution: Contribution, text: str) -> str:
    """Give the words as they stand in the text; a negated term says so."""
    words = " ".join(text[contribution.start : contribution.end].split())
    return f"not … {words}" if contribution.term.startswith("~") else words


def _lines(name: str, content: str, width: int) -> list[str]:
    indent = " " * 14
    return textwrap.wrap(content, width, initial_indent=f"  {name:<12}", subsequent_indent=indent)
