"""``stance build``: seeds and data joined, checked, counted and, on request, written."""

from __future__ import annotations

import json

import pyarrow.parquet
import pytest

ARTICLE = """\
MOSCOW. The talks failed on Monday.

"We will never accept this border," said Foreign Minister Ivan Petrov on Tuesday.
"""
READERS = '"readers": {"stance": ["critical", "critical"], "sentiment": ["negative", "negative"]}'
LABELS = f'"stance": "critical", "sentiment": "negative", {READERS}'
QUOTE = f'{{"document": "a.txt", "parts": [[38, 71]], "text": "We will never accept this border", {LABELS}}}\n'
STATEMENT = f'{{"text": "The ministry condemned the raid on the port.", {LABELS}, "trait": "report"}}\n'
PHRASE = f'{{"text": "condemned the raid", {LABELS}}}\n'


@pytest.fixture
def corpus(tmp_path):
    """Make a corpus of one quote, one statement and one phrase; give a function that rewrites a file of it."""

    def write(name, content):
        path = tmp_path / "root" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode())

    write("seeds/a.txt", ARTICLE)
    write("data/seed_quotes.jsonl", QUOTE)
    write("data/statements/raids.jsonl", STATEMENT)
    write("data/phrases/condemn.jsonl", PHRASE)
    return write


@pytest.fixture
def build(call):
    """Give a function that runs ``stance build`` on the small corpus."""
    return lambda *arguments: call("build", "--root", "root", *arguments)


def test_packaged_corpus_is_sound(run):
    """The corpus that comes along builds without a remark, with every label in use."""
    code, stdout, stderr = run("build")
    assert (code, stderr) == (0, "")
    heads = [line.split() for line in stdout.splitlines() if line.rstrip().endswith(" all")]
    assert heads == [
        ["stance", "escalatory", "diplomatic", "critical", "none", "all"],
        ["sentiment", "negative", "neutral", "positive", "all"],
    ]
    assert " 0 pairs of near-duplicates kept" in stdout


@pytest.mark.usefixtures("corpus")
def test_table_counts_kinds_and_topics(build):
    """The table says how many of each kind carry each label, and what the data set is by its fingerprint."""
    code, stdout, stderr = build()
    lines = [line.split() for line in stdout.splitlines()]
    assert (code, stderr) == (0, "")
    assert ["stance", "critical", "all"] in lines
    assert ["sentiment", "negative", "all"] in lines
    assert lines.count(["quotes", "1", "1"]) == 2
    assert lines.count(["statements", "1", "1"]) == 2
    assert lines.count(["phrases", "1", "1"]) == 2
    assert "1 topics: raids 1\n" in stdout
    assert "1 acts: condemn 1\n" in stdout
    assert "0 repeated rows left out, 0 pairs of near-duplicates kept\n" in stdout
    assert [len(line[1]) for line in lines if line[:1] == ["fingerprint"]] == [64]


