"""Evaluations, data sets and manifests as tables for a terminal (rich)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from rich import box
from rich.console import Console, RenderableType
from rich.table import Table
from rich.text import Text

from stance.dataset import Dataset
from stance.dataset.quality import Measure
from stance.evaluation import Comparison, Evaluation, HeadEvaluation, Interval, Slice
from stance.evaluation.quotes import TrackScore
from stance.report.parts import shown_slices

_MOST_SLICES = 8


def show(*parts: RenderableType) -> None:
    """Print on standard output, plain where it is no terminal."""
    opened = partial(Console, highlight=False, markup=False, emoji=False)  # labels may hold what rich takes for markup
    console = opened()
    if not console.is_terminal:
        console = opened(width=110)
    for part in parts:
        console.print(part)


def evaluation_tables(evaluation: Evaluation, sliced: Sequence[str] = ()) -> list[RenderableType]:
    """Give the title, the method and one table a head, with the comparison and the parts that were asked for."""
    parts: list[RenderableType] = [Text(evaluation.title, style="bold"), evaluation.method, ""]
    for head in evaluation.heads:
        parts += [_scores(head), _summary(head), ""]
        parts += [table for each in evaluation.comparisons if each.head == head.head for table in _comparison(each)]
        parts += _beside(head, evaluation)
        own = [each for each in evaluation.slices if each.head == head.head and each.column in sliced]
        parts += [_slices(own), ""] if own else []
    return parts


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


def quote_tables(articles: int, scores: Sequence[TrackScore]) -> list[RenderableType]:
    """Give the scores of the quote extractor, one table a track."""
    parts: list[RenderableType] = [Text(f"Quotes of {articles:,} articles", style="bold"), ""]
    for track in scores:
        table = new_table(track.track, "precision", "recall", "F1")
        for name, score in (
            ("exact", track.exact),
            ("overlap 0.8", track.overlap_80),
            ("overlap 0.3", track.overlap_30),
            ("overlap 0.8 and speaker", track.end_to_end),
        ):
            table.add_row(name, f"{score.precision:.3f}", f"{score.recall:.3f}", f"{score.f1:.3f}")
        summary = f"gold {track.gold:,} · predicted {track.predicted:,} · right speaker {track.speaker_match:.3f}"
        parts += [table, summary, ""]
    return parts


def dataset_tables(dataset: Dataset) -> list[RenderableType]:
    """Give what is in a data set: kinds by label, then topics."""
    parts: list[RenderableType] = []
    for head, labels in dataset.heads.items():
        table = new_table(head, *labels, "all")
        for kind in ("quote", "statement", "phrase"):
            counted = Counter(s.labels[head] for s in dataset.statements if s.kind == kind and head in s.labels)
            table.add_row(f"{kind}s", *(f"{counted[label]:,}" for label in labels), f"{sum(counted.values()):,}")
        parts.append(table)
    topics = Counter(s.group for s in dataset.statements if s.kind == "statement")
    acts = Counter(s.group for s in dataset.statements if s.kind == "phrase")
    parts += [
        f"{len(topics)} topics: " + ", ".join(f"{topic} {count}" for topic, count in sorted(topics.items())),
        f"{len(acts)} acts: " + ", ".join(f"{act} {count}" for act, count in sorted(acts.items())),
        f"{dataset.dropped} repeated rows left out, {len(dataset.near_duplicates)} pairs of near-duplicates kept",
        f"fingerprint {dataset.fingerprint}",
    ]
    return parts


def quality_table(measures: Sequence[Measure]) -> RenderableType:
    """Give the measures of a corpus with their limits."""
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for column in ("quality", "", "limit"):
        table.add_column(column)
    for m in measures:
        table.add_row(m.name, m.value, m.limit if m.kept else f"{m.limit}: not kept", style=None if m.kept else "red")
    return table


def agreement_tables(dataset: Dataset) -> list[RenderableType]:
    """Give Cohen's kappa of the two readers by kind, label and topic."""
    from stance.assessment.agreement import agreements  # scikit-learn takes a second to import

    parts: list[RenderableType] = ["Agreement of the two readers (Cohen's kappa)", ""]
    for what, rows in agreements(dataset).items():
        table = new_table(what, "rows", *dataset.heads)
        for row in rows:
            shown = [_kappa(row.kappa[head]) if head in row.kappa else "" for head in dataset.heads]
            table.add_row(row.of, f"{row.rows:,}", *shown)
        parts.append(table)
    return parts


def _kappa(kappa: float | None) -> str:
    return "–" if kappa is None else f"{kappa:.3f}"


def manifest_tables(path: str, manifest: Mapping[str, Any]) -> list[RenderableType]:
    """Give a manifest as one table of facts."""
    table = Table(box=None, show_header=False, padding=(0, 2, 0, 0))
    table.add_row("model", path, style="bold")
    for head, labels in manifest["heads"].items():
        table.add_row(head, ", ".join(labels))
    for section in ("data", "parameters", "libraries"):
        for key, value in manifest.get(section, {}).items():
            shown = ", ".join(f"{k} {v}" for k, v in value.items()) if isinstance(value, dict) else str(value)
            table.add_row(f"{section}: {key}", shown)
    table.add_row("format", f"{manifest['format']} (text {manifest['text_format']})")
    table.add_row("SHA-256", manifest["sha256"])
    return [table]


def new_table(first: str, *columns: str) -> Table:
    """Give a table whose first column holds names and the others figures."""
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    table.add_column(first)
    for column in columns:
        table.add_column(column, justify="right")
    return table


def interval_text(interval: Interval | None) -> str:
    """Write an interval with three decimals; nothing where there is none."""
    return "" if interval is None else f"{interval.low:.3f}–{interval.high:.3f}"
