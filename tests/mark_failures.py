"""Mark the reversal pairs that the default model does not tell apart: ``python tests/mark_failures.py``."""

from __future__ import annotations

import json
from collections import defaultdict
from itertools import chain
from pathlib import Path

import stance

PATH = Path(__file__).parent / "cases" / "suites" / "reversals.jsonl"


def main() -> None:
    """Rewrite the marks and print the pass rates."""
    model = stance.load()
    cases = [json.loads(line) for line in PATH.read_text("utf-8").splitlines()]
    passed: dict[str, list[bool]] = defaultdict(list)
    sentences = 0
    for case in cases:
        case.pop("fails", None)
        right = [model.predict(case[side]).stance == case[f"stance_{side}"] for side in ("one", "other")]
        sentences += sum(right)
        passed[case["trait"]].append(all(right))
        if not all(right):
            case["fails"] = True
    PATH.write_text("".join(json.dumps(case, ensure_ascii=False) + "\n" for case in cases), "utf-8")
    passed = {**dict(sorted(passed.items())), "all": list(chain.from_iterable(passed.values()))}
    for trait, own in passed.items():
        print(f"{trait:20} {sum(own):3} of {len(own):3} pairs, {sum(own) / len(own):.0%}")  # noqa: T201
    print(f"single sentences: {sentences / 2 / len(cases):.0%}")  # noqa: T201


if __name__ == "__main__":
    main()
