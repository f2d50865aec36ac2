"""Risk and coverage, thresholds that keep a risk, and conformal sets: by hand, simulated, and against peers."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from scipy import stats

from stance.evaluation import Evaluation, Promise, conformal, evaluate_head, selective
from stance.report import render_html
from stance.report.promises import best_promise


def drawn(seed, n, k=4, sharp=1.5):
    """Draw probabilities and gold columns; the probabilities are informative but not calibrated."""
    generator = np.random.default_rng(seed)
    gold = generator.integers(0, k, n)
    scores = generator.normal(0, 1, (n, k))
    scores[np.arange(n), gold] += sharp
    return np.exp(scores) / np.exp(scores).sum(axis=1, keepdims=True), gold


# Risk and coverage


def test_curve_worked_by_hand():
    """Right, wrong, right by confidence: risks 0, 1/2, 1/3, their mean 5/18; at best 0, 0, 1/3."""
    found = selective.risk_coverage(np.array([0.5, 0.9, 0.7]), np.array([True, True, False]))
    assert (found.area, found.area_at_best) == (pytest.approx(5 / 18, abs=1e-6), pytest.approx(1 / 9, abs=1e-6))
    assert found.points == ((1.0, 0.333333),)


def test_curve_starts_at_ten_rows_and_ends_with_all():
    """At most a hundred points, coverage ascending, the last one the error rate."""
    probabilities, gold = drawn(1, 500)
    right = probabilities.argmax(axis=1) == gold
    points = selective.risk_coverage(probabilities.max(axis=1), right).points
    assert (points[0][0], points[-1]) == (0.02, (1.0, pytest.approx(1 - right.mean())))
    assert len(points) == 100
    assert sorted(points) == list(points)


@pytest.mark.parametrize(("errors", "rows"), [(0, 20), (3, 40), (39, 40), (40, 40)])
def test_bound_is_the_exact_one_of_scipy(errors, rows):
    """One-sided Clopper-Pearson."""
    expected = stats.binomtest(errors, rows, alternative="less").proportion_ci(0.95, method="exact").high
    assert selective.upper_bound(errors, rows, 0.05) == pytest.approx(expected)


def test_promise_is_kept_in_nineteen_samples_of_twenty():
    """The true risk above the threshold, known here, exceeds the promised one in no more than the share promised."""
    broken = kept = 0
    for seed in range(200):
        generator = np.random.default_rng(seed)
        confidence = generator.uniform(0.3, 1, 1_000)
        promise = selective.promised(confidence, generator.random(1_000) < confidence, 0.2)
        if promise.confidence is not None:
            kept += 1
            broken += 1 - (promise.confidence + 1) / 2 > 0.2  # mean confidence above the threshold is its mean accuracy
    assert kept > 150
    assert broken <= 0.05 * kept


def test_promise_says_what_it_rests_on():
    """Share labelled, share wrong among these, and a bound within the risk; the row at the threshold counts."""
    probabilities, gold = drawn(2, 2_000, sharp=2.5)
    confidence, right = probabilities.max(axis=1), probabilities.argmax(axis=1) == gold
    found = selective.promised(confidence, right, 0.1)
    above = confidence >= found.confidence
    assert found.coverage == pytest.approx(above.mean(), abs=1e-6)
    assert found.wrong == pytest.approx(1 - right[above].mean(), abs=1e-6)
    assert found.wrong < found.bound <= 0.1
    assert selective.promised(confidence, right, 0.3).coverage >= found.coverage


def test_rows_of_equal_confidence_are_labelled_together():
    """A threshold cannot cut through rows that are equally sure."""
    found = selective.promised(np.full(400, 0.9), np.arange(400) % 10 > 0, 0.2)
    assert (found.confidence, found.coverage, found.wrong) == (0.9, 1.0, 0.1)
    assert selective.promised(np.full(400, 0.9), np.arange(400) % 10 > 0, 0.1).confidence is None


@pytest.mark.parametrize("n", [0, 1, 5])
def test_few_rows_promise_nothing(n):
    """Five right rows cannot show an error below 10 %."""
    assert selective.promised(np.full(n, 0.99), np.ones(n, bool), 0.1) == Promise(0.1, None, 0.0, None, None)


# Sets of labels

#: What crepes 0.9.1 (ConformalClassifier, hinge scores, no smoothing) gives at 90 % for drawn(2, 40), calibrated on
#: drawn(1, 200); MAPIE 1.6.0 (SplitConformalClassifier, "lac", prefit) gives the same for the first.
IN_ALL = """
1001 0110 1011 1100 0100 0100 0101 0110 0100 1010 1001 1010 1011 1110 0101 1010 0111 1110 1000 0010
0111 0110 1010 1010 0110 0101 1010 0011 1011 1100 1101 0111 0101 0011 0111 0010 1101 1100 1010 0101
"""
BY_CLASS = """
1011 0110 1011 1100 0100 0101 0101 0110 0101 1010 1001 1010 1011 1110 0101 1011 0111 1110 1001 1010
0111 0110 1010 1010 0110 0101 1010 0011 1011 1100 1111 0111 0101 0011 0111 0010 1101 1101 1011 0101
"""


@pytest.mark.parametrize(("by_class", "expected"), [(False, IN_ALL), (True, BY_CLASS)])
def test_sets_are_those_of_crepes_and_mapie(by_class, expected):
    """Label for label, in all and by class."""
    limits = conformal.thresholds(*drawn(1, 200), 0.9, by_class=by_class)
    sets = conformal.label_sets(drawn(2, 40)[0], limits)
    assert ["".join("01"[held] for held in row) for row in sets.astype(int)] == expected.split()


def test_sets_hold_what_they_promise():
    """Over two hundred calibrations the mean coverage is the level, and little more."""
    covered = []
    for seed in range(200):
        probabilities, gold = drawn(seed, 300)
        limits = conformal.thresholds(probabilities[:150], gold[:150], 0.9)
        covered.append(conformal.label_sets(probabilities[150:], limits)[np.arange(150), gold[150:]].mean())
    assert 0.895 <= np.mean(covered) <= 0.915


def test_by_class_holds_within_a_rare_class():
    """A class that the model slights is held as often as the others, and only then."""
    generator = np.random.default_rng(0)
    probabilities, gold = drawn(0, 4_000, k=2)
    rare = gold == 1
    keep = ~rare | (generator.random(4_000) < 0.15)
    probabilities, gold = probabilities[keep] * [1, 0.2], gold[keep]
    probabilities /= probabilities.sum(axis=1, keepdims=True)
    groups = np.arange(len(gold))
    whole, by_class = (
        conformal.measured_sets("ab", probabilities, gold, groups, 0.9, by_class=each) for each in (False, True)
    )
    assert whole.class_coverage["b"] < 0.7
    assert 0.85 < by_class.class_coverage["b"] < 0.95
    assert 0.85 < by_class.class_coverage["a"] < 0.95
    assert whole.coverage_interval.low < whole.coverage < whole.coverage_interval.high


def test_class_of_too_few_rows_is_in_every_set():
    """Eight rows cannot hold 90 %: nine of nine would be needed of them and the next one."""
    probabilities = np.tile([0.9, 0.1], (30, 1))
    gold = np.array([0] * 22 + [1] * 8)
    limits = conformal.thresholds(probabilities, gold, 0.9, by_class=True)
    assert limits.tolist() == [0.9, 0.0]
    assert conformal.label_sets(np.array([[1.0, 0.0]]), limits).tolist() == [[True, True]]


def test_shares_of_single_and_empty_sets():
    """Counted on rows left out; a class without rows has no coverage."""
    probabilities = np.tile([0.8, 0.15, 0.05], (200, 1))
    found = conformal.measured_sets("abc", probabilities, np.zeros(200, int), np.arange(200), 0.9)
    assert (found.coverage, found.size, found.single, found.empty) == (1.0, 1.0, 1.0, 0.0)
    assert found.class_coverage == {"a": 1.0, "b": None, "c": None}
    assert found.thresholds == {"a": 0.8, "b": 0.8, "c": 0.8}


# In an evaluation and on the page


def evaluated(n):
    probabilities, gold = drawn(3, n, k=2, sharp=3)
    return evaluate_head("stance", ("a", "b"), ["ab"[i] for i in gold], probabilities)


def test_evaluation_carries_promises_from_a_hundred_rows_on():
    """Forty risks, three levels twice, and the curve."""
    found = evaluated(400)
    assert [promise.risk for promise in found.promises][:3] == [0.01, 0.02, 0.03]
    assert len(found.promises) == 40
    assert [(sets.level, sets.by_class) for sets in found.label_sets][:3] == [(0.8, False), (0.8, True), (0.9, False)]
    few = evaluated(99)
    assert (few.risk_coverage, few.promises, few.label_sets) == (None, (), ())


def test_page_shows_promises_or_says_that_rows_are_too_few():
    """The curve, the thresholds and the sets, or one sentence."""
    page = render_html(Evaluation("t", "m", {}, (evaluated(400),)))
    assert "What can be promised" in page
    assert "labelled, % of rows, the surest first" in page
    assert "90\u00a0%, each class" in page
    few = render_html(Evaluation("t", "m", {}, (evaluated(99),)))
    assert "There are too few decided rows to promise anything" in few


def test_promise_that_cannot_be_made_is_told():
    """No threshold, no sentence with one."""
    promise = Promise(0.1, 0.8, 0.5, 0.05, 0.09)
    assert best_promise([replace(promise, confidence=None)]).startswith("On so few rows none of the risks")
    assert best_promise([promise]) == (
        "Labelling only what is at least 80\u00a0% sure keeps the share of wrong labels below 10\u00a0%, and labels "
        "50\u00a0% of the rows."
    )
