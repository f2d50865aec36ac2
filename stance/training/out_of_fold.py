"""Which words decided for a statement while it was on the test side."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from stance.text import shifted, units_in
from stance.training import counts
from stance.training.features import Features, Folded
from stance.training.fit import leads
from stance.training.train import Trained


class FoldExplainer:
    """Explains the out-of-fold labels of one head by the model that gave them.

    The final model has seen the statement and would explain another decision than the one that was scored.
    """

    def __init__(self, trained: Trained, head: str) -> None:
        self._trained, self._head = trained, head
        self._fitted = lru_cache(maxsize=None)(self._restored)
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
        weighted = counts.weigh(reading.counted[[text]][:, features.choice.kept], features.choice.idf)
        return [
            (reading.vocabulary[features.choice.kept[i]], float(share * weights[i]))
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

    def _restored(self, number: int) -> tuple[Features, Folded]:
        """Give the features and weights of one fold's training side."""
        trained = self._trained
        choice, coefficients = trained.heads[self._head].fitted[number]
        features = Features(trained.reading, choice, trained.config)
        return features, features.folded(coefficients.astype(np.float64), leading=leads(trained.dataset, self._head))
