"""Texts in, predictions and explanations out: term look-ups, sums and one softmax a head, in plain Python.

No NumPy for a few texts: importing it takes longer than labelling them. Weights stay in the mapped file until their
term occurs.
Knows nothing of training.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain, islice
from math import exp, isfinite, sqrt
from operator import add
from typing import TYPE_CHECKING, NamedTuple

from stance.errors import ModelError
from stance.lookup import Found, Vocabulary, Weights
from stance.model.folder import StoredModel, read_model
from stance.records import Contribution, Explanation, Prediction, Status
from stance.resources import default_model
from stance.text.analysis import term_spans, word_spans
from stance.undecided import undecided

if TYPE_CHECKING:
    from stance.bulk import BulkScorer

#: From the second such chunk on, texts are scored together by NumPy.
_CHUNK = 256

#: What :meth:`Predictor.explain` calls the gate.
RELEVANCE = "relevance"

#: exp of more than some 700 is no number.
_LARGE = 500.0

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
        self._gate = _gate(model)
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
        found = self._vocabulary.find(text)
        scores = self._scores(found)
        by_head = [_softmax(scores[first:last]) for _, _, first, last in self._columns]
        return self._prediction(text, found, by_head, scores[-1])

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
            self._bulk = BulkScorer(self._weights, self.path)
        found = [self._vocabulary.find(text) for text in texts]
        scores = self._bulk.scores(found)
        by_head = [softmax(scores[:, first:last]) for _, _, first, last in self._columns]
        return map(self._prediction, texts, found, zip(*by_head, strict=True), scores[:, -1].tolist())

    def _prediction(self, text: str, found: Found, by_head: Iterable[list[float]], log_odds: float) -> Prediction:
        """Make the record from what is known of the text, each head's probabilities, and the gate's log-odds."""
        reason = undecided(found)
        labels, probabilities = _NO_LABELS.copy(), _NO_PROBABILITIES.copy()
        for (head, names, _, _), own in zip(self._columns, by_head):  # noqa: B905 -- as many as there are heads
            final = self._final(head, own, log_odds)
            probabilities[head] = dict(zip(names, final))  # noqa: B905
            if reason is None:
                labels[head] = names[final.index(max(final))]
        status: Status = "ok" if reason is None else "undecided" if text.strip() else "empty"
        return Prediction(
            text,
            status,
            labels["stance"],
            probabilities["stance"],
            labels["sentiment"],
            probabilities["sentiment"],
            found.known,
            reason if status == "undecided" else None,
        )

    def _final(self, head: str, probabilities: list[float], log_odds: float) -> list[float]:
        """Give the probabilities of a head behind the gate, if it is behind one."""
        gate = self._gate
        return _gated(probabilities, log_odds, gate.place) if gate and gate.head == head else probabilities

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
        found = self._vocabulary.find(text)
        scores = self._scores(found)
        if head == RELEVANCE and self._gate is not None:
            label = label or ("politics" if scores[-1] >= 0 else "other")
            column, sign = len(scores) - 1, (1.0, -1.0)[("politics", "other").index(label)]
        else:
            first, names = {name: (begin, own) for name, own, begin, _ in self._columns}[head]
            if label is None:
                own = self._final(head, _softmax(scores[first : first + len(names)]), scores[-1])
                label = names[own.index(max(own))]
            column, sign = first + names.index(label), 1.0
        together: dict[tuple[str, int, int], float] = {}
        for term, start, end, weight in chain(
            self._term_shares(text, found, column), self._word_shares(text, found, column)
        ):
            together[term, start, end] = together.get((term, start, end), 0.0) + sign * weight
        contributions = tuple(
            Contribution(*place, weight)
            for place, weight in sorted(together.items(), key=lambda item: _in_text(item[0]))
        )
        intercept = sign * self._weights.intercepts[column]
        return Explanation(head, label, intercept + sum(c.weight for c in contributions), intercept, contributions)

    def _term_shares(self, text: str, found: Found, column: int) -> Iterator[Contribution]:
        """Give what each occurrence of a TF-IDF term adds."""
        used = {row: self._weights.times(row, count) for row, count in found.terms.items()}
        norm = sqrt(sum([weights[-1] for weights in used.values()])) or 1.0
        for span in term_spans(text):
            row = self._vocabulary.terms.find(span.term)
            if row is not None:
                yield Contribution(*span, used[row][column] / norm / found.terms[row])

    def _word_shares(self, text: str, found: Found, column: int) -> Iterator[Contribution]:
        """Give what each word adds by its vector and as the leading act."""
        scale = 1 / sqrt(len(found.outside) + len(found.inside) or 1)
        lead = found.lead
        for span, inside in word_spans(text):
            row = self._vocabulary.words.find(span.term)
            if row is None:
                continue
            table = self._weights.inside if inside else self._weights.outside
            weight = scale * (table.known[row] or table.read(row))[column]
            if row == lead:
                weight += self._weights.leading.read(row)[column]
                lead = None
            yield Contribution(*span, weight)

    def weight_table(self, head: str) -> tuple[list[str], list[float], list[list[float]]]:
        """Give the terms, their inverse document frequencies, and for each label of a head its coefficients.

        Returns
        -------
        terms : length n_terms
        idf : length n_terms
        coefficients : n_labels lists of length n_terms, before calibration
        """
        arrays = self._model.arrays
        width = self._weights.width
        flat = arrays.array("coefficients")
        _, _, first, last = next(column for column in self._columns if column[0] == head)
        return (
            self._vocabulary.terms.all(),
            list(arrays.array("idf")),
            [list(map(float, flat[place:].tolist()[::width])) for place in range(first, last)],
        )

    def _scores(self, found: Found) -> list[float]:
        """Give the calibrated scores of all columns."""
        weights = self._weights
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


class _Gate(NamedTuple):
    """The head behind the gate and the place of the label of what is not about politics."""

    head: str
    place: int


def _gate(model: StoredModel) -> _Gate | None:
    if model.gate is None:
        return None
    head, label = model.gate
    return _Gate(head, model.heads[head].index(label))


def _gated(probabilities: list[float], log_odds: float, place: int) -> list[float]:
    """Give the probabilities of a text that may not be about politics: what is not gets the label at ``place``."""
    relevance = 1 / (1 + exp(-max(log_odds, -_LARGE)))
    mixed = [relevance * probability for probability in probabilities]
    mixed[place] += 1 - relevance
    return mixed


def _in_text(place: tuple[str, int, int]) -> tuple[int, int, str]:
    term, start, end = place
    return start, end, term


def _softmax(scores: list[float]) -> list[float]:
    highest = max(scores)
    powers = [exp(score - highest) for score in scores]
    total = sum(powers)
    return [power / total for power in powers]
