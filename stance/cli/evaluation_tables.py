"""An evaluation as tables for a terminal (rich)."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence

from rich import box
from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from stance.cli.tables import interval_text, new_table
from stance.evaluation import Comparison, Evaluation, HeadEvaluation, Slice, Suspect
from stance.report.learning import learning_finding
from stance.report.parts import shown_slices

_MOST_SLICES, _MOST_SUSPECTS, _LONGEST_TEXT = 8, 20, 140


def evaluation_tables(evaluation: Evaluation, sliced: Sequence[str] = ()) -> list[RenderableType]:
    """Give the title, the method and one table a head, with the comparison and the parts that were asked for."""
    parts: list[RenderableType] = [Text(evaluation.title, style="bold"), evaluation.method, ""]
    for head in evaluation.heads:
        parts += [_scores(head), _summary(head), ""]
        parts += [table for each in evaluation.comparisons if each.head == head.head for table in _comparison(each)]
        parts += _beside(head, evaluation)
        parts += [learning_finding(each) for each in evaluation.learning_curves or () if each.head == head.head]
        parts += [""] if evaluation.learning_curves else []
        if evaluation.suspects is not None:
            parts += _suspects([each for each in evaluation.suspects if each.head == head.head], head)
        own = [each for each in evaluation.slices if each.head == head.head and each.column in sliced]
        parts += [_slices(own), ""] if own else []
    return parts


def _suspects(suspects: Sequence[Suspect], head: HeadEvaluation) -> list[RenderableType]:
    """Give the most doubtful labels, at most twenty; the JSON twin has all."""
    if not suspects:
        return [f"No gold label of {head.head} is doubted.", ""]
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for column in ("gold", "suggested", "own", "statement"):
        table.add_column(column, no_wrap=column != "statement")
    for each in suspects[:_MOST_SUSPECTS]:
        text = textwrap.shorten(each.text, _LONGEST_TEXT, placeholder=" …")
        table.add_row(each.gold, each.suggested, f"{each.self_confidence:.3f}", f"{text}\n{each.where}")
    of = f"{len(suspects):,} of {head.rows:,} gold labels of {head.head}"
    return [f"{of} deserve a second look, the most doubtful first", table, ""]


def _beside(head: HeadEvaluation, evaluation: Evaluation) -> list[RenderableType]:
    """Give the variants of the training, one a line."""
    own = [each for each in evaluation.variants if each.head == head.head]
    lines = [f"{each.name}: macro-F1 {each.macro_f1:.3f} ({interval_text(each.macro_f1_interval)})" for each in own]
    return [*lines, ""] if lines else []


def _comparison(comparison: Comparison) -> list[RenderableType]:
    table = new_table(f"{comparison.head}: F1", "this model", "other", "difference", "95 % interval")
    for each in comparison.f1:
        interval = "" if each.interval is None else f"{each.interval.low:+.3f} to {each.interval.high:+.3f}"
        table.add_row(each.what, f"{each.this:.3f}", f"{each.other:.3f}", f"{each.difference:+.3f}", interval)
    return [
        table,
        f"against {comparison.other}: right only here {comparison.only_this:,}, only there {comparison.only_other:,}",
        f"McNemar's exact p {comparison.p_value:.3f}",
        "",
    ]


def _slices(slices: Sequence[Slice]) -> Table:
    """Give the slices, of a column of many values the weakest; the report has more, its JSON twin all."""
    table = new_table(f"{slices[0].head} by", "rows", "accuracy", "95 % interval", "macro-F1", "95 % interval")
    for column in dict.fromkeys(each.column for each in slices):
        own = [each for each in slices if each.column == column]
        shown = shown_slices(own, _MOST_SLICES)
        table.add_row(column + ("" if len(shown) == len(own) else f": the weakest of {len(own)}"), style="bold")
        for each in shown:
            table.add_row(
                f"  {each.value}{' (few)' if each.small else ''}",
                f"{each.rows:,}",
                f"{each.accuracy:.3f}",
                interval_text(each.accuracy_interval),
                f"{each.macro_f1:.3f}",
                interval_text(each.macro_f1_interval),
                style="dim" if each.small else None,
            )
    return table


def _scores(head: HeadEvaluation) -> Table:
    table = new_table(head.head, "precision", "recall", "F1", "95 % interval", "rows")
    for c in head.classes:
        table.add_row(
            c.label,
            f"{c.precision:.3f}",
            f"{c.recall:.3f}",
            f"{c.f1:.3f}",
            interval_text(c.f1_interval),
            f"{c.support:,}",
        )
    table.add_section()
    table.add_row(
        "macro-F1",
        "",
        "",
        f"{head.macro_f1:.3f}",
        interval_text(head.macro_f1_interval),
        f"{head.rows:,}",
        style="bold",
    )
    for baseline in head.baselines:
        table.add_row(f"  {baseline.name}", "", "", f"{baseline.macro_f1:.3f}", "", "", style="dim")
    return table


def _summary(head: HeadEvaluation) -> str:
    error = "too few rows to say" if head.calibration_error is None else f"{head.calibration_error:.3f}"
    if head.calibration_error_interval is not None:
        error += f" ({interval_text(head.calibration_error_interval)})"
    return (
        f"accuracy {head.accuracy:.3f} · calibration error {error} · log-loss {head.log_loss:.3f} · "
        f"undecided {head.undecided:,} · groups {head.groups:,}"
    )
