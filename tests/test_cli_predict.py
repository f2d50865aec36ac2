"""``stance predict``: texts, standard input and files of every kind in; cards, JSON and files out."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pyarrow
import pyarrow.parquet
import pytest

from stance.resources import default_model

needs_default_model = pytest.mark.skipif(
    not Path(default_model(), "manifest.json").is_file(), reason="models/default has not been trained"
)

#: One text of each status, as every format holds them.
INPUTS = {
    "in.jsonl": '{"text": "They will sign the peace treaty."}\n{"text": ""}\n{"text": "Zzyzx qwrtp."}\n',
    "in.ndjson": '{"text": "They will sign the peace treaty."}\n\n{"text": null}\n{"text": "Zzyzx qwrtp."}\n',
    "in.csv": 'text\n"They will sign the peace treaty."\n"  "\nZzyzx qwrtp.\n',
    "in.CSV": '\ufefftext\r\nThey will sign the peace treaty.\r\n""\r\nZzyzx qwrtp.\r\n',
    "in.tsv": "id\ttext\n1\tThey will sign the peace treaty.\n2\t\n3\tZzyzx qwrtp.\n",
    "in.txt": "They will sign the peace treaty.\n\nZzyzx qwrtp.\n",
}
CSV_HEADER = (
    "text,status,stance,stance_escalatory,stance_diplomatic,stance_none,"
    "sentiment,sentiment_negative,sentiment_neutral,sentiment_positive,known_terms,reason"
)


@pytest.fixture
def predict(run, tiny_model):
    """Give a function that runs ``stance predict`` with the tiny model."""
    return lambda *arguments, **settings: run("predict", "--model", tiny_model, *arguments, **settings)


@pytest.fixture
def rows_of(tmp_path):
    """Give a function that reads a JSON-lines file."""
    return lambda name: [json.loads(line) for line in (tmp_path / name).read_text(encoding="utf-8").splitlines()]


# ---- what a model says -------------------------------------------------------------------------------------


@needs_default_model
@pytest.mark.parametrize(
    ("text", "stance"),
    [
        ("We remain open to negotiations towards that goal.", "diplomatic"),
        ("If they cross the border again, we will answer with force.", "escalatory"),
        ("You have broken every promise you made to this Council.", "critical"),
        ("The session will resume at 3 p.m. on Thursday.", "none"),
    ],
)
def test_default_model_knows_the_four_stances(run, text, stance):
    """The model that comes along labels a plain case of each stance without being asked for."""
    code, stdout, stderr = run("predict", "--json", text)
    assert (code, stderr) == (0, "")
    assert json.loads(stdout)["stance"] == stance


@needs_default_model
def test_default_model_has_the_codebooks_labels(run):
    """Both label sets come in the codebook's order."""
    row = json.loads(run("predict", "--json", "We remain open to talks.").stdout)
    assert list(row["stance_probabilities"]) == ["escalatory", "diplomatic", "critical", "none"]
    assert list(row["sentiment_probabilities"]) == ["negative", "neutral", "positive"]


def test_json_row_has_the_documented_keys(predict):
    """A prediction is one JSON object on one line, with the keys of the design and probabilities that sum to one."""
    code, stdout, stderr = predict("--json", "They will sign the peace treaty.")
    row = json.loads(stdout)
    assert (code, stderr, stdout.count("\n")) == (0, "", 1)
    assert list(row) == [
        "text",
        "status",
        "stance",
        "stance_probabilities",
        "sentiment",
        "sentiment_probabilities",
        "known_terms",
        "reason",
    ]
    assert (row["text"], row["status"]) == ("They will sign the peace treaty.", "ok")
    assert (row["stance"], row["sentiment"]) == ("diplomatic", "positive")
    assert list(row["stance_probabilities"]) == ["escalatory", "diplomatic", "none"]
    assert sum(row["stance_probabilities"].values()) == pytest.approx(1, abs=3e-6)
    assert sum(row["sentiment_probabilities"].values()) == pytest.approx(1, abs=3e-6)
    assert row["stance_probabilities"]["diplomatic"] > 0.5
    assert row["known_terms"] > 3


