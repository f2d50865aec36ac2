"""A file of any size through the predictor, a row at a time, in constant memory.

One output row for each input row, in order; the input's own columns pass through untouched.
Knows nothing of what the labels mean.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import tee
from typing import Any

from stance.additions import Addition, add_cells, added_columns
from stance.predictor import Predictor
from stance.records import Prediction
from stance.tables import format_of, open_writer, rows_with


def predict_file(
    predictor: Predictor,
    source: str,
    target: str,
    *,
    column: str = "text",
    prefix: str = "",
    force: bool = False,
    additions: Sequence[Addition] = (),
    progress: Callable[[int], None] = lambda _: None,
) -> int:
    """Label the rows of ``source`` and write them to ``target``.

    Parameters
    ----------
    column : the input column that holds the text
    prefix : put before the name of each output column
    force : replace ``target`` if it exists
    additions : what else to say of each row
    progress : called with the number of rows done, every thousand

    Returns
    -------
    int
        Number of rows.

    Raises
    ------
    FileError, RowError
        If a file cannot be read or written, lacks the column, or has a column named like an output column.
        ``target`` is then as it was.
    UsageError
        If two output columns would have the same name.
    """
    flat = format_of(target) != "jsonl"
    rows = 0
    with open_writer(target, force=force) as writer:
        for row in labelled_rows(predictor, source, column=column, prefix=prefix, flat=flat, additions=additions):
            writer.write(row)
            rows += 1
            if rows % 1_000 == 0:
                progress(rows)
    return rows


def labelled_rows(
    predictor: Predictor,
    source: str,
    *,
    column: str = "text",
    prefix: str = "",
    flat: bool = False,
    additions: Sequence[Addition] = (),
) -> Iterator[dict[str, Any]]:
    """Yield the rows of a file with the prediction's columns added.

    Parameters
    ----------
    flat : one column a probability (``stance_critical``) instead of one dict a head
    additions : as in :func:`predict_file`

    Raises
    ------
    FileError, RowError, UsageError
        As :func:`predict_file`.
    """
    names = added_columns(output_columns(predictor, flat=flat), additions, flat=flat)
    added = {prefix + name for name in names}
    rows, ahead = tee(rows_with(source, column, added, flat=flat))
    predictions = predictor.predict_many(_text(row.values.get(column)) for row in ahead)
    for row, prediction in zip(rows, predictions, strict=True):
        found = _flat(prediction) if flat else prediction.as_dict()
        found.pop("text", None)
        found["status"] = _status(prediction, row.values.get(column))
        add_cells(found, prediction, additions, flat=flat)
        yield {**row.values, **{prefix + name: cell for name, cell in found.items()}}


def output_columns(predictor: Predictor, *, flat: bool) -> list[str]:
    """Give the names of the columns that a prediction adds, in order, without prefix."""
    names = ["status"]
    for head, labels in predictor.heads.items():
        names += [head, *(f"{head}_{label}" for label in labels)] if flat else [head, f"{head}_probabilities"]
    return [*names, "known_terms", "reason"]


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _status(prediction: Prediction, value: object) -> str:
    """Give the status; a value that is no text (a number, a list) is told as such, null is empty."""
    return prediction.status if isinstance(value, str) or value is None else f"not text: {type(value).__name__}"


def _flat(prediction: Prediction) -> dict[str, Any]:
    row: dict[str, Any] = {"status": prediction.status}
    for head in ("stance", "sentiment"):
        if prediction.probabilities(head):
            row[head] = prediction.label(head)
            row.update({f"{head}_{label}": round(p, 6) for label, p in prediction.probabilities(head).items()})
    row["known_terms"] = prediction.known_terms
    row["reason"] = prediction.reason
    return row
