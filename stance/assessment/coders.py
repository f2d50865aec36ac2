"""Read two label columns of a file and compare them."""

from __future__ import annotations

from stance.errors import DatasetError, FileError
from stance.evaluation.agreement import CoderAgreement, agreement
from stance.labels import in_canonical_order
from stance.tables import read_rows


def agreement_in_file(path: str, coders: tuple[str, str], *, group: str | None = None, seed: int = 0) -> CoderAgreement:
    """Compare two columns of labels; a blank cell is a label that is missing.

    Parameters
    ----------
    group : a column whose equal values are resampled as a whole

    Raises
    ------
    FileError, RowError
        If the file cannot be read or lacks a column.
    DatasetError
        If no row has a label in both columns.
    """
    columns: dict[str, list[str | None]] = {name: [] for name in (*coders, *([group] if group else []))}
    for row in read_rows(path):
        for name, found in columns.items():
            if name not in row.values:
                present = ", ".join(f'"{each}"' for each in row.values)
                raise FileError(path, f'no column "{name}" in line {row.line} (there are: {present})', "Name another.")
            cell = row.values[name]
            found.append(None if cell is None else str(cell).strip() or None)
    first, second = columns[coders[0]], columns[coders[1]]
    if not any(a and b for a, b in zip(first, second, strict=True)):
        raise DatasetError([f'{path}: no row has a label in both "{coders[0]}" and "{coders[1]}".'])
    labels = in_canonical_order({label for label in [*first, *second] if label})
    return agreement(first, second, labels, coders=coders, groups=_units(columns.get(group or "")), seed=seed)


def _units(groups: list[str | None] | None) -> list[object] | None:
    """Give each row's group; rows without one stand alone."""
    return None if groups is None else [(place, None) if name is None else name for place, name in enumerate(groups)]
