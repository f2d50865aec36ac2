"""Texts in, predictions and explanations out: term look-ups, sums and one softmax a head, in plain Python.

No NumPy for a few texts: importing it takes longer than labelling them. Weights stay in the mapped file until their
term occurs.
Knows nothing of training.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from math import exp, isfinite, sqrt
from operator import add
from typing import TYPE_CHECKING, NamedTuple

from stance.errors import ModelError
from stance.model.folder import StoredModel, read_model
from stance.records import Explanation, Prediction, Status
from stance.resources import default_model
from stance.text.units import units_in
from stance.undecided import undecided
from stance.vocabulary import Found, Vocabulary, WordCounts
from stance.weights import Weights

if TYPE_CHECKING:
    from stance.bulk import BulkScorer
    from stance.confidence import Decider
    from stance.explaining.neighbours import Neighbours
    from stance.explaining.records import Neighbour, Reasons

#: From the second such chunk on, texts are scored together by NumPy, or from the first if NumPy is there already.
_CHUNK = 256
#: Fewer texts are done sooner one by one.
WORTH_BULK = 6

#: exp of more than some 700 is no number.
_LARGE = 500.0


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

    Attributes
    ----------
    model : as stored
    path, heads, manifest : of the model folder
    vocabulary, weights : what is known of words and what they add to each column of scores
    columns : (head, its labels, first column, column after the last); the gate's column stands behind them
    gate : the head behind the gate and the place of its label there; None without a gate

    Examples
    --------
    >>> import stance
    >>> stance.load().predict("We remain open to negotiations towards that goal.").stance
    'diplomatic'
    """

    def __init__(self, model: StoredModel) -> None:
        self.model = model
        self.path = model.path
        self.heads = model.heads
        self.manifest = model.manifest
        self.vocabulary = Vocabulary(model)
        self.weights = Weights(model)
        self.columns = _columns(self.heads)
        self.gate = _gate(model)
        self._bulk: BulkScorer | None = None
        self._neighbours: Neighbours | None = None

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
        found = self.vocabulary.find(units_in(text))
        scores = self.scores(found)
        by_head = [self._final(head, softmax(scores[first:last]), scores[-1]) for head, _, first, last in self.columns]
        return self._prediction(text, found.counts, by_head)

    def predict_many(self, texts: Iterable[str]) -> Iterator[Prediction]:
        """Label texts, in order, in constant memory: a chunk of 256 at a time.

        Raises
        ------
        ModelError
            As :meth:`predict`.
        """
        waiting = iter(texts)
        if self._bulk is None:
            yield from map(self.predict, islice(waiting, _CHUNK))
        while chunk := list(islice(waiting, _CHUNK)):
            if len(chunk) < WORTH_BULK:
                yield from map(self.predict, chunk)
            else:
                yield from self._predict_chunk(self.load_bulk(), chunk)

    def load_bulk(self) -> BulkScorer:
        """Import NumPy, so that from now on :meth:`predict_many` scores texts together from the first chunk on."""
        from stance.bulk import BulkScorer

        if self._bulk is None:
            self._bulk = BulkScorer(self.vocabulary, self.weights, self.path)
        return self._bulk

    def _predict_chunk(self, bulk: BulkScorer, texts: list[str]) -> Iterator[Prediction]:
        from stance.bulk import probabilities

        found = bulk.vocabulary.find([units_in(text) for text in texts])
        by_head = probabilities(bulk.scores(found), self.columns, self.gate)
        return map(self._prediction, texts, found.counts, zip(*by_head, strict=True))

    def _prediction(self, text: str, counts: WordCounts, by_head: Iterable[list[float]]) -> Prediction:
        """Make the record from what is known of the text and each head's probabilities."""
        reason = undecided(counts)
        labels: dict[str, str] = {}
        probabilities: dict[str, dict[str, float]] = {}
        for (head, names, _, _), own in zip(self.columns, by_head):  # noqa: B905 -- as many as there are heads
            probabilities[head] = dict(zip(names, own))  # noqa: B905
            if reason is None:
                labels[head] = names[own.index(max(own))]
        status: Status = "ok" if reason is None else "undecided" if text.strip() else "empty"
        return Prediction(
            text,
            status,
            labels.get("stance"),
            probabilities.get("stance", {}),
            labels.get("sentiment"),
            probabilities.get("sentiment", {}),
            counts.known,
            reason if status == "undecided" else None,
        )

    def _final(self, head: str, probabilities: list[float], log_odds: float) -> list[float]:
        """Give the probabilities of a head, behind the gate if it is behind one: what is no politics gets one label."""
        gate = self.gate
        if gate is None or gate.head != head:
            return probabilities
        relevance = _logistic(log_odds)
        mixed = [relevance * probability for probability in probabilities]
        mixed[gate.place] += 1 - relevance
        return mixed

    def explain(self, text: str, head: str = "stance", label: str | None = None) -> Explanation:
        """Give what each term adds to the score of a label.

        Parameters
        ----------
        head : ``stance`` or ``sentiment``, if the model has it; or ``relevance``, the log-odds that the text is about
            politics at all, if the model asks that before the stance
        label : the label to explain, of ``relevance`` ``politics`` or ``other``; None means the most probable

        Raises
        ------
        KeyError, ValueError
            If the model has no such head or label.
        ModelError
            As :meth:`predict`.
        """
        from stance.explaining.label import explain

        return explain(self, text, head, label)

    def explain_labels(self, text: str, labels: Mapping[str, str]) -> dict[str, Explanation]:
        """Give :meth:`explain` for several heads at once, reading the text once.

        Parameters
        ----------
        labels : head to the label to explain

        Raises
        ------
        KeyError, ValueError, ModelError
            As :meth:`explain`.
        """
        from stance.explaining.label import explain_labels

        return explain_labels(self, text, labels)

    def reasons(self, text: str, head: str = "stance", *, deletion: bool = True) -> Reasons:
        """Give why a text got its label in one head: what spoke for it, why not the runner-up, what would change it.

        Parameters
        ----------
        head : ``stance`` or ``sentiment``, if the model has it
        deletion : also search a small set of words without which the text gets another label; it is predicted
            without them, once or twice for most texts and at most twelve times

        Raises
        ------
        KeyError
            If the model has no such head.
        ModelError
            As :meth:`predict`.
        """
        from stance.explaining.reasons import reasons

        return reasons(self, text, head, deletion=deletion)

    def nearest(self, text: str, most: int = 5) -> tuple[Neighbour, ...]:
        """Give the labelled statements of the training data that are most similar to a text, the nearest first.

        The first call reads all of them, which takes as long as predicting them.

        Raises
        ------
        ModelError
            If the model folder holds no statements, or they are not those of the manifest.
        """
        from stance.explaining.neighbours import Neighbours

        if self._neighbours is None:
            self._neighbours = Neighbours(self.model, self.vocabulary, self.weights)
        return self._neighbours.nearest(text, most)

    def deciding(self, *, risk: float | None = None, coverage: float | None = None, per_class: bool = True) -> Decider:
        """Give this predictor under a promise, for data like that of its cross-validation.

        Parameters
        ----------
        risk : the share of wrong labels among those given is at most so high; what is not sure enough is undecided
        coverage : sets of labels hold the right one at least so often
        per_class : hold the coverage among the texts of each label, not only among all

        Raises
        ------
        UsageError
            If neither is given, or one cannot be promised.
        ModelError
            If the model was trained without thresholds.
        """
        from stance.confidence import Decider

        return Decider(self, risk=risk, coverage=coverage, per_class=per_class)

    @property
    def has_neighbours(self) -> bool:
        """Whether the model folder holds the statements that :meth:`nearest` searches."""
        return self.model.manifest.get("neighbours") is not None

    def label(self, text: str, head: str) -> str | None:
        """Give the label of one head as :meth:`predict` does, a third faster; None for a text that is not decided."""
        found = self.vocabulary.find(units_in(text))
        if undecided(found.counts) is not None:
            return None
        names, first, last = next((names, first, last) for name, names, first, last in self.columns if name == head)
        scores = self.scores(found)
        final = self.head_probabilities(head, scores[first:last], scores[-1])
        return names[final.index(max(final))]

    def head_probabilities(self, head: str, scores: list[float], log_odds: float) -> list[float]:
        """Give the probabilities of a head, in the order of its labels, from their scores and that of the gate."""
        return self._final(head, softmax(scores), log_odds)

    @staticmethod
    def relevance(scores: list[float]) -> float:
        """Give the probability that a text is about politics, from the scores of a model with a gate."""
        return _logistic(scores[-1])

    def weight_table(self, head: str) -> tuple[list[str], list[float], list[list[float]]]:
        """Give the terms, their inverse document frequencies, and for each label of a head its coefficients.

        Returns
        -------
        terms : length n_terms
        idf : length n_terms
        coefficients : n_labels lists of length n_terms, before calibration
        """
        arrays = self.model.arrays
        width = self.weights.width
        flat = arrays.array("coefficients")
        _, _, first, last = next(column for column in self.columns if column[0] == head)
        return (
            self.vocabulary.terms.all(),
            list(arrays.array("idf")),
            [list(map(float, flat[place:].tolist()[::width])) for place in range(first, last)],
        )

    def scores(self, found: Found) -> list[float]:
        """Give the calibrated scores of all columns."""
        weights = self.weights
        scores = weights.intercepts
        if found.terms:
            once, read, times = weights.once, weights.read, weights.times
            used = [(once[row] or read(row)) if n == 1 else times(row, n) for row, n in found.terms.items()]
            *by_term, square = map(sum, zip(*used, strict=True))
            scale = 1 / sqrt(square)
            scores = [total * scale + score for total, score in zip(by_term, scores, strict=True)]
        if found.outside or found.inside:
            known, read = weights.outside.known, weights.outside.read
            rows = [known[row] or read(row) for row in found.outside]
            if found.inside:
                known, read = weights.inside.known, weights.inside.read
                rows += [known[row] or read(row) for row in found.inside]
            scale = 1 / sqrt(len(rows))
            by_word = map(sum, zip(*rows, strict=True))
            scores = [total * scale + score for total, score in zip(by_word, scores, strict=True)]
        if found.lead is not None:
            leading = weights.leading.known[found.lead] or weights.leading.read(found.lead)
            scores = list(map(add, leading, scores))
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


class Gate(NamedTuple):
    """The head behind the gate and the place of the label of what is not about politics."""

    head: str
    place: int


def _gate(model: StoredModel) -> Gate | None:
    if model.gate is None:
        return None
    head, label = model.gate
    return Gate(head, model.heads[head].index(label))


def _logistic(log_odds: float) -> float:
    return 1 / (1 + exp(-max(log_odds, -_LARGE)))


def softmax(scores: list[float]) -> list[float]:
    """Give the probabilities of scores."""
    highest = max(scores)
    powers = [exp(score - highest) for score in scores]
    total = sum(powers)
    return [power / total for power in powers]
