"""``stance read``: files, folders, standard input, tables and HTML in; a view, rows, tables and a page out."""

from __future__ import annotations

import csv
import json
import os
import sys
import xml.etree.ElementTree as ET

import pyarrow.parquet
import pytest

ARTICLE = """A treaty at last

“They will sign the peace treaty,” said Anna Lindt.

“Troops will attack the bridge at dawn,” Karl Brand said.
"""
SILENT = "It rained all day in the capital.\n"
PAGE = """<!DOCTYPE html><html><head><meta charset="utf-8"><title>Talks | Paper</title></head><body>
<nav><a href="/">Home</a> <a href="/world">World</a></nav><article><h1>Ministers meet in Geneva</h1>
<p>“They will sign the <em>peace</em> treaty,” said Anna Lindt, the foreign minister, on Monday morning.</p>
<p>The talks go on next week, when the two sides are expected to discuss an exchange of prisoners &amp; a ceasefire.</p>
</article><footer>Copyright Paper. All rights reserved.</footer></body></html>
"""
ARTICLE_COLUMNS = ["id", "status", "text", "quotes", "speakers", "remarks"]
PREFIX = "Choose a prefix for the output columns, such as --prefix predicted_"


@pytest.fixture
def read(run, tiny_model):
    """Give a function that runs ``stance read`` with the tiny model."""
    return lambda *arguments, **settings: run("read", "--model", tiny_model, *arguments, **settings)


def rows_in(text):
    return [json.loads(line) for line in text.splitlines()]


def said(row):
    return [(quote["statement"], quote["speaker"], quote["stance"]) for quote in row["quotes"]]


SAID = [
    ("They will sign the peace treaty", "Anna Lindt", "diplomatic"),
    ("Troops will attack the bridge at dawn", "Karl Brand", "escalatory"),
]


# ---- what comes in -----------------------------------------------------------------------------------------


def test_json_row_of_a_file(read, write):
    """One object a line, with the text that the offsets point into."""
    write("a.txt", ARTICLE)
    code, stdout, stderr = read("--json", "a.txt")
    (row,) = rows_in(stdout)
    assert (code, stderr) == (0, "")
    assert list(row) == ARTICLE_COLUMNS
    assert (row["id"], row["status"], row["text"]) == ("a.txt", "ok", ARTICLE)
    assert said(row) == SAID
    for quote in row["quotes"]:
        assert row["text"][quote["start"] : quote["end"]] == quote["text"]
        assert row["text"][quote["speaker_start"] : quote["speaker_end"]] == quote["speaker"]
    assert [(each["name"], each["statements"]) for each in row["speakers"]] == [("Anna Lindt", 1), ("Karl Brand", 1)]


@pytest.mark.parametrize("arguments", [(), ("-",)])
def test_standard_input(read, arguments):
    """Piped in, or asked for."""
    (row,) = rows_in(read("--json", *arguments, stdin=ARTICLE.encode()).stdout)
    assert (row["id"], said(row)) == ("-", SAID)


def test_byte_order_mark_and_windows_line_ends(read, write):
    """The mark is no character of the article; the line ends stay, so that offsets are those of the text given."""
    write("a.txt", b"\xef\xbb\xbf" + ARTICLE.replace("\n", "\r\n").encode())
    (row,) = rows_in(read("--json", "a.txt").stdout)
    assert row["text"] == ARTICLE.replace("\n", "\r\n")
    assert said(row) == SAID


def test_folder_is_read_in_the_order_of_names(read, write, tmp_path):
    """Its .txt and .html files and nothing else."""
    (tmp_path / "in" / "deeper.txt").mkdir(parents=True)
    for name, content in (("b.txt", SILENT), ("a.TXT", ARTICLE), ("c.html", PAGE), ("d.md", "x"), ("e.csv", "x")):
        write(f"in/{name}", content)
    rows = rows_in(read("--json", "in").stdout)
    assert [row["id"] for row in rows] == [os.path.join("in", name) for name in ("a.TXT", "b.txt", "c.html")]
    assert [row["status"] for row in rows] == ["ok", "no_statement", "ok"]


