"""Rows in and out of files: every format gives back what it was given, or says where and why it cannot."""

from __future__ import annotations

import builtins
import datetime
import errno
import io
import itertools
import os
import sys

import pyarrow
import pyarrow.parquet
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from stance.errors import FileError, RowError, UsageError
from stance.tables import FORMATS, Row, format_of, open_writer, read_rows
from stance.tables.base import decoded_lines

WRITABLE = ["jsonl", "csv", "tsv", "parquet"]
DELIMITERS = {"csv": ",", "tsv": "\t"}

ANY_TEXT = st.text(st.characters(exclude_categories=()))
TRICKY = st.sampled_from(
    ["\n", "\r", "\r\n", "a\r", '"', '""', ",", "\t", "'", "\x00", "\u2028", "\x85", "\ufeff", " ", ""]
)
VALID_TEXT = st.one_of(TRICKY, st.text(st.characters(exclude_categories=["Cs"])), st.lists(TRICKY).map("".join))
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | ANY_TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(ANY_TEXT, inner, max_size=3),
    max_leaves=5,
)


class FullDisk(io.BytesIO):
    """A stream on a disk without room; text and bytes alike."""

    def write(self, _):
        """Refuse."""
        raise OSError(errno.ENOSPC, "No space left on device")


def write_rows(path, rows, **options):
    with open_writer(str(path), **options) as writer:
        for row in rows:
            writer.write(row)


def write_rows_then(error, path, rows):
    with open_writer(str(path), force=True) as writer:
        for row in rows:
            writer.write(row)
        raise error


def rows_of(path, **options):
    return list(read_rows(str(path), **options))


def values_of(path):
    return [row.values for row in read_rows(str(path))]


def outcome_of(path):
    try:
        return "rows" if rows_of(path) else "nothing"
    except (FileError, RowError) as error:
        return f"our error, of {error.path}"


def file_of(tmp_path, name, content):
    path = tmp_path / name
    path.write_bytes(content)
    return path


def names_in(folder):
    return sorted(entry.name for entry in folder.iterdir())


@pytest.fixture(scope="module")
def scratch(tmp_path_factory):
    return tmp_path_factory.mktemp("tables")


# Round trips


@settings(max_examples=100, deadline=None)
@given(rows=st.lists(st.dictionaries(ANY_TEXT, JSON, max_size=4), min_size=1, max_size=4))
@example(rows=[{"text": "\ud800", "nested": ["\udfff", {"\ud800": None}]}])
def test_jsonl_gives_back_any_object(scratch, rows):
    """Any JSON, lone surrogates included, survives writing and reading, one object a line."""
    write_rows(scratch / "any.jsonl", rows, force=True)
    assert values_of(scratch / "any.jsonl") == rows


@pytest.mark.parametrize("extension", ["csv", "tsv", "parquet"])
@settings(max_examples=100, deadline=None)
@given(
    rows=st.lists(st.fixed_dictionaries({"text": VALID_TEXT, "note, or\t'note'": VALID_TEXT}), min_size=1, max_size=4)
)
@example(rows=[{"text": "a\r\nb\rc\nd\r", "note, or\t'note'": "\r"}])
def test_tables_give_back_any_text(scratch, extension, rows):
    """Separators, quotes and line ends of every kind survive in a value and in a column's name."""
    path = scratch / f"any.{extension}"
    write_rows(path, rows, force=True)
    assert values_of(path) == rows


@pytest.mark.parametrize("extension", ["csv", "tsv"])
@settings(max_examples=100, deadline=None)
@given(texts=st.lists(VALID_TEXT, min_size=1, max_size=5))
@example(texts=["", ""])
def test_single_column_keeps_its_empty_rows(scratch, extension, texts):
    """An empty text in a table of one column is a row and no blank line."""
    path = scratch / f"one.{extension}"
    write_rows(path, [{"text": text} for text in texts], force=True)
    assert values_of(path) == [{"text": text} for text in texts]


