"""A small set of words without which a text gets another label: estimated from the contributions, then predicted.

Nothing is claimed on an estimate: a set counts when the prediction of the text without its words, made as for any text,
has another label; one that leaves a text undecided does not. But which sets are tried is estimated: for each of the
likeliest other labels, words are taken in the order of what they add to the log-odds against it, until the estimate
changes; the fewest words are predicted first, and what by the estimate may be superfluous is put back. So a set of
several words is the smallest found, and not proven to be the smallest there is, for which all smaller ones would have
to be predicted.

J. Li, W. Monroe and D. Jurafsky, "Understanding neural networks through representation erasure", 2016, ask the same
of neural networks, by reinforcement learning.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from operator import mul
from typing import TYPE_CHECKING

from stance.explaining.lead import Lead
from stance.explaining.losses import Losses
from stance.explaining.records import Deletion

if TYPE_CHECKING:
    from stance.predictor import Predictor

#: Who has to delete more words has written another text.
MOST_WORDS = 6
#: Predictions that a search may take; most take one or two.
MOST_TRIES = 12
#: A word is put back on trial if by the estimate the label is no farther ahead of the next than this without the rest.
NEARLY = 0.1

Span = tuple[int, int]


def small_deletion(predictor: Predictor, text: str, lead: Lead, losses: Losses) -> Deletion | None:
    """Give the smallest set that was found, or None if there was none within the limits of this module.

    Parameters
    ----------
    lead : of the label that the text has
    losses : by the columns of ``lead``
    """
    trial = _Trial(predictor, text, lead)
    for words in _candidates(lead, losses):
        if trial.changed(words):
            return _reduced(trial, words, lead, losses)
    return None


def without(text: str, words: Iterable[Span]) -> str:
    """Give a text without some words; what stood on both sides of one does not grow together."""
    parts: list[str] = []
    last = 0
    for start, end in sorted(words):
        parts.append(text[last:start])
        if (start and not text[start - 1].isspace()) and (end < len(text) and not text[end].isspace()):
            parts.append(" ")
        last = end
    return "".join(parts) + text[last:]


class _Trial:
    """One text, and the label that it gets without some words, as any text would."""

    def __init__(self, predictor: Predictor, text: str, lead: Lead) -> None:
        self._predictor, self._text, self._lead = predictor, text, lead
        self._left = MOST_TRIES
        self._label = ""

    def changed(self, words: Iterable[Span]) -> bool:
        """Predict, and tell whether the text gets another label; no, once there have been too many trials."""
        if not self._left:
            return False
        self._left -= 1
        label = self._predictor.label(without(self._text, words), self._lead.head)
        if label is None or label == self._lead.label:
            return False
        self._label = label
        return True

    def deletion(self, words: tuple[Span, ...]) -> Deletion:
        """Make the record of the last set that changed the label."""
        return Deletion(words, without(self._text, words), self._label, smallest=len(words) == 1)


def _candidates(lead: Lead, losses: Losses) -> Iterator[tuple[Span, ...]]:
    """Give sets that change the label by the estimate, those of the fewest words first, then the surest."""
    added = losses.added()
    paths = [_path(slopes, added, lead, losses) for slopes in lead.slopes(losses.scores(losses.whole))]
    tried: set[tuple[Span, ...]] = set()
    for step in zip(*paths, strict=True):
        for _, words in sorted((ahead, words) for ahead, words in step if ahead < 0):
            if words not in tried:
                tried.add(words)
                yield words


def _path(
    slopes: list[float], added: dict[Span, list[float]], lead: Lead, losses: Losses
) -> Iterator[tuple[float, tuple[Span, ...]]]:
    """Take words in the order of what they add to the lead, the earlier on a tie; give the lead after each."""
    weights = sorted([(-sum(map(mul, own, slopes)), span) for span, own in added.items()])
    amounts = losses.whole
    words: tuple[Span, ...] = ()
    for _, span in weights[:MOST_WORDS]:
        amounts = losses.without(amounts, span)
        words = tuple(sorted((*words, span)))
        yield lead.of(losses.scores(amounts)), words


def _reduced(trial: _Trial, words: tuple[Span, ...], lead: Lead, losses: Losses) -> Deletion:
    """Put words back that were not needed."""
    while len(words) > 1:
        rests = [tuple(other for other in words if other != word) for word in words]
        nearly = sorted((ahead, rest) for rest in rests if (ahead := _ahead(rest, lead, losses)) < NEARLY)
        found = next((rest for _, rest in nearly if trial.changed(rest)), None)
        if found is None:
            break
        words = found
    return trial.deletion(words)


def _ahead(words: Iterable[Span], lead: Lead, losses: Losses) -> float:
    amounts = losses.whole
    for span in words:
        amounts = losses.without(amounts, span)
    return lead.of(losses.scores(amounts))