def test_several_files_are_several_articles(read, write):
    write("a.txt", ARTICLE)
    write("b.txt", SILENT)
    rows = rows_in(read("--json", "b.txt", "a.txt", "-", stdin=ARTICLE.encode()).stdout)
    assert [(row["id"], len(row["quotes"])) for row in rows] == [("b.txt", 0), ("a.txt", 2), ("-", 2)]


@pytest.mark.parametrize(
    ("name", "arguments"),
    [("page.html", ()), ("page.HTM", ()), ("page.txt", ("--from-html",)), ("-", ("--from-html",))],
)
def test_html_gives_the_article_and_its_paragraphs(read, write, name, arguments):
    """Menus and footers are left out; offsets point into the text that is given back."""
    write("page.html", PAGE)
    write("page.HTM", PAGE)
    write("page.txt", PAGE)
    code, stdout, stderr = read("--json", name, *arguments, stdin=PAGE.encode())
    (row,) = rows_in(stdout)
    assert (code, stderr) == (0, "")
    assert (
        "“They will sign the peace treaty,” said Anna Lindt, the foreign minister, on Monday morning.\n" in row["text"]
    )
    assert "prisoners & a ceasefire." in row["text"]
    assert "Home" not in row["text"]
    assert "Copyright" not in row["text"]
    for quote in row["quotes"]:
        assert row["text"][quote["start"] : quote["end"]] == quote["text"]
    assert [quote["stance"] for quote in row["quotes"] if quote["kind"] == "direct"] == ["diplomatic"]


def test_html_in_another_encoding_is_decoded_as_it_says(read, write):
    page = PAGE.replace("utf-8", "windows-1252").encode("cp1252")
    write("page.html", page)
    (row,) = rows_in(read("--json", "page.html").stdout)
    assert row["quotes"][0]["statement"] == "They will sign the peace treaty"


# ---- tables ------------------------------------------------------------------------------------------------


TABLE = [
    {"id": "x1", "paper": "Post", "body": ARTICLE},
    {"id": "x2", "paper": "Times", "body": SILENT},
    {"id": "x3", "paper": "Post", "body": ""},
    {"id": "x4", "paper": "Post", "body": None},
    {"id": "x5", "paper": "Post", "body": 7},
]
STATUSES = ["ok", "no_statement", "empty", "empty", "not text: int"]


@pytest.fixture
def _table(write):
    write("in.jsonl", "".join(json.dumps(row) + "\n" for row in TABLE))


@pytest.mark.usefixtures("_table")
def test_jsonl_has_one_row_for_each_input_row(read, tmp_path):
    """In order, all columns kept, with a status."""
    code, stdout, stderr = read("--input", "in.jsonl", "--column", "body", "--output", "out.jsonl")
    assert (code, stdout, stderr) == (0, "", "5 articles read, 2 statements: out.jsonl\n")
    rows = rows_in((tmp_path / "out.jsonl").read_text("utf-8"))
    assert [{name: row[name] for name in ("id", "paper", "body")} for row in rows] == TABLE
    assert [row["status"] for row in rows] == STATUSES
    assert list(rows[0]) == ["id", "paper", "body", "status", "quotes", "speakers", "remarks"]
    assert said(rows[0]) == SAID


@pytest.mark.usefixtures("_table")
def test_json_prints_the_rows_of_a_table(read):
    rows = rows_in(read("--input", "in.jsonl", "--column", "body", "--json", "--prefix", "p_").stdout)
    assert [row["p_status"] for row in rows] == STATUSES
    assert list(rows[0]) == ["id", "paper", "body", "p_status", "p_quotes", "p_speakers", "p_remarks"]


