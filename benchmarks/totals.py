"""How far plain and corrected shares are off when the mix of labels shifts, on text that nobody here wrote.

    python benchmarks/totals.py FOLDER [--draws 200]

FOLDER holds labelled JSON lines (newswire_dev, council_dev, newsquotes_dev, news_sentiment_dev). For each file, samples
of 300 rows are drawn with label mixes taken evenly from all there are (the artificial-prevalence protocol: G. Forman,
Data Mining and Knowledge Discovery 17, 2008). ``own`` takes the confusions from the model's cross-validation, ``gold``
adds those of a random half of the file, the samples coming from the other half, ten times over: a rare label then has a
dozen rows on either side, drawn over and over, which is why its coverage is low. Bias is the largest mean error of a
label, MAE the mean absolute error of a share, coverage the part of shares that lie in their 95 % intervals.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import numpy as np

from stance.evaluation import totals
from stance.predictor import load

FILES = [
    ("newswire_dev", "stance", 3),
    ("council_dev", "stance", 4),
    ("newsquotes_dev", "stance", 4),
    ("council_dev", "sentiment", 3),
    ("newsquotes_dev", "sentiment", 3),
    ("news_sentiment_dev", "sentiment", 3),
]
SAMPLE, SPLITS = 300, 10


def main() -> None:
    """Print the table, or why there is none."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--draws", type=int, default=200)
    options = parser.parse_args()
    predictor = load()
    metrics = json.loads((Path(predictor.path) / "metrics.json").read_text(encoding="utf-8"))
    own = {head["head"]: np.array(head["confusion"], float)[:, :-1] for head in metrics["heads"]}
    print("| file | head | confusions | plain bias | corrected bias | plain MAE | corrected MAE | coverage |")
    print("| --- | --- | --- | --- | --- | --- | --- | --- |")
    for name, head, classes in FILES:
        path = options.folder / f"{name}.jsonl"
        if not path.is_file():
            print(f"| {name} | {head} | skipped: {path} does not exist | | | | | |")
            continue
        gold, given = labelled(predictor, path, head, classes)
        confusion = own[head][:classes, :classes]
        everything = np.ones(len(gold), bool)
        own_only = [(everything, totals.pooled_confusions(confusion))] * SPLITS
        report(f"{name} | {head} | own", gold, given, own_only, options.draws // SPLITS)
        report(f"{name} | {head} | gold", gold, given, halves(gold, given, confusion), options.draws // SPLITS)


def labelled(predictor, path: Path, head: str, classes: int):
    """Give gold and predicted columns of the decided rows; the best of the first ``classes`` labels is taken."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    rows = [row for row in rows if head in row]
    labels = list(predictor.heads[head])[:classes]
    predictions = list(predictor.predict_many(row["text"] for row in rows))
    decided = [i for i, p in enumerate(predictions) if p.status == "ok"]
    shares = np.array([[predictions[i].probabilities(head)[label] for label in labels] for i in decided])
    return np.array([labels.index(rows[i][head]) for i in decided]), shares.argmax(axis=1)


def halves(gold, given, confusion):
    """Give, ten times over, a random half to draw from and the confusions of the other half joined with the model's."""
    generator = np.random.default_rng(1)
    for _ in range(SPLITS):
        drawn_from = generator.permutation(len(gold)) < len(gold) // 2
        table = np.zeros_like(confusion)
        np.add.at(table, (gold[~drawn_from], given[~drawn_from]), 1)
        yield drawn_from, totals.pooled_confusions(confusion, table)


def report(name: str, gold, given, parts, draws: int) -> None:
    """Print one line: the mean over parts of the file and samples of each."""
    generator = np.random.default_rng(0)
    plain, better, inside = [], [], []
    for drawn_from, confusion in parts:
        k = len(confusion)
        drawn = totals.drawn_confusions(confusion, generator)
        places = [np.flatnonzero(drawn_from & (gold == c)) for c in range(k)]
        for _ in range(draws):
            sizes = generator.multinomial(SAMPLE, generator.dirichlet(np.ones(k)))
            rows = np.concatenate([generator.choice(own, size) for own, size in zip(places, sizes, strict=True)])
            counts = np.bincount(given[rows], minlength=k)
            middle, low, high = totals.corrected(counts, drawn, generator)
            truth = sizes / SAMPLE
            plain.append(counts / SAMPLE - truth)
            better.append(middle - truth)
            inside.append((low <= truth) & (truth <= high))
    bias = [np.abs(np.mean(errors, axis=0)).max() for errors in (plain, better)]
    mae = [np.abs(errors).mean() for errors in (plain, better)]
    figures = " | ".join(f"{value:.3f}" for value in (*bias, *mae))
    print(f"| {name} | {figures} | {np.mean(inside):.2f} |")


if __name__ == "__main__":
    main()