def test_text_without_a_known_term_is_undecided_and_not_none(predict):
    """No known word, no stance: null, although the probabilities that are left would favour a label."""
    row = json.loads(predict("--json", "Zzyzx qwrtp.").stdout)
    assert (row["status"], row["stance"], row["sentiment"], row["known_terms"]) == ("undecided", None, None, 0)
    assert sum(row["stance_probabilities"].values()) == pytest.approx(1, abs=3e-6)


def test_blank_text_is_empty(predict):
    """White space is no text."""
    row = json.loads(predict("--json", " \t ").stdout)
    assert (row["status"], row["stance"], row["sentiment"], row["known_terms"]) == ("empty", None, None, 0)


def test_every_text_gets_its_row_in_order(predict):
    """Several arguments are several texts."""
    code, stdout, stderr = predict("--json", "The army will attack.", "Zzyzx qwrtp.", "We offer peace talks.")
    assert (code, stderr) == (0, "")
    assert [json.loads(line)["stance"] for line in stdout.splitlines()] == ["escalatory", None, "diplomatic"]


def test_two_dashes_protect_a_text_that_looks_like_an_option(predict):
    """After ``--`` everything is text."""
    assert json.loads(predict("--json", "--", "-5 degrees, --force").stdout)["text"] == "-5 degrees, --force"


def test_argument_that_is_not_utf8_is_labelled(predict):
    """A stray byte in an argument is shown as an escape; it stops nothing."""
    code, stdout, stderr = predict("--json", "We offer peace \udcff talks")
    assert (code, stderr) == (0, "")
    assert stdout.startswith('{"text": "We offer peace \\udcff talks", "status": "ok", "stance": "diplomatic"')


# ---- the card ----------------------------------------------------------------------------------------------


def test_card_shows_bars_percentages_and_the_words_that_decided(predict):
    """A person sees the text, each label with bar and percentage, the winner marked, and why."""
    code, stdout, stderr = predict("They will sign   the peace treaty.")
    lines = stdout.splitlines()
    assert (code, stderr, len(lines)) == (0, "", 10)
    assert lines[0] == "They will sign the peace treaty."
    assert re.fullmatch(r"  stance      escalatory  █*·+ +\d+%", lines[1])
    assert re.fullmatch(r"            ▸ diplomatic  █+·* +\d+%", lines[2])
    assert re.fullmatch(r"              none        █*·+ +\d+%", lines[3])
    assert re.fullmatch(r"  because     .*\bpeace \+\d\.\d\d.*", lines[4])
    assert re.fullmatch(r"  sentiment   negative  █*·+ +\d+%", lines[5])
    assert re.fullmatch(r"              neutral   █*·+ +\d+%", lines[6])
    assert re.fullmatch(r"            ▸ positive  █+·* +\d+%", lines[7])
    assert re.fullmatch(r"  because     .*\bpeace \+\d\.\d\d.*", lines[8])
    assert lines[9] == ""


def test_bar_is_as_long_as_the_percentage_says(predict):
    """A bar has twenty-four places."""
    bars = re.findall(r"[█·]+", predict("They will sign the peace treaty.").stdout)
    assert [len(bar) for bar in bars if len(bar) > 1] == [24, 24, 24, 24, 24, 24]


def test_card_of_an_undecided_text_says_so(predict):
    """No label and no bar for a text that the model cannot judge."""
    assert predict("Zzyzx qwrtp.").stdout == ("Zzyzx qwrtp.\n  undecided: not one word here is known to the model\n\n")


def test_card_of_an_empty_text_says_so(predict):
    """There is a card for a blank text, so that cards and texts can be counted."""
    assert predict("  ").stdout == "(no text)\n  empty: there is no text\n\n"


def test_card_cuts_a_long_text(predict):
    """A card shows the first 500 characters; what is labelled is the whole."""
    stdout = predict("We offer peace " * 1_000).stdout
    assert "We o…\n" in stdout
    assert "▸ diplomatic" in stdout


def test_output_that_is_no_terminal_has_no_colours(predict):
    """Colour codes are for terminals only."""
    assert "\x1b" not in predict("They will sign the peace treaty.").stdout


