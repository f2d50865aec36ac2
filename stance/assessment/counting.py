"""Count the labels of a file of predictions by value and period, and correct them for known confusions."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from stance.assessment.predictions import PredictedRow, period_of, read_predictions
from stance.dataset import load_labelled_file
from stance.errors import DatasetError, FileError, ModelError, RowError
from stance.evaluation.totals import Totals, pooled_confusions, totals
from stance.model.folder import METRICS
from stance.predictor import Predictor

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Confusions:
    """What a model takes for what: labels, pooled counts of shape (k, k), and where they come from."""

    labels: tuple[str, ...]
    counts: Floats
    source: str


def known_confusions(predictor: Predictor, head: str, *, gold: str | None = None, column: str = "text") -> Confusions:
    """Give a model's confusions in cross-validation, joined with those on a labelled file if there is one.

    Parameters
    ----------
    gold : file with a text column and a column named as the head, of the same kind of text as is to be counted

    Raises
    ------
    ModelError
        If the model's metrics.json does not hold the confusions of the head.
    DatasetError
        If no row of ``gold`` has a label of the head.
    RowError
        If a gold label is none of the model's.
    """
    labels, own = _cross_validated(predictor.path, head)
    if gold is None:
        return Confusions(labels, pooled_confusions(own), f"cross-validation of the model ({int(own.sum()):,} rows)")
    found = _on_gold(predictor, head, labels, gold, column)
    name = Path(gold).name
    return Confusions(
        labels, pooled_confusions(own, found), f"{name} ({int(found.sum()):,} decided rows) and the model"
    )


def totals_of_file(
    path: str,
    confusions: Confusions,
    *,
    head: str,
    by: str | None = None,
    over: str | None = None,
    date: str = "date",
    prefix: str = "",
    seed: int = 0,
) -> Totals:
    """Count and correct the labels of a file, one row in memory at a time.

    Raises
    ------
    FileError, RowError
        If the file cannot be read, lacks a column that is asked for, or has a label that is none of the model's.
    """
    place = {label: number for number, label in enumerate(confusions.labels)}
    counted: dict[tuple[str | None, str | None], list[int]] = {}
    for row in read_predictions(path, prefix=prefix):
        if not counted:
            _check_columns(row.values, path, {"--head": prefix + head, "--by": by, "--date": date if over else None})
        key = (_text(row.values.get(by)) if by else None, _period(row, path, over, date))
        counts = counted.setdefault(key, [0] * (len(place) + 1))
        counts[_column(row, path, head, place)] += 1
    if not counted:
        raise FileError(path, "there is not one quote in it", "Check that it is the file you mean.")
    return totals(
        counted,
        confusions.counts,
        head=head,
        labels=confusions.labels,
        by=by,
        over=over,
        confusions_from=confusions.source,
        seed=seed,
    )


def _cross_validated(folder: str, head: str) -> tuple[tuple[str, ...], Floats]:
    path = Path(folder) / METRICS
    try:
        own = next(each for each in json.loads(path.read_text("utf-8"))["heads"] if each["head"] == head)
        labels, table = tuple(own["labels"]), np.array(own["confusion"], float)[:, :-1]
        if table.shape != (len(labels), len(labels)):
            raise ValueError
    except (OSError, ValueError, KeyError, TypeError, IndexError, StopIteration):
        raise ModelError(
            path,
            f"it does not hold the cross-validated confusions of {head}",
            "Train the model again or fetch it again.",
        ) from None
    return labels, table


def _on_gold(predictor: Predictor, head: str, labels: tuple[str, ...], gold: str, column: str) -> Floats:
    place = {label: number for number, label in enumerate(labels)}
    rows = [s for s in load_labelled_file(gold, column=column) if head in s.labels]
    if not rows:
        raise DatasetError([f"{gold}: no row has a {head}. Label some rows, or leave --gold out."])
    table = np.zeros((len(labels), len(labels)))
    for s, prediction in zip(rows, predictor.predict_many(s.text for s in rows), strict=True):
        if s.labels[head] not in place:
            known = ", ".join(labels)
            raise RowError(
                gold, s.line, f'the {head} "{s.labels[head]}" is none of the model\'s ({known})', "Correct it."
            )
        given = prediction.label(head)
        if given is not None:
            table[place[s.labels[head]], place[given]] += 1
    return table


def _check_columns(values: Mapping[str, object], path: str, wanted: Mapping[str, str | None]) -> None:
    for option, name in wanted.items():
        if name is not None and name not in values:
            present = ", ".join(f'"{each}"' for each in values)
            raise FileError(path, f'no column "{name}" (there are: {present})', f"Name another with {option}.")


def _text(value: object) -> str | None:
    return None if value is None or not str(value).strip() else str(value).strip()


def _period(row: PredictedRow, path: str, over: str | None, date: str) -> str | None:
    return period_of(row.values.get(date), over, path, row.line) if over else None


def _column(row: PredictedRow, path: str, head: str, place: Mapping[str, int]) -> int:
    """Give the place of a row's label; the last place is for rows without one."""
    label = row.labels.get(head)
    if row.status != "ok" or label is None:
        return len(place)
    if label not in place:
        known = ", ".join(place)
        raise RowError(
            path,
            row.line,
            f'the {head} "{label}" is none of the model\'s ({known})',
            "Name the model that labelled the file with --model.",
        )
    return place[label]
