"""Texts in, predictions and explanations out: term look-ups, sums and one softmax a head, in plain Python.

No NumPy for a few texts: importing it takes longer than labelling them. Weights stay in the mapped file until their
term occurs.
Knows nothing of training.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import islice
from math import exp, isfinite, sqrt
from typing import TYPE_CHECKING

from stance.errors import ModelError
from stance.lookup import Vocabulary, Weights
from stance.model.folder import StoredModel, read_model
from stance.records import Contribution, Explanation, Prediction, Status
from stance.resources import default_model
from stance.text.analysis import term_spans

if TYPE_CHECKING:
    from stance.bulk import BulkScorer

#: From the second such chunk on, texts are scored together by NumPy.
_CHUNK = 256

_NO_LABELS: dict[str, str | None] = {"stance": None, "sentiment": None}
_NO_PROBABILITIES: dict[str, dict[str, float]] = {"stance": {}, "sentiment": {}}


def load(path: str | None = None) -> Predictor:
    """Open a model folder.

    Parameters
    ----------
    path : folder that ``stance train`` wrote; None means the model that comes with the package

    Raises
    ------
    ModelError
        If the folder is missing, damaged or of another format.
    """
    return Predictor(read_model(path or default_model()))


class Predictor:
    """A model ready to label texts. Not changed by use, apart from what it remembers to be faster.

    Examples
    --------
    >>> import stance
    >>> stance.load().predict("We remain open to negotiations towards that goal.").stance
    'diplomatic'
    """

    def __init__(self, model: StoredModel) -> None:
        self._model = model
        self.path = model.path
        self.heads = model.heads
        self.manifest = model.manifest
        self._vocabulary = Vocabulary(model)
        self._weights = Weights(model)
        self._columns = _columns(self.heads)
        self._bulk: BulkScorer | None = None

    def predict(self, text: str) -> Prediction:
        """Label one text.

        Parameters
        ----------
        text : any string; meant for statements of one to three English sentences

        Raises
        ------
        ModelError
            If the model's weights are not finite numbers.
        """
        counts = self._vocabulary.count(text)
        scores = self._scores(counts)
        return self._prediction(text, counts, [_softmax(scores[first:last]) for _, _, first, last in self._columns])

    def predict_many(self, texts: Iterable[str]) -> Iterator[Prediction]:
        """Label texts, in order, in constant memory: a chunk of 256 at a time.

        Raises
        ------
        ModelError
            As :meth:`predict`.
        """
        waiting = iter(texts)
        yield from map(self.predict, islice(waiting, _CHUNK))
        while chunk := list(islice(waiting, _CHUNK)):
            yield from self._predict_chunk(chunk)

    def _predict_chunk(self, texts: list[str]) -> Iterator[Prediction]:
        from stance.bulk import BulkScorer, softmax

        if self._bulk is None:
            self._bulk = BulkScorer(self._weights.table(), self._weights.intercepts, self.path)
        counts = [self._vocabulary.count(text) for text in texts]
        scores = self._bulk.scores(counts)
        by_head = [softmax(scores[:, first:last]) for _, _, first, last in self._columns]
        return map(self._prediction, texts, counts, zip(*by_head, strict=True))

    def _prediction(self, text: str, counts: dict[int, int], by_head: Iterable[list[float]]) -> Prediction:
        """Make the record from the known terms and each head's probabilities."""
        known = len(counts) - len(self._vocabulary.slots.intersection(counts))
        labels, probabilities = _NO_LABELS.copy(), _NO_PROBABILITIES.copy()
        for (head, names, _, _), own in zip(self._columns, by_head):  # noqa: B905 -- as many as there are heads
            probabilities[head] = dict(zip(names, own))  # noqa: B905
            if known:
                labels[head] = names[own.index(max(own))]
        status: Status = "ok" if known else "undecided" if text.strip() else "empty"
        return Prediction(
            text,
            status,
            labels["stance"],
            probabilities["stance"],
            labels["sentiment"],
            probabilities["sentiment"],
            known,
        )

    def explain(self, text: str, head: str = "stance", label: str | None = None) -> Explanation:
        """Give what each term adds to the score of a label.

        Parameters
        ----------
        head : ``stance`` or ``sentiment``, if the model has it
        label : the label to explain; None means the most probable

        Raises
        ------
        KeyError, ValueError
            If the model has no such head or label.
        ModelError
            As :meth:`predict`.
        """
        first, names = {name: (begin, own) for name, own, begin, _ in self._columns}[head]
        found = [(span, self._vocabulary.find(span.term)) for span in term_spans(text)]
        spans = [(span, row) for span, row in found if row is not None]
        counts = Counter(row for _, row in spans)
        scores = self._scores(counts)[first : first + len(names)]
        if label is None:
            label = names[scores.index(max(scores))]
        column = first + names.index(label)
        used = {row: self._weights.times(row, count) for row, count in counts.items()}
        norm = sqrt(sum([weights[-1] for weights in used.values()])) or 1.0
        weighted = (Contribution(*span, used[row][column] / norm / counts[row]) for span, row in spans)
        contributions = tuple(sorted(weighted, key=lambda c: (c.start, c.end, c.term)))
        intercept = self._weights.intercepts[column]
        return Explanation(head, label, intercept + sum(c.weight for c in contributions), intercept, contributions)

    def weight_table(self, head: str) -> tuple[list[str], list[float], list[list[float]]]:
        """Give the terms, their inverse document frequencies, and for each label of a head its coefficients.

        Returns
        -------
        terms : length n_terms
        idf : length n_terms
        coefficients : n_labels lists of length n_terms, before calibration
        """
        arrays, vocabulary = self._model.arrays, self._vocabulary
        width = self._columns[-1][-1]
        flat = arrays.array("coefficients")
        _, _, first, last = next(column for column in self._columns if column[0] == head)
        return (
            vocabulary.terms(),
            list(arrays.array("idf")),
            [list(map(float, flat[place:].tolist()[::width])) for place in range(first, last)],
        )

    def _scores(self, counts: dict[int, int]) -> list[float]:
        """Give the calibrated scores of all columns for the terms at these rows of the model."""
        scores = intercepts = self._weights.intercepts
        if counts:
            once, read, times = self._weights.once, self._weights.read, self._weights.times
            used = [(once[row] or read(row)) if n == 1 else times(row, n) for row, n in counts.items()]
            *sums, square = map(sum, zip(*used, strict=True))
            scale = 1 / sqrt(square)
            scores = [total * scale + intercept for total, intercept in zip(sums, intercepts, strict=True)]
        if not isfinite(sum(scores)):
            raise ModelError(self.path, "the weights are not all finite numbers", "Train it again or fetch it again.")
        return scores


def _columns(heads: dict[str, tuple[str, ...]]) -> tuple[tuple[str, tuple[str, ...], int, int], ...]:
    """Give (head, labels, first column, column after the last) for each head."""
    columns, first = [], 0
    for head, names in heads.items():
        columns.append((head, names, first, first + len(names)))
        first += len(names)
    return tuple(columns)


def _softmax(scores: list[float]) -> list[float]:
    highest = max(scores)
    powers = [exp(score - highest) for score in scores]
    total = sum(powers)
    return [power / total for power in powers]
