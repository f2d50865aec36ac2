"""Columns beyond those of a prediction: explanations, promises. One mechanism for files, streams and the screen.

Knows nothing of what they say.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Protocol

from stance.errors import UsageError
from stance.records import Prediction


class Addition(Protocol):
    """Something more to say of each prediction."""

    def columns(self, *, flat: bool) -> list[str]:
        """Give the names of its columns, for a table (``flat``) or for JSON."""

    def cells(self, prediction: Prediction, *, flat: bool) -> dict[str, Any]:
        """Give the cells of these columns, and of those of the prediction that it changes."""


def added_columns(names: Sequence[str], additions: Iterable[Addition], *, flat: bool) -> list[str]:
    """Give the names of a prediction's columns and those of the additions.

    Raises
    ------
    UsageError
        If an addition's column has the name of one of the prediction, as a label "set" would make it.
    """
    result = list(names)
    for name in [name for addition in additions for name in addition.columns(flat=flat)]:
        if name in result:
            raise UsageError(f'Two output columns would be called "{name}", one after a label; write .jsonl instead.')
        result.append(name)
    return result


def add_cells(
    row: dict[str, Any], prediction: Prediction, additions: Iterable[Addition], *, flat: bool
) -> dict[str, Any]:
    """Give the row with what the additions say."""
    for addition in additions:
        row.update(addition.cells(prediction, flat=flat))
    return row
