"""How far plain and corrected shares are off when the mix of labels shifts, on text that nobody here wrote.

    python benchmarks/totals.py FOLDER [--draws 200] [--methods]

FOLDER holds labelled JSON lines (newswire_dev, council_dev, newsquotes_dev, news_sentiment_dev). For each file, samples
of 300 rows are drawn with label mixes taken evenly from all there are (the artificial-prevalence protocol: G. Forman,
Data Mining and Knowledge Discovery 17, 2008). ``own`` takes the confusions from the model's cross-validation, ``gold``
adds those of a random half of the file, the samples coming from the other half, ten times over: a rare label then has a
dozen rows on either side, drawn over and over, which is why its coverage is low. Bias is the largest mean error of a
label, MAE the mean absolute error of a share, coverage the part of shares that lie in their 95 % intervals.

``--methods`` compares the mean absolute error of other ways to correct, with the model's own confusions, measured here
out of fold by training the corpus once: the mean probability (PCC), the adjusted count by least squares (ACC), the same
of mean probabilities (PACC; A. Bella et al., ICDM 2010), the adjusted count by maximum likelihood (ML, which is
shipped), and the EM on posteriors (SLD; M. Saerens et al., Neural Computation 14, 2002).
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import numpy as np
from scipy.optimize import nnls

from stance import resources
from stance.dataset import build_corpus
from stance.evaluation import totals
from stance.predictor import load
from stance.training import TrainingConfig, train

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
    parser.add_argument("--methods", action="store_true")
    options = parser.parse_args()
    if options.methods:
        compare_methods(options.folder, options.draws)
        return
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
        gold, shares = labelled(predictor, path, head, classes)
        given = shares.argmax(axis=1)
        confusion = own[head][:classes, :classes]
        everything = np.ones(len(gold), bool)
        own_only = [(everything, totals.pooled_confusions(confusion))] * SPLITS
        report(f"{name} | {head} | own", gold, given, own_only, options.draws // SPLITS)
        report(f"{name} | {head} | gold", gold, given, halves(gold, given, confusion), options.draws // SPLITS)


def labelled(predictor, path: Path, head: str, classes: int):
    """Give gold columns and probabilities of the decided rows, over the first ``classes`` labels."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    rows = [row for row in rows if head in row]
    labels = list(predictor.heads[head])[:classes]
    predictions = list(predictor.predict_many(row["text"] for row in rows))
    decided = [i for i, p in enumerate(predictions) if p.status == "ok"]
    shares = np.array([[predictions[i].probabilities(head)[label] for label in labels] for i in decided])
    return np.array([labels.index(rows[i][head]) for i in decided]), shares / shares.sum(axis=1, keepdims=True)


def compare_methods(folder: Path, draws: int) -> None:
    """Print the mean absolute error of each method on each file."""
    predictor, trained = load(), train(build_corpus(resources.root()), TrainingConfig())
    print("| file | head | plain | PCC | ACC | PACC | ML | SLD |\n| --- | --- | --- | --- | --- | --- | --- | --- |")
    for name, head, classes in FILES:
        path = folder / f"{name}.jsonl"
        if not path.is_file():
            print(f"| {name} | {head} | skipped: {path} does not exist | | | | | |")
            continue
        gold, shares = labelled(predictor, path, head, classes)
        own = trained.heads[head]
        truth = np.array([own.labels.index(trained.dataset.statements[i].labels[head]) for i in own.tested])
        kept = truth < classes
        out_of_fold = own.probabilities[kept, :classes]
        out_of_fold /= out_of_fold.sum(axis=1, keepdims=True)
        errors = method_errors(gold, shares, truth[kept], out_of_fold, draws)
        print(f"| {name} | {head} | {' | '.join(f'{error:.3f}' for error in errors)} |")


def method_errors(gold, shares, truth, out_of_fold, draws: int):
    """Give the mean absolute error of each method over samples of shifted mixes."""
    generator = np.random.default_rng(0)
    k = shares.shape[1]
    hard = np.array([np.eye(k)[out_of_fold[truth == c].argmax(axis=1)].mean(axis=0) for c in range(k)])
    soft = np.array([out_of_fold[truth == c].mean(axis=0) for c in range(k)])
    prior = np.bincount(truth, minlength=k) / len(truth)
    places = [np.flatnonzero(gold == c) for c in range(k)]
    errors = []
    for _ in range(draws):
        sizes = generator.multinomial(SAMPLE, generator.dirichlet(np.ones(k)))
        drawn = shares[np.concatenate([generator.choice(own, size) for own, size in zip(places, sizes, strict=True)])]
        counts = np.bincount(drawn.argmax(axis=1), minlength=k)
        plain, mean = counts / SAMPLE, drawn.mean(axis=0)
        likely = totals.most_likely_mix(hard[None], counts[None].astype(float))[0]
        found = (plain, mean, solved(hard, plain), solved(soft, mean), likely, by_posteriors(drawn, prior))
        errors.append([np.abs(each - sizes / SAMPLE).mean() for each in found])
    return np.mean(errors, axis=0)


def solved(confusions, seen):
    """Give the mix on the simplex whose image under the confusions is nearest to what is seen."""
    mix, _ = nnls(np.vstack([confusions.T, np.full(len(seen), 1e3)]), np.append(seen, 1e3))
    return mix / mix.sum()


def by_posteriors(shares, prior):
    """Give the mix that the EM of Saerens and others settles on."""
    mix = prior
    for _ in range(500):
        weighed = shares * (mix / prior)
        mix = (weighed / weighed.sum(axis=1, keepdims=True)).mean(axis=0)
    return mix


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