@pytest.mark.usefixtures("_table")
def test_csv_has_one_row_a_statement_and_loses_no_article(read, tmp_path):
    """The article's text is not repeated; an article without a statement has one row that says so."""
    code, _, stderr = read("--input", "in.jsonl", "--column", "body", "--output", "out.csv")
    assert (code, stderr) == (0, "5 articles read, 2 statements: out.csv\n")
    with (tmp_path / "out.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert list(rows[0]) == [
        *["id", "paper", "status", "number", "within", "kind", "speaker", "speaker_start", "speaker_end"],
        *["speaker_name", "speaker_kind", "rule", "grade", "relayed_by", "start", "end", "text", "parts", "statement"],
        *["judged", "judged_as", "stance", "stance_escalatory", "stance_diplomatic", "stance_none", "stance_because"],
        *["sentiment", "sentiment_negative", "sentiment_neutral", "sentiment_positive", "sentiment_because"],
        *["known_terms", "reason", "remark"],
    ]
    assert [(row["id"], row["status"], row["number"], row["stance"]) for row in rows] == [
        ("x1", "ok", "1", "diplomatic"),
        ("x1", "ok", "2", "escalatory"),
        ("x2", "no_statement", "", ""),
        ("x3", "empty", "", ""),
        ("x4", "empty", "", ""),
        ("x5", "not text: int", "", ""),
    ]
    first = rows[0]
    assert ARTICLE[int(first["start"]) : int(first["end"])] == first["text"]
    assert json.loads(first["parts"]) == [[int(first["start"]), int(first["end"])]]
    assert sum(float(first[f"stance_{label}"]) for label in ("escalatory", "diplomatic", "none")) == pytest.approx(
        1, abs=1e-5
    )
    assert "sign" in first["stance_because"].split(" · ")


def test_table_without_an_id_gets_the_row_number(read, write, tmp_path):
    write("in.csv", "text,paper\n“We will sign.”,Post\nIt rained.,Times\n")
    assert read("--input", "in.csv", "--output", "out.jsonl").code == 0
    rows = rows_in((tmp_path / "out.jsonl").read_text("utf-8"))
    assert [(row["id"], row["paper"], len(row["quotes"])) for row in rows] == [(1, "Post", 1), (2, "Times", 0)]


@pytest.mark.usefixtures("_table")
def test_parquet_has_one_row_a_statement(read, tmp_path):
    assert read("--input", "in.jsonl", "--column", "body", "--output", "out.parquet").code == 0
    found = pyarrow.parquet.read_table(tmp_path / "out.parquet").to_pylist()
    assert [(row["id"], row["stance"]) for row in found][:3] == [
        ("x1", "diplomatic"),
        ("x1", "escalatory"),
        ("x2", None),
    ]