# ---- standard input ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("arguments", [(), ("-",)])
def test_standard_input_holds_one_text_a_line(predict, arguments):
    """Piped lines are texts, blank ones too; the line end, CR LF included, is no part of them."""
    code, stdout, stderr = predict(
        "--json", *arguments, stdin="We offer peace — now\r\n\nThe army will attack".encode()
    )
    rows = [json.loads(line) for line in stdout.splitlines()]
    assert (code, stderr) == (0, "")
    assert [row["text"] for row in rows] == ["We offer peace — now", "", "The army will attack"]
    assert [row["stance"] for row in rows] == ["diplomatic", None, "escalatory"]


def test_dash_among_texts_stands_for_standard_input(predict):
    """Arguments and standard input are labelled in the order in which they are named."""
    stdout = predict("--json", "First text", "-", "Last text", stdin=b"Piped one\nPiped two\n").stdout
    assert [json.loads(line)["text"] for line in stdout.splitlines()] == [
        "First text",
        "Piped one",
        "Piped two",
        "Last text",
    ]


def test_empty_standard_input_gives_nothing(predict):
    """No line, no output, no error: an empty pipe is a normal end."""
    assert predict("--json", stdin=b"") == (0, "", "")


def test_standard_input_gives_cards_without_json(predict):
    """What a person pipes in comes out as cards."""
    assert "▸ diplomatic" in predict(stdin=b"We offer peace talks\n").stdout


# ---- files -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", list(INPUTS))
def test_text_files_are_read_by_their_extension(predict, write, rows_of, name):
    """One output row for each input row, in order, each with its status."""
    write(name, INPUTS[name])
    assert predict("--input", name, "--output", "out.jsonl") == (0, "", "3 rows labelled: out.jsonl\n")
    rows = rows_of("out.jsonl")
    assert [row["status"] for row in rows] == ["ok", "empty", "undecided"]
    assert [row["stance"] for row in rows] == ["diplomatic", None, None]
    assert [row["sentiment"] for row in rows] == ["positive", None, None]


def test_parquet_is_read(predict, tmp_path, rows_of):
    """A Parquet file of several row groups is labelled row by row, a null as an empty text."""
    table = pyarrow.table({"n": [1, 2, 3], "text": ["They will sign the peace treaty.", None, "Zzyzx qwrtp."]})
    pyarrow.parquet.write_table(table, tmp_path / "in.parquet", row_group_size=1)
    assert predict("--input", "in.parquet", "--output", "out.jsonl") == (0, "", "3 rows labelled: out.jsonl\n")
    assert [(row["n"], row["status"], row["stance"]) for row in rows_of("out.jsonl")] == [
        (1, "ok", "diplomatic"),
        (2, "empty", None),
        (3, "undecided", None),
    ]


@pytest.mark.parametrize(("name", "separator"), [("out.csv", ","), ("out.tsv", "\t")])
def test_delimited_output_has_one_column_a_probability(predict, write, tmp_path, name, separator):
    """Flat tables get ``stance_diplomatic`` and the like; undecided rows keep the probabilities and have no label."""
    write("in.txt", INPUTS["in.txt"])
    assert predict("--input", "in.txt", "--output", name) == (0, "", f"3 rows labelled: {name}\n")
    header, first, second, third = (tmp_path / name).read_text(encoding="utf-8").splitlines()
    assert header == CSV_HEADER.replace(",", separator)
    assert first.split(separator)[:3] == ["They will sign the peace treaty.", "ok", "diplomatic"]
    assert second.split(separator)[:3] == ["", "empty", ""]
    assert third.split(separator)[:3] == ["Zzyzx qwrtp.", "undecided", ""]
    assert third.split(separator)[-2:] == ["0", "no_known_terms"]
    assert sum(map(float, third.split(separator)[3:6])) == pytest.approx(1, abs=3e-6)