@settings(max_examples=100, deadline=None)
@given(content=st.binary(max_size=60))
@example(content=b'{"a": "\\ud800"}')
@pytest.mark.parametrize("extension", ["jsonl", "csv", "tsv", "txt"])
def test_any_bytes_give_rows_or_a_sentence(scratch, extension, content):
    """Whatever is in a file, the reader yields rows or raises one of our errors, which names the file."""
    path = file_of(scratch, f"bytes.{extension}", content)
    assert outcome_of(path) in ("rows", f"our error, of {path}")


@pytest.mark.parametrize("extension", ["csv", "tsv", "parquet"])
def test_lone_surrogates_become_question_marks(tmp_path, extension):
    """UTF-8 cannot hold half a character; the rest of the text and the row survive."""
    write_rows(tmp_path / f"a.{extension}", [{"text\ud800": "war\udfff!"}])
    assert values_of(tmp_path / f"a.{extension}") == [{"text?": "war?!"}]


@pytest.mark.parametrize("extension", WRITABLE)
def test_rows_are_numbered_and_ordered(tmp_path, extension):
    """What is written first is read first, whatever the format's row groups."""
    path = tmp_path / f"a.{extension}"
    write_rows(path, ({"text": f"row {number}"} for number in range(2_500)))
    rows = rows_of(path)
    assert len(rows) == 2_500
    assert rows[0].values == {"text": "row 0"}
    assert rows[2_499].values == {"text": "row 2499"}
    assert [row.line for row in rows] == sorted({row.line for row in rows})


# The form of what is written


def test_jsonl_is_readable_utf8(tmp_path):
    """People read these files, so characters are not escaped."""
    write_rows(tmp_path / "a.jsonl", [{"text": "“Non”, dit-elle", "n": 1}])
    assert (tmp_path / "a.jsonl").read_bytes() == '{"text": "“Non”, dit-elle", "n": 1}\n'.encode()


@pytest.mark.parametrize(("extension", "delimiter"), DELIMITERS.items())
def test_table_has_a_header_and_lf(tmp_path, extension, delimiter):
    """The first row's keys are the header; what later rows lack is empty, lists and dicts are JSON."""
    path = tmp_path / f"a.{extension}"
    write_rows(path, [{"a": "x", "b": ["é", 1]}, {"a": None}])
    assert path.read_text("utf-8") == f'a{delimiter}b\nx{delimiter}"[""é"", 1]"\n{delimiter}\n'


@pytest.mark.parametrize(
    ("extension", "expected"),
    [
        ("jsonl", '{"day": "2024-05-01", "tags": ["2024-05-01"]}\n'),
        ("csv", 'day,tags\n2024-05-01,"[""2024-05-01""]"\n'),
    ],
)
def test_values_that_json_lacks_are_written_as_text(tmp_path, extension, expected):
    """A date of a Parquet file passes into any other format."""
    day = datetime.date(2024, 5, 1)
    write_rows(tmp_path / f"a.{extension}", [{"day": day, "tags": [day]}])
    assert (tmp_path / f"a.{extension}").read_text("utf-8") == expected


def test_csv_with_a_lone_carriage_return_is_quoted(tmp_path):
    """Bare, it would end the row for every other program."""
    write_rows(tmp_path / "a.csv", [{"a": "x\ry", "b": "z"}])
    assert (tmp_path / "a.csv").read_bytes() == b'a,b\n"x\ry","z"\n'


# The form of what is read


def test_blank_lines_of_jsonl_are_skipped_and_counted(tmp_path):
    """Line numbers are those that an editor shows."""
    path = file_of(tmp_path, "a.jsonl", b'\n{"a": 1}\n \n{"a": 2}')
    assert rows_of(path) == [Row(2, {"a": 1}), Row(4, {"a": 2})]


