"""Every choice of a training run, in one record."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass

#: For a file of one's own, of which nothing is known.
OWN_GRID = (0.5, 2.0, 8.0)


@dataclass(frozen=True, slots=True)
class TrainingConfig:
    """How to train.

    Attributes
    ----------
    seed : decides the folds and the bootstrap; nothing else is random
    folds : number of cross-validation folds, at least 2
    grid : inverse regularisation strengths C to choose from, ascending; the choice has the highest
        out-of-fold macro-F1, the smaller C on a tie. The corpus is searched up to 2 only: its topics share their
        writers, so cross-validation goes on rising with C where text from elsewhere does not (benchmarks/README.md).
    min_count : a term is kept when it occurs in at least so many texts of the training side
    phrase_weight : weight of a phrase against a statement in the loss
    vector_weight : scale of the word vectors and of the leading act against the TF-IDF terms; 0 leaves both out
    leading_act : whether the first strong word of an account has features of its own
    fewest_off_topic : statements marked as off-topic that it takes to put a gate before the stance; fewer say too
        little of all the other worlds
    politics_odds : politics against other worlds, before a word is read, in the texts that users bring: a judgement,
        not a measurement
    jobs : processor cores to use; the result does not depend on it
    """

    seed: int = 0
    folds: int = 5
    grid: tuple[float, ...] = (0.5, 1.0, 2.0)
    min_count: int = 1
    phrase_weight: float = 1.0
    vector_weight: float = 0.5
    leading_act: bool = True
    fewest_off_topic: int = 100
    politics_odds: float = 2.0
    jobs: int = 2

    def recorded(self) -> Mapping[str, object]:
        """Give the choices that decide the result, for the manifest."""
        return {k: v for k, v in asdict(self).items() if k != "jobs"}
