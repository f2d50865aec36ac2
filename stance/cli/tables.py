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
from stance.evaluation import Evaluation, HeadEvaluation, Interval
from stance.evaluation.quotes import TrackScore


def show(*parts: RenderableType) -> None:
    """Print on standard output, plain where it is no terminal."""
    opened = partial(Console, highlight=False, markup=False, emoji=False)  # labels may hold what rich takes for markup
    console = opened()
    if not console.is_terminal:
        console = opened(width=110)
    for part in parts:
        console.print(part)


def evaluation_tables(evaluation: Evaluation) -> list[RenderableType]:
    """Give the title, the method and one table a head."""
    parts: list[RenderableType] = [Text(evaluation.title, style="bold"), evaluation.method, ""]
    for head in evaluation.heads:
        parts += [_scores(head), _summary(head), ""]
    return parts


def _scores(head: HeadEvaluation) -> Table:
    table = _table(head.head, "precision", "recall", "F1", "95 % interval", "rows")
    for c in head.classes:
        table.add_row(
            c.label, f"{c.precision:.3f}", f"{c.recall:.3f}", f"{c.f1:.3f}", _interval(c.f1_interval), f"{c.support:,}"
        )
    table.add_section()
    table.add_row(
        "macro-F1",
        "",
        "",
        f"{head.macro_f1:.3f}",
        _interval(head.macro_f1_interval),
        f"{head.rows:,}",
        style="bold",
    )
    for baseline in head.baselines:
        table.add_row(f"  {baseline.name}", "", "", f"{baseline.macro_f1:.3f}", "", "", style="dim")
    return table


def _summary(head: HeadEvaluation) -> str:
    error = "too few rows to say" if head.calibration_error is None else f"{head.calibration_error:.3f}"
    return (
        f"accuracy {head.accuracy:.3f} · calibration error {error} · log-loss {head.log_loss:.3f} · "
        f"undecided {head.undecided:,} · groups {head.groups:,}"
    )


def quote_tables(articles: int, scores: Sequence[TrackScore]) -> list[RenderableType]:
    """Give the scores of the quote extractor, one table a track."""
    parts: list[RenderableType] = [Text(f"Quotes of {articles:,} articles", style="bold"), ""]
    for track in scores:
        table = _table(track.track, "precision", "recall", "F1")
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
        table = _table(head, *labels, "all")
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
        table = _table(what, "rows", *dataset.heads)
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


def _table(first: str, *columns: str) -> Table:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    table.add_column(first)
    for column in columns:
        table.add_column(column, justify="right")
    return table


def _interval(interval: Interval | None) -> str:
    return "" if interval is None else f"{interval.low:.3f}–{interval.high:.3f}"