def test_text_lines_are_rows_blank_ones_too(tmp_path):
    """Output stays aligned with input; only LF and CR LF end a line."""
    path = file_of(tmp_path, "a.txt", "one\n\r\ntwo\u2028still two\n\nlast".encode())
    assert rows_of(path) == [
        Row(1, {"text": "one"}),
        Row(2, {"text": ""}),
        Row(3, {"text": "two\u2028still two"}),
        Row(4, {"text": ""}),
        Row(5, {"text": "last"}),
    ]


def test_csv_row_is_numbered_where_it_ends(tmp_path):
    """Quoted fields may span lines; blank lines are no rows."""
    path = file_of(tmp_path, "a.csv", b'text,n\r\n"one\r\ntwo",1\r\n\r\nthree,2\r\n')
    assert rows_of(path) == [Row(3, {"text": "one\r\ntwo", "n": "1"}), Row(5, {"text": "three", "n": "2"})]


def test_csv_field_may_be_longer_than_the_module_allows(tmp_path):
    """An article in a field is no attack."""
    path = file_of(tmp_path, "a.csv", b"text\n" + b"x" * 200_000 + b"\n")
    assert len(values_of(path)[0]["text"]) == 200_000


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("a.jsonl", b'\xef\xbb\xbf{"text": "x"}\n', {"text": "x"}),
        ("a.csv", b"\xef\xbb\xbftext\nx\n", {"text": "x"}),
        ("a.tsv", b"\xef\xbb\xbftext\nx\n", {"text": "x"}),
        ("a.txt", b"\xef\xbb\xbfx\n", {"text": "x"}),
    ],
)
def test_byte_order_mark_is_skipped(tmp_path, name, content, expected):
    """Spreadsheets write one; it is no part of the first column's name."""
    assert values_of(file_of(tmp_path, name, content)) == [expected]


def test_crlf_is_accepted_unless_strict(tmp_path):
    """Windows files are read like any other."""
    assert rows_of(file_of(tmp_path, "a.jsonl", b'{"a": 1}\r\n{"a": 2}\r\n')) == [Row(1, {"a": 1}), Row(2, {"a": 2})]


def test_rows_are_read_one_at_a_time(tmp_path):
    """A file of any size passes in constant memory: what stands before a bad line is given before it is met."""
    rows = read_rows(str(file_of(tmp_path, "a.jsonl", b'{"a": 1}\n{"a": 2}\nbad\n')))
    assert list(itertools.islice(rows, 2)) == [Row(1, {"a": 1}), Row(2, {"a": 2})]
    with pytest.raises(RowError, match="line 3"):
        next(rows)


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("a.jsonl", "jsonl"),
        ("a.ndjson", "jsonl"),
        ("a.csv", "csv"),
        ("a.tsv", "tsv"),
        ("a.tab", "tsv"),
        ("a.txt", "txt"),
        ("a.text", "txt"),
        ("some.folder/a.b.PARQUET", "parquet"),
    ],
)
def test_extension_names_the_format(path, expected):
    """Case does not matter, and usual synonyms are known."""
    assert format_of(path) == expected
    assert expected in FORMATS


# Files that cannot be read


@pytest.mark.parametrize("path", ["a.xlsx", "a", "a.jsonl.gz", ".csv"])
def test_unknown_extension_is_told_with_the_known_ones(path):
    """A guess at the format could read nonsense."""
    with pytest.raises(FileError) as caught:
        format_of(path)
    assert str(caught.value) == (
        f"{path}: the extension names no format that is known here. Use one of: .jsonl, .csv, .tsv, .txt, .parquet."
    )


@pytest.mark.parametrize("extension", FORMATS)
def test_missing_file_is_told(tmp_path, extension):
    """The name is given back as it was typed."""
    with pytest.raises(FileError) as caught:
        rows_of(tmp_path / f"a.{extension}")
    assert str(caught.value) == f"{tmp_path}/a.{extension}: no such file. Check the name."


@pytest.mark.parametrize("extension", FORMATS)
def test_folder_in_place_of_a_file_is_told(tmp_path, extension):
    """A folder may bear any extension."""
    (tmp_path / f"a.{extension}").mkdir()
    with pytest.raises(FileError) as caught:
        rows_of(tmp_path / f"a.{extension}")
    assert str(caught.value) == f"{tmp_path}/a.{extension}: is a folder, a file was expected. Give a file in it."


