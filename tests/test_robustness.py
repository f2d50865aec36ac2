"""Robustness figures: what is counted, of how many, against which limit."""

from __future__ import annotations

import pytest

from stance.assessment.robustness import robustness, suite
from stance.evaluation.robustness import RobustnessCheck
from stance.predictor import load
from stance.records import Prediction
from stance.report.robustness import robustness_part

STANCES = ("escalatory", "diplomatic", "critical", "none")
TEXTS = ["We condemn the raid on Iran.", "Talks will go on in Geneva, says Anna Lindt.", "The hall was full."]


class Said:
    """A model that says what a function of the text says."""

    def __init__(self, stance):
        self.heads = {"stance": STANCES}
        self._stance = stance

    def predict(self, text):
        """Label one text."""
        stance = self._stance(text)
        return Prediction(text, "ok", stance, {each: float(each == stance) for each in STANCES}, None, {}, 9)

    def predict_many(self, texts):
        """Label texts."""
        return map(self.predict, texts)


def checks(stance, texts=TEXTS):
    return {(check.suite, check.name): check for check in robustness(Said(stance), texts)}


def test_one_label_for_everything_holds_but_never_turns():
    """Nothing moves it; no pair is told apart; every other world gets the stance, and nothing is left undecided."""
    found = checks(lambda _: "critical")
    assert found["names", "other countries and persons"].share == 0
    assert {check.share for (suite_, _), check in found.items() if suite_ == "noise"} == {1}
    assert found["reversals", "all"].share == 0
    assert found["other worlds", "a stance above one half"].share == 1
    assert found["nothing to judge", "undecided"].share == 0


def test_a_label_that_hangs_on_a_name_moves():
    """Two of the three texts name somebody, and one of them is labelled by it."""
    names = checks(lambda text: "escalatory" if "Iran" in text else "none")["names", "other countries and persons"]
    assert (names.share, names.rows, names.met) == (0.5, 2, False)


def test_a_label_that_hangs_on_case_moves():
    """Upper case moves it, other noise does not."""
    found = checks(lambda text: "critical" if text.isupper() else "none")
    assert found["noise", "upper case"].share == 0
    assert found["noise", "tokenised"].share == 1


def test_pairs_count_when_both_sides_are_right():
    """A model that knows one side of every pair tells none apart."""
    right = {case["one"]: case["stance_one"] for case in suite("reversals")}
    other = {case["other"]: case["stance_other"] for case in suite("reversals")}
    assert checks(lambda text: right.get(text, "none"))["reversals", "all"].share < 0.5
    assert checks(lambda text: {**right, **other}.get(text, "none"))["reversals", "all"].share == 1


def test_no_more_than_two_thousand_rows_are_tried():
    """Evenly spaced ones."""
    found = checks(lambda _: "none", [f"Row {number} stands here." for number in range(5_000)])
    assert found["noise", "upper case"].rows == 1_667


def test_other_labels_are_not_tried():
    """The suites ask for the stances of the codebook."""
    model = Said(lambda _: "yes")
    model.heads = {"stance": ("yes", "no")}
    assert robustness(model, TEXTS) == ()
    assert "other labels" in robustness_part(())


@pytest.mark.parametrize(
    ("share", "rows", "limit", "wanted", "met"),
    [
        (0.02, 9, 0.02, "at most", True),
        (0.03, 9, 0.02, "at most", False),
        (0.97, 9, 0.97, "at least", True),
        (0.96, 9, 0.97, "at least", False),
        (0.96, 9, None, "at least", None),
        (0.0, 0, 0.97, "at least", None),
    ],
)
def test_a_limit_is_kept_or_missed(share, rows, limit, wanted, met):
    """The limit itself keeps it; without a limit or rows there is no verdict."""
    assert RobustnessCheck("noise", "upper case", share, rows, limit, wanted).met is met


def test_the_report_names_what_is_missed():
    """The sentence above the table says which limits are not kept, and by how much."""
    page = robustness_part(robustness(load(), TEXTS))
    assert "limits are kept. Missed: reversals, all (4" in page
    assert page.count("<tr>") == 1 + 1 + 8 + 11 + 2
