"""Two models on the same rows, parts of the rows, and the calibration error's interval."""

from __future__ import annotations

import json

import numpy as np
import pytest
from scipy import stats

from stance.assessment.slicing import slice_columns
from stance.errors import UsageError
from stance.evaluation import Comparison, Difference, Interval, Slice, calibration
from stance.evaluation.comparison import compare, mcnemar
from stance.evaluation.slices import MOST_VALUES, score_slices
from stance.records import Statement
from stance.report.parts import shown_slices
from stance.report.rivals import verdict
from stance.report.wording import chance

# Two models


@pytest.mark.parametrize(("one", "other"), [(0, 0), (1, 9), (9, 1), (30, 30), (12, 33)])
def test_mcnemar_is_the_exact_binomial_test(one, other):
    """Two-sided, against one half, as SciPy's binomial test gives it."""
    expected = stats.binomtest(one, one + other, 0.5).pvalue if one + other else 1.0
    assert mcnemar(one, other) == pytest.approx(expected)


def answers(generator, gold, share):
    """Give labels that are right with a probability."""
    return np.where(generator.random(len(gold)) < share, gold, (gold + 1) % 3)


def test_better_model_is_found_and_equal_ones_are_not_told_apart():
    """The interval of the difference excludes 0 for 85 against 60 %, and holds it for a model and itself."""
    generator = np.random.default_rng(5)
    gold = generator.integers(0, 3, 400)
    good, bad = answers(generator, gold, 0.85), answers(generator, gold, 0.6)
    groups = [i // 10 for i in range(400)]
    found = compare("stance", "abc", gold, good, bad, name="old", groups=groups)
    macro = found.f1[-1]
    assert macro.what == "macro-F1"
    assert macro.interval.low > 0.1
    assert macro.interval.low < macro.difference < macro.interval.high
    assert found.p_value < 0.001
    assert found.both_right + found.only_this + found.only_other + found.both_wrong == 400
    assert found.only_this == int(((good == gold) & (bad != gold)).sum())
    same = compare("stance", "abc", gold, good, good, name="old", groups=groups)
    assert (same.p_value, same.f1[-1].interval) == (1.0, Interval(0.0, 0.0))
    back = compare("stance", "abc", gold, bad, good, name="new", groups=groups)
    assert back.f1[-1].difference == -macro.difference


def test_undecided_rows_are_wrong_rows():
    """Column k is no class: the model that left it undecided did not label it rightly."""
    found = compare("stance", "ab", np.array([0, 1]), np.array([0, 2]), np.array([0, 1]), name="x")
    assert (found.both_right, found.only_other) == (1, 1)
    assert found.f1[0].interval is None


@pytest.mark.parametrize(
    ("interval", "difference", "said"),
    [
        (None, 0.2, "There are too few groups to say whether this model or “x” is better."),
        (Interval(-0.1, 0.3), 0.1, "These rows do not tell whether this model or “x” is better"),
        (Interval(0.1, 0.3), 0.2, "This model is better than “x”: macro-F1 differs by +0.20."),
        (Interval(-0.3, -0.1), -0.2, "The other model, “x”, is better than this one: macro-F1 differs by −0.20."),
    ],
)
def test_verdict_says_no_more_than_the_interval(interval, difference, said):
    """An interval that holds 0 gives no winner."""
    macro = Difference("macro-F1", 0.5, 0.5 - difference, difference, interval)
    assert verdict(Comparison("stance", "x", 9, 9, 1, 2, 3, 3, 0.5, (macro,))).startswith(said)


def test_small_chances_are_not_nought():
    """A p-value is never written as zero."""
    assert (chance(0.0000001), chance(0.0423)) == ("p < 0.001", "p = 0.042")


# Parts


def test_slices_worked_by_hand():
    """Accuracy and macro-F1 (over the labels that occur) of each value; blanks are a value too."""
    gold, given = np.array([0, 0, 1, 1, 0]), np.array([0, 1, 1, 1, 2])
    found = score_slices("stance", gold, given, 2, {"outlet": ["x", "x", "x", None, "y"]})
    assert [(s.value, s.rows, s.accuracy, s.macro_f1, s.labels) for s in found] == [
        ("x", 3, 0.666667, 0.666667, 2),
        ("(blank)", 1, 1.0, 1.0, 1),
        ("y", 1, 0.0, 0.0, 1),
    ]
    assert all(s.small for s in found)
    assert found[0].accuracy_interval is None


def test_large_slice_has_intervals_and_is_not_marked():
    """Thirty rows in five groups or more; a slice within one group resamples its rows."""
    gold = np.arange(60) % 2
    given = np.where(np.arange(60) % 5 == 0, 1 - gold, gold)
    groups = ["one"] * 30 + [f"g{i}" for i in range(30)]
    column = {"half": ["a"] * 30 + ["b"] * 30, "wide": ["w"] * 60}
    one, other, wide = score_slices("stance", gold, given, 2, column, groups=groups)
    assert not one.small
    assert (one.groups, other.groups, wide.groups) == (1, 30, 31)
    for part in (one, other, wide):
        assert part.accuracy == 0.8
        assert part.accuracy_interval.low < 0.8 < part.accuracy_interval.high
    (two,) = score_slices("stance", gold, given, 2, {"all": ["x"] * 60}, groups=["a", "b"] * 30)
    assert two.accuracy_interval is None


def test_numbers_stand_in_their_order_and_rare_values_together():
    """Bands and years ascend; beyond forty values the rest is scored as one."""
    gold = np.zeros(5, int)
    years = score_slices("s", gold, gold, 1, {"year": ["2016", "2014", "2016", None, "2015"]})
    assert [s.value for s in years] == ["2014", "2015", "2016", "(blank)"]
    names = [f"v{i}" for i in range(MOST_VALUES + 5)]
    many = score_slices("s", np.zeros(len(names), int), np.zeros(len(names), int), 1, {"x": names})
    assert (many[-1].value, many[-1].rows, len(many)) == ("(all others)", 5, MOST_VALUES + 1)


def test_of_many_values_the_weakest_large_ones_are_shown():
    """Small slices make no headlines."""
    many = [Slice("s", "c", str(i), 99, 9, 2, 0.5, None, i / 20, None, small=i < 3) for i in range(20)]
    assert [s.value for s in shown_slices(many, 4)] == ["3", "4", "5", "6"]
    assert shown_slices(many[:4], 4) == many[:4]


def statement(text, **traits):
    return Statement(text, {"stance": "none"}, "statement", "g", "f.csv", 1, traits=traits)


def test_columns_to_slice_by():
    """What was asked for, what usually varies, and length; a usual column of one value is left out."""
    rows = [statement("We sign", outlet="x", topic="t"), statement("word " * 25, outlet="y", topic="t")]
    assert slice_columns(rows, ["outlet"]) == {"outlet": ["x", "y"], "length": ["1–9 words", "20–29 words"]}


def test_column_that_no_row_has_is_told():
    """With the columns that there are."""
    message = r"^--slice owner: no row has such a column\. There are: outlet, topic\.$"
    with pytest.raises(UsageError, match=message):
        slice_columns([statement("We sign", outlet="x", topic="t")], ["owner"])


# Calibration


def drawn(seed, n, over=0.0):
    """Draw confidences, and labels that are right with that probability less ``over``."""
    generator = np.random.default_rng(seed)
    confidence = generator.uniform(0.4, 1, n)
    return confidence, generator.random(n) < confidence - over


def test_error_of_even_weights_is_the_expected_error_of_the_bins():
    """The weighted form that the bootstrap uses gives the same figure as the bins."""
    confidence, right = drawn(1, 500, 0.1)
    order = np.argsort(confidence)
    whole = calibration.expected_error(calibration.equal_count_bins(confidence, right))
    weighted = calibration._weighted_error(confidence[order], right[order].astype(float), np.ones(500))
    assert weighted == pytest.approx(whole, abs=1e-6)


def test_interval_of_an_overconfident_model_excludes_chance():
    """Twenty points too sure: the interval lies around 0.2 and above what chance gives."""
    confidence, right = drawn(2, 1_000, 0.2)
    interval = calibration.error_interval(confidence, right, np.arange(1_000), seed=0)
    by_chance = calibration.error_by_chance(confidence, seed=0)
    assert interval.low > 0.15 > by_chance
    assert interval.high < 0.25


def test_interval_of_a_calibrated_model_reaches_down_to_chance():
    """A calibrated model's error is within what chance gives, and its interval begins near nought."""
    confidence, right = drawn(3, 1_000)
    whole = calibration.expected_error(calibration.equal_count_bins(confidence, right))
    assert whole <= calibration.error_by_chance(confidence, seed=0)
    assert calibration.error_interval(confidence, right, np.arange(1_000), seed=0).low < 0.01


def test_few_rows_or_groups_have_no_interval():
    """Below a hundred rows or five groups nothing is claimed."""
    confidence, right = drawn(4, 99)
    assert calibration.error_interval(confidence, right, np.arange(99), seed=0) is None
    assert calibration.error_by_chance(confidence, seed=0) is None
    confidence, right = drawn(4, 200)
    assert calibration.error_interval(confidence, right, np.arange(200) % 4, seed=0) is None


@pytest.mark.parametrize(("hits", "rows"), [(0, 10), (10, 10), (7, 12), (400, 1_000)])
def test_wilson_interval_is_that_of_scipy(hits, rows):
    """The interval of a share equals SciPy's."""
    expected = stats.binomtest(hits, rows).proportion_ci(method="wilson")
    np.testing.assert_allclose(calibration.wilson(hits, rows), [expected.low, expected.high], atol=1e-6)


# The command


GOLD = "text,stance,outlet\n" + "".join(
    f"{text} {i},{label},{'x' if i % 2 else 'y'}\n"
    for i in range(20)
    for text, label in [("We offer peace talks", "diplomatic"), ("Troops bomb the bridge", "none")]
)


def test_models_and_slices_in_table_page_and_twin(run, tiny_model, write, tmp_path):
    """The installed command compares with another model and scores by a column of the file."""
    write("gold.csv", GOLD)
    arguments = ("--data", "gold.csv", "--model", tiny_model, "--against", tiny_model, "--slice", "outlet")
    code, stdout, _ = run("evaluate", *arguments)
    assert code == 0
    assert "McNemar's exact p 1.000" in stdout
    assert " stance by" in stdout
    twin = json.loads((tmp_path / "stance-report.json").read_text("utf-8"))
    assert twin["comparisons"][0]["both_right"] == 20
    assert [(s["column"], s["value"], s["rows"]) for s in twin["slices"]][:2] == [
        ("outlet", "x", 20),
        ("outlet", "y", 20),
    ]
    assert [s["column"] for s in twin["slices"]][2:] == ["length", "known words"]
    page = (tmp_path / "stance-report.html").read_text("utf-8")
    assert "Against another model" in page
    assert "Parts of the rows" in page


def test_model_of_other_labels_cannot_be_compared(call, tiny_model, write):
    """The sentence names what the other model lacks."""
    write("own.csv", "text,stance\nWe offer peace,dove\nWe sign it,dove\nWe bomb it,hawk\nWe attack,hawk\n")
    write("gold.csv", GOLD)
    assert call("train", "--data", "own.csv", "--folds", 2, "--output", "own").code == 0
    assert call("evaluate", "--model", tiny_model, "--data", "gold.csv", "--against", "own") == (
        2,
        "",
        "--against own: that model has no stance of escalatory, diplomatic, none, so it cannot be compared.\n",
    )
