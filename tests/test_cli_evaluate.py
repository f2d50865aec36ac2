"""``stance evaluate``: a labelled file, or the corpus by cross-validation, to a table, a page and its JSON twin."""

from __future__ import annotations

import json
import re

import pytest

#: The tiny model gets five of these six right, is undecided on one, and has never seen the label "critical".
GOLD = """\
id,text,stance
1,They signed the peace treaty,diplomatic
2,The army will attack the ports,escalatory
3,The committee session starts at noon,none
4,We offer peace talks,diplomatic
5,Troops bomb the bridge,escalatory
6,Zzyzx qwrtp,none
"""


@pytest.fixture
def evaluate(call, tiny_model):
    """Give a function that runs ``stance evaluate`` with the tiny model."""
    return lambda *arguments: call("evaluate", "--model", tiny_model, *arguments)


@pytest.fixture
def twin(tmp_path):
    """Give a function that reads a JSON twin."""
    return lambda name: json.loads((tmp_path / name).read_text(encoding="utf-8"))


def test_file_is_scored_by_the_installed_command(run, tiny_model, write, twin, tmp_path):
    """A table on standard output, one self-contained page, its figures as JSON, and the names of both on stderr."""
    write("gold.csv", GOLD)
    code, stdout, stderr = run("evaluate", "--model", tiny_model, "--data", "gold.csv")
    assert (code, stderr) == (0, "Report written: stance-report.html and stance-report.json\n")
    assert stdout.startswith("Evaluation on gold.csv\n")
    assert " stance              precision   recall      F1   95 % interval   rows" in stdout
    assert re.search(r"\n diplomatic +1\.000 +1\.000 +1\.000 .* 2 *\n", stdout)
    assert re.search(r"\n none +1\.000 +0\.500 +0\.667 .* 2 *\n", stdout)
    assert "accuracy 0.833" in stdout
    assert "undecided 1" in stdout
    assert "sentiment" not in stdout
    report = twin("stance-report.json")
    assert report["title"] == "Evaluation on gold.csv"
    assert (report["heads"][0]["rows"], report["heads"][0]["accuracy"]) == (6, 0.833333)
    page = (tmp_path / "stance-report.html").read_text(encoding="utf-8")
    assert page.lower().startswith("<!doctype html>")
    assert "Evaluation on gold.csv" in page


def test_page_opens_offline(evaluate, write, tmp_path):
    """The page loads nothing: no script, style sheet, font or picture from anywhere."""
    write("gold.csv", GOLD)
    evaluate("--data", "gold.csv")
    page = (tmp_path / "stance-report.html").read_text(encoding="utf-8")
    assert re.findall(r"""(?:src|href)\s*=\s*["']?(?:https?:|//)""", page) == []
    assert re.findall(r"@import|url\((?!['\"]?data:)", page) == []


def test_undecided_row_is_wrong_even_where_the_gold_label_is_none(evaluate, write, twin):
    """A text without a known word has no stance; a gold "none" does not make it right."""
    write("gold.csv", GOLD)
    evaluate("--data", "gold.csv")
    head = twin("stance-report.json")["heads"][0]
    assert (head["undecided"], head["labels"]) == (1, ["escalatory", "diplomatic", "none"])
    assert head["confusion"] == [[2, 0, 0, 0], [0, 2, 0, 0], [0, 0, 1, 1]]


def test_json_prints_the_twin(evaluate, write, tmp_path):
    """``--json`` prints what is in the file, character by character."""
    write("gold.csv", GOLD)
    code, stdout, _ = evaluate("--data", "gold.csv", "--json")
    assert code == 0
    assert stdout == (tmp_path / "stance-report.json").read_text(encoding="utf-8")


def test_both_labels_are_scored_when_the_file_has_both(evaluate, write, twin):
    """One table a label column; a blank label leaves the row out of that one."""
    write(
        "gold.csv",
        "text,stance,sentiment\nWe offer peace talks,diplomatic,positive\nTroops bomb the bridge,escalatory,\n",
    )
    code, stdout, _ = evaluate("--data", "gold.csv")
    assert code == 0
    assert "\n sentiment " in stdout
    assert [(head["head"], head["rows"]) for head in twin("stance-report.json")["heads"]] == [
        ("stance", 2),
        ("sentiment", 1),
    ]


