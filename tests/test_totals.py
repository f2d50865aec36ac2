"""Totals: shares that were biased come out right, intervals hold, and the command says what it cannot know."""

from __future__ import annotations

import json
import re
import shutil
import xml.etree.ElementTree as ET
from pathlib import Path

import numpy as np
import pytest

from stance.assessment.predictions import period_of, read_predictions
from stance.errors import FileError, RowError
from stance.evaluation.totals import corrected, drawn_confusions, most_likely_mix, pooled_confusions, totals
from stance.report.totals_chart import render_totals

LABELS = ("a", "b", "c")
CONFUSION = np.array([[800, 150, 50], [100, 850, 50], [50, 250, 700.0]])


def test_mix_worked_by_hand():
    """Recall 0.9 and 0.8 turn 30 % into 41 %: solving 0.9 p + 0.2 (1 - p) = 0.41 gives p = 0.3 back."""
    confusion = np.array([[[0.9, 0.1], [0.2, 0.8]]])
    np.testing.assert_allclose(most_likely_mix(confusion, np.array([[41.0, 59.0]])), [[0.3, 0.7]], atol=1e-4)


def test_mix_stays_on_the_simplex():
    """Where the plain solution would be negative (5 % seen, 20 % expected of nothing), the share is nought."""
    confusion = np.array([[[0.9, 0.1], [0.2, 0.8]]])
    np.testing.assert_allclose(most_likely_mix(confusion, np.array([[5.0, 95.0]])), [[0.0, 1.0]], atol=1e-3)


def test_correction_removes_the_bias_of_a_shifted_mix_and_its_intervals_hold():
    """Over a hundred shifted samples the error is less than half of the plain one, and 95 % intervals hold."""
    generator = np.random.default_rng(3)
    true = CONFUSION / CONFUSION.sum(axis=1, keepdims=True)
    drawn = drawn_confusions(CONFUSION, generator)
    plain, better, inside = [], [], []
    for _ in range(100):
        mix = generator.dirichlet(np.ones(3))
        counts = generator.multinomial(400, mix @ true)
        middle, low, high = corrected(counts, drawn, generator)
        plain.append(np.abs(counts / 400 - mix).mean())
        better.append(np.abs(middle - mix).mean())
        inside.append((low <= mix) & (mix <= high))
    assert np.mean(better) < 0.5 * np.mean(plain)
    assert 0.92 <= np.mean(inside) <= 1.0


def test_own_confusions_count_as_twenty_rows_a_class():
    """A thousand cross-validated rows of a class weigh as twenty; a gold file's rows count in full on top."""
    own = pooled_confusions(CONFUSION)
    np.testing.assert_allclose(own.sum(axis=1), [20, 20, 20])
    np.testing.assert_allclose(own[0], [16, 3, 1])
    np.testing.assert_allclose(pooled_confusions(CONFUSION, np.eye(3) * 50).sum(axis=1), [70, 70, 70])
    np.testing.assert_allclose(pooled_confusions(np.eye(3) * 2), np.eye(3) * 2)


def of(counted, **more):
    return totals(counted, CONFUSION, head="stance", labels=LABELS, **more)


def test_few_rows_get_no_corrected_share():
    """29 decided rows say nothing, however many were undecided; 30 do."""
    found = of({("few", None): [10, 10, 9, 50], ("many", None): [10, 10, 10, 0]}, by="speaker")
    few, many = sorted(found.cells, key=lambda cell: cell.value or "")
    assert [share.corrected for share in few.shares] == [None, None, None]
    assert [share.plain for share in few.shares] == [0.344828, 0.344828, 0.310345]
    assert (few.rows, few.undecided, few.decided) == (79, 50, 29)
    assert sum(share.corrected for share in many.shares) == pytest.approx(1, abs=1e-5)
    assert all(share.interval.low <= share.corrected <= share.interval.high for share in many.shares)


def test_cell_of_undecided_rows_has_no_shares():
    """Nothing decided is no share of nought."""
    found = of({(None, None): [0, 0, 0, 5]})
    assert [share.plain for share in found.whole.shares] == [None, None, None]


def test_cells_stand_by_size_then_time_blank_last():
    """The value of most rows comes first, its periods in order of time."""
    row = [1, 0, 0, 0]
    counted = {("x", "2016-02"): row, (None, "2016-01"): row, ("y", "2016-01"): row, ("x", "2016-01"): row}
    cells = of(counted, by="who", over="month").cells
    assert [(c.value, c.period) for c in cells] == [
        ("x", "2016-01"),
        ("x", "2016-02"),
        ("y", "2016-01"),
        (None, "2016-01"),
    ]


def test_same_seed_same_totals():
    """The draws depend on the seed alone."""
    counted = {(None, None): [40, 30, 30, 1]}
    assert of(counted, seed=4) == of(counted, seed=4)
    assert of(counted, seed=4) != of(counted, seed=5)


@pytest.mark.parametrize("counted", [{}, {(None, None): [1, 2, 3]}])
def test_shapes_that_disagree_are_told(counted):
    """A programmer's mistake is a ValueError."""
    with pytest.raises(ValueError, match=r"^expected cells of 4 counts and confusions of shape \(3, 3\)$"):
        of(counted)


