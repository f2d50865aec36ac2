"""Rows in and out of files of any size: JSON lines, CSV, TSV, plain lines, Parquet (extra).

Every format is a reader that yields :class:`Row` one at a time and a writer that takes plain dicts; both hold one
row in memory. Errors name file and line. Knows nothing of labels.
"""

from stance.tables.base import Row, Writer
from stance.tables.columns import rows_with
from stance.tables.open import FORMATS, format_of, open_writer, read_rows

__all__ = ["FORMATS", "Row", "Writer", "format_of", "open_writer", "read_rows", "rows_with"]
