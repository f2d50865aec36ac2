"""Which words decided for a statement while it was on the test side."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from stance.text import shifted, units_in
from stance.training import counts, solve
from stance.training.features import Features, Folded
from stance.training.fit import fit_features, fit_head, leads
from stance.training.train import Trained


class FoldExplainer:
    """Refits the folds of one head, one when needed, to explain out-of-fold labels.

    The final model has seen the statement and would explain another decision than the one that was scored.
    """

    def __init__(self, trained: Trained, head: str) -> None:
        self._trained, self._head = trained, head
        self._fitted = lru_cache(maxsize=None)(self._fit)
        self._row = {unit: row for row, unit in enumerate(trained.reading.words.units)}

    def words(self, position: int, label: str, most: int = 5) -> tuple[tuple[str, float], ...]:
        """Give the terms that spoke most for a label, with what each added to the score.

        Parameters
        ----------
        position : place in the head's ``tested``
        label : the label that was given
        most : number of terms at the most
        """
        own = self._trained.heads[self._head]
        features, folded = self._fitted(int(own.fold_of[position]))
        column, text = own.labels.index(label), int(own.tested[position])
        added: dict[str, float] = {}
        for term, weight in [
            *self._terms(features, folded.terms[column], text),
            *self._words(features, folded, column, text),
        ]:
            added[term] = added.get(term, 0.0) + weight / own.temperature
        told = sorted((pair for pair in added.items() if pair[1] > 0), key=lambda pair: (-pair[1], pair[0]))
        return tuple((term, round(weight, 4)) for term, weight in told[:most])

    def _terms(self, features: Features, weights: NDArray[np.float64], text: int) -> list[tuple[str, float]]:
        reading = self._trained.reading
        weighted = counts.weigh(reading.counted[[text]][:, features.kept], features.idf)
        return [
            (reading.vocabulary[features.kept[i]], float(share * weights[i]))
            for i, share in zip(weighted.indices, weighted.data, strict=True)
        ]

    def _words(self, features: Features, folded: Folded, column: int, text: int) -> list[tuple[str, float]]:
        units = units_in(self._trained.dataset.statements[text].text)
        within = set(shifted(units))
        known = [(unit, self._row[unit], place in within) for place, unit in enumerate(units) if unit in self._row]
        scale = 1 / np.sqrt(len(known) or 1)
        added = [
            (unit, scale * float((folded.inside if inside else folded.outside)[column, row]))
            for unit, row, inside in known
        ]
        lead = features.lead(text)
        if lead is not None:
            added.append((self._trained.reading.words.units[lead], float(folded.leading[column, lead])))
        return added

    def _fit(self, number: int) -> tuple[Features, Folded]:
        """Give the features and weights of one fold's training side."""
        trained = self._trained
        own = trained.heads[self._head]
        rows = own.splits[number].train
        with solve.quiet_solver():
            features = fit_features(trained.reading, trained.dataset, rows, trained.config)
            coefficients, _ = fit_head(features, trained.dataset, self._head, rows, own.strength, trained.config)
        return features, features.folded(coefficients, leading=leads(trained.dataset, self._head))
