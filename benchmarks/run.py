"""Measure everything that the README claims about speed and size: ``python benchmarks/run.py``.

Prints one Markdown table. A full run takes some five minutes; ``--quick`` has fewer rounds and 100,000 rows in place
of a million. Imports nothing heavy: a child's peak memory cannot be measured below its parent's.
"""

from __future__ import annotations

import argparse
import json
import platform
import tempfile
from pathlib import Path
from types import SimpleNamespace

from measure import Pair, output_of, pair, run, script, stance

TEXT = "We remain open to negotiations towards that goal."


def main() -> None:
    """Run all benchmarks and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true")
    quick = parser.parse_args().quick
    rounds = 5 if quick else 15
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        model = folder / "model"
        rows = [
            *_training(folder, model, 1 if quick else 3),
            *_cold(model, rounds),
            *_warm(model),
            _stream(folder, 100_000 if quick else 1_000_000),
        ]
    print(f"{platform.machine()}, Python {platform.python_version()}, medians; ratios taken pair by pair\n")
    print("| what | stance | compared with | ratio | wanted |\n| --- | --- | --- | --- | --- |")
    for row in rows:
        print("| " + " | ".join(row) + " |")


def _training(folder: Path, model: Path, rounds: int) -> list[list[str]]:
    found = pair(
        stance("train", "--output", str(model)), script("stock_train.py", str(folder / "stock.joblib")), rounds
    )
    return [_row("`stance train` on the corpus", found, "stock GridSearchCV", "≤ 0.33")]


def _cold(model: Path, rounds: int) -> list[list[str]]:
    bare = script("bare_typer.py", TEXT)
    predict = pair(stance("predict", TEXT), bare, rounds)
    shown = pair(stance("--help"), bare, rounds)
    usual = pair(script("usual_predict.py", str(model), TEXT), bare, rounds)
    return [
        _row("`stance predict`, cold", predict, "bare Typer application", "≤ 1.35"),
        _row("`stance --help`, cold", shown, "bare Typer application", "≤ 1.35"),
        _row("the usual way (Typer, joblib, scikit-learn), cold", usual, "bare Typer application", "–"),
        [
            "peak memory of `stance predict`",
            f"{predict.a.peak:.0f} MiB",
            f"usual way {usual.a.peak:.0f} MiB",
            "–",
            "≤ 45 MiB",
        ],
    ]


def _warm(model: Path) -> list[list[str]]:
    found = SimpleNamespace(**json.loads(output_of(script("warm.py", str(model)))))
    return [
        [
            "one text at a time, both heads",
            f"{found.single:.0f} µs",
            f"scikit-learn {found.single_sklearn:.0f} µs",
            f"{found.single_ratio:.1f} × faster",
            "≥ 15 ×",
        ],
        [
            "the same against one head of scikit-learn",
            f"{found.single:.0f} µs",
            "both heads here, one there",
            f"{found.single_ratio_one_head:.1f} × faster",
            "–",
        ],
        [
            "batch, both heads",
            f"{found.batch:.0f} µs a text",
            f"scikit-learn {found.batch_sklearn:.0f} µs",
            f"{found.batch_ratio:.2f} × faster",
            "≥ 1.5 ×",
        ],
        ["largest difference of a probability", f"{found.largest_difference:.0e}", "scikit-learn", "–", "≤ 1e-6"],
    ]


def _stream(folder: Path, rows: int) -> list[str]:
    few, many = _rows_file(folder, 10_000), _rows_file(folder, rows)
    small, large = (
        run(stance("predict", "--input", str(path), "--output", str(path.with_suffix(".out.jsonl"))))
        for path in (few, many)
    )
    return [
        f"peak memory, {rows:,} rows of JSONL",
        f"{large.peak:.0f} MiB ({rows / large.wall:,.0f} rows/s)",
        f"10,000 rows: {small.peak:.0f} MiB",
        f"{large.peak / small.peak:.2f}",
        "≤ 1.20",
    ]


def _rows_file(folder: Path, rows: int) -> Path:
    path = folder / f"{rows}.jsonl"
    run(script("make_rows.py", str(path), str(rows)))
    return path


def _row(what: str, found: Pair, other: str, wanted: str) -> list[str]:
    return [what, f"{found.a.wall:.2f} s", f"{other} {found.b.wall:.2f} s", f"{found.ratio:.2f}", wanted]


if __name__ == "__main__":
    main()
