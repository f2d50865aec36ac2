"""Every choice of a training run, in one record."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass


@dataclass(frozen=True, slots=True)
class TrainingConfig:
    """How to train.

    Attributes
    ----------
    seed : decides the folds and the bootstrap; nothing else is random
    folds : number of cross-validation folds, at least 2
    grid : inverse regularisation strengths C to choose from, ascending; the choice has the highest
        out-of-fold macro-F1, the smaller C on a tie
    min_count : a term is kept when it occurs in at least so many texts of the training side
    phrase_weight : weight of a phrase against a statement in the loss
    vector_weight : scale of the word vectors and of the leading act against the TF-IDF terms; 0 leaves both out
    leading_act : whether the first strong word of an account has features of its own
    jobs : processor cores to use; the result does not depend on it
    """

    seed: int = 0
    folds: int = 5
    grid: tuple[float, ...] = (2.0, 4.0, 8.0)
    min_count: int = 1
    phrase_weight: float = 1.0
    vector_weight: float = 0.5
    leading_act: bool = True
    jobs: int = 2

    def recorded(self) -> Mapping[str, object]:
        """Give the choices that decide the result, for the manifest."""
        return {k: v for k, v in asdict(self).items() if k != "jobs"}
