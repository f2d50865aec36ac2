"""Time scikit-learn's solvers of logistic regression on the corpus: why training uses newton-cg."""

import time
import warnings

from sklearn.linear_model import LogisticRegression
from threadpoolctl import threadpool_limits

from stance import resources
from stance.dataset import build_corpus
from stance.training import counts


def main() -> None:
    """Print one line a setting: C, BLAS threads, solver, seconds, iterations."""
    warnings.filterwarnings("ignore")
    statements = build_corpus(resources.root()).statements
    counted, _ = counts.count_terms([s.text for s in statements])
    weighted = counts.weigh(counted, counts.inverse_document_frequencies(counted))
    labels = [s.labels["stance"] for s in statements]
    for strength in (4.0, 16.0):
        for threads in (1, 2):
            for solver in ("newton-cg", "lbfgs"):
                classifier = LogisticRegression(C=strength, solver=solver, class_weight="balanced", max_iter=5_000)
                begin = time.perf_counter()
                with threadpool_limits(limits=threads):
                    classifier.fit(weighted, labels)
                print(
                    f"C {strength:g}, {threads} threads, {solver}: {time.perf_counter() - begin:.2f} s",
                    classifier.n_iter_,
                )


if __name__ == "__main__":
    main()