def test_default_report_is_replaced(evaluate, write, twin):
    """The report under its default name belongs to the command."""
    write("stance-report.html", "old")
    write("stance-report.json", "old")
    write("gold.csv", GOLD)
    assert evaluate("--data", "gold.csv").code == 0
    assert twin("stance-report.json")["title"] == "Evaluation on gold.csv"


@pytest.mark.parametrize("existing", ["mine.html", "mine.json"])
def test_named_report_is_not_replaced_without_force(evaluate, write, tmp_path, existing, names):
    """A file that the user named may be the user's; the twin's counts too, and is told by its own name."""
    write(existing, "precious")
    write("gold.csv", GOLD)
    arguments = ("--data", "gold.csv", "--output", "mine.html")
    assert evaluate(*arguments) == (
        1,
        "",
        f"{existing}: exists already. Choose another name, or add --force to replace it.\n",
    )
    assert (tmp_path / existing).read_text() == "precious"
    assert names() == sorted(["gold.csv", existing])
    assert evaluate(*arguments, "--force").code == 0
    assert (tmp_path / existing).read_text(encoding="utf-8") != "precious"


def test_classes_narrow_the_scoring(evaluate, write, twin):
    """Over named classes the best of them is taken, and rows of other gold labels are left out."""
    write("gold.csv", GOLD)
    code, stdout, _ = evaluate("--data", "gold.csv", "--classes", "diplomatic, escalatory")
    head = twin("stance-report.json")["heads"][0]
    assert code == 0
    assert "2 rows of other classes were left out." in stdout
    assert (head["labels"], head["rows"], head["accuracy"]) == (["escalatory", "diplomatic"], 4, 1.0)


def test_column_and_group_name_columns_of_the_file(evaluate, write, twin):
    """``--column`` is the text, ``--group`` what the intervals resample as a whole."""
    write(
        "gold.tsv",
        "body\tarticle\tstance\nWe offer peace talks\ta\tdiplomatic\nWe sign a treaty\ta\tdiplomatic\n"
        "Troops bomb the bridge\tb\tescalatory\n",
    )
    assert evaluate("--data", "gold.tsv", "--column", "body", "--group", "article").code == 0
    assert [(head["rows"], head["groups"]) for head in twin("stance-report.json")["heads"]] == [(3, 2)]


def test_repeated_rows_are_all_scored(evaluate, write, twin):
    """What is measured is the file, row by row, even where it contradicts itself."""
    write("gold.csv", "text,stance\nWe offer peace,diplomatic\nWe offer peace,diplomatic\nWe offer peace,none\n")
    assert evaluate("--data", "gold.csv").code == 0
    assert twin("stance-report.json")["heads"][0]["accuracy"] == 0.666667


@pytest.mark.usefixtures("own_model")
def test_report_knows_nothing_of_folders(call, write, tmp_path):
    """The report names the model as the user did and the data by its file name."""
    (tmp_path / "secret-client").mkdir()
    write("secret-client/gold.csv", GOLD)
    assert call("evaluate", "--model", "model", "--data", "secret-client/gold.csv").code == 0
    report = (tmp_path / "stance-report.json").read_text(encoding="utf-8")
    assert '"Model": "model"' in report
    assert str(tmp_path) not in report
    assert '"File": "gold.csv"' in report