def test_file_without_rights_is_told(tmp_path, monkeypatch):
    """The system's reason is part of the sentence."""

    def refuse(*_args, **_options):
        raise PermissionError(errno.EACCES, "Permission denied")

    path = file_of(tmp_path, "a.jsonl", b"{}")
    monkeypatch.setattr(builtins, "open", refuse)
    with pytest.raises(FileError) as caught:
        rows_of(path)
    assert str(caught.value) == f"{path}: could not be read (permission denied). Check the file and its rights."


@pytest.mark.parametrize(
    ("name", "content"),
    [("a.jsonl", b""), ("b.jsonl", b"\n \n"), ("a.csv", b""), ("b.csv", b"text\n"), ("a.tsv", b""), ("a.txt", b"")],
)
def test_file_without_rows_is_told(tmp_path, name, content):
    """An empty file is more likely a slip than a wish."""
    path = file_of(tmp_path, name, content)
    with pytest.raises(FileError) as caught:
        rows_of(path)
    assert str(caught.value) == f"{path}: the file holds no rows. Check that it is the file you mean."


@pytest.mark.parametrize(
    ("name", "content", "line", "byte", "position"),
    [
        ("a.jsonl", b'{"a": 1}\n{"a": "caf\xe9"}\n', 2, "0xe9", 11),
        ("a.csv", b"text\nx\ncaf\xe9\n", 3, "0xe9", 4),
        ("a.tsv", b"text\nx\ncaf\xe9\n", 3, "0xe9", 4),
        ("a.txt", b"caf\xe9", 1, "0xe9", 4),
        ("utf16.txt", b"\xff\xfex\x00", 1, "0xff", 1),
    ],
)
def test_file_that_is_not_utf8_is_told_with_line_and_place(tmp_path, name, content, line, byte, position):
    """The byte and its place lead an editor to it."""
    path = file_of(tmp_path, name, content)
    with pytest.raises(RowError) as caught:
        rows_of(path)
    assert str(caught.value) == (
        f"{path}, line {line}: byte {byte} at position {position} is not UTF-8.\nSave the file as UTF-8."
    )


def test_strict_reading_refuses_a_byte_order_mark(tmp_path):
    """Files under version control are clean."""
    path = file_of(tmp_path, "a.jsonl", b'\xef\xbb\xbf{"a": 1}\n')
    with pytest.raises(RowError) as caught:
        rows_of(path, strict=True)
    assert str(caught.value) == (
        f'{path}, line 1: the file starts with a byte order mark.\nSave it as "UTF-8 without BOM".'
    )


def test_strict_reading_refuses_crlf(tmp_path):
    """Mixed line ends make every difference between versions unreadable."""
    path = file_of(tmp_path, "a.jsonl", b'{"a": 1}\n{"a": 2}\r\n')
    with pytest.raises(RowError) as caught:
        rows_of(path, strict=True)
    assert str(caught.value) == f"{path}, line 2: the line ends with CR LF.\nSave the file with LF line ends."


def test_strict_reading_accepts_a_clean_file(tmp_path):
    """Strictness is about bytes, not about content."""
    assert rows_of(file_of(tmp_path, "a.jsonl", b'{"a": 1}\n'), strict=True) == [Row(1, {"a": 1})]


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        (b"hello", "not valid JSON (expecting value)"),
        (b'{"a": 1', "not valid JSON (expecting ',' delimiter)"),
        (b'{"a": 1} {"a": 2}', "not valid JSON (extra data)"),
        (b"1" * 5_000, "not valid JSON (exceeds the limit (4300 digits) for integer string conversion"),
    ],
    ids=["word", "unfinished", "two objects", "long number"],
)
def test_malformed_json_is_told_with_its_line(tmp_path, line, problem):
    """The line, and what the parser missed."""
    path = file_of(tmp_path, "a.jsonl", b'{"a": 1}\n\n' + line + b"\n")
    with pytest.raises(RowError) as caught:
        rows_of(path)
    assert str(caught.value).startswith(f"{path}, line 3: {problem}")
    assert str(caught.value).endswith(".\nEach line must be one JSON object.")


