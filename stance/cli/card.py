"""One prediction for a person: labels, probabilities as bars, the words that decided.

Set by hand and not with rich, whose import takes longer than the whole prediction.
"""

from __future__ import annotations

import shutil
import textwrap

import typer

from stance.predictor import Predictor
from stance.records import Contribution, Prediction
from stance.undecided import REASONS

_BAR = 24
_INDENT = "  "
COLOURS = {
    "escalatory": typer.colors.RED,
    "diplomatic": typer.colors.BLUE,
    "critical": typer.colors.YELLOW,
    "negative": typer.colors.MAGENTA,
    "positive": typer.colors.CYAN,
}


def render(predictor: Predictor, prediction: Prediction) -> str:
    """Give the card of one prediction, several lines, ending with a blank one."""
    width = min(shutil.get_terminal_size().columns, 100)
    shown = " ".join(prediction.text.split())
    lines = textwrap.wrap(shown if len(shown) <= 500 else shown[:499] + "…", width) or ["(no text)"]
    lines = [typer.style(line, bold=True) for line in lines]
    if prediction.status != "ok":
        return "\n".join([*lines, _INDENT + REASONS[prediction.reason], ""])
    for head in predictor.heads:
        lines += _head(head, prediction)
        lines += _words(predictor, prediction.text, head, width)
    return "\n".join([*lines, ""])


def _head(head: str, prediction: Prediction) -> list[str]:
    probabilities = prediction.probabilities(head)
    widest = max(map(len, probabilities))
    lines = []
    for number, (label, p) in enumerate(probabilities.items()):
        bar = "█" * round(p * _BAR) + "·" * (_BAR - round(p * _BAR))
        row = f"{label:<{widest}}  {bar} {p:>5.0%}"
        wins = label == prediction.label(head)
        row = typer.style("▸ " + row, fg=COLOURS.get(label), bold=True) if wins else "  " + row
        lines.append(f"{_INDENT}{head if number == 0 else '':<10}{row}")
    return lines


def _words(predictor: Predictor, text: str, head: str, width: int) -> list[str]:
    found = predictor.explain(text, head).strongest()
    if not found:
        return [f"{_INDENT}{'because':<10}  (no word speaks for it; it is the commonest label of such texts)"]
    words = " · ".join(f"{_shown(c, text)} {c.weight:+.2f}" for c in found)
    return textwrap.wrap(
        words, width, initial_indent=f"{_INDENT}{'because':<10}  ", subsequent_indent=_INDENT + " " * 12
    )


def _shown(contribution: Contribution, text: str) -> str:
    """Give the words as they stand in the text; a negated term says so."""
    words = " ".join(text[contribution.start : contribution.end].split())
    return f"not … {words}" if contribution.term.startswith("~") else words