def test_files_can_be_written_as_a_table(read, write, tmp_path):
    """A folder becomes a table as easily as a table does."""
    write("a.txt", ARTICLE)
    write("b.txt", SILENT)
    assert read("a.txt", "b.txt", "--output", "out.tsv").code == 0
    with (tmp_path / "out.tsv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream, delimiter="\t"))
    assert [(row["id"], row["status"]) for row in rows] == [("a.txt", "ok"), ("a.txt", "ok"), ("b.txt", "no_statement")]
    assert read("a.txt", "--output", "out.jsonl").code == 0
    assert list(rows_in((tmp_path / "out.jsonl").read_text("utf-8"))[0]) == ARTICLE_COLUMNS


def test_html_in_a_column(read, write, tmp_path):
    """The text that was read comes beside the HTML."""
    write("in.jsonl", "".join(json.dumps({"id": n, "html": html}) + "\n" for n, html in enumerate((PAGE, "", "<p>"))))
    options = ("--input", "in.jsonl", "--column", "html", "--from-html")
    assert read(*options, "--output", "out.jsonl").code == 0
    first, second, third = rows_in((tmp_path / "out.jsonl").read_text("utf-8"))
    assert list(first) == ["id", "html", "status", "text", "quotes", "speakers", "remarks"]
    assert first["text"][first["quotes"][0]["start"] :].startswith("They will sign the peace treaty")
    assert (second["status"], second["text"]) == ("empty", "")
    assert (third["status"], third["text"]) == ("no article was found in this page", "")


# ---- what goes out -----------------------------------------------------------------------------------------


def test_view_shows_statements_then_speakers(read, write):
    """Speaker, labels in words, the quote, the words that decided; at 80 columns, without trailing space."""
    write("a.txt", ARTICLE)
    code, stdout, stderr = read("a.txt", COLUMNS="80")
    lines = stdout.splitlines()
    assert (code, stderr) == (0, "")
    assert lines[0] == "a.txt"
    assert lines[1] == "2 statements by 2 named speakers: 1 escalatory, 1 diplomatic."
    assert lines[3].startswith("  1  Anna Lindt")
    assert lines[4].startswith("     ▸ diplomatic ")
    assert lines[5] == "     “They will sign the peace treaty,”"
    assert lines[6].startswith("     because ")
    assert lines[8].startswith("  2  Karl Brand")
    header = next(line for line in lines if line.startswith(" speaker"))
    assert header.split() == ["speaker", "said", "escalatory", "diplomatic", "none", "undecided"]
    assert lines[lines.index(header) + 2].split() == ["Anna", "Lindt", "1", "·", "100%", "·", "·"]
    assert max(map(len, lines)) <= 80
    assert [line for line in lines if line != line.rstrip()] == []
    assert "\x1b" not in stdout


def test_view_wraps_to_the_width(read, write):
    write("a.txt", ARTICLE.replace("at dawn", "at dawn and again at noon " * 8))
    lines = read("a.txt", COLUMNS="60").stdout.splitlines()
    assert max(map(len, lines)) <= 60
    assert "     and again at noon at dawn" not in lines


def test_view_marks_words_on_a_terminal(read, write):
    """Colour and underline where they can be seen; there the words are not listed again."""
    write("a.txt", ARTICLE)
    stdout = read("a.txt", FORCE_COLOR="1", TERM="xterm-256color").stdout
    assert "\x1b[4m" in stdout
    assert "because" not in stdout


def test_view_of_an_article_without_statements(read, write):
    write("b.txt", SILENT)
    assert read("b.txt").stdout == "b.txt\nNobody is quoted.\n\n"


def test_view_keeps_markup_like_text(read, write):
    """Brackets are words, not styles."""
    write("a.txt", "“They will [bold]sign[/bold] the :smile: treaty,” said Anna Lindt.\n")
    assert "“They will [bold]sign[/bold] the :smile: treaty,”" in read("a.txt").stdout


def test_view_obeys_no_text(read, write):
    """Escape sequences in an article do nothing to the terminal, in a quote or in a name."""
    write("a.txt", "“They will sign\x1b]0;owned\x07 the \x1b[31mtreaty,” said Anna\x1b[2J Lindt.\n")
    stdout = read("a.txt").stdout
    assert "“They will sign\ufffd]0;owned\ufffd the \ufffd[31mtreaty,”" in stdout
    assert set("\x1b\x07").isdisjoint(stdout)


def test_page_is_written_and_nothing_else_printed(read, write, tmp_path):
    write("a.txt", ARTICLE)
    assert read("a.txt", "--html", "page.html") == (0, "", "Page written: page.html\n")
    first = (tmp_path / "page.html").read_bytes()
    root = ET.fromstring(first.decode().split("\n", 1)[1])
    assert [mark.get("class") for mark in root.iter("mark")] == ["quote k-diplomatic", "quote k-escalatory"]
    assert read("a.txt", "--html", "page.html", "--force").code == 0
    assert (tmp_path / "page.html").read_bytes() == first


def test_page_and_rows_together(read, write, tmp_path):
    write("a.txt", ARTICLE)
    code, stdout, stderr = read("a.txt", "--html", "page.html", "--json")
    assert (code, stderr) == (0, "Page written: page.html\n")
    assert said(rows_in(stdout)[0]) == SAID
    assert read("a.txt", "--html", "other.html", "--output", "out.csv").code == 0
    assert (tmp_path / "other.html").read_bytes() == (tmp_path / "page.html").read_bytes()
    assert (tmp_path / "out.csv").is_file()


# ---- what goes wrong ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("a.txt", "--input", "b.jsonl"), "Give either files or --input, not both."),
        (("a.txt", "--json", "--output", "o.csv"), "--json prints, --output writes a file; give one of them."),
        (("a.txt", "--column", "body"), "--column and --prefix are about tables and need --input."),
        (("a.txt", "--prefix", "x_"), "--column and --prefix are about tables and need --input."),
        (("a.txt", "--force"), "--force is about --output and --html, and neither is given."),
        (("a.txt", "--html", "page.pdf"), "--html page.pdf: the page is an HTML file; give a name that ends in .html."),
        (("in.jsonl",), "in.jsonl is a table of articles. Give it with --input."),
        (("in.CSV",), "in.CSV is a table of articles. Give it with --input."),
        (
            ("a.txt", "--output", "o.txt"),
            "o.txt: a .txt file cannot hold labels; write .jsonl, .csv, .tsv or .parquet.",
        ),
    ],
)
def test_call_that_contradicts_itself(read, write, arguments, message):
    write("a.txt", ARTICLE)
    assert read(*arguments) == (2, "", message + "\n")