def test_json_nested_too_deeply_is_told(tmp_path):
    """A bomb is a bad line, not a crash."""
    path = file_of(tmp_path, "a.jsonl", b"[" * 200_000)
    with pytest.raises(RowError) as caught:
        rows_of(path)
    assert str(caught.value) == f"{path}, line 1: nested too deeply.\nEach line must be one flat JSON object."


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        (b"[1]", "list"),
        (b'"x"', "string"),
        (b"1.5", "number"),
        (b"7", "number"),
        (b"true", "boolean"),
        (b"null", "null"),
    ],
)
def test_json_that_is_no_object_is_told(tmp_path, line, kind):
    """A row has named columns."""
    path = file_of(tmp_path, "a.jsonl", line)
    with pytest.raises(RowError) as caught:
        rows_of(path)
    assert str(caught.value) == (
        f'{path}, line 1: a JSON {kind}, not an object.\nEach line must look like {{"text": "…"}}.'
    )


@pytest.mark.parametrize("content", [b"\ntext\nx\n", b'""\nx\n', b",\nx,y\n"])
def test_header_without_names_is_told(tmp_path, content):
    """Without names there is no text column."""
    path = file_of(tmp_path, "a.csv", content)
    with pytest.raises(FileError) as caught:
        rows_of(path)
    assert str(caught.value) == f"{path}: the first line is empty. It must name the columns, such as: text"


def test_column_that_occurs_twice_is_told(tmp_path):
    """One of them would be lost."""
    path = file_of(tmp_path, "a.csv", b"text,label,text\nx,y,z\n")
    with pytest.raises(FileError) as caught:
        rows_of(path)
    assert str(caught.value) == f'{path}: the column "text" occurs twice. Give each column its own name.'


@pytest.mark.parametrize(("row", "fields"), [(b"x", 1), (b"x,y,z", 3)])
def test_row_of_another_width_is_told(tmp_path, row, fields):
    """A comma that was not quoted shifts every column after it."""
    path = file_of(tmp_path, "a.csv", b"text,label\n" + row + b"\n")
    with pytest.raises(RowError) as caught:
        rows_of(path)
    assert str(caught.value) == (
        f"{path}, line 2: {fields} fields, but the header has 2.\n"
        'Put fields that contain the separator or a line end in double quotes ("…").'
    )


@pytest.mark.parametrize(
    ("rows", "line", "detail"),
    [
        (b'x,y\n"x,y\nx,y\n', 4, "unexpected end of data"),
        (b'"x"x,y\n', 2, "',' expected after '\"'"),
        (
            b"x\ry,z\n",
            2,
            "new-line character seen in unquoted field - do you need to open the file in universal-newline mode?",
        ),
    ],
    ids=["unclosed", "after the mark", "lone carriage return"],
)
def test_malformed_csv_is_told_with_its_line(tmp_path, rows, line, detail):
    """A mark that is never closed would swallow the rest of the file."""
    path = file_of(tmp_path, "a.csv", b"text,label\n" + rows)
    with pytest.raises(RowError) as caught:
        rows_of(path)
    assert str(caught.value) == f"{path}, line {line}: not valid CSV ({detail}).\nCheck the double quotes."


def test_decoded_lines_may_keep_their_ends():
    """For formats in which a value may hold a line end."""
    lines = [b"a\r\n", b"b\n", b"c"]
    assert list(decoded_lines(lines, "a.txt", strict=False, keep_ends=True)) == [(1, "a\r\n"), (2, "b\n"), (3, "c")]
    assert list(decoded_lines(lines, "a.txt", strict=False)) == [(1, "a"), (2, "b"), (3, "c")]


# Files that cannot be written


