"""How a score grows with the statements learnt from: the law, what it claims and what it refuses to."""

from __future__ import annotations

import json
import re
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from small_corpus import GATED, PHRASES, SMALL, STATEMENTS

from stance.assessment import cross_validated
from stance.assessment.learning import SHARES, learning_curves, part_of
from stance.evaluation.learning import Measured, learning_curve
from stance.evaluation.power_law import PowerLaw, fit
from stance.report import render_html, render_json
from stance.report.learning import learning_finding
from stance.training import TrainingConfig, train

SIZES = (100, 200, 400, 600, 800)
CONFIG = TrainingConfig(folds=3, grid=(4.0,))


# The law


@settings(max_examples=50, deadline=None)
@given(a=st.floats(0.6, 1), loss=st.floats(0.1, 0.5), c=st.floats(0.1, 2))
def test_a_power_law_is_recovered(a, loss, c):
    """From its own points, whatever the units; so is the number of rows that a score takes."""
    law = PowerLaw(a, loss * 100**c, c)
    found = fit(SIZES, [law.at(n) for n in SIZES])
    assert [found.at(n) for n in SIZES] == pytest.approx([law.at(n) for n in SIZES], abs=1e-5)
    assert found.at(1_600) == pytest.approx(law.at(1_600), abs=1e-3)
    assert law.rows_for(law.at(1_234)) == pytest.approx(1_234, rel=1e-6)


def test_the_law_is_that_of_the_paper():
    """0.9 - 2 / sqrt(rows): by hand, 0.7 at 100 rows, 0.8 at 400, and 0.85 takes 1,600."""
    found = fit(SIZES, [0.9 - 2 / n**0.5 for n in SIZES])
    assert (found.a, found.b, found.c) == pytest.approx((0.9, 2.0, 0.5), rel=1e-4)
    assert found.at(400) == pytest.approx(0.8)
    assert found.rows_for(0.85) == pytest.approx(1_600, rel=1e-3)
    assert found.rows_for(0.9) is None


def test_later_points_weigh_more():
    """The same slip moves the curve's end less at the first point than at the last."""
    law = PowerLaw(0.9, 2.0, 0.5)
    exact = [law.at(n) for n in SIZES]
    first, last = (
        fit(SIZES, [v + 0.05 * (i == place) for i, v in enumerate(exact)]).at(800) - law.at(800) for place in (0, 4)
    )
    assert abs(first) < last


def test_a_curve_that_does_not_rise_promises_nothing():
    """It stays where it is, and no number of rows takes it elsewhere; no score is above 1."""
    falling = fit(SIZES, [0.8, 0.78, 0.76, 0.74, 0.73])
    assert (falling.b, falling.rows_for(0.9)) == (0.0, None)
    assert falling.at(1e9) == pytest.approx(0.75, abs=0.02)
    assert fit(SIZES, [0.2, 0.4, 0.8, 0.9, 0.99]).a <= 1


def test_a_score_out_of_all_proportion_takes_no_number():
    """Beyond what a float holds."""
    assert PowerLaw(0.9, 1e300, 0.05).rows_for(0.8999) is None


@pytest.mark.parametrize("sizes", [(100, 200, 400), (100, 100, 200, 400), (0, 100, 200, 400)])
def test_too_few_points_make_no_law(sizes):
    """Three points fit any law of three parameters."""
    with pytest.raises(ValueError, match=r"a curve takes 4 different numbers of rows of at least 1, not \["):
        fit(sizes, [0.5] * len(sizes))


# What is claimed


