"""One prediction for a person: labels, probabilities as bars, the words that decided.

Set by hand and not with rich, whose import takes longer than the whole prediction.
"""

from __future__ import annotations

import shutil
import textwrap
from typing import TYPE_CHECKING

import typer

from stance.cli.why import LONGEST, WhyCard, because, promise_lines
from stance.predictor import Predictor
from stance.records import Prediction
from stance.undecided import REASONS

if TYPE_CHECKING:
    from stance.confidence import Decider

_BAR = 24
_INDENT = "  "
COLOURS = {
    "escalatory": typer.colors.RED,
    "diplomatic": typer.colors.BLUE,
    "critical": typer.colors.YELLOW,
    "negative": typer.colors.MAGENTA,
    "positive": typer.colors.CYAN,
}


def render(
    predictor: Predictor, prediction: Prediction, *, decider: Decider | None = None, explain: bool = False
) -> str:
    """Give the card of one prediction, several lines, ending with a blank one.

    Parameters
    ----------
    decider : what decides under a promise; None labels as the predictor does
    explain : also show why not the runner-up, what would change the label, and the nearest statements
    """
    width = min(shutil.get_terminal_size().columns, 100)
    if prediction.status != "ok":
        shown = _wrapped(prediction.text, width) or ["(no text)"]
        return "\n".join([*shown, _INDENT + REASONS[prediction.reason], ""])
    decision = decider.decide(prediction) if decider is not None else None
    labels = decision.labels if decision is not None else {head: prediction.label(head) for head in predictor.heads}
    why = WhyCard(predictor, prediction.text, width) if explain else None
    lines = why.text() if why else _wrapped(prediction.text, width)
    for head in predictor.heads:
        lines += _head(head, prediction, labels[head])
        if decider is not None and decision is not None:
            lines += promise_lines(head, decider, decision)
        lines += why.head(head) if why else because(predictor.explain(prediction.text, head), prediction.text, width)
    if why:
        lines += why.nearest()
    return "\n".join([*lines, ""])


def _wrapped(text: str, width: int) -> list[str]:
    shown = " ".join(text.split())
    lines = textwrap.wrap(shown if len(shown) <= LONGEST else shown[: LONGEST - 1] + "…", width)
    return [typer.style(line, bold=True) for line in lines]


def _head(head: str, prediction: Prediction, label_given: str | None) -> list[str]:
    probabilities = prediction.probabilities(head)
    widest = max(map(len, probabilities))
    lines = []
    for number, (label, p) in enumerate(probabilities.items()):
        bar = "█" * round(p * _BAR) + "·" * (_BAR - round(p * _BAR))
        row = f"{label:<{widest}}  {bar} {p:>5.0%}"
        wins = label == label_given
        row = typer.style("▸ " + row, fg=COLOURS.get(label), bold=True) if wins else "  " + row
        lines.append(f"{_INDENT}{head if number == 0 else '':<10}{row}")
    return lines