BAD = {
    "good.txt": ARTICLE,
    "good.html": PAGE,
    "o.csv": "",
    "empty.txt": " \n",
    "empty.html": "",
    "latin.txt": b"Good\nCaf\xe9\n",
    "bare.html": "<p></p>",
    "in.csv": "status,body\n1,x\n",
    "html.jsonl": json.dumps({"text": PAGE}),
}


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("no.txt",), "no.txt: no such file. Check the name."),
        (("no.html",), "no.html: no such file. Check the name."),
        (("empty.txt",), "empty.txt: the file holds no text. Check that it is the file you mean."),
        (("empty.html",), "empty.html: the file holds no text. Check that it is the file you mean."),
        (("-",), "standard input: the file holds no text. Check that it is the file you mean."),
        (("latin.txt",), "latin.txt, line 2: byte 0xe9 at position 4 is not UTF-8.\nSave the file as UTF-8."),
        (
            ("bare.html",),
            "bare.html: no article was found in this page. Check that it is HTML, or save the article's text as .txt.",
        ),
        (
            ("hollow",),
            "hollow: the folder holds no .txt or .html file. Name the files, or a folder of articles.",
        ),
        (
            ("good.txt", "--html", "good.html"),
            "good.html: exists already. Choose another name, or add --force to replace it.",
        ),
        (
            ("good.txt", "--output", "o.csv"),
            "o.csv: exists already. Choose another name, or add --force to replace it.",
        ),
        (
            ("--input", "in.csv"),
            'in.csv: no column "text" (there are: "status", "body"). Name the text column with --column.',
        ),
        (
            ("--input", "in.csv", "--column", "body", "--json"),
            f'in.csv, line 2: the column "status" has the name of an output column.\n{PREFIX}',
        ),
        (
            ("--input", "html.jsonl", "--column", "text", "--from-html", "--json"),
            f'html.jsonl, line 1: the column "text" has the name of an output column.\n{PREFIX}',
        ),
    ],
)
def test_input_that_cannot_be_used(read, write, tmp_path, names, arguments, message):
    """A sentence with file and line, exit code 1, nothing written."""
    (tmp_path / "hollow").mkdir()
    for name, content in BAD.items():
        write(name, content)
    before = names()
    code, stdout, stderr = read(*arguments)
    assert (code, stdout, stderr) == (1, "", message + "\n")
    assert names() == before


def test_nothing_to_read_at_a_terminal(call, monkeypatch):
    """Without files it waits for nobody to type an article."""
    monkeypatch.setattr("sys.stdin", type("Terminal", (), {"isatty": staticmethod(lambda: True)})())
    assert call("read") == (2, "", "Nothing to read. Try: stance read article.txt\n")


def test_closed_standard_input_is_told(call, monkeypatch):
    monkeypatch.setattr("sys.stdin", None)
    assert call("read", "-") == (1, "", "standard input: it is closed. Pipe an article in, or name a file.\n")


def test_missing_extra_is_told(call, write, monkeypatch):
    monkeypatch.setitem(sys.modules, "trafilatura", None)
    write("page.html", PAGE)
    assert call("read", "page.html") == (2, "", "HTML needs trafilatura: pip install 'stance[html]'\n")


def test_folder_that_cannot_be_listed_is_told(call, tmp_path, monkeypatch):
    def refuse(_):
        raise PermissionError(13, "Permission denied")

    (tmp_path / "in").mkdir()
    monkeypatch.setattr("stance.article.sources.os.scandir", refuse)
    message = "in: could not be read (permission denied). Check the folder and its rights.\n"
    assert call("read", "in") == (1, "", message)


def test_failed_reading_leaves_the_old_page(read, write, tmp_path):
    """The page is written once all articles are read."""
    write("a.txt", ARTICLE)
    write("page.html", "old")
    code, _, stderr = read("a.txt", "no.txt", "--html", "page.html", "--force")
    assert (code, stderr) == (1, "no.txt: no such file. Check the name.\n")
    assert (tmp_path / "page.html").read_text() == "old"
