"""Gold labels that are probably wrong: by hand, against cleanlab, and planted in a file."""

from __future__ import annotations

import json

import numpy as np
import pytest
from small_corpus import SMALL
from test_promises import drawn

from stance.assessment.doubtful import doubtful_in_training, doubtful_labels
from stance.evaluation import Evaluation, Suspect, evaluate_head
from stance.evaluation.suspects import confident_thresholds, suspected
from stance.records import Statement
from stance.report import render_html
from stance.training import TrainingConfig, train

#: What cleanlab 2.9.0 gives for the rows below (find_label_issues, filter_by="confident_learning", ranked by
#: self-confidence; get_confident_thresholds).
CLEANLAB = [34, 56, 8, 12, 25, 13, 3, 59, 10, 32, 4, 45, 27, 33, 18, 44]
CLEANLAB_THRESHOLDS = [0.43582, 0.449087, 0.443006, 0.466219]


def test_suspects_are_those_of_cleanlab_in_its_order():
    """Sixty rows, a quarter of them relabelled."""
    probabilities, gold = drawn(7, 60)
    noisy = np.where(np.random.default_rng(8).random(60) < 0.25, (gold + 1) % 4, gold)
    np.testing.assert_allclose(confident_thresholds(probabilities, noisy), CLEANLAB_THRESHOLDS, atol=1e-6)
    assert [row for row, _ in suspected(probabilities, noisy)] == CLEANLAB


def test_suspects_worked_by_hand():
    """Thresholds are 0.5 and 0.8: row 2, gold a, reaches that of b; row 1 is given b but does not."""
    probabilities = np.array([[0.9, 0.1], [0.4, 0.6], [0.2, 0.8], [0.2, 0.8], [0.2, 0.8]])
    gold = np.array([0, 0, 0, 1, 1])
    np.testing.assert_allclose(confident_thresholds(probabilities, gold), [0.5, 0.8])
    assert suspected(probabilities, gold) == [(2, 1)]


def test_label_that_no_row_carries_is_never_suggested():
    """Its threshold cannot be known."""
    probabilities = np.array([[0.1, 0.1, 0.8], [0.3, 0.6, 0.1], [0.6, 0.3, 0.1]])
    assert suspected(probabilities, np.array([0, 1, 0])) == []


def test_undecided_rows_are_not_suspected():
    """Their probabilities say nothing of the text."""
    probabilities = np.array([[0.9, 0.1], [0.4, 0.6], [0.2, 0.8], [0.2, 0.8], [0.2, 0.8]])
    rows = [Statement(f"text {i}", {"stance": "aaabb"[i]}, "statement", "g", "f.csv", i + 1) for i in range(5)]
    expected = Suspect("stance", "text 2", "a", "b", 0.2, 0.8, "f.csv, line 3")
    assert doubtful_labels("stance", "ab", rows, probabilities) == (expected,)
    assert doubtful_labels("stance", "ab", rows, probabilities, [True, True, False, True, True]) == ()
    assert doubtful_labels("stance", "ab", rows, probabilities, [False] * 5) == ()


def test_suspects_of_a_training_run():
    """Every one is a row that was tested, with another label suggested."""
    found = doubtful_in_training(train(SMALL, TrainingConfig(folds=2, grid=(4.0,), jobs=1)))
    assert {each.head for each in found} <= {"stance", "sentiment"}
    assert found
    assert all(each.gold != each.suggested and each.self_confidence < each.confidence for each in found)


def planted():
    """Give sixty clear rows in six words a label, two of them with the wrong label."""
    words = {"dove": ("peace", "treaty", "talks"), "hawk": ("bomb", "attack", "war")}
    rows = [(f"They want {word} number {i}", label) for label, own in words.items() for word in own for i in range(10)]
    wrong = {7: "hawk", 44: "dove"}
    return "text,stance\n" + "".join(f"{text},{wrong.get(i, label)}\n" for i, (text, label) in enumerate(rows))


def test_planted_errors_are_found(run, write, tmp_path):
    """The installed command trains on the file, out of fold, and ranks the two slips first."""
    write("mine.csv", planted())
    code, stdout, _ = run("evaluate", "--data", "mine.csv", "--suspects")
    assert code == 0
    assert "2 of 60 gold labels of stance deserve a second look, the most doubtful first" in stdout
    twin = json.loads((tmp_path / "stance-report.json").read_text("utf-8"))
    assert sorted(each["where"] for each in twin["suspects"]) == ["mine.csv, line 46", "mine.csv, line 9"]
    page = (tmp_path / "stance-report.html").read_text("utf-8")
    assert "Labels to look at again" in page
    assert "2 gold labels of 60 rows (3\u00a0%) deserve a second look." in page


def test_model_that_has_not_seen_the_file_can_doubt_it(call, tiny_model, write, tmp_path):
    """With ``--model`` nothing is trained."""
    rows = [("We offer peace talks", "diplomatic"), ("Troops bomb the bridge", "escalatory")] * 5
    rows.append(("The army will attack and bomb", "diplomatic"))
    write("gold.csv", "text,stance\n" + "".join(f"{text} {i},{label}\n" for i, (text, label) in enumerate(rows)))
    assert call("evaluate", "--data", "gold.csv", "--model", tiny_model, "--suspects").code == 0
    twin = json.loads((tmp_path / "stance-report.json").read_text("utf-8"))
    assert [(each["where"], each["suggested"]) for each in twin["suspects"]] == [("gold.csv, line 12", "escalatory")]


def test_nobody_asked_or_nothing_found():
    """Without the option there is no section; with it, and nothing to doubt, a sentence."""
    head = evaluate_head("stance", ("a", "b"), ["a", "b"], np.array([[0.9, 0.1], [0.1, 0.9]]))
    assert "Labels to look at again" not in render_html(Evaluation("t", "m", {}, (head,)))
    assert "No gold label is doubted." in render_html(Evaluation("t", "m", {}, (head,), suspects=()))
    many = tuple(Suspect("stance", f"text {i}", "a", "b", 0.1, 0.9, f"f.csv, line {i}") for i in range(45))
    page = render_html(Evaluation("t", "m", {}, (head,), suspects=many))
    assert page.count("f.csv, line") == 40
    assert "5 more in the JSON beside this page." in page


@pytest.mark.parametrize("option", [("--against", "m"), ("--classes", "none")])
def test_options_of_a_model_need_one(call, option):
    """Cross-validation on the file has no model to compare."""
    assert call("evaluate", "--data", "x.csv", "--suspects", *option) == (
        2,
        "",
        "--suspects without --model cross-validates on --data; --against and --classes need a --model then.\n",
    )
