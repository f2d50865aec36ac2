"""What each part of the model is worth on text that nobody here wrote: one change at a time.

    python benchmarks/experiments.py FOLDER [--curve]

FOLDER holds labelled JSON lines (newswire_dev, council_dev, newsquotes_dev, news_sentiment_dev). Every row trains the
corpus of this checkout with seed 0 and prints macro-F1; undecided rows count as missed. ``--curve`` trains on parts of
the corpus instead, phrases and statements separately.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from sklearn.metrics import f1_score

from stance.dataset import Dataset, build_corpus
from stance.predictor import Predictor
from stance.publish import predictor_of
from stance.records import Statement
from stance.text import analysis, units
from stance.training import TrainingConfig, features, solve, train, vectors

ROOT = Path(__file__).parent.parent
#: One C and two folds: the folds only serve the temperature, which moves no label.
BASE = TrainingConfig(folds=2, grid=(2.0,))
STANCES = ("escalatory", "diplomatic", "critical", "none")
FILES = {
    ("newswire_dev", "stance"): STANCES[:3],
    ("council_dev", "stance"): STANCES,
    ("newsquotes_dev", "stance"): STANCES,
    ("news_sentiment_dev", "sentiment"): ("negative", "neutral", "positive"),
    ("council_dev", "sentiment"): ("negative", "neutral", "positive"),
    ("newsquotes_dev", "sentiment"): ("negative", "neutral", "positive"),
}


@contextmanager
def patched(module: object, name: str, value: object) -> Iterator[None]:
    """Replace a constant for one experiment."""
    before = getattr(module, name)
    setattr(module, name, value)
    units._READINGS.clear()
    vectors.load.cache_clear()
    try:
        yield
    finally:
        setattr(module, name, before)
        units._READINGS.clear()
        vectors.load.cache_clear()


def predictor(dataset: Dataset, config: TrainingConfig) -> Predictor:
    """Train and give what would be shipped."""
    return predictor_of(train(dataset, config))


def scores(model: Predictor, folder: Path) -> list[float]:
    """Give macro-F1 for each of FILES; where a file has fewer classes, the others are left out of the choice."""
    found = []
    for (name, head), labels in FILES.items():
        rows = [json.loads(line) for line in (folder / f"{name}.jsonl").read_text("utf-8").splitlines()]
        rows = [row for row in rows if row.get(head)]
        given = []
        for prediction in model.predict_many(row["text"] for row in rows):
            own = prediction.probabilities(head)
            given.append(max(labels, key=own.__getitem__) if prediction.status == "ok" else "undecided")
        found.append(f1_score([row[head] for row in rows], given, labels=labels, average="macro", zero_division=0))
    return found


def balanced(strength: float) -> object:
    """Give the classifier with classes weighed by their inverse frequency."""
    return solve.new_classifier(strength).set_params(class_weight="balanced")


def experiments(dataset: Dataset, folder: Path) -> None:
    """Print the table."""

    def row(what: str, config: TrainingConfig = BASE) -> None:
        show(what, scores(predictor(dataset, config), folder))

    original = solve.new_classifier
    row("the shipped settings")
    row("no gate: other worlds taught as the stance none", replace(BASE, fewest_off_topic=len(dataset.statements)))
    for odds in (1.0, 4.0):
        row(f"gate at odds of {odds:g} to 1", replace(BASE, politics_odds=odds))
    row("TF-IDF terms alone", replace(BASE, vector_weight=0.0))
    row("without the leading act", replace(BASE, leading_act=False))
    with patched(analysis, "SHIFTERS", analysis.NEGATORS):
        row("scope of negators only")
    with patched(analysis, "SHIFTERS", frozenset()), patched(analysis, "_NO_SHIFTER", lambda _: True):
        row("no scope at all")
    with patched(analysis, "SCOPE", 5):
        row("scope of five words")
    for weight in (0.25, 1.0):
        row(f"vectors weighed {weight:g}", replace(BASE, vector_weight=weight))
    for smoothing in (1e-2, 1e-4):
        with patched(vectors, "SMOOTHING", smoothing):
            row(f"frequency smoothing {smoothing:g}")
    for strongest in (0.8, 0.95):
        with patched(features, "STRONGEST", strongest):
            row(f"leading words from the strongest {1 - strongest:.0%}")
    for weight in (0.5, 2.0):
        row(f"phrases weighed {weight:g}", replace(BASE, phrase_weight=weight))
    for strength in (1.0, 4.0, 8.0):
        row(f"C = {strength:g}", replace(BASE, grid=(strength,)))
    row("terms in two texts or more", replace(BASE, min_count=2))
    with patched(solve, "new_classifier", lambda c: original(c).set_params(class_weight="balanced")):
        row("classes weighed to balance")


def curve(dataset: Dataset, folder: Path) -> None:
    """Print the learning curve."""
    for percent in (12, 25, 50, 100):
        for what, kinds in (
            ("everything", ("statement", "phrase")),
            ("statements", ("statement",)),
            ("phrases", ("phrase",)),
        ):
            if percent == 100 and what != "everything":
                continue
            part = Dataset(tuple(s for s in dataset.statements if s.kind not in kinds or _place(s) < percent / 100))
            show(f"{percent} % of {what} ({len(part.statements):,} rows)", scores(predictor(part, BASE), folder))
    for what, kinds in (("statements alone", ("phrase",)), ("phrases alone", ())):
        if kinds:
            part = Dataset(tuple(s for s in dataset.statements if s.kind not in kinds))
            show(f"{what} ({len(part.statements):,} rows)", scores(predictor(part, BASE), folder))


def _place(statement: Statement) -> float:
    """Give a fixed place in [0, 1) for a text, evenly spread."""
    return int(hashlib.sha256(statement.text.encode()).hexdigest()[:8], 16) / 16**8


def show(what: str, found: list[float]) -> None:
    """Print one row."""
    cells = " | ".join(f"{score:.3f}" for score in [*found, sum(found) / len(found)])
    print(f"| {what} | {cells} |", flush=True)


def main() -> None:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--curve", action="store_true")
    options = parser.parse_args()
    dataset = build_corpus(ROOT)
    print("| what | " + " | ".join(f"{name.removesuffix('_dev')} {head}" for name, head in FILES) + " | mean |")
    print("| --- |" + " --- |" * (len(FILES) + 1))
    run: Callable[[Dataset, Path], None] = curve if options.curve else experiments
    run(dataset, options.folder)


if __name__ == "__main__":
    sys.exit(main())
