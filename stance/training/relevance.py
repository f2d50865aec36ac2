"""Whether a text is about politics at all, asked before its stance: a logistic regression of its own.

What is not about politics takes no stance, whatever its words ("United crushed City", "storms threaten the harvest").
A single model of four stances would have to learn this world's words of conflict as `none` and forgets what they mean
in the other (benchmarks/README.md).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit

from stance.dataset import Dataset
from stance.labels import GATED_HEAD, GATED_LABEL
from stance.training import solve
from stance.training.config import TrainingConfig
from stance.training.features import Features, Folded

Floats = NDArray[np.float64]
Rows = NDArray[np.intp]

STRENGTH = 16.0


@dataclass(frozen=True)
class Relevance:
    """The gate.

    Attributes
    ----------
    weights : one row of each block, of the log-odds that a text is about politics
    intercept : of the log-odds
    """

    weights: Folded
    intercept: float


def has_gate(dataset: Dataset, head: str, config: TrainingConfig) -> bool:
    """Tell whether a head is gated: the stance, when enough statements are marked as off-topic."""
    enough = dataset.off_topic >= config.fewest_off_topic
    return enough and head == GATED_HEAD and GATED_LABEL in dataset.heads[head]


def fit(features: Features, dataset: Dataset, rows: Rows, config: TrainingConfig) -> tuple[Floats, float] | None:
    """Fit on the statements among some rows; phrases are too short to tell their world.

    The intercept is moved to the odds in use (G. King and L. Zeng, "Logistic regression in rare events data", Political
    Analysis 9, 2001): how often other worlds occur in the corpus says nothing of how often they occur in use.

    Returns
    -------
    coefficients of the features without the leading act, shape (n_features,), and the intercept; None if the rows
    are all of one side
    """
    statements = dataset.statements
    whole = np.array([row for row in rows if statements[row].kind != "phrase"], np.intp)
    off = sum(statements[row].off_topic for row in whole)
    if not 0 < off < len(whole):
        return None
    sides = ["other" if statements[row].off_topic else "politics" for row in whole]
    fitted = solve.fit(features.matrix(whole, leading=False), sides, np.ones(len(whole)), STRENGTH)
    moved = solve.rounded(fitted.intercept_ - np.log((len(whole) - off) / off) + np.log(config.politics_odds))
    return fitted.coef_[0], float(moved[0])


def relevance(features: Features, fitted: tuple[Floats, float] | None, rows: Rows) -> Floats:
    """Give the probability that a text is about politics, shape (n_rows,); 1 without a gate."""
    if fitted is None:
        return np.ones(len(rows))
    coefficients, intercept = fitted
    found: Floats = expit(features.matrix(rows, leading=False) @ coefficients + intercept)
    return found


def gated(probabilities: Floats, relevance: Floats, labels: Sequence[str]) -> Floats:
    """Give the probabilities, shape (n, n_labels), of texts of which it is not certain that they are about politics."""
    mixed: Floats = probabilities * relevance[:, None]
    mixed[:, labels.index(GATED_LABEL)] += 1 - relevance
    return mixed
