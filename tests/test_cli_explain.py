"""``stance predict --explain``, ``--risk`` and ``--sets``: cards, JSON, files, and what is refused."""

from __future__ import annotations

import json
import re

import pytest

from stance.cli.why import underlined

TEXT = "They will sign the peace treaty."
MIXED = "The committee will meet, and the army will attack the bridge."


@pytest.fixture
def predict(run, tiny_model):
    """Give a function that runs ``stance predict`` with the tiny model."""
    return lambda *arguments, **settings: run("predict", "--model", tiny_model, *arguments, **settings)


@pytest.fixture
def promising(own_model):
    """Give a copy of the tiny model with thresholds as of many rows; eighteen promise no risk."""
    path = own_model / "manifest.json"
    manifest = json.loads(path.read_text("utf-8"))
    for head, table in manifest["confidence"].items():
        table["risks"] = {"0.05": 0.999, "0.2": 0.34}
        table["sets"]["class"]["0.9"] = dict.fromkeys(manifest["heads"][head], 0.0)
    path.write_text(json.dumps(manifest), "utf-8")
    return own_model


# ---- explanations ------------------------------------------------------------------------------------------


def test_card_explains(predict):
    """For each head: for, against, the runner-up, what would change it; then what is near, with its place."""
    code, stdout, stderr = predict("--explain", MIXED)
    assert (code, stderr) == (0, "")
    lines = stdout.splitlines()
    assert lines[0] == MIXED
    names = [line[2:12].strip() for line in lines if re.match(r"  \w", line)]
    assert [name for name in names if name != "against"] == [
        *["stance", "because", "why not", "changes"],
        *["sentiment", "because", "why not", "changes", "nearest"],
    ]
    assert re.search(r"^  because     .*attack \+\d\.\d\d", stdout, re.MULTILINE)
    assert re.search(r"^  why not     none \(\+\d\.\d\d, [+-]\d\.\d\d before any word\): ", stdout, re.MULTILINE)
    assert re.search(r"^  changes     without “\w+”( · “\w+”)*: none", stdout, re.MULTILINE)
    assert re.search(r"^  nearest     0\.\d\d · \w+, \w+ · tiny\.csv:\d+$", stdout, re.MULTILINE)
    assert stdout.count("tiny.csv:") == 5


def test_json_explains(predict):
    """The key ``explanation`` comes last; deletion and contributions point into the text."""
    code, stdout, stderr = predict("--explain", "--json", MIXED, "Zzyzx qwrtp.")
    row, undecided = map(json.loads, stdout.splitlines())
    assert (code, stderr) == (0, "")
    assert list(row)[-2:] == ["reason", "explanation"]
    assert list(row["explanation"]) == ["stance", "sentiment", "nearest"]
    stance = row["explanation"]["stance"]
    assert stance["label"] == row["stance"] == "escalatory"
    assert sum(c["weight"] for c in stance["contributions"]) + stance["intercept"] == pytest.approx(stance["score"])
    for word in [*stance["deletion"]["words"], *stance["contributions"]]:
        assert MIXED[word["start"] : word["end"]] == word["text"]
    again = json.loads(predict("--json", stance["deletion"]["remaining"]).stdout)
    assert again["stance"] == stance["deletion"]["label"] != "escalatory"
    assert [near["source"] for near in row["explanation"]["nearest"]] == ["tiny.csv"] * 5
    assert (undecided["status"], undecided["explanation"]) == ("undecided", None)


@pytest.mark.parametrize("name", ["out.jsonl", "out.csv", "out.parquet"])
def test_files_are_explained(predict, write, name):
    """A JSON-lines file holds the object, a table its JSON."""
    write("in.txt", f"{MIXED}\n\n{TEXT}\n")
    assert predict("--explain", "--input", "in.txt", "--output", name).code == 0
    assert predict("--input", name, "--json", "--prefix", "again_").code == 0
    rows = [json.loads(line) for line in predict("--input", name, "--json", "--prefix", "again_").stdout.splitlines()]
    cells = [row["explanation"] for row in rows]
    assert cells[1] in (None, "")
    found = [cell if isinstance(cell, dict) else json.loads(cell) for cell in (cells[0], cells[2])]
    assert [each["stance"]["label"] for each in found] == ["escalatory", "diplomatic"]


def test_column_called_explanation_needs_a_prefix(predict, write):
    """As any output column."""
    write("in.jsonl", '{"text": "We offer peace talks", "explanation": 1}\n')
    code, stdout, stderr = predict("--explain", "--input", "in.jsonl", "--output", "out.jsonl")
    assert (code, stdout) == (1, "")
    assert stderr.startswith('in.jsonl, line 1: the column "explanation" has the name of an output column.\n')
    assert predict("--explain", "--input", "in.jsonl", "--output", "out.jsonl", "--prefix", "p_").code == 0
    assert predict("--input", "in.jsonl", "--output", "plain.jsonl").code == 0


