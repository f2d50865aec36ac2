"""The gate before the stance: what is not about politics takes no stance, and no stance is learnt from it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from scipy.special import logit
from small_corpus import GATED, SMALL

from stance.training import TrainingConfig, relevance, train
from stance.training.fit import fit_features, learnt
from stance.training.reading import read

CONFIG = TrainingConfig(folds=3, grid=(4.0,), fewest_off_topic=8)
EVERYTHING = np.arange(len(GATED.statements))
OFF = np.array([s.off_topic for s in GATED.statements])


@pytest.fixture(scope="module")
def features():
    """Fit the features on all rows."""
    return fit_features(read([s.text for s in GATED.statements]), GATED, EVERYTHING, CONFIG, leading=True)


def test_there_is_a_gate_when_enough_is_marked():
    """Before the stance, and from the least number of marked statements on."""
    assert relevance.has_gate(GATED, "stance", CONFIG)
    assert not relevance.has_gate(GATED, "sentiment", CONFIG)
    assert not relevance.has_gate(GATED, "stance", replace(CONFIG, fewest_off_topic=9))
    assert not relevance.has_gate(SMALL, "stance", CONFIG)


def test_the_stance_is_not_learnt_from_other_worlds():
    """The tone is."""
    assert not OFF[learnt(GATED, "stance", EVERYTHING, CONFIG)].any()
    assert OFF[learnt(GATED, "sentiment", EVERYTHING, CONFIG)].sum() == 8


def test_the_gate_tells_the_worlds_apart(features):
    """On what it was fitted on, every statement stands on its side."""
    found = relevance.relevance(features, relevance.fit(features, GATED, EVERYTHING, CONFIG), EVERYTHING)
    whole = np.array([s.kind != "phrase" for s in GATED.statements])
    assert (found[whole & OFF] < 0.5).all()
    assert (found[whole & ~OFF] > 0.5).all()


def test_the_odds_in_use_move_the_intercept(features):
    """Twice the odds are one step of the log-odds, the same for every text."""
    even, double = (
        relevance.relevance(
            features, relevance.fit(features, GATED, EVERYTHING, replace(CONFIG, politics_odds=odds)), EVERYTHING
        )
        for odds in (1.0, 2.0)
    )
    np.testing.assert_allclose(logit(double) - logit(even), np.log(2), atol=2**-11)


def test_one_side_alone_gives_no_gate(features):
    """A fold without other worlds lets everything pass."""
    politics = EVERYTHING[~OFF]
    assert relevance.fit(features, GATED, politics, CONFIG) is None
    assert relevance.relevance(features, None, politics).tolist() == [1.0] * len(politics)


def test_what_is_not_relevant_takes_the_label_of_the_gate():
    """A worked example."""
    mixed = relevance.gated(np.array([[0.6, 0.3, 0.1]]), np.array([0.5]), ("escalatory", "critical", "none"))
    np.testing.assert_allclose(mixed, [[0.3, 0.15, 0.55]])


def test_out_of_fold_probabilities_are_gated():
    """Cross-validation scores what will predict: if nothing is thought to be politics, nothing takes a stance."""
    own = train(GATED, replace(CONFIG, politics_odds=1e-9)).heads["stance"]
    assert (own.probabilities[:, own.labels.index("none")] > 0.99).all()
    np.testing.assert_allclose(own.probabilities.sum(axis=1), 1)


def test_a_phrase_or_a_mark_more_changes_the_fingerprint():
    """What training sees decides the fingerprint, and it sees the mark."""
    unmarked = replace(GATED, statements=tuple(replace(s, traits={}) for s in GATED.statements))
    assert unmarked.fingerprint != GATED.fingerprint
