"""Kappa and alpha, held against published examples, and the command that compares two coders."""

from __future__ import annotations

import json

import numpy as np
import pytest
from sklearn.metrics import cohen_kappa_score

from stance.evaluation.agreement import agreement, cohens_kappa, coincidence_matrix, krippendorffs_alpha

#: K. Krippendorff, "Computing Krippendorff's Alpha-Reliability" (2011): A, two coders of yes and no; B, two coders of
#: five names; and below C, four coders with missing values. One string a coder, a point where a value is missing.
PUBLISHED = {
    "A": (["0100000010", "1110010000"], 0.095),
    "B": (["aabbdcccedda", "babbbccceddd"], 0.692),
}


def units(coders):
    return [[None if value == "." else value for value in row] for row in zip(*coders, strict=True)]


@pytest.mark.parametrize("example", ["A", "B"])
def test_alpha_of_two_coders_is_the_published_one(example):
    """To the three places that are printed."""
    coders, expected = PUBLISHED[example]
    rows = units(coders)
    labels = sorted({value for row in rows for value in row})
    assert float(krippendorffs_alpha(coincidence_matrix(rows, labels))) == pytest.approx(expected, abs=5e-4)
    first, second = ([row[i] for row in rows] for i in (0, 1))
    assert agreement(first, second, labels).measures[0].alpha == pytest.approx(expected, abs=5e-4)


#: Example C, coder by coder.
FOUR = ["123321412...", "123322412 5.3", ".33323422 51.", "123324412 51."]


def test_alpha_of_four_coders_with_missing_values_is_the_published_one():
    """0.743 in the paper; the row that one coder alone labelled does not count."""
    rows = units([coder.replace(" ", "") for coder in FOUR])
    assert float(krippendorffs_alpha(coincidence_matrix(rows, "12345"))) == pytest.approx(0.743, abs=5e-4)


def coded(seed, n, share=0.7):
    generator = np.random.default_rng(seed)
    first = generator.integers(0, 3, n)
    second = np.where(generator.random(n) < share, first, generator.integers(0, 3, n))
    return ["abc"[i] for i in first], ["abc"[i] for i in second]


def test_kappa_is_that_of_scikit_learn():
    """On all labels and on one against the rest."""
    first, second = coded(1, 200)
    found = agreement(first, second, "abc")
    assert found.measures[0].kappa == pytest.approx(cohen_kappa_score(first, second), abs=1e-6)
    one = cohen_kappa_score([x == "b" for x in first], [x == "b" for x in second])
    assert found.measures[2].of == "b"
    assert found.measures[2].kappa == pytest.approx(one, abs=1e-6)
    assert found.measures[2].rows == sum(a == "b" or b == "b" for a, b in zip(first, second, strict=True))


def test_missing_labels_are_counted_and_left_out():
    """Rows without one of the labels say nothing of agreement."""
    found = agreement(["a", None, "b", ""], ["a", "b", None, None], "ab")
    assert (found.rows, found.both, found.missing) == (4, 1, (2, 2))
    assert found.table == ((1, 0), (0, 0))


def test_one_label_throughout_has_no_measure():
    """Chance alone would agree as well."""
    found = agreement(["a"] * 40, ["a"] * 40, ["a"])
    assert (found.measures[0].observed, found.measures[0].kappa, found.measures[0].alpha) == (1.0, None, None)
    assert found.measures[0].kappa_interval is None
    assert np.isnan(cohens_kappa(np.array([[4.0]])))


def test_intervals_need_rows_and_groups():
    """Thirty rows in five groups; groups that are alike widen them."""
    first, second = coded(2, 200)
    rows = agreement(first, second, "abc").measures[0]
    assert rows.kappa_interval.low < rows.kappa < rows.kappa_interval.high
    assert rows.alpha_interval.low < rows.alpha < rows.alpha_interval.high
    assert agreement(first[:29], second[:29], "abc").measures[0].kappa_interval is None
    assert agreement(first, second, "abc", groups=[i % 4 for i in range(200)]).measures[0].alpha_interval is None
    twice = agreement(first * 5, second * 5, "abc", groups=list(range(200)) * 5).measures[0]
    lone = agreement(first * 5, second * 5, "abc").measures[0]
    assert twice.kappa_interval.high - twice.kappa_interval.low > 1.5 * (
        lone.kappa_interval.high - lone.kappa_interval.low
    )


def test_columns_of_different_length_are_told():
    """A programmer's mistake is a ValueError."""
    with pytest.raises(ValueError, match=r"^the columns have different lengths$"):
        agreement(["a"], [], "a")


def coded_file():
    first, second = coded(3, 60)
    first[0] = ""
    return "article,ann,ben\n" + "".join(
        f"{i // 4},{a},{b}\n" for i, (a, b) in enumerate(zip(first, second, strict=True))
    )


def test_command_prints_measures_and_the_table(run, write):
    """The installed command: two column names after the option."""
    write("coded.csv", coded_file())
    code, stdout, stderr = run("evaluate", "--data", "coded.csv", "--agreement", "ann", "ben", "--group", "article")
    assert (code, stderr) == (0, "")
    assert stdout.startswith(
        "Agreement of ann and ben: 59 of 60 rows have both labels (1 lack the first, 0 the second)"
    )
    assert " all labels" in stdout
    assert "ann, down; ben, across" in stdout


def test_json_of_the_command(call, write, names):
    """Every number; no report is written."""
    write("coded.csv", coded_file())
    code, stdout, _ = call("evaluate", "--data", "coded.csv", "--agreement", "ann", "ben", "--json")
    read = json.loads(stdout)
    assert (code, read["coders"], read["labels"], read["both"]) == (0, ["ann", "ben"], ["a", "b", "c"], 59)
    assert [m["of"] for m in read["measures"]] == ["all labels", "a", "b", "c"]
    assert names() == ["coded.csv"]


def test_few_rows_have_no_intervals_and_it_is_said(call, write):
    """Under thirty rows."""
    write("coded.csv", "a,b\nx,x\ny,y\nx,y\n")
    assert (
        "Under 30 rows with both labels: too few for intervals."
        in call("evaluate", "--data", "coded.csv", "--agreement", "a", "b").stdout
    )


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (("--agreement", "a", "b"), 2, "--agreement needs --data FILE, the file that has both columns.\n"),
        (
            ("--data", "c.csv", "--agreement", "a", "z"),
            1,
            'c.csv: no column "z" in line 2 (there are: "a", "b"). Name another.\n',
        ),
        (("--data", "c.csv", "--agreement", "a", "b"), 1, 'c.csv: no row has a label in both "a" and "b".\n'),
    ],
)
def test_what_cannot_be_compared_is_told(call, write, arguments, code, message):
    """One sentence each."""
    write("c.csv", "a,b\nx,\n,y\n")
    assert call("evaluate", *arguments) == (code, "", message)