@pytest.mark.parametrize(
    ("value", "unit", "expected"),
    [
        ("2016-05-09", "day", "2016-05-09"),
        ("2016-05-09T10:00:00Z", "month", "2016-05"),
        ("2016-05-09 10:00", "quarter", "2016-Q2"),
        ("2016-12", "quarter", "2016-Q4"),
        ("2016", "year", "2016"),
        (" ", "month", None),
        (None, "day", None),
    ],
)
def test_periods(value, unit, expected):
    """ISO dates as coarse as the unit allows, with or without a time."""
    assert period_of(value, unit, "f.csv", 1) == expected


@pytest.mark.parametrize(
    ("value", "unit", "message"),
    [
        ("May 2016", "month", 'f.csv, line 7: "May 2016" is no ISO date.\nWrite dates as 2016-05-09, or name another'),
        ("2016-13", "month", 'f.csv, line 7: "2016-13" is no ISO date.'),
        ("2016", "month", 'f.csv, line 7: "2016" names no month.\nGive whole dates, or use --over year.'),
    ],
)
def test_bad_dates_are_told(value, unit, message):
    """With file and line."""
    with pytest.raises(RowError, match="^" + re.escape(message)):
        period_of(value, unit, "f.csv", 7)


def test_rows_of_every_shape_are_read_alike(write, tmp_path):
    """Probabilities in one dict, in one column a label, or as JSON in a cell; quotes of an article one by one."""
    write(
        "a.jsonl", '{"status": "ok", "stance": "a", "stance_probabilities": {"a": 0.9, "b": 0.1}, "known_terms": 3}\n'
    )
    write("b.csv", "status,stance,stance_a,stance_b,known_terms\nok,a,0.9,0.1,3\n")
    write("c.csv", 'status,stance,stance_probabilities,known_terms\nok,a,"{""a"": 0.9, ""b"": 0.1}",3\n')
    write("d.jsonl", '{"id": 4, "quotes": [{"stance": "a", "speaker": "X"}, {"stance": null, "speaker": "Y"}]}\n')
    for name in ("a.jsonl", "b.csv", "c.csv"):
        (row,) = read_predictions(str(tmp_path / name))
        assert (row.status, row.labels, row.known_terms) == ("ok", {"stance": "a"}, 3)
        assert row.probabilities == {"stance": {"a": 0.9, "b": 0.1}}
    first, second = read_predictions(str(tmp_path / "d.jsonl"))
    assert (first.values["id"], first.values["speaker"], first.status) == (4, "X", "ok")
    assert (second.labels, second.status) == ({}, "undecided")


@pytest.mark.parametrize(
    ("name", "content", "kind", "message"),
    [
        ("a.csv", "text\nx\n", FileError, 'neither a column "stance" nor "sentiment" (there are: "text").'),
        ("a.jsonl", '{"quotes": 3}\n', RowError, 'line 1: "quotes" is no list of quotes.'),
        ("a.csv", "stance,known_terms\na,many\n", RowError, 'line 2: "known_terms" is no whole number: "many".'),
        (
            "a.jsonl",
            '{"stance": "a", "stance_probabilities": "x"}\n',
            RowError,
            'line 1: "stance_probabilities" is no object of label and number.',
        ),
        (
            "a.jsonl",
            '{"stance": "a", "stance_probabilities": {"a": null}}\n',
            RowError,
            'line 1: "stance_probabilities" holds what is no number.',
        ),
    ],
)
def test_rows_that_cannot_be_read_are_told(write, tmp_path, name, content, kind, message):
    """Each names the file and what is wrong."""
    write(name, content)
    with pytest.raises(kind, match=re.escape(message)):
        list(read_predictions(str(tmp_path / name)))


# The command


def predictions(rows=120):
    """Give a CSV file of labels by speaker and month; every tenth row is undecided."""
    lines = ["text,status,stance,speaker,date"]
    for i in range(rows):
        speaker = "Lindt" if i % 4 else "Moreau"
        label = "" if i % 10 == 9 else ("diplomatic", "escalatory", "none")[i % 3]
        lines.append(f"t{i},{'ok' if label else 'undecided'},{label},{speaker},2016-{i % 2 + 1:02d}-03")
    return "\n".join(lines) + "\n"


@pytest.fixture
def count(call, tiny_model, write):
    """Give a function that counts a file with the tiny model."""
    write("p.csv", predictions())
    return lambda *arguments: call("totals", "p.csv", "--model", tiny_model, *arguments)


def test_command_prints_a_table_by_value(run, tiny_model, write):
    """The installed command: all rows, then the values, undecided in a column of their own."""
    write("p.csv", predictions())
    code, stdout, stderr = run("totals", "p.csv", "--model", tiny_model, "--by", "speaker")
    assert (code, stderr) == (0, "")
    assert re.search(r"\n all rows +120 +12 ", stdout)
    assert re.search(r"\n Lindt +90 +12 ", stdout)
    assert re.search(r"\n Moreau +30 +0 .*\d+% → \d+%", stdout)
    assert "Confusions: cross-validation of the model (18 rows)." in stdout