@pytest.mark.usefixtures("corpus")
def test_output_holds_every_row_with_its_source(build, tmp_path):
    """Quotes, then statements, then phrases, with labels, group and the line that each comes from."""
    code, _, stderr = build("--output", "all.jsonl")
    assert (code, stderr) == (0, "3 rows: all.jsonl\n")
    rows = [json.loads(line) for line in (tmp_path / "all.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [(row["kind"], row["group"], row["source"], row["line"], row["text"]) for row in rows] == [
        ("quote", "a.txt", "data/seed_quotes.jsonl", 1, "We will never accept this border"),
        ("statement", "raids", "data/statements/raids.jsonl", 1, "The ministry condemned the raid on the port."),
        ("phrase", "condemn", "data/phrases/condemn.jsonl", 1, "condemned the raid"),
    ]
    assert [(row["stance"], row["sentiment"]) for row in rows] == [("critical", "negative")] * 3
    assert rows[0]["speaker"] == "Ivan Petrov"


@pytest.mark.usefixtures("corpus")
@pytest.mark.parametrize(("name", "separator"), [("all.csv", ","), ("all.tsv", "\t")])
def test_table_output_keeps_columns_of_later_kinds(build, tmp_path, name, separator):
    """A column that only statements have is in the header, although a quote comes first."""
    assert build("--output", name).code == 0
    header, *rows = (tmp_path / name).read_text(encoding="utf-8").splitlines()
    assert header.split(separator)[:5] == ["text", "stance", "sentiment", "kind", "group"]
    assert header.split(separator)[-1] == "trait"
    assert [row.split(separator)[-1] for row in rows] == ["", "report", ""]


@pytest.mark.usefixtures("corpus")
def test_parquet_output(build, tmp_path):
    """Parquet is one of the formats."""
    assert build("--output", "all.parquet").code == 0
    table = pyarrow.parquet.read_table(tmp_path / "all.parquet")
    assert table.column("kind").to_pylist() == ["quote", "statement", "phrase"]
    assert table.column("trait").to_pylist() == [None, "report", None]


@pytest.mark.usefixtures("corpus")
def test_existing_output_needs_force(build, tmp_path):
    """The file of an earlier build is replaced on request only."""
    (tmp_path / "all.csv").write_text("old")
    assert build("--output", "all.csv") == (
        1,
        "",
        "all.csv: exists already. Choose another name, or add --force to replace it.\n",
    )
    assert (tmp_path / "all.csv").read_text() == "old"
    assert build("--output", "all.csv", "--force").code == 0
    assert (tmp_path / "all.csv").read_text(encoding="utf-8").startswith("text,stance,")


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        pytest.param(
            "seeds/b.txt",
            '"We want peace with all our neighbours," said President Anna Kovac.\n',
            "seeds/b.txt: the quote at 1–39 has no label: We want peace with all our neighbours\n"
            "Add a line for it to data/seed_quotes.jsonl.\n",
            id="quote without a label",
        ),
        pytest.param(
            "data/seed_quotes.jsonl",
            QUOTE + QUOTE.replace("[38, 71]", "[5, 9]"),
            "data/seed_quotes.jsonl, line 2: the label has lost its quote: no quote with this text stands at [[5, 9]] "
            "of seeds/a.txt.\nCorrect document, parts and text, or remove the line.\n",
            id="label without its quote",
        ),
        pytest.param(
            "data/statements/raids.jsonl",
            STATEMENT + STATEMENT.replace('"critical", "sent', '"angry", "sent').replace("raid", "attack"),
            'data/statements/raids.jsonl, line 2: "angry" is not a stance.\n'
            "Expected one of: escalatory, diplomatic, critical, none. "
            "Correct the line; data/codebook.md says what each means.\n",
            id="unknown label",
        ),
        pytest.param(
            "data/phrases/condemn.jsonl",
            '{"text": "condemned", "stance": "critical", "sentiment": "negative"}\n',
            'data/phrases/condemn.jsonl, line 1: "readers" does not hold two labels of stance.\n'
            'Write it as {"stance": ["critical", "none"], "sentiment": ["negative", "negative"]}.\n',
            id="no readers",
        ),
        pytest.param(
            "data/phrases/condemn.jsonl",
            f'{{"text": "condemned", "stance": "critical", {READERS}}}\n',
            'data/phrases/condemn.jsonl, line 1: no "sentiment".\nGive one of: negative, neutral, positive.\n',
            id="no label",
        ),
        pytest.param(
            "data/phrases/condemn.jsonl",
            PHRASE.replace("\n", "\r\n"),
            "data/phrases/condemn.jsonl, line 1: the line ends with CR LF.\nSave the file with LF line ends.\n",
            id="CR LF",
        ),
        pytest.param(
            "data/phrases/condemn.jsonl",
            PHRASE.replace("condemned the raid", "CONDEMNED the raid!")
            + PHRASE.replace('"critical", "sent', '"none", "sent'),
            "data/phrases/condemn.jsonl, line 2: the same text as data/phrases/condemn.jsonl, line 1, "
            'but stance is "none" here and "critical" there.\n'
            "Decide which holds, or reword one of them. Text: condemned the raid\n",
            id="contradiction",
        ),
        pytest.param(
            "data/statements/ports.jsonl",
            STATEMENT.replace("the port", "the port yesterday").replace('"critical", "sent', '"none", "sent'),
            "data/statements/raids.jsonl, line 1: nearly the same text as data/statements/ports.jsonl, line 1, "
            'but stance is "critical" here and "none" there.\n'
            "Decide which holds, or reword one of them. Text: The ministry condemned the raid on the port.\n",
            id="near contradiction",
        ),
    ],
)
def test_problem_is_told_with_file_and_line(build, corpus, names, name, content, message):
    """What is wrong with the data is told where it stands, and nothing is written while anything is."""
    corpus(name, content)
    assert build("--output", "all.jsonl") == (1, "", message)
    assert names() == ["root"]


def test_all_problems_are_told_at_once(run, corpus):
    """One run lists what is wrong in every file: the installed command says the same as the tests in this process."""
    corpus("data/statements/raids.jsonl", STATEMENT.replace("condemned the raid on the port.", " ") + "{\n")
    corpus("data/phrases/condemn.jsonl", PHRASE + PHRASE.replace('"negative", "readers', '"sad", "readers'))
    corpus("data/phrases/zeal.jsonl", '{"stance": "none"}\n')
    code, stdout, stderr = run("build", "--root", "root")
    assert (code, stdout) == (1, "")
    assert stderr == (
        "data/statements/raids.jsonl, line 2: not valid JSON (expecting property name enclosed in double quotes).\n"
        "Each line must be one JSON object.\n"
        'data/phrases/condemn.jsonl, line 2: "sad" is not a sentiment.\n'
        "Expected one of: negative, neutral, positive. Correct the line; data/codebook.md says what each means.\n"
        'data/phrases/zeal.jsonl, line 1: no column "text" (columns here: "stance").\n'
        "Add it, or name another.\n"
    )


def test_long_list_of_problems_is_cut(build, corpus):
    """Twenty problems are enough to start with; the rest is counted."""
    corpus("data/phrases/condemn.jsonl", '{"text": "x"}\n' * 25)
    code, _, stderr = build()
    assert code == 1
    assert 'data/phrases/condemn.jsonl, line 20: no "stance".\n' in stderr
    assert "line 21" not in stderr
    assert stderr.endswith("… and 5 more.\n")


@pytest.mark.parametrize(
    ("root", "message"),
    [
        (
            "nosuch",
            "nosuch/seeds: no such folder. Run in a checkout, or give the folder that holds seeds/ with --root.\n",
        ),
        (
            "root/seeds",
            "root/seeds/seeds: no such folder. Run in a checkout, or give the folder that holds seeds/ with --root.\n",
        ),
    ],
)
@pytest.mark.usefixtures("corpus")
def test_folder_without_a_corpus_is_told(call, root, message):
    """``--root`` must hold data/ and seeds/."""
    assert call("build", "--root", root) == (1, "", message)


def test_missing_statements_are_told(build, corpus, tmp_path):
    """A corpus without its folder of statements is no corpus."""
    corpus("data/statements/raids.jsonl", STATEMENT)
    (tmp_path / "root/data/statements").rename(tmp_path / "root/data/statement")
    assert build() == (
        1,
        "",
        "root/data/statements: no such folder. Run in a checkout, or give the folder that holds data/ with --root.\n",
    )
