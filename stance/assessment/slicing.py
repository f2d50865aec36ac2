"""Which parts of the rows are worth scoring apart: columns of the file, length, words known."""

from __future__ import annotations

from collections.abc import Sequence

from stance.errors import UsageError
from stance.records import Prediction, Statement
from stance.text import word_tokens

#: Columns that are sliced by without being asked for, where a file has them.
USUAL = ("kind", "register", "trait", "topic")
_LENGTHS = ((10, "1\N{EN DASH}9 words"), (20, "10\N{EN DASH}19 words"), (30, "20\N{EN DASH}29 words"))
_LONGEST = "30 words and more"
_KNOWN = ((3, "0\N{EN DASH}2 words known"), (6, "3\N{EN DASH}5 words known"), (11, "6\N{EN DASH}10 words known"))
_MOST_KNOWN = "11 words known and more"


def slice_columns(
    statements: Sequence[Statement], wanted: Sequence[str] = (), predictions: Sequence[Prediction] | None = None
) -> dict[str, list[str | None]]:
    """Give the columns to slice by: those asked for, the usual ones that vary, length and words known.

    Parameters
    ----------
    wanted : columns of the file, one of them at least in some row
    predictions : one a statement, for the words known; None leaves these out

    Raises
    ------
    UsageError
        If no row has a column that is asked for.
    """
    columns = {name: _values(statements, name) for name in dict.fromkeys([*wanted, *USUAL])}
    for name in wanted:
        if not any(columns[name]):
            known = ", ".join(sorted({key for s in statements for key in s.traits})) or "none"
            raise UsageError(f"--slice {name}: no row has such a column. There are: {known}.")
    kept = {name: values for name, values in columns.items() if name in wanted or len(set(values)) > 1}
    kept["length"] = [_band(len(word_tokens(s.text)), _LENGTHS, _LONGEST) for s in statements]
    if predictions is not None:
        kept["known words"] = [_band(p.known_terms, _KNOWN, _MOST_KNOWN) for p in predictions]
    return kept


def _values(statements: Sequence[Statement], name: str) -> list[str | None]:
    if name == "kind":
        return [s.kind for s in statements]
    return [s.traits.get(name) for s in statements]


def _band(number: int, bands: Sequence[tuple[int, str]], last: str) -> str:
    return next((name for limit, name in bands if number < limit), last)
