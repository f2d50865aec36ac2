"""Read a file of predictions: rows as ``stance predict`` and ``stance read`` write them, in any table format.

Knows nothing of what is made of them.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from stance.errors import FileError, RowError
from stance.labels import HEADS
from stance.tables import Row, read_rows

PERIODS = ("day", "month", "quarter", "year")
_REMEDY = "Give a file that stance predict --output wrote; --prefix names the prefix of its columns, if it has one."


@dataclass(frozen=True, slots=True)
class PredictedRow:
    """One labelled text of a file.

    Attributes
    ----------
    line : where the row stands; a quote stands where its article does
    status : ``ok``, or why there is no label
    labels : head to label; a head without a label is left out
    probabilities : head to label to probability; empty where the file has none
    known_terms : None where the file does not say
    values : every column, those of an article among those of its quotes
    """

    line: int
    status: str
    labels: Mapping[str, str]
    probabilities: Mapping[str, Mapping[str, float]]
    known_terms: int | None
    values: Mapping[str, Any]


def read_predictions(path: str, *, prefix: str = "") -> Iterator[PredictedRow]:
    """Yield the labelled rows of a file; an article yields one row a quote.

    Parameters
    ----------
    prefix : what ``stance predict --prefix`` put before the output columns

    Raises
    ------
    FileError
        If the file cannot be read, or its first row has no label column.
    RowError
        If a row cannot be read.
    """
    seen = False
    for row in read_rows(path):
        for values in _texts(row, path):
            if not seen and not any(prefix + head in values for head in HEADS):
                present = ", ".join(f'"{name}"' for name in values)
                wanted = " nor ".join(f'"{prefix}{head}"' for head in HEADS)
                raise FileError(path, f"neither a column {wanted} (there are: {present})", _REMEDY)
            seen = True
            yield _predicted(Row(row.line, values), path, prefix)


def period_of(value: object, unit: str, path: str, line: int) -> str | None:
    """Give the day, month, quarter or year of an ISO date (2016, 2016-05, 2016-05-09, with or without a time).

    Returns
    -------
    str or None
        ``2016-05-09``, ``2016-05``, ``2016-Q2`` or ``2016``; None where the value is blank.

    Raises
    ------
    RowError
        If the value is no ISO date, or is coarser than the unit.
    """
    text = "" if value is None else str(value).strip()
    if not text:
        return None
    day = text.partition("T")[0].partition(" ")[0]
    try:
        parsed = date.fromisoformat(day + {4: "-01-01", 7: "-01"}.get(len(day), ""))
    except ValueError:
        raise RowError(
            path, line, f'"{text}" is no ISO date', "Write dates as 2016-05-09, or name another column with --date."
        ) from None
    if len(day) < {"day": 8, "month": 7, "quarter": 7, "year": 4}[unit]:
        raise RowError(path, line, f'"{text}" names no {unit}', "Give whole dates, or use --over year.")
    quarter = f"{parsed.year:04d}-Q{(parsed.month + 2) // 3}"
    return {"day": parsed.isoformat(), "month": parsed.isoformat()[:7], "quarter": quarter}.get(unit, text[:4])


def _texts(row: Row, path: str) -> Iterator[dict[str, Any]]:
    quotes = row.values.get("quotes")
    if quotes is None:
        yield row.values
        return
    if not isinstance(quotes, list) or not all(isinstance(quote, dict) for quote in quotes):
        raise RowError(path, row.line, '"quotes" is no list of quotes', "Give the .jsonl that stance read wrote.")
    article = {name: value for name, value in row.values.items() if name != "quotes"}
    for quote in quotes:
        yield {**article, **quote}


def _predicted(row: Row, path: str, prefix: str) -> PredictedRow:
    values = row.values
    labels = {head: str(values[prefix + head]) for head in HEADS if values.get(prefix + head) not in (None, "")}
    status = values.get(prefix + "status")
    return PredictedRow(
        line=row.line,
        status=str(status) if status else ("ok" if labels else "undecided"),
        labels=labels,
        probabilities={head: found for head in HEADS if (found := _probabilities(row, path, prefix + head))},
        known_terms=_whole(row, path, prefix + "known_terms"),
        values=values,
    )


def _probabilities(row: Row, path: str, name: str) -> dict[str, float]:
    """Give the probabilities of one head: one column of a dict, or one column a label."""
    given = row.values.get(f"{name}_probabilities")
    if isinstance(given, str) and given:
        given = _json(given)
    if given in (None, ""):
        start = f"{name}_"
        given = {
            key[len(start) :]: cell for key, cell in row.values.items() if key.startswith(start) and _is_share(cell)
        }
    if not isinstance(given, dict):
        raise RowError(path, row.line, f'"{name}_probabilities" is no object of label and number', _REMEDY)
    try:
        return {str(label): float(share) for label, share in given.items()}
    except (TypeError, ValueError):
        raise RowError(path, row.line, f'"{name}_probabilities" holds what is no number', _REMEDY) from None


def _json(text: str) -> object:
    try:
        return json.loads(text)
    except ValueError:
        return text


def _is_share(cell: object) -> bool:
    try:
        return 0 <= float(cell) <= 1  # type: ignore[arg-type]
    except (TypeError, ValueError):
        return False


def _whole(row: Row, path: str, name: str) -> int | None:
    cell = row.values.get(name)
    if cell in (None, ""):
        return None
    try:
        return int(cell)
    except (TypeError, ValueError):
        raise RowError(path, row.line, f'"{name}" is no whole number: "{cell}"', _REMEDY) from None
