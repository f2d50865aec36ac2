"""Scores, intervals, calibration and baselines, held against scikit-learn and against examples worked by hand."""

from __future__ import annotations

import re
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn import metrics

from stance.evaluation import Evaluation, baselines, bootstrap, calibration, confusion, evaluate_head

LABELS = ("a", "b", "c", "d")
ROUNDED = {"rtol": 0, "atol": 5.1e-7}  # reports keep six places


def drawn(seed, n, *, undecided=0.2):
    """Draw gold columns, probabilities and decisions; labels are right more often than not."""
    generator = np.random.default_rng(seed)
    gold = generator.integers(0, len(LABELS), n)
    scores = generator.normal(0, 1, (n, len(LABELS)))
    scores[np.arange(n), gold] += 1
    probabilities = np.exp(scores) / np.exp(scores).sum(axis=1, keepdims=True)
    return gold, probabilities, generator.random(n) >= undecided


def evaluated(gold, probabilities, **more):
    return evaluate_head("stance", LABELS, [LABELS[i] for i in gold], probabilities, **more)


def certain(given, labels=LABELS):
    """Give probabilities of 0.7 for the labels given and an equal share of the rest for the others."""
    probabilities = np.full((len(given), len(labels)), 0.3 / (len(labels) - 1))
    probabilities[np.arange(len(given)), [labels.index(label) for label in given]] = 0.7
    return probabilities


SAMPLES = {"seed": st.integers(0, 10**6), "n": st.integers(1, 60)}


@settings(max_examples=40, deadline=None)
@given(**SAMPLES)
def test_scores_are_those_of_scikit_learn(seed, n):
    """Precision, recall, F1 and accuracy equal scikit-learn's, an undecided row being a class of its own there."""
    gold, probabilities, decided = drawn(seed, n)
    given = np.where(decided, probabilities.argmax(axis=1), len(LABELS))
    scored = {"labels": range(len(LABELS)), "average": None, "zero_division": 0}
    found = evaluated(gold, probabilities, decided=decided)
    np.testing.assert_allclose(
        [c.precision for c in found.classes], metrics.precision_score(gold, given, **scored), **ROUNDED
    )
    np.testing.assert_allclose(
        [c.recall for c in found.classes], metrics.recall_score(gold, given, **scored), **ROUNDED
    )
    np.testing.assert_allclose([c.f1 for c in found.classes], metrics.f1_score(gold, given, **scored), **ROUNDED)
    np.testing.assert_allclose(found.macro_f1, metrics.f1_score(gold, given, **scored).mean(), **ROUNDED)
    np.testing.assert_allclose(found.accuracy, metrics.accuracy_score(gold, given), **ROUNDED)


@settings(max_examples=40, deadline=None)
@given(**SAMPLES)
def test_losses_are_those_of_scikit_learn(seed, n):
    """Log-loss and Brier score, over decided rows, equal scikit-learn's (Brier unscaled, in [0, 2])."""
    gold, probabilities, decided = drawn(seed, n)
    decided[0] = True
    found = evaluated(gold, probabilities, decided=decided)
    columns = list(range(len(LABELS)))
    np.testing.assert_allclose(
        found.log_loss, metrics.log_loss(gold[decided], probabilities[decided], labels=columns), **ROUNDED
    )
    np.testing.assert_allclose(
        found.brier,
        metrics.brier_score_loss(gold[decided], probabilities[decided], labels=columns, scale_by_half=False),
        **ROUNDED,
    )


def test_the_confusion_table_is_that_of_scikit_learn():
    """Rows are gold classes, columns given ones, in label order; the last column holds the undecided."""
    gold, probabilities, decided = drawn(5, 200)
    found = np.array(evaluated(gold, probabilities, decided=decided).confusion)
    expected = metrics.confusion_matrix(gold[decided], probabilities[decided].argmax(axis=1))
    np.testing.assert_array_equal(found[:, :4], expected)
    np.testing.assert_array_equal(found[:, 4], np.bincount(gold[~decided], minlength=4))