def test_parquet_output_keeps_types(predict, write, tmp_path):
    """Numbers are numbers, a missing label is a null."""
    write("in.jsonl", '{"text": "We offer peace talks", "year": 1999}\n{"text": "Zzyzx", "year": 2000}\n')
    assert predict("--input", "in.jsonl", "--output", "out.parquet") == (0, "", "2 rows labelled: out.parquet\n")
    table = pyarrow.parquet.read_table(tmp_path / "out.parquet")
    assert table.column("year").to_pylist() == [1999, 2000]
    assert table.column("status").to_pylist() == ["ok", "undecided"]
    assert table.column("stance").to_pylist() == ["diplomatic", None]
    assert str(table.schema.field("stance_diplomatic").type) == "double"
    assert str(table.schema.field("known_terms").type) == "int64"


def test_other_columns_of_a_csv_pass_untouched(predict, write, tmp_path):
    """Leading zeros, spaces, quotes, separators and line ends inside a field come out as they went in."""
    write("in.csv", 'id,text,note\n007,We offer peace talks," a, ""b""\nc "\n,Zzyzx,=1+1\n')
    assert predict("--input", "in.csv", "--output", "out.csv").code == 0
    written = (tmp_path / "out.csv").read_bytes().decode()
    assert written.startswith("id,text,note,status,stance,")
    assert '\n007,We offer peace talks," a, ""b""\nc ",ok,diplomatic,' in written
    assert "\n,Zzyzx,=1+1,undecided,," in written


def test_other_columns_of_jsonl_pass_untouched(predict, write, rows_of):
    """Nested values, numbers, nulls and characters of any script come out as they went in, in their order."""
    write("in.jsonl", '{"b": {"x": [1, null]}, "text": "We offer peace talks", "a": 1.50, "ü": "日本", "t": true}\n')
    assert predict("--input", "in.jsonl", "--output", "out.jsonl").code == 0
    row = rows_of("out.jsonl")[0]
    assert list(row)[:6] == ["b", "text", "a", "ü", "t", "status"]
    assert (row["b"], row["a"], row["ü"], row["t"]) == ({"x": [1, None]}, 1.5, "日本", True)


def test_nested_values_become_json_in_a_table(predict, write, tmp_path):
    """A table has no nesting, so a list is written as its JSON."""
    write("in.jsonl", '{"tags": ["a", "ü"], "text": "We offer peace talks"}\n')
    assert predict("--input", "in.jsonl", "--output", "out.tsv").code == 0
    assert '\n"[""a"", ""ü""]"\tWe offer peace talks\tok\tdiplomatic\t' in (tmp_path / "out.tsv").read_text("utf-8")


def test_order_is_kept_over_many_rows(predict, write, rows_of):
    """Row n of the output is row n of the input, past every internal batch."""
    write("in.jsonl", "".join(f'{{"n": {n}, "text": "We offer peace talks"}}\n' for n in range(2_500)))
    assert predict("--input", "in.jsonl", "--output", "out.jsonl") == (0, "", "2,500 rows labelled: out.jsonl\n")
    assert [row["n"] for row in rows_of("out.jsonl")] == list(range(2_500))


def test_prediction_does_not_depend_on_the_way_in(predict, write, rows_of):
    """The same text gets the same numbers as an argument and as the thousandth row of a file."""
    write("in.txt", "The army will attack the bridge.\n" * 1_000)
    predict("--input", "in.txt", "--output", "out.jsonl")
    alone = json.loads(predict("--json", "The army will attack the bridge.").stdout)
    assert rows_of("out.jsonl")[999] == alone
    assert alone["stance"] == "escalatory"


def test_column_names_the_text(predict, write, rows_of):
    """``--column`` reads another column; a column called text is then one among the others."""
    write("in.csv", "text,body\nThe army will attack,We offer peace talks\n")
    assert predict("--input", "in.csv", "--column", "body", "--output", "out.jsonl").code == 0
    row = rows_of("out.jsonl")[0]
    assert (row["text"], row["body"], row["stance"]) == ("The army will attack", "We offer peace talks", "diplomatic")