def test_unwritable_page_leaves_neither_file(evaluate, write, monkeypatch, names):
    """Page and twin appear together or not at all."""

    def fail(_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("stance.report.render_html", fail)
    write("gold.csv", GOLD)
    code, _, stderr = evaluate("--data", "gold.csv")
    assert code == 1
    assert stderr.endswith(
        "could not be written (no space left on device). Nothing was changed; make room or choose another place.\n"
    )
    assert names() == ["gold.csv"]


@pytest.mark.parametrize(
    ("rows", "arguments", "code", "message"),
    [
        pytest.param(
            "text,stance\nWe sign,diplomatic\nWe wait,owl\n",
            (),
            1,
            'gold.csv, line 3: the stance "owl" is none of the model\'s (escalatory, diplomatic, none).\n'
            "Correct it, or evaluate with a model trained on these labels (--model).\n",
            id="unknown gold label",
        ),
        pytest.param(
            GOLD,
            ("--classes", "diplomatic,owl"),
            2,
            '--classes: "owl" is no class of the model. It has: escalatory, diplomatic, none, negative, neutral, '
            "positive.\n",
            id="unknown class",
        ),
        pytest.param(
            "text,label\nWe sign,diplomatic\n",
            (),
            1,
            'gold.csv: neither a column "stance" nor "sentiment" (there are: "text", "label"). '
            "Rename the label column.\n",
            id="no label column",
        ),
        pytest.param(
            "body,stance\nWe sign,diplomatic\n",
            (),
            1,
            'gold.csv: no column "text" (there are: "body", "stance"). Name the text column with --column.\n',
            id="no text column",
        ),
        pytest.param(
            GOLD,
            ("--group", "article"),
            1,
            'gold.csv: no column "article" (there are: "id", "text", "stance"). Name the group column with --group.\n',
            id="no group column",
        ),
        pytest.param(
            GOLD,
            ("--output", "report.pdf"),
            2,
            "--output report.pdf: the report is an HTML file; give a name that ends in .html.\n",
            id="no HTML name",
        ),
        pytest.param(
            GOLD,
            ("--output", "nosuch/report.html"),
            1,
            'nosuch/report.html: the folder "nosuch" does not exist. Create it or choose another place.\n',
            id="folder missing",
        ),
        pytest.param(
            "text,stance\n",
            (),
            1,
            "gold.csv: the file holds no rows. Check that it is the file you mean.\n",
            id="no rows",
        ),
    ],
)
def test_what_cannot_be_scored_is_told(evaluate, write, names, rows, arguments, code, message):
    """Each refusal is one sentence with its remedy, and leaves no report."""
    write("gold.csv", rows)
    assert evaluate("--data", "gold.csv", *arguments) == (code, "", message)
    assert names() == ["gold.csv"]


def test_head_that_the_model_lacks_cannot_be_scored(call, write):
    """A model without sentiment cannot be scored on a file that has only sentiment."""
    write("stances.csv", "text,stance\nWe offer peace,dove\nWe sign it,dove\nWe bomb it,hawk\nWe attack,hawk\n")
    write("gold.csv", "text,sentiment\nWe offer peace,positive\n")
    assert call("train", "--data", "stances.csv", "--folds", 2, "--output", "own").code == 0
    assert call("evaluate", "--model", "own", "--data", "gold.csv") == (
        1,
        "",
        "gold.csv: no row has a label of stance to score.\n",
    )


@pytest.mark.parametrize("arguments", [("--model", "model"), ("--classes", "none"), ("--group", "topic")])
def test_options_of_a_file_need_a_file(call, arguments):
    """Cross-validation trains its own models, so an option that it would ignore is refused."""
    assert call("evaluate", *arguments) == (
        2,
        "",
        "--model, --against, --classes and --group need --data FILE: cross-validation trains models of its own.\n",
    )


def test_corpus_is_cross_validated_without_data(run, twin, names):
    """Without a file the report is on the corpus, with all seven labels."""
    code, stdout, stderr = run("evaluate", "--folds", 2)
    assert (code, stderr) == (0, "Report written: stance-report.html and stance-report.json\n")
    assert stdout.startswith("Cross-validation on the stance corpus (seeds/ and data/)\n2-fold cross-validation")
    report = twin("stance-report.json")
    assert [head["labels"] for head in report["heads"]] == [
        ["escalatory", "diplomatic", "critical", "none"],
        ["negative", "neutral", "positive"],
    ]
    assert report["heads"][0]["rows"] > 1_000
    assert names() == ["stance-report.html", "stance-report.json"]