def test_an_undecided_row_is_missed_and_nothing_else():
    """It costs recall of its gold class and accuracy, but no precision of the class it would have been given."""
    found = evaluate_head(
        "stance", ("a", "b"), ["a", "a", "b", "b"], certain("aaaa", "ab"), decided=[True, True, False, True]
    )
    assert found.confusion == ((2, 0, 0), (1, 0, 1))
    assert found.undecided == 1
    assert found.accuracy == 0.5
    a, b = found.classes
    assert (a.precision, a.recall, a.f1, a.support) == (0.666667, 1.0, 0.8, 2)
    assert (b.precision, b.recall, b.f1, b.support) == (0.0, 0.0, 0.0, 2)


def test_all_rows_undecided():
    """With nothing decided all scores are zero and the losses, which have no rows, too."""
    found = evaluated([0, 1], certain("ab"), decided=[False, False])
    assert (found.accuracy, found.macro_f1, found.log_loss, found.brier) == (0.0, 0.0, 0.0, 0.0)
    assert sum(found.confidence_right) + sum(found.confidence_wrong) == 0


def test_losses_worked_by_hand():
    """Log-loss is -(ln 0.5 + ln 0.25) / 2; Brier is ((0.5² + 0.5²) + (0.75² + 0.75²)) / 2."""
    probabilities = np.array([[0.5, 0.5], [0.75, 0.25]])
    gold = np.array([0, 1])
    assert calibration.log_loss(probabilities, gold) == pytest.approx(1.0397207708399179)
    assert calibration.brier(probabilities, gold) == pytest.approx(0.8125)


def test_certainty_that_is_wrong_costs_much_but_not_everything():
    """A probability of zero for the gold class counts as 1e-15, so that one row does not make the mean infinite."""
    assert calibration.log_loss(np.array([[1.0, 0.0]]), np.array([1])) == pytest.approx(34.538776394910684)


# Intervals


