"""The model card: what a model is for, what it must not be used for, and how good it is.

Every score comes from the same `Evaluation` as the page, so the two cannot drift apart.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from stance.labels import HEADS, MEANINGS
from stance.report import findings
from stance.report.markdown import facts, plain, table
from stance.report.wording import NO_INTERVAL, bounds, fine, number, percent, score, title_of

if TYPE_CHECKING:
    from stance.evaluation.records import Evaluation, HeadEvaluation, Interval

_WHAT = """\
A linear text classifier: TF-IDF of words, pairs of words and words that a "not" or a "refuse" governs, sums of public
word vectors, the first strong word of an account, and one multinomial logistic regression a head. All of it is folded
into weights of words, so every decision is a sum that can be shown word by word. Names of people and places are
replaced by slots, so that a country does not become a stance."""

_USE = """\
For statements of one to three English sentences in which one source says something about relations between political
actors: reading much news quickly, sorting statements for people to check, counting over many. Keep a person in the loop
wherever a single label matters."""

_OUT_OF_SCOPE = """\
- **Decisions about people.** Not for moderation, screening, policing or ranking of persons.
- **Events.** A label says what was *said*, not what happened; a threat is not an attack.
- **Truth.** Neither a claim nor its tone says whether it is true.
- **Other languages than English**, and texts far longer or shorter than a statement.
- **Other fields** than international affairs, without an evaluation on statements of that field."""

_LIMITS = """\
- The text alone counts: no context, no knowledge of the speaker; irony and quotation within quotation are often missed.
- A text of fewer than three words, without any known word, or not in English is *undecided*; it still has
  probabilities, which then say nothing about the text.
- Scores hold for texts like those evaluated; expect lower ones on other sources or times.
- Intervals cover the choice of rows, not errors in the gold labels."""

_REPRODUCE = """\
```shell
stance train --output FOLDER     # with --data, --column and --group if it was trained on a file of one's own
stance model verify FOLDER       # does it still give what it gave?
```

The same data, parameters and seed give the same weights. These figures were made from:"""


def render_card(evaluation: Evaluation, *, manifest: Mapping[str, Any]) -> str:
    """Give the model card as Markdown.

    Parameters
    ----------
    evaluation : the evaluation of this model
    manifest : of the model; ``data`` (what to how many) and ``parameters`` (name to value) are printed,
        and said to be missing if they are
    """
    sections = {
        "What it is": f"{_WHAT}\n\n{_heads(evaluation)}",
        "Intended use": _USE,
        "Out of scope": _OUT_OF_SCOPE,
        "Training data": facts(_grouped(manifest.get("data") or {})),
        "Parameters": facts(manifest.get("parameters") or {}),
        "Evaluation": "\n\n".join([plain(evaluation.method), _overview(evaluation), *map(_head, evaluation.heads)]),
        "Calibration": "\n".join(_calibration(head) for head in evaluation.heads),
        "Limits": "\n".join([_LIMITS, *(_weakest(head) for head in evaluation.heads)]),
        "How to reproduce": f"{_REPRODUCE}\n\n{facts(evaluation.provenance)}",
    }
    body = "\n\n".join(f"## {title}\n\n{content}" for title, content in sections.items())
    return f"# Model card\n\n{plain(evaluation.title)}\n\n{body}\n"


def _heads(evaluation: Evaluation) -> str:
    """Give each head's labels, with their meanings where they are the codebook's."""
    return "\n\n".join(_labels(head) for head in evaluation.heads)


def _labels(head: HeadEvaluation) -> str:
    if set(head.labels) <= set(HEADS.get(head.head, ())):
        rows = [[label, MEANINGS[label]] for label in head.labels]
        return table([head.head, "the source or its tone\u2026"], rows, words=2)
    return f"{plain(title_of(head.head))}: {', '.join(map(plain, head.labels))}."


def _overview(evaluation: Evaluation) -> str:
    header = ["head", "macro-F1", "95 % interval", "accuracy", "rows", "groups", "undecided"]
    rows = [
        [
            head.head,
            score(head.macro_f1),
            _bounds(head.macro_f1_interval),
            percent(head.accuracy),
            number(head.rows),
            number(head.groups),
            number(head.undecided),
        ]
        for head in evaluation.heads
    ]
    return table(header, rows)


def _head(head: HeadEvaluation) -> str:
    rows = [
        [
            each.label,
            score(each.precision),
            score(each.recall),
            score(each.f1),
            _bounds(each.f1_interval),
            number(each.support),
        ]
        for each in head.classes
    ]
    classes = table(["class", "precision", "recall", "F1", "95 % interval", "support"], rows)
    parts = [f"### {plain(title_of(head.head))}", classes, plain(findings.commonest_confusion(head))]
    if head.baselines:
        yardsticks = [[each.name, score(each.macro_f1), percent(each.accuracy)] for each in head.baselines]
        parts.append(table(["without the model", "macro-F1", "accuracy"], yardsticks))
    return "\n\n".join([*parts, plain(findings.gain_over_baselines(head))])


def _bounds(interval: Interval | None) -> str:
    return bounds(interval) if interval else NO_INTERVAL


def _calibration(head: HeadEvaluation) -> str:
    losses = f"Log loss {fine(head.log_loss)}, Brier score {fine(head.brier)}."
    return f"- **{plain(title_of(head.head))}.** {findings.trust(head)} {losses}"


def _weakest(head: HeadEvaluation) -> str:
    return f"- {plain(title_of(head.head))}: {plain(findings.best_and_worst_class(head))}"


def _grouped(data: Mapping[str, Any]) -> dict[str, Any]:
    """Write counts with a comma every three digits; other values stay."""
    return {key: number(entry) if type(entry) is int else entry for key, entry in data.items()}
