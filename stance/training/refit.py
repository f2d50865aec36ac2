"""Which words decided for a statement while it was on the test side."""

from __future__ import annotations

from functools import lru_cache

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
        weight_of = self._fitted(int(own.fold_of[position]), label)
        text = self._trained.dataset.statements[own.tested[position]].text
        counted, vocabulary = counts.count_terms([text])
        known = [index for index, term in enumerate(vocabulary) if term in weight_of]
        if not known:
            return ()
        idf = counts.inverse_document_frequencies(counted)[known]
        for place, index in enumerate(known):
            idf[place] = weight_of[vocabulary[index]][0]
        weighted = counts.weigh(counted[:, known], idf).toarray()[0]
        added = [
            (vocabulary[index], round(float(weighted[place] * weight_of[vocabulary[index]][1]), 4))
            for place, index in enumerate(known)
        ]
        return tuple(sorted((pair for pair in added if pair[1] > 0), key=lambda pair: (-pair[1], pair[0]))[:most])

    def _fit(self, number: int, label: str) -> dict[str, tuple[float, float]]:
        """Give term to (idf, coefficient of ``label``) of the fold's training side."""
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
        row = coefficients[list(classifier.classes_).index(label)] / own.temperature
        return {vocabulary[i]: (float(idf[n]), float(row[n])) for n, i in enumerate(kept)}