def test_prefix_keeps_columns_apart(predict, write, tmp_path):
    """With ``--prefix`` gold labels and predictions stand side by side."""
    write("in.csv", "text,stance,status\nWe offer peace talks,none,new\n")
    assert predict("--input", "in.csv", "--prefix", "p_", "--output", "out.csv").code == 0
    header, row = (tmp_path / "out.csv").read_text(encoding="utf-8").splitlines()
    assert header.startswith("text,stance,status,p_status,p_stance,p_stance_escalatory,")
    assert header.endswith(",p_sentiment_positive,p_known_terms,p_reason")
    assert row.startswith("We offer peace talks,none,new,ok,diplomatic,")


def test_json_without_output_prints_whole_rows(predict, write):
    """``--input`` with ``--json`` prints the rows that a JSON-lines output would hold, prefix and all."""
    write("in.csv", "id,text\n7,We offer peace talks\n8,Zzyzx\n")
    code, stdout, stderr = predict("--input", "in.csv", "--json", "--prefix", "p_")
    rows = [json.loads(line) for line in stdout.splitlines()]
    assert (code, stderr) == (0, "")
    assert [(row["id"], row["p_status"], row["p_stance"]) for row in rows] == [
        ("7", "ok", "diplomatic"),
        ("8", "undecided", None),
    ]


def test_input_without_output_shows_cards(predict, write):
    """A file named alone is for reading: one card a row."""
    write("in.csv", "id,body\n7,We offer peace talks\n8,Zzyzx\n")
    code, stdout, stderr = predict("--input", "in.csv", "--column", "body")
    assert (code, stderr) == (0, "")
    assert stdout.startswith("We offer peace talks\n  stance ")
    assert stdout.endswith("Zzyzx\n  undecided: not one word here is known to the model\n\n")


def test_value_that_is_no_text_is_told_in_its_row(predict, write, rows_of):
    """A number where text belongs gets no label, and its status says why; the other rows are labelled."""
    write("in.jsonl", '{"text": 5}\n{"text": ["peace"]}\n{"text": "We offer peace talks"}\n')
    assert predict("--input", "in.jsonl", "--output", "out.jsonl").code == 0
    assert [(row["text"], row["status"], row["stance"]) for row in rows_of("out.jsonl")] == [
        (5, "not text: int", None),
        (["peace"], "not text: list", None),
        ("We offer peace talks", "ok", "diplomatic"),
    ]


@pytest.mark.parametrize("name", ["out.csv", "out.parquet"])
def test_column_that_appears_later_is_not_lost(predict, write, tmp_path, name):
    """A table has its columns from the first row; one that comes later is an error, never dropped in silence."""
    write("in.jsonl", '{"text": "We offer peace talks"}\n\n{"text": "The army will attack", "id": 7}\n')
    code, stdout, stderr = predict("--input", "in.jsonl", "--output", name)
    assert (code, stdout) == (1, "")
    assert stderr == (
        'in.jsonl, line 3: the column "id" is not in the first row, so a table has no place for it.\n'
        "Write .jsonl, or give the first row every column.\n"
    )
    assert not (tmp_path / name).exists()


def test_existing_output_is_replaced_with_force(predict, write, rows_of):
    """``--force`` replaces the old file by the new one."""
    write("in.txt", "We offer peace talks\n")
    write("out.jsonl", "old\n")
    assert predict("--input", "in.txt", "--output", "out.jsonl", "--force").code == 0
    assert [row["stance"] for row in rows_of("out.jsonl")] == ["diplomatic"]


def test_file_can_be_labelled_in_place(predict, write, rows_of):
    """With ``--force`` input and output may be the same file: it is read whole before it is replaced."""
    write("all.jsonl", '{"text": "We offer peace talks"}\n{"text": "The army will attack"}\n')
    assert predict("--input", "all.jsonl", "--output", "all.jsonl", "--force").code == 0
    assert [row["stance"] for row in rows_of("all.jsonl")] == ["diplomatic", "escalatory"]


def test_output_is_all_that_is_left_behind(predict, write, names):
    """No temporary stays beside the result."""
    write("in.txt", "We offer peace talks\n")
    predict("--input", "in.txt", "--output", "out.csv")
    assert names() == ["in.txt", "out.csv"]
