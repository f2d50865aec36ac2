"""The stock way to train: TfidfVectorizer and default LogisticRegression in GridSearchCV, same grid, same folds.

It cross-validates and refits both heads and saves them. It does not calibrate, bootstrap or write a card, which
`stance train` does within the time it is given.
"""

import sys
import warnings

import joblib
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GridSearchCV
from sklearn.pipeline import Pipeline

from stance import resources
from stance.dataset import build_corpus
from stance.training import TrainingConfig
from stance.training.folds import split

warnings.filterwarnings("ignore")  # lbfgs reaches its default limit of 100 iterations at the larger C


def main(target: str) -> None:
    """Train both heads and save them to ``target``."""
    statements = build_corpus(resources.root()).statements
    config = TrainingConfig()
    texts = [s.text for s in statements]
    found = {}
    for head in ("stance", "sentiment"):
        folds = [(fold.train, fold.test) for fold in split(statements, head, folds=config.folds, seed=config.seed)]
        pipeline = Pipeline(
            [
                ("tfidf", TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True)),
                ("classifier", LogisticRegression()),
            ]
        )
        search = GridSearchCV(
            pipeline, {"classifier__C": list(config.grid)}, cv=folds, scoring="f1_macro", n_jobs=config.jobs
        )
        found[head] = search.fit(texts, [s.labels[head] for s in statements]).best_estimator_
    joblib.dump(found, target)


if __name__ == "__main__":
    main(sys.argv[1])
