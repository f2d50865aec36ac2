"""Which words decided for a statement while it was on the test side."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from stance.training import counts, solve
from stance.training.train import Trained, row_weights


class FoldExplainer:
    """Refits the folds of one head, one when needed, to explain out-of-fold labels.

    The final model has seen the statement and would explain another decision than the one that was scored.
    """

    def __init__(self, trained: Trained, head: str) -> None:
        self._trained, self._head = trained, head
        self._fitted = lru_cache(maxsize=None)(self._fit)

    def words(self, position: int, label: str, most: int = 5) -> tuple[tuple[str, float], ...]:
        """Give the terms that spoke most for a label, with what each added to the score.

        Parameters
        ----------
        position : place in the head's ``tested``
        label : the label that was given
        most : number of terms at the most
        """
        own = self._trained.heads[self._head]
        fitted = self._fitted(int(own.fold_of[position]))
        column = own.labels.index(label)
        counted, vocabulary = counts.count_terms([self._trained.dataset.statements[own.tested[position]].text])
        known = [index for index, term in enumerate(vocabulary) if term in fitted]
        if not known:
            return ()
        terms = [vocabulary[index] for index in known]
        weighted = counts.weigh(counted[:, known], np.array([fitted[term][0] for term in terms])).toarray()[0]
        added = [
            (term, round(float(share) * fitted[term][1][column], 4))
            for term, share in zip(terms, weighted, strict=True)
        ]
        return tuple(sorted((pair for pair in added if pair[1] > 0), key=lambda pair: (-pair[1], pair[0]))[:most])

    def _fit(self, number: int) -> dict[str, tuple[float, list[float]]]:
        """Give term to idf and coefficients, in label order, of one fold's training side."""
        trained, statements = self._trained, self._trained.dataset.statements
        own = trained.heads[self._head]
        inside = [statements[i] for i in own.splits[number].train]
        counted, vocabulary = counts.count_terms([s.text for s in inside])
        kept = counts.kept_columns(counted, trained.config.min_count)
        idf = counts.inverse_document_frequencies(counted[:, kept])
        weighted = counts.weigh(counted[:, kept], idf)
        labels = [s.labels[self._head] for s in inside]
        with solve.quiet_solver():
            classifier = solve.fit(weighted, labels, row_weights(inside, trained.config), own.strength)
        coefficients, _ = solve.columns(classifier)
        order = [list(classifier.classes_).index(label) for label in own.labels]
        rows = (coefficients[order] / own.temperature).T.tolist()
        return {vocabulary[i]: (float(idf[n]), rows[n]) for n, i in enumerate(kept)}