def test_model_without_statements_says_so(run, training, tmp_path):
    """Texts that others must not see are left out with --no-neighbours; the card says what is missing."""
    trained = run("train", "--data", training.data, "--folds", 3, "--no-neighbours", "--output", "model")
    assert trained.code == 0
    assert not (tmp_path / "model" / "neighbours.jsonl").exists()
    stdout = run("predict", "--model", "model", "--explain", TEXT).stdout
    assert "  nearest     (this model folder holds no labelled statements; train it again to have them)" in stdout
    row = json.loads(run("predict", "--model", "model", "--explain", "--json", TEXT).stdout)
    assert row["explanation"]["nearest"] is None


def test_without_explain_nothing_of_it_is_read(own_model, run):
    """A damaged file of statements stops no prediction, and an explanation with a sentence."""
    (own_model / "neighbours.jsonl").write_text("damaged", "utf-8")
    assert run("predict", "--model", "model", TEXT).code == 0
    code, _, stderr = run("predict", "--model", "model", "--explain", TEXT)
    assert code == 1
    assert stderr.startswith("model/neighbours.jsonl: its SHA-256 is not the one in manifest.json.")


def test_deciding_words_are_underlined():
    """Bold all over, underlined where words decided; white space is one space, lines are as wide as the screen."""
    bold, underline, reset = "\x1b[1m", "\x1b[1m\x1b[4m", "\x1b[0m"
    space = f"{bold} {reset}"
    text = "We  will\nattack-now, if"
    lines = underlined(text, [(0, 2), (9, 15)], 12)
    assert lines == [
        f"{underline}We{reset}{space}{bold}will{reset}",
        f"{underline}attack{reset}{bold}-now,{reset}",
        f"{bold}if{reset}",
    ]
    assert "…" in underlined("peace " * 200, [], 80)[-1]


# ---- promises ----------------------------------------------------------------------------------------------


def test_risk_leaves_undecided_what_is_not_sure(run, promising):
    """Probabilities stay, labels go, and the reason is told for each head."""
    low = json.loads(run("predict", "-m", promising, "--json", "--risk", "0.05", MIXED).stdout)
    high = json.loads(run("predict", "-m", promising, "--json", "--risk", "0.3", MIXED).stdout)
    plain = json.loads(run("predict", "-m", promising, "--json", MIXED).stdout)
    assert (low["status"], low["stance"], low["sentiment"]) == ("undecided", None, None)
    assert low["reason"] == low["stance_reason"]
    assert re.fullmatch(r"flat|ambiguous:\w+/\w+", low["stance_reason"])
    assert low["stance_probabilities"] == plain["stance_probabilities"]
    assert (high["stance"], high["stance_reason"], high["status"]) == (plain["stance"], None, "ok")
    assert "stance_reason" not in plain


def test_card_tells_promises(run, promising):
    """Why there is no label, at which probability there would be one, and the set."""
    stdout = run("predict", "-m", promising, "--risk", "0.05", "--sets", "0.9", MIXED).stdout
    assert "▸" not in stdout
    assert re.search(r"^  undecided   (flat|ambiguous): .*; a risk of 5% takes 100%$", stdout, re.MULTILINE)
    assert re.search(r"^  90% set     escalatory", stdout, re.MULTILINE)


def test_table_gets_reasons_and_sets(run, promising, write, tmp_path):
    """Columns at the end, sets as JSON; a prefix goes before them too."""
    write("in.txt", f"{MIXED}\nZzyzx\n")
    arguments = ("--risk", "0.2", "--sets", "0.9", "--input", "in.txt", "--prefix", "p_", "--output", "out.csv")
    assert run("predict", "-m", promising, *arguments).code == 0
    header, _, second = (tmp_path / "out.csv").read_text("utf-8").splitlines()
    assert header.endswith(",p_reason,p_stance_reason,p_sentiment_reason,p_stance_set,p_sentiment_set")
    assert second.endswith(",no_known_terms,no_known_terms,no_known_terms,,")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--risk", "0.01"), "A risk of 0.01 cannot be promised for stance; the lowest that this model can promise"),
        (("--risk", "2"), "A risk of 2 is no share of wrong labels; give one between 0 and 1, such as 0.1.\n"),
        (("--sets", "0.999"), "A coverage of 0.999 cannot be promised for stance; the highest"),
        (("--sets-per", "all"), "--sets-per is about the sets of labels and needs --sets.\n"),
    ],
)
def test_what_cannot_be_promised_is_a_usage_error(run, promising, arguments, message):
    """Exit code 2 and a sentence."""
    code, stdout, stderr = run("predict", "-m", promising, *arguments, TEXT)
    assert (code, stdout) == (2, "")
    assert stderr.startswith(message)


def test_sets_over_all_texts_are_an_option(run, promising):
    """The class-wise thresholds were changed in this model, those over all were not."""
    per_class = run("predict", "-m", promising, "--json", "--sets", "0.9", MIXED)
    over_all = run("predict", "-m", promising, "--json", "--sets", "0.9", "--sets-per", "all", MIXED)
    assert (per_class.code, over_all.code) == (0, 0)
    assert json.loads(per_class.stdout)["stance_set"] == ["escalatory", "diplomatic", "none"]
    assert json.loads(over_all.stdout)["stance_set"] == ["escalatory"]