def test_text_file_cannot_be_written(tmp_path):
    """Lines of text have no place for labels."""
    with pytest.raises(UsageError) as caught:
        write_rows(tmp_path / "a.txt", [])
    assert str(caught.value) == (
        f"{tmp_path}/a.txt: a .txt file cannot hold labels; write .jsonl, .csv, .tsv or .parquet."
    )


def test_unknown_extension_cannot_be_written(tmp_path):
    """The error is the one of reading."""
    with pytest.raises(FileError, match=r"a\.xlsx: the extension names no format that is known here\. Use one of:"):
        write_rows(tmp_path / "a.xlsx", [])


def test_output_that_exists_is_refused(tmp_path):
    """Before a row is written, and only without force."""
    path = file_of(tmp_path, "a.jsonl", b"old")
    with pytest.raises(FileError) as caught:
        write_rows(path, [{"a": 1}])
    assert str(caught.value) == f"{path}: exists already. Choose another name, or add --force to replace it."
    assert path.read_bytes() == b"old"


def test_output_in_a_missing_folder_is_refused(tmp_path):
    """The folder is not made up."""
    with pytest.raises(FileError, match=r'the folder ".*no" does not exist\. Create it or choose another place\.'):
        write_rows(tmp_path / "no" / "a.jsonl", [{"a": 1}])


def test_output_is_replaced_by_force(tmp_path):
    """Force is asked for."""
    path = file_of(tmp_path, "a.jsonl", b"old")
    write_rows(path, [{"a": 1}], force=True)
    assert path.read_bytes() == b'{"a": 1}\n'


@pytest.mark.parametrize("extension", WRITABLE)
@pytest.mark.parametrize("error", [KeyboardInterrupt(), ValueError("bad row")])
@pytest.mark.parametrize("count", [0, 1, 1_500])
def test_any_exception_leaves_the_old_table(tmp_path, extension, error, count):
    """Ctrl-C after any number of rows: it passes through, the old file stands, no temporary is left."""
    path = file_of(tmp_path, f"a.{extension}", b"old")
    with pytest.raises(type(error)) as caught:
        write_rows_then(error, path, [{"text": "x"}] * count)
    assert caught.value is error
    assert path.read_bytes() == b"old"
    assert names_in(tmp_path) == [f"a.{extension}"]


@pytest.mark.parametrize("extension", WRITABLE)
@pytest.mark.parametrize("count", [1, 1_500])
def test_full_disk_leaves_the_old_table(tmp_path, monkeypatch, extension, count):
    """The system's refusal is told, the old file stands, no temporary is left."""
    path = file_of(tmp_path, f"a.{extension}", b"old")
    monkeypatch.setattr(os, "fdopen", lambda handle, *_args, **_options: (os.close(handle), FullDisk())[1])
    with pytest.raises(FileError) as caught:
        write_rows(path, [{"text": "x"}] * count, force=True)
    assert str(caught.value) == (
        f"{path}: could not be written (no space left on device). "
        "Nothing was changed; make room or choose another place."
    )
    assert path.read_bytes() == b"old"
    assert names_in(tmp_path) == [f"a.{extension}"]


# Parquet


def test_parquet_keeps_types(tmp_path):
    """Numbers, truth, lists and nulls come back as they were."""
    rows = [{"text": "x", "n": 1, "share": 0.5, "ok": True, "tags": ["a"], "none": None}] * 2
    write_rows(tmp_path / "a.parquet", rows)
    assert rows_of(tmp_path / "a.parquet") == [Row(1, rows[0]), Row(2, rows[1])]


def test_parquet_is_written_in_row_groups_of_a_thousand(tmp_path):
    """Neither all rows nor single ones: memory is bounded and the file stays small."""
    write_rows(tmp_path / "a.parquet", ({"text": "x"} for _ in range(2_000)))
    with pyarrow.parquet.ParquetFile(tmp_path / "a.parquet") as file:
        assert [file.metadata.row_group(number).num_rows for number in range(file.num_row_groups)] == [1_000, 1_000]


