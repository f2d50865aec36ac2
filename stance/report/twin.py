"""The JSON twin of the report: every figure of the page, unrounded, for programs."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from stance.evaluation.records import Evaluation

#: Half a character, as broken files hold them; no encoding can write one, but JSON has an escape for it.
_HALF_CHARACTER = re.compile("[\ud800-\udfff]")


def render_json(evaluation: Evaluation) -> str:
    """Give the evaluation as JSON with its ``schema_version``; the same evaluation gives the same characters.

    Returns
    -------
    str
        Indented by two, ending in a line feed, and always encodable as UTF-8. An interval is a list of two numbers
        or null.
    """
    written = json.dumps(evaluation.as_dict(), indent=2, ensure_ascii=False, allow_nan=False) + "\n"
    return _HALF_CHARACTER.sub(lambda half: f"\\u{ord(half.group()):04x}", written)
