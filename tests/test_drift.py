"""Drift: what moved, whether chance explains it, and the exit code that a scheduled job looks at."""

from __future__ import annotations

import json

import numpy as np
import pytest
from scipy import stats

from stance.assessment.drifting import sample_of
from stance.evaluation.drift import Moments, Sample, Thresholds, chi_square, compare, mix_change, stability_index


def moments(values):
    found = Moments()
    for value in values:
        found.add(float(value))
    return found


def test_difference_of_means_is_that_of_the_textbook():
    """Mean, standard error and interval equal those worked out by NumPy."""
    generator = np.random.default_rng(1)
    one, other = generator.normal(0.6, 0.1, 300), generator.normal(0.5, 0.2, 500)
    old, new = Sample(undecided=moments(one)), Sample(undecided=moments(other))
    change = compare(old, new, thresholds=Thresholds()).changes[0]
    half = 1.959964 * np.sqrt(one.var(ddof=1) / 300 + other.var(ddof=1) / 500)
    difference = other.mean() - one.mean()
    np.testing.assert_allclose(
        [change.change, *change.interval], [difference, difference - half, difference + half], atol=1e-6
    )
    assert change.verdict == "drift"


def test_index_worked_by_hand():
    """From 50:50 to 80:20, the index is 0.3 ln 1.6 - 0.3 ln 0.4 = 0.4159."""
    assert stability_index(np.array([50.0, 50]), np.array([80.0, 20])) == pytest.approx(0.415888, abs=1e-6)


def test_chi_square_is_that_of_scipy():
    """The p-value equals SciPy's; a label that nobody has does not count."""
    counts = np.array([[30.0, 20, 0, 50], [25, 40, 0, 35]])
    assert chi_square(counts) == pytest.approx(stats.chi2_contingency(counts[:, [0, 1, 3]]).pvalue)
    assert chi_square(np.array([[3.0], [4]])) == 1.0
    assert chi_square(np.zeros((2, 3))) == 1.0


@pytest.mark.parametrize(
    ("old", "new", "verdict"),
    [
        ((500, 500), (510, 490), "steady"),
        ((500, 500), (800, 200), "drift"),
        ((50_000, 50_000), (52_000, 48_000), "steady"),  # significant, but less than allowed
        ((40, 40), (70, 10), "too few rows"),
    ],
)
def test_verdict_needs_size_and_significance(old, new, verdict):
    """A change has to be larger than allowed and larger than chance, on rows enough."""
    change = mix_change("mix", dict(zip("ab", old, strict=True)), dict(zip("ab", new, strict=True)), 0.1)
    assert change.verdict == verdict
    assert change.interval.low <= change.change <= change.interval.high


def test_label_that_one_side_lacks_is_a_finite_change():
    """It counts as half a row there."""
    change = mix_change("mix", {"a": 200}, {"a": 100, "b": 100}, 0.1)
    assert change.verdict == "drift"
    assert change.shares == {"a": (1.0, 0.5), "b": (0.0, 0.5)}
    assert np.isfinite(change.change)


def rows(n, share, *, confidence=0.8, undecided=0):
    """Give n rows of which a share is diplomatic, then some undecided ones."""
    lines = []
    for i in range(n):
        label = "diplomatic" if i < share * n else "critical"
        other = "critical" if label == "diplomatic" else "diplomatic"
        probabilities = {label: confidence, other: round(1 - confidence, 6)}
        row = {"text": "We agree now", "status": "ok", "stance": label, "stance_probabilities": probabilities}
        lines.append(json.dumps({**row, "known_terms": 2}))
    return "\n".join(lines + [json.dumps({"text": "x", "status": "undecided", "stance": None})] * undecided) + "\n"


def test_sample_of_a_file(write, tmp_path):
    """Undecided rows count, known words are shares of different words, confidence is that of the label given."""
    write("a.jsonl", rows(10, 0.5, undecided=2))
    sample = sample_of(str(tmp_path / "a.jsonl"))
    assert (sample.undecided.count, sample.undecided.total) == (12, 2)
    assert (sample.known.count, sample.known.mean) == (10, pytest.approx(2 / 3))
    assert sample.labels == {"stance": {"diplomatic": 5, "critical": 5}}
    assert sample.confidence["stance"].mean == pytest.approx(0.8)


def test_steady_files_end_with_nought(run, write):
    """The installed command: a table, and no complaint."""
    write("old.jsonl", rows(200, 0.5))
    write("new.jsonl", rows(200, 0.52))
    code, stdout, stderr = run("drift", "old.jsonl", "new.jsonl")
    assert (code, stderr) == (0, "")
    assert stdout.startswith("200 old rows, 200 new rows\n")
    assert "steady" in stdout
    assert "drift" not in stdout


def test_drift_ends_with_three(call, write):
    """Exit code 3 and the names of the measures on standard error, the JSON on standard output."""
    write("old.jsonl", rows(200, 0.5))
    write("new.jsonl", rows(150, 0.9, confidence=0.6, undecided=50))
    code, stdout, stderr = call("drift", "old.jsonl", "new.jsonl", "--json")
    assert (code, stderr) == (3, "Drift: undecided rows, stance: labels, stance: confidence.\n")
    read = json.loads(stdout)
    assert read["drifted"] == ["undecided rows", "stance: labels", "stance: confidence"]
    assert [change["what"] for change in read["changes"]] == [
        "undecided rows",
        "known words",
        "stance: labels",
        "stance: confidence",
    ]


def test_thresholds_are_options(call, write):
    """What is allowed is no drift."""
    write("old.jsonl", rows(200, 0.5))
    write("new.jsonl", rows(150, 0.9, confidence=0.6, undecided=50))
    allowed = ("--max-mix", 2, "--max-undecided", 0.5, "--max-confidence", 0.5)
    assert call("drift", "old.jsonl", "new.jsonl", *allowed).code == 0


def test_few_rows_claim_nothing(call, write):
    """Under a hundred rows, whatever moved."""
    write("old.jsonl", rows(200, 0.5))
    write("new.jsonl", rows(20, 1.0))
    code, stdout, _ = call("drift", "old.jsonl", "new.jsonl")
    assert code == 0
    assert stdout.count("too few rows") == 4


def test_file_without_labels_is_told(call, write):
    """A file of texts is no file of predictions."""
    write("old.jsonl", rows(1, 1))
    write("new.csv", "text\nWe sign\n")
    code, stdout, stderr = call("drift", "old.jsonl", "new.csv")
    assert (code, stdout) == (1, "")
    assert stderr.startswith('new.csv: neither a column "stance" nor "sentiment" (there are: "text"). ')