def test_parquet_column_may_be_null_for_a_row_group(tmp_path):
    """A column whose first thousand values are null holds text."""
    rows = [{"note": None}] * 1_200 + [{"note": "late"}]
    write_rows(tmp_path / "a.parquet", rows)
    assert values_of(tmp_path / "a.parquet")[1_199:] == [{"note": None}, {"note": "late"}]


@pytest.mark.parametrize("before", [1, 1_000], ids=["in one row group", "in a later row group"])
def test_parquet_refuses_a_column_of_two_types(tmp_path, before):
    """Parquet has one type a column; the error says what to write instead."""
    path = tmp_path / "a.parquet"
    with pytest.raises(FileError) as caught:
        write_rows(path, [{"a": 1}] * before + [{"a": "x"}])
    assert str(caught.value) == (
        f"{path}: the rows do not fit Parquet (Could not convert 'x' with type str: tried to convert to int64). "
        "Write .jsonl, which takes any value."
    )
    assert names_in(tmp_path) == []


@pytest.mark.parametrize("content", [b"", b"text\nx\n", b"PAR1" + b"x" * 50 + b"PAR1"])
def test_file_that_is_no_parquet_is_told(tmp_path, content):
    """The extension promises what the content does not hold."""
    path = file_of(tmp_path, "a.parquet", content)
    with pytest.raises(FileError) as caught:
        rows_of(path)
    assert str(caught.value).startswith(f"{path}: not readable as Parquet (")
    assert str(caught.value).endswith("). Check the file.")


def test_parquet_with_damaged_pages_is_told(tmp_path):
    """The footer may be whole while the rows before it are not."""
    write_rows(tmp_path / "a.parquet", [{"text": f"row {number}"} for number in range(100)])
    content = bytearray((tmp_path / "a.parquet").read_bytes())
    content[4:200] = b"\xff" * 196
    path = file_of(tmp_path, "b.parquet", bytes(content))
    with pytest.raises(FileError) as caught:
        rows_of(path)
    assert str(caught.value).startswith(f"{path}: not readable as Parquet (")


def test_parquet_without_rows_is_told(tmp_path):
    """As for the other formats."""
    path = tmp_path / "a.parquet"
    pyarrow.parquet.write_table(pyarrow.table({"text": pyarrow.array([], pyarrow.string())}), path)
    with pytest.raises(FileError, match=r"a\.parquet: the file holds no rows\. Check that it is the file you mean\."):
        rows_of(path)


def test_parquet_needs_its_extra_to_be_read(tmp_path, monkeypatch):
    """Whoever lacks pyarrow is told the command that brings it."""
    write_rows(tmp_path / "a.parquet", [{"text": "x"}])
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    monkeypatch.setitem(sys.modules, "pyarrow.parquet", None)
    with pytest.raises(UsageError) as caught:
        rows_of(tmp_path / "a.parquet")
    assert str(caught.value) == "Parquet needs pyarrow: pip install 'stance[parquet]'"


def test_parquet_needs_its_extra_to_be_written(tmp_path, monkeypatch):
    """Before a row is labelled, and nothing is left behind."""
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    monkeypatch.setitem(sys.modules, "pyarrow.parquet", None)
    with pytest.raises(UsageError, match=r"^Parquet needs pyarrow: pip install 'stance\[parquet\]'$"):
        write_rows(tmp_path / "a.parquet", [{"text": "x"}])
    assert names_in(tmp_path) == []


def test_disk_that_fails_while_reading_is_told():
    """A read that fails in the middle names the file that was read, not the one being written."""

    def failing():
        yield b'{"text": "We will sign."}\n'
        raise OSError(errno.EIO, "Input/output error")

    lines = decoded_lines(failing(), "in.jsonl", strict=False)
    assert next(lines) == (1, '{"text": "We will sign."}')
    with pytest.raises(FileError) as told:
        next(lines)
    assert str(told.value) == "in.jsonl: could not be read (input/output error). Check the file and its rights."
