"""How often the deletion that an explanation names is as small as the smallest there is, by trying all sets of words.

Counted on texts of the suites, each head of each, wherever some set of up to three words changes the label.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from itertools import combinations
from pathlib import Path

import stance
from stance.explaining.deletion import without
from stance.predictor import Predictor
from stance.text.units import spans_of_words

#: Trying all sets of four words of one text takes as long as all of three of ten.
_MOST = 3
_SUITES = Path(__file__).parent.parent / "tests" / "cases" / "suites"


def main(folder: str) -> None:
    """Print a line for each smallest size: how many cases, and in how many of them each size was found."""
    predictor = stance.load(folder)
    sizes: dict[int, Counter[int]] = {size: Counter() for size in range(1, _MOST + 1)}
    for text in _texts():
        for head, smallest in _smallest(predictor, text).items():
            found = predictor.reasons(text, head).deletion
            sizes[smallest][len(found.words) if found else 0] += 1
    for size, found_sizes in sizes.items():
        print(json.dumps({"smallest": size, "cases": found_sizes.total(), "found": dict(sorted(found_sizes.items()))}))
    as_small = sum(found_sizes[size] for size, found_sizes in sizes.items())
    print(json.dumps({"as_small": round(as_small / sum(each.total() for each in sizes.values()), 4)}))


def _texts() -> list[str]:
    rows = [
        json.loads(line)
        for name in ("noise", "reversals", "off_topic")
        for line in (_SUITES / f"{name}.jsonl").read_text("utf-8").splitlines()
    ]
    return list(dict.fromkeys(row[key] for row in rows for key in ("text", "one", "other") if key in row))


def _smallest(predictor: Predictor, text: str) -> dict[str, int]:
    """Give for each head the size of the smallest set that changes the label, if one of up to three words does."""
    own = predictor.predict(text)
    missing = {head for head in predictor.heads if own.label(head)}
    sizes: dict[str, int] = {}
    for size in range(1, _MOST + 1):
        for words in combinations(spans_of_words(text), size):
            if not missing:
                return sizes
            given = predictor.predict(without(text, words))
            for head in [head for head in missing if given.label(head) not in (None, own.label(head))]:
                sizes[head] = size
                missing.remove(head)
    return sizes


if __name__ == "__main__":
    main(sys.argv[1])