def clustered(n_groups=20, size=20):
    """Give rows whose groups are all right or all wrong: two classes, two groups in three right."""
    gold = ["a", "b"] * (n_groups * size // 2)
    groups = [f"g{i // size}" for i in range(n_groups * size)]
    wrong = {"a": "b", "b": "a"}
    given = [wrong[label] if i // size % 3 == 0 else label for i, label in enumerate(gold)]
    return gold, certain(given, "ab"), groups


def width(interval):
    return interval.high - interval.low


def test_intervals_repeat_themselves():
    """The same seed gives the same intervals, another seed slightly different ones."""
    gold, probabilities, _ = drawn(4, 300)
    one, again, other = (evaluated(gold, probabilities, seed=seed) for seed in (1, 1, 2))
    assert one == again
    assert one.macro_f1_interval != other.macro_f1_interval
    assert one.macro_f1_interval == pytest.approx(other.macro_f1_interval, abs=0.01)


@pytest.mark.parametrize("seed", range(5))
def test_intervals_contain_the_score(seed):
    """On a few hundred rows the interval of every class and of the macro-F1 holds the score itself."""
    gold, probabilities, decided = drawn(seed, 400, undecided=0.05)
    found = evaluated(gold, probabilities, decided=decided, groups=[str(i % 40) for i in range(400)])
    low, high = found.macro_f1_interval
    assert low < found.macro_f1 < high
    assert [c.f1_interval.low < c.f1 < c.f1_interval.high for c in found.classes] == [True] * 4


def test_intervals_resample_groups():
    """Rows of a group are right or wrong together, so resampling rows would make the interval far too narrow."""
    gold, probabilities, groups = clustered()
    by_group = evaluate_head("stance", "ab", gold, probabilities, groups=groups)
    by_row = evaluate_head("stance", "ab", gold, probabilities)
    assert (by_group.groups, by_row.groups) == (20, 400)
    assert width(by_group.macro_f1_interval) > 3 * width(by_row.macro_f1_interval)


def test_intervals_need_five_groups():
    """Four groups are too few to resample; five will do."""
    gold, probabilities = ["a", "b"] * 10, certain("ab" * 10, "ab")
    four, five = (
        evaluate_head("stance", "ab", gold, probabilities, groups=[str(i % n) for i in range(20)]) for n in (4, 5)
    )
    assert four.macro_f1_interval is None
    assert [c.f1_interval for c in four.classes] == [None, None]
    assert five.macro_f1_interval == (1.0, 1.0)


@pytest.mark.parametrize("seed", range(5))
def test_an_interval_worked_by_hand(seed):
    """Of twelve rows two are missed; five or more are in 3.6 % of the resamples, none in 11 %: the ends of 95 %."""
    tables = np.zeros((12, 1, 2), np.int64)
    tables[:10, 0, 0] = 1
    tables[10:, 0, 1] = 1
    low, high = bootstrap.f1_intervals(tables, seed=seed)
    # With m of twelve rows of the one class missed, F1 is 2(12 - m) / (24 - m): 14/19 for five, 1 for none.
    assert low == pytest.approx([14 / 19, 14 / 19])
    assert high.tolist() == [1.0, 1.0]


def test_groups_are_tabled_in_the_order_of_their_first_row():
    """Each group has its own confusion table, so that resampling is a sum of tables."""
    tables = confusion.by_group(np.array([0, 1, 0]), np.array([0, 0, 2]), 2, ["y", "x", "y"])
    assert tables.tolist() == [[[1, 0, 1], [0, 0, 0]], [[0, 0, 0], [1, 0, 0]]]


# Calibration


def test_calibration_error_worked_by_hand():
    """Fifty rows at 0.6 of which half are right are 0.1 off, fifty at 0.9 of which 45 are right are not: 0.05."""
    confidence = np.repeat([0.6, 0.9], 50)
    right = np.array([True, False] * 25 + [False, *[True] * 9] * 5)
    bins = calibration.equal_count_bins(confidence, right)
    assert [b.count for b in bins] == [10] * 10
    assert [b.confidence for b in bins] == [0.6] * 5 + [0.9] * 5
    assert [b.accuracy for b in bins] == [0.5] * 5 + [0.9] * 5
    assert calibration.expected_error(bins) == pytest.approx(0.05)


def test_bins_have_equal_counts_and_rising_confidence():
    """A number of rows that ten does not divide is spread over the first bins; each bin tells its range."""
    confidence = np.linspace(0.25, 1.0, 103)[::-1]
    bins = calibration.equal_count_bins(confidence, np.ones(103, bool))
    assert [b.count for b in bins] == [11, 11, 11, 10, 10, 10, 10, 10, 10, 10]
    assert (bins[0].low, bins[-1].high) == (0.25, 1.0)
    assert [a.high < b.low for a, b in pairwise(bins)] == [True] * 9


def test_no_bins_below_a_hundred_decided_rows():
    """Too few rows say nothing about calibration, and undecided rows do not fill up the number."""
    gold, probabilities, _ = drawn(2, 100)
    enough = evaluated(gold, probabilities)
    short = evaluated(gold, probabilities, decided=[False] + [True] * 99)
    assert len(enough.calibration) == 10
    assert enough.calibration_error < 0.2
    assert short.calibration == ()
    assert short.calibration_error is None


def test_histograms_part_right_from_wrong():
    """Confidences are counted in twenty bins over [0, 1], the last one closed, undecided rows left out."""
    probabilities = np.array([[1.0, 0.0], [0.52, 0.48], [0.93, 0.07], [0.97, 0.03]])
    found = evaluate_head("stance", ("a", "b"), ["a", "b", "a", "a"], probabilities, decided=[True, True, True, False])
    assert found.confidence_right == (*[0] * 18, 1, 1)
    assert found.confidence_wrong == (*[0] * 10, 1, *[0] * 9)


# Baselines


def test_the_commonest_label():
    """The baseline gives the commonest gold label to every row, the first in the alphabet on a tie."""
    assert baselines.majority(["b", "a", "b"]) == ["b", "b", "b"]
    assert baselines.majority(["b", "a"]) == ["a", "a"]


def test_keywords_of_stance():
    """The class with most keywords wins, the first on a tie; a text without any is "none"."""
    texts = [
        "They ATTACKED with missiles, then offered talks.",
        "Talks and dialogue, not war.",
        "It is unacceptable.",
        "A war of talks.",
        "The session resumes.",
    ]
    stances = ("escalatory", "diplomatic", "critical", "none")
    assert baselines.keywords(texts, "stance", stances) == [
        "escalatory",
        "diplomatic",
        "critical",
        "escalatory",
        "none",
    ]


def test_keywords_of_sentiment():
    """The tone has keywords of its own, and "neutral" for a text without any."""
    texts = ["A happy success.", "A terrible crisis.", "A table."]
    tones = ("negative", "neutral", "positive")
    assert baselines.keywords(texts, "sentiment", tones) == ["positive", "negative", "neutral"]


def test_keywords_only_of_the_classes_scored():
    """A class that is not scored has no keywords; "none" stays what a text without keywords gets."""
    found = baselines.keywords(["war and talks", "condemned", "…"], "stance", ("diplomatic", "critical"))
    assert found == ["diplomatic", "critical", "none"]


def test_no_keywords_for_other_labels():
    """Labels that are not the codebook's have no keywords."""
    assert baselines.keywords(["war"], "stance", ("hawk", "dove")) is None


def test_baselines_are_scored_beside_the_model():
    """A baseline's label that is no class counts as undecided, so it is right nowhere."""
    found = evaluate_head(
        "stance",
        ("a", "b"),
        ["a", "a", "b", "b"],
        certain("abab", "ab"),
        baselines={"all a": ["a"] * 4, "none": ["none"] * 4},
    )
    assert [(b.name, b.macro_f1, b.accuracy) for b in found.baselines] == [("all a", 0.333333, 0.5), ("none", 0.0, 0.0)]


# Errors and records

MISTAKES = {
    "shape": ({"probabilities": np.ones((2, 3))}, "probabilities have shape (2, 3), expected (2, 2)"),
    "rows": ({"probabilities": np.ones((3, 2))}, "probabilities have shape (3, 2), expected (2, 2)"),
    "label": ({"gold": ["a", "z"]}, "gold labels ['z'] are not among ['a', 'b']"),
    "decided": ({"decided": [True]}, "decided has length 1, expected 2"),
    "groups": ({"groups": ["x", "y", "z"]}, "groups has length 3, expected 2"),
    "baseline": ({"baselines": {"keywords": ["a"]}}, "keywords has length 1, expected 2"),
}


@pytest.mark.parametrize(("wrong", "sentence"), MISTAKES.values(), ids=MISTAKES.keys())
def test_arrays_that_do_not_fit(wrong, sentence):
    """Arrays of other shapes, and labels of no column, are refused by name instead of being stretched to fit."""
    arguments = {"head": "stance", "labels": ("a", "b"), "gold": ["a", "b"], "probabilities": certain("ab", "ab")}
    with pytest.raises(ValueError, match=f"^{re.escape(sentence)}$"):
        evaluate_head(**(arguments | wrong))


def test_an_evaluation_as_json():
    """The JSON form names its schema version and holds plain lists and numbers."""
    head = evaluate_head("stance", ("a", "b"), ["a", "b"], certain("ab", "ab"))
    written = Evaluation("title", "method", {"Seed": "0"}, (head,)).as_dict()
    assert written["schema_version"] == 1
    assert written["heads"][0]["classes"][0] == {
        "label": "a",
        "precision": 1.0,
        "recall": 1.0,
        "f1": 1.0,
        "f1_interval": None,
        "support": 1,
    }