def test_json_csv_and_chart_hold_the_same(count, tmp_path):
    """Every number of the table is in the JSON, the CSV file and, drawn, in the chart."""
    code, stdout, stderr = count("--by", "speaker", "--over", "month", "--json", "--csv", "t.csv", "--chart", "t.svg")
    assert (code, stderr) == (0, "Table written: t.csv\nChart written: t.svg\n")
    read = json.loads(stdout)
    assert (read["by"], read["over"], read["labels"]) == ("speaker", "month", ["escalatory", "diplomatic", "none"])
    assert [(c["value"], c["period"], c["rows"]) for c in read["cells"]] == [
        ("Lindt", "2016-01", 30),
        ("Lindt", "2016-02", 60),
        ("Moreau", "2016-01", 30),
    ]
    lines = (tmp_path / "t.csv").read_text("utf-8").splitlines()
    assert lines[0] == "speaker,month,rows,undecided,stance,count,plain,corrected,low,high,remark"
    assert len(lines) == 1 + 3 * 3
    picture = ET.fromstring((tmp_path / "t.svg").read_text("utf-8"))
    assert picture.tag == "{http://www.w3.org/2000/svg}svg"
    assert "Lindt" in "".join(picture.itertext())


def test_gold_file_supplies_confusions(count, write):
    """The model labels the gold file, and the counts say where they come from."""
    write(
        "gold.csv",
        "text,stance\nWe offer peace talks,diplomatic\nTroops bomb the bridge,escalatory\nZzyzx qwrtp,none\n",
    )
    code, stdout, _ = count("--gold", "gold.csv", "--json")
    assert code == 0
    assert json.loads(stdout)["confusions_from"] == "gold.csv (2 decided rows) and the model"


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (("--by", "owner"), 1, 'p.csv: no column "owner" (there are: "text", "status", "stance", "speaker", "date"). '),
        (("--over", "month", "--date", "when"), 1, 'p.csv: no column "when"'),
        (("--head", "sentiment"), 1, 'p.csv: no column "sentiment"'),
        (("--chart", "x.png"), 2, "--chart x.png: the chart is an SVG file; give a name that ends in .svg.\n"),
        (("--csv", "p.csv"), 1, "p.csv: exists already."),
        (("--gold", "g.csv", "--head", "sentiment"), 1, "g.csv: no row has a sentiment. Label some rows, or leave"),
    ],
)
def test_what_cannot_be_counted_is_told(count, write, arguments, code, message):
    """One sentence and the exit code, nothing on standard output."""
    write("g.csv", "text,stance\nWe sign,diplomatic\n")
    found = count(*arguments)
    assert (found.code, found.stdout) == (code, "")
    assert found.stderr.startswith(message)


def test_label_of_another_model_is_told(call, tiny_model, write):
    """Confusions of one model say nothing of the labels of another."""
    write("p.csv", "stance\ndiplomatic\nowl\n")
    assert call("totals", "p.csv", "--model", tiny_model) == (
        1,
        "",
        (
            'p.csv, line 3: the stance "owl" is none of the model\'s (escalatory, diplomatic, none).\n'
            "Name the model that labelled the file with --model.\n"
        ),
    )
    write("g.csv", "text,stance\nWe wait,owl\n")
    write("q.csv", "stance\ndiplomatic\n")
    assert call("totals", "q.csv", "--model", tiny_model, "--gold", "g.csv").stderr == (
        'g.csv, line 2: the stance "owl" is none of the model\'s (escalatory, diplomatic, none).\nCorrect it.\n'
    )


def test_model_without_metrics_is_told(call, own_model, write):
    """The confusions stand in metrics.json."""
    write("p.csv", predictions())
    (Path(own_model) / "metrics.json").write_text('{"heads": []}', "utf-8")
    assert call("totals", "p.csv", "--model", "model") == (
        1,
        "",
        (
            "model/metrics.json: it does not hold the cross-validated confusions of stance. "
            "Train the model again or fetch it again.\n"
        ),
    )
    shutil.rmtree(own_model)


def test_article_without_quotes_is_told(call, tiny_model, write):
    """A file of articles in which nobody says anything has no totals."""
    write("a.jsonl", '{"id": 1, "quotes": []}\n')
    assert call("totals", "a.jsonl", "--model", tiny_model) == (
        1,
        "",
        "a.jsonl: there is not one quote in it. Check that it is the file you mean.\n",
    )


def test_chart_says_where_there_are_too_few_rows():
    """A cross stands in the place of the dots, in both forms of the chart."""
    counted = {("x", None): [30, 30, 30, 0], ("y", None): [1, 1, 1, 0]}
    assert render_totals(of(counted, by="who")).count("×</text>") == 3
    over = {(None, "2016-01"): [30, 30, 30, 0], (None, "2016-02"): [1, 1, 1, 0], (None, None): [9, 9, 9, 0]}
    drawn = render_totals(of(over, over="month"))
    assert drawn.count("×</text>") == 3
    assert drawn.count('class="path') == 0