def measured(scores, *, groups=10, rows=40_000, sizes=SIZES):
    """Give tables of two classes whose accuracy, and so macro-F1, is as given; groups differ a little."""
    found = []
    for size, score in zip(sizes, scores, strict=True):
        right = [round(rows * (score + 0.01 * (-1) ** place)) for place in range(groups)]
        tables = np.array([[[n, rows - n, 0], [rows - n, n, 0]] for n in right])
        found.append(Measured(size / max(sizes), size, size // 2, tables))
    return found


RISING = [0.9 - 2 / n**0.5 for n in SIZES]


def test_a_target_on_the_curve_is_reachable():
    """0.85 takes 1,600 statements, so 600 further ones than the thousand there are; groups give the interval."""
    curve = learning_curve("stance", measured(RISING), statements=1_000, target=0.85)
    assert (curve.verdict, curve.target, curve.statements) == ("reachable", 0.85, 1_000)
    assert curve.further == pytest.approx(600, abs=30)
    low, high = curve.further_interval
    assert 0 < low <= curve.further <= high < 3_000
    assert curve.expected == pytest.approx(0.9 - 2 / 1_000**0.5, abs=2e-3)
    assert [each.macro_f1 for each in curve.points] == pytest.approx(RISING, abs=2e-3)
    assert all(each.macro_f1_interval.low < each.macro_f1 < each.macro_f1_interval.high for each in curve.points)
    assert curve == learning_curve("stance", measured(RISING), statements=1_000, target=0.85)


def test_without_a_target_the_next_twentieth_is_asked_for():
    """Of 0.837 it is 0.85."""
    assert learning_curve("stance", measured(RISING), statements=1_000).target == 0.85
    high = [0.99 - 2 / n**0.9 for n in SIZES]
    assert learning_curve("stance", measured(high), statements=1_000).target == pytest.approx(0.993, abs=2e-3)


@pytest.mark.parametrize(
    ("target", "verdict", "said"),
    [
        (0.8, "reached", "a macro-F1 of 0.80 is reached already"),
        (0.95, "not reachable", "0.95 is not reachable by more of the same: the curve levels off at 0.9"),
        (0.892, "too far to say", "0.89 would take more than ten times as many, which is too far to say"),
        (0.85, "reachable", "0.85 is expected to take some 6"),
    ],
)
def test_verdicts_are_said(target, verdict, said):
    """One sentence each, with what is expected of all statements there are."""
    curve = learning_curve("stance", measured(RISING), statements=1_000, target=target)
    assert curve.verdict == verdict
    assert (curve.further is None) == (curve.further_interval is None) == (verdict != "reachable")
    sentence = learning_finding(curve)
    assert sentence.startswith("With all 1,000 statements stance is expected to reach 0.84")
    assert said in sentence


@pytest.mark.parametrize(
    ("points", "statements"),
    [
        (measured(RISING), 199),
        (measured(RISING, groups=4), 1_000),
        (measured(RISING[:3], sizes=SIZES[:3]), 1_000),
        (measured(RISING, sizes=(0, 200, 400, 600, 800)), 1_000),
    ],
)
def test_too_few_rows_make_no_claim(points, statements):
    """Statements, groups or points: the points are shown, and that is all."""
    curve = learning_curve("stance", points, statements=statements, target=0.85)
    assert (curve.verdict, curve.law, curve.expected, curve.further) == ("too few rows", None, None, None)
    assert len(curve.points) == len(points)
    assert "too few rows for a claim" in learning_finding(curve)


def test_groups_that_disagree_leave_the_end_open():
    """Where resampled curves never get there, the interval has no upper bound, and the sentence says so."""
    noisy = measured(RISING, groups=6, rows=20)
    curve = learning_curve("stance", noisy, statements=1_000, target=0.875)
    assert curve.verdict == "reachable"
    assert curve.further_interval[1] is None
    assert "to more than can be told)" in learning_finding(curve)


# Parts of a training side


def test_parts_are_whole_groups_and_nested():
    """But for the last group; phrases keep their share; a smaller part is within a larger one."""
    rows = np.arange(len(SMALL.statements))
    before: set[int] = set()
    for share in (*SHARES, 1.0):
        part = part_of(rows, SMALL, share, seed=(0, 0, 0))
        own = [SMALL.statements[row] for row in part]
        statements = [s for s in own if s.kind != "phrase"]
        assert len(statements) == round(share * len(STATEMENTS))
        assert len(own) - len(statements) == round(share * len(PHRASES))
        whole = {name: sum(s.group == name for s in STATEMENTS) for name in {s.group for s in statements}}
        assert sum(whole[name] != sum(s.group == name for s in statements) for name in whole) <= 1
        assert before <= set(part.tolist())
        before = set(part.tolist())
    assert before == set(rows.tolist())


def test_draws_differ_and_can_be_repeated():
    """The seed decides."""
    rows = np.arange(len(SMALL.statements))
    one, again, other = (part_of(rows, SMALL, 0.5, seed=(0, n, 0)).tolist() for n in (0, 0, 1))
    assert one == again != other


# Of a training run


@pytest.fixture(scope="module")
def curves():
    """Give the curves of a small corpus with a gate, and its evaluation."""
    trained = train(GATED, replace(CONFIG, fewest_off_topic=6))
    evaluation = cross_validated(trained, source="small", with_errors=False)
    return replace(evaluation, learning_curves=learning_curves(trained, target=0.9))


def test_the_last_point_is_the_cross_validation(curves):
    """Sizes ascend, and the whole training side scores what the report says of the head."""
    assert [each.head for each in curves.learning_curves] == ["stance", "sentiment"]
    for curve, head in zip(curves.learning_curves, curves.heads, strict=True):
        assert curve.points[-1].macro_f1 == head.macro_f1
        assert curve.points[-1].share == 1
        sizes = [each.statements for each in curve.points]
        assert sizes == sorted(sizes)
        assert curve.points[-1].macro_f1 > curve.points[0].macro_f1
        assert curve.verdict == "too few rows"


def test_page_and_twin_show_the_curve(curves):
    """A sentence, a chart with a label for screen readers, how to read it; every figure in the twin."""
    page = render_html(curves)
    assert page == render_html(curves)
    assert page.count("What further statements would bring") >= 4
    assert "Learning curve of stance, macro-F1 and statements: " in page
    assert "Each dot is the macro-F1 after learning from part of the statements" in page
    assert "too few rows for a claim (58 statements)." in page
    twin = json.loads(render_json(curves))["learning_curves"]
    assert [each["head"] for each in twin] == ["stance", "sentiment"]
    assert twin[0]["points"][-1]["statements"] == curves.learning_curves[0].points[-1].statements
    assert "What further statements" not in render_html(replace(curves, learning_curves=None))


def test_chart_shows_law_and_target(curves):
    """The line of the law, the target, and where the statements end."""
    curve = learning_curve("stance", measured(RISING), statements=1_000, target=0.85)
    page = render_html(replace(curves, learning_curves=(curve,)))
    part = page[page.index('id="head-1-learning"') : page.index('id="head-1-calibration"')]
    assert part.count('class="curve"') == 60
    assert part.count('class="dot"') == 5
    assert part.count(">target<") == 1
    assert part.count('class="axis"') == 1


def test_shares_of_one_label_are_left_out():
    """An eighth of a file whose rare label stands in two groups may hold one label only; no error comes of it."""
    statements = [
        replace(s, labels={"stance": "critical" if s.group in {"talks", "trade"} and n % 4 == 0 else "none"})
        for n, s in enumerate(STATEMENTS)
    ]
    [curve] = learning_curves(train(type(SMALL)(tuple(statements)), replace(CONFIG, folds=2)))
    assert 1 <= len(curve.points) <= len(SHARES) + 1
    assert curve.points[-1].share == 1


# The command


def test_command_says_and_writes_the_curve(run, training, tmp_path):
    """On a file, models are cross-validated on the file; the same call gives the same bytes."""
    arguments = ("evaluate", "--data", training.data, "--folds", 2, "--learning-curve", "--target", "0.9")
    code, stdout, _ = run(*arguments)
    assert code == 0
    assert "What further statements would bring to stance: too few rows for a claim" in " ".join(stdout.split())
    first = (tmp_path / "stance-report.json").read_bytes()
    assert json.loads(first)["learning_curves"][0]["target"] == 0.9
    assert run(*arguments).code == 0
    assert (tmp_path / "stance-report.json").read_bytes() == first
    assert re.search(r"Learning curve of stance, macro-F1", (tmp_path / "stance-report.html").read_text("utf-8"))


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--target", "0.8"), "--target is the macro-F1 that --learning-curve asks for; add that.\n"),
        (
            ("--learning-curve", "--target", "80"),
            "--target 80 is no macro-F1; give one between 0 and 1, such as 0.8.\n",
        ),
        (
            ("--learning-curve", "--data", "x.csv", "--model", "m"),
            "--learning-curve trains models of its own, on the corpus or on --data; leave out --model.\n",
        ),
        (
            ("--learning-curve", "--data", "x.csv", "--classes", "none"),
            (
                "--learning-curve without --model cross-validates on --data; "
                "--against and --classes need a --model then.\n"
            ),
        ),
        (
            ("--learning-curve", "--quotes", "x.jsonl"),
            "--quotes scores the quote extractor; it goes with --json only.\n",
        ),
    ],
)
def test_options_that_contradict_are_refused(call, arguments, message):
    """Exit code 2 and a sentence."""
    assert call("evaluate", *arguments) == (2, "", message)
