"""Seeds and data become one checked data set, or a list of everything that is wrong with them."""

from __future__ import annotations

import dataclasses
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stance.dataset import Dataset, assemble, build_corpus, load_labelled_file
from stance.dataset.duplicates import exact_duplicates, near_duplicates
from stance.errors import DatasetError, FileError, RowError, UnknownLabelError
from stance.records import Statement

ARTICLE = "“We will talk,” said Lindt.\n\nMoreau called it “a gamble” and left.\n"
LONG = "The council of ministers will meet again on the first day of the coming month"


def row(text, stance="none", sentiment="neutral", **more):
    readers = {"stance": [stance, stance], "sentiment": [sentiment, sentiment]}
    return {"text": text, "stance": stance, "sentiment": sentiment, "readers": readers, **more}


def label(text, parts, document="a.txt", **more):
    return {"document": document, "parts": parts, **row(text, "diplomatic", "positive", **more)}


LABELS = [label("We will talk", [[1, 14]]), label("a gamble", [[47, 55]])]


def lines(rows):
    return "".join(json.dumps(each, ensure_ascii=False) + "\n" for each in rows).encode()


@pytest.fixture
def corpus(tmp_path):
    """Write a corpus of two quotes, two statements and a phrase."""
    for folder in ("seeds", "data/statements", "data/phrases"):
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / "seeds/a.txt").write_bytes(ARTICLE.encode())
    (tmp_path / "data/seed_quotes.jsonl").write_bytes(lines(LABELS))
    statements = [row("You broke the treaty.", "critical", "negative", register="speech"), row("Talks resumed.")]
    (tmp_path / "data/statements/trade.jsonl").write_bytes(lines(statements))
    (tmp_path / "data/phrases/threat.jsonl").write_bytes(lines([row("or else", "escalatory", "negative")]))
    return tmp_path


def problems_of(root):
    with pytest.raises(DatasetError) as caught:
        build_corpus(root)
    return list(caught.value.problems)


def problems_of_statement(corpus, content):
    (corpus / "data/statements/trade.jsonl").write_bytes(lines([row("Talks resumed."), content]))
    return problems_of(corpus)


def statement(text, *, source="a.jsonl", line=1, kind="statement", group="g", **labels):
    return Statement(text=text, labels=labels, kind=kind, group=group, source=source, line=line)


# The corpus as it should be


def test_corpus_holds_quotes_then_statements_then_phrases(corpus):
    """Each statement knows its kind, group, place, readers and traits."""
    readers = {"stance": ("diplomatic", "diplomatic"), "sentiment": ("positive", "positive")}
    assert build_corpus(corpus).statements == (
        Statement(
            text="We will talk",
            labels={"stance": "diplomatic", "sentiment": "positive"},
            kind="quote",
            group="a.txt",
            source="data/seed_quotes.jsonl",
            line=1,
            readers=readers,
            traits={"topic": "seeds", "register": "quote", "speaker": "Lindt"},
        ),
        Statement(
            text="a gamble",
            labels={"stance": "diplomatic", "sentiment": "positive"},
            kind="quote",
            group="a.txt",
            source="data/seed_quotes.jsonl",
            line=2,
            readers=readers,
            traits={"topic": "seeds", "register": "quote", "speaker": "Moreau"},
        ),
        Statement(
            text="You broke the treaty.",
            labels={"stance": "critical", "sentiment": "negative"},
            kind="statement",
            group="trade",
            source="data/statements/trade.jsonl",
            line=1,
            readers={"stance": ("critical", "critical"), "sentiment": ("negative", "negative")},
            traits={"topic": "trade", "register": "speech"},
        ),
        Statement(
            text="Talks resumed.",
            labels={"stance": "none", "sentiment": "neutral"},
            kind="statement",
            group="trade",
            source="data/statements/trade.jsonl",
            line=2,
            readers={"stance": ("none", "none"), "sentiment": ("neutral", "neutral")},
            traits={"topic": "trade"},
        ),
        Statement(
            text="or else",
            labels={"stance": "escalatory", "sentiment": "negative"},
            kind="phrase",
            group="threat",
            source="data/phrases/threat.jsonl",
            line=1,
            readers={"stance": ("escalatory", "escalatory"), "sentiment": ("negative", "negative")},
            traits={"topic": "threat"},
        ),
    )


def test_corpus_counts_and_heads(corpus):
    """Counts by kind, and the labels that occur, in the codebook's order."""
    data = build_corpus(str(corpus))
    assert (data.count("quote"), data.count("statement"), data.count("phrase"), data.dropped) == (2, 2, 1, 0)
    assert data.heads == {
        "stance": ("escalatory", "diplomatic", "critical", "none"),
        "sentiment": ("negative", "neutral", "positive"),
    }


def test_files_are_read_in_the_order_of_their_names(corpus):
    """The same files give the same data set, whatever order the disk lists them in."""
    (corpus / "data/statements/aid.jsonl").write_bytes(lines([row("Aid arrived.")]))
    assert [s.text for s in build_corpus(corpus).statements if s.kind == "statement"] == [
        "Aid arrived.",
        "You broke the treaty.",
        "Talks resumed.",
    ]


def test_offsets_count_the_line_ends_of_a_seed(corpus):
    """Documents stay as received, so a carriage return is a character."""
    (corpus / "seeds/a.txt").write_bytes(ARTICLE.replace("\n", "\r\n").encode())
    (corpus / "data/seed_quotes.jsonl").write_bytes(lines([LABELS[0], label("a gamble", [[49, 57]])]))
    assert [s.text for s in build_corpus(corpus).statements][:2] == ["We will talk", "a gamble"]


def test_quote_without_a_speaker_has_an_empty_one(corpus):
    """A trait is text, also when nobody is named."""
    (corpus / "seeds/a.txt").write_bytes("“We will talk.”".encode())
    (corpus / "data/seed_quotes.jsonl").write_bytes(lines([label("We will talk.", [[1, 14]])]))
    assert build_corpus(corpus).statements[0].traits["speaker"] == ""


def test_other_files_are_not_read(corpus):
    """A note beside the data is no data."""
    (corpus / "data/statements/notes.md").write_text("not JSON", encoding="utf-8")
    (corpus / "seeds/README.md").write_text("“No seed,” said nobody.", encoding="utf-8")
    assert len(build_corpus(corpus).statements) == 5


# The corpus as it should not be


@pytest.mark.parametrize("folder", ["data/statements", "data/phrases"])
def test_missing_data_folder_is_told(corpus, folder):
    """With the option that names another root."""
    (corpus / folder).rename(corpus / "elsewhere")
    with pytest.raises(FileError) as caught:
        build_corpus(corpus)
    assert str(caught.value) == (
        f"{corpus}/{folder}: no such folder. Run in a checkout, or give the folder that holds data/ with --root."
    )


def test_missing_seeds_folder_is_told(corpus):
    """With the option that names another root."""
    (corpus / "seeds").rename(corpus / "elsewhere")
    with pytest.raises(FileError) as caught:
        build_corpus(corpus)
    assert str(caught.value) == (
        f"{corpus}/seeds: no such folder. Run in a checkout, or give the folder that holds seeds/ with --root."
    )


def test_missing_file_of_quote_labels_is_told(corpus):
    """Seeds without labels are no data."""
    (corpus / "data/seed_quotes.jsonl").unlink()
    with pytest.raises(FileError, match=r"data/seed_quotes\.jsonl: no such file\. Check the name\."):
        build_corpus(corpus)


def test_empty_data_file_is_told(corpus):
    """A file without rows is a slip."""
    (corpus / "data/statements/trade.jsonl").write_bytes(b"")
    with pytest.raises(FileError, match=r"data/statements/trade\.jsonl: the file holds no rows\. Check that it is"):
        build_corpus(corpus)


def test_seed_that_is_not_utf8_is_told(corpus):
    """With the byte and its place."""
    (corpus / "seeds/a.txt").write_bytes(b"caf\xe9")
    with pytest.raises(FileError) as caught:
        build_corpus(corpus)
    assert str(caught.value) == f"{corpus}/seeds/a.txt: byte 0xe9 at position 4 is not UTF-8. Save the file as UTF-8."


def test_quote_without_its_label_is_told(corpus):
    """The extractor found a quote that nobody has labelled."""
    (corpus / "data/seed_quotes.jsonl").write_bytes(lines(LABELS[:1]))
    assert problems_of(corpus) == [
        "seeds/a.txt: the quote at 47–55 has no label: a gamble\nAdd a line for it to data/seed_quotes.jsonl."
    ]


@pytest.mark.parametrize(
    ("lost", "place"),
    [
        (label("a gamble", [[46, 55]]), "[[46, 55]] of seeds/a.txt"),
        (label("a bet", [[47, 55]]), "[[47, 55]] of seeds/a.txt"),
        (label("a gamble", [[47, 55]], document="b.txt"), "[[47, 55]] of seeds/b.txt"),
        (label("a gamble", None), "None of seeds/a.txt"),
        (label("a gamble", 7), "7 of seeds/a.txt"),
        (label("a gamble", [47, 55]), "[47, 55] of seeds/a.txt"),
        (label("a gamble", [[47]]), "[[47]] of seeds/a.txt"),
        (label("a gamble", [[{}, "x"]]), "[[{}, 'x']] of seeds/a.txt"),
        (label("We will talk", [[1, 14]]), "[[1, 14]] of seeds/a.txt"),
    ],
    ids=["place", "text", "document", "no parts", "number", "flat", "single", "objects", "labelled twice"],
)
def test_label_without_its_quote_is_told(corpus, lost, place):
    """A label whose quote is not found, or whose parts cannot be read, is listed and not dropped."""
    (corpus / "data/seed_quotes.jsonl").write_bytes(lines([LABELS[0], lost]))
    assert problems_of(corpus)[0] == (
        f"data/seed_quotes.jsonl, line 2: the label has lost its quote: no quote with this text stands at {place}.\n"
        "Correct document, parts and text, or remove the line."
    )


def test_unknown_label_is_told_with_the_known_ones(corpus):
    """And where they are explained."""
    assert problems_of_statement(corpus, row("Talks failed.", "hostile")) == [
        (
            'data/statements/trade.jsonl, line 2: "hostile" is not a stance.\n'
            "Expected one of: escalatory, diplomatic, critical, none. "
            "Correct the line; data/codebook.md says what each means."
        )
    ]


def test_unknown_sentiment_is_told_with_the_known_ones(corpus):
    """Each head has its own list; a value that is no text is shown as it is."""
    assert problems_of_statement(corpus, row("Talks failed.", "none", ["negative"])) == [
        (
            "data/statements/trade.jsonl, line 2: \"['negative']\" is not a sentiment.\n"
            "Expected one of: negative, neutral, positive. "
            "Correct the line; data/codebook.md says what each means."
        )
    ]


@pytest.mark.parametrize("missing", [{}, {"sentiment": None}])
def test_missing_label_is_told(corpus, missing):
    """Our own data carries both labels."""
    content = {"text": "Talks failed.", "stance": "none", **missing}
    assert problems_of_statement(corpus, content) == [
        'data/statements/trade.jsonl, line 2: no "sentiment".\nGive one of: negative, neutral, positive.'
    ]


@pytest.mark.parametrize(
    ("readers", "head"),
    [
        (None, "stance"),
        ("none", "stance"),
        ({"stance": ["none", "none"]}, "sentiment"),
        ({"stance": ["none", "none"], "sentiment": "neutral"}, "sentiment"),
        ({"stance": ["none"] * 3, "sentiment": ["neutral"] * 2}, "stance"),
    ],
    ids=["null", "text", "one head", "no list", "three labels"],
)
def test_malformed_readers_are_told_with_an_example(corpus, readers, head):
    """Agreement is counted from pairs."""
    assert problems_of_statement(corpus, {**row("Talks failed."), "readers": readers}) == [
        (
            f'data/statements/trade.jsonl, line 2: "readers" does not hold two labels of {head}.\n'
            'Write it as {"stance": ["critical", "none"], "sentiment": ["negative", "negative"]}.'
        )
    ]


def test_unknown_label_of_a_reader_is_told(corpus):
    """A slip there would lower the agreement unseen."""
    readers = {"stance": ["none", "hostile"], "sentiment": ["neutral", "neutral"]}
    (problem,) = problems_of_statement(corpus, {**row("Talks failed."), "readers": readers})
    assert problem.startswith('data/statements/trade.jsonl, line 2: "hostile" is not a stance.\nExpected one of: ')


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (
            {"words": "Talks failed.", "stance": "none"},
            'no column "text" (columns here: "words", "stance").\nAdd it, or name another.',
        ),
        ({}, 'no column "text" (columns here: none).\nAdd it, or name another.'),
        (row(None), '"text" is not text but NoneType.\nPut the text in quotes.'),
        (row(7), '"text" is not text but int.\nPut the text in quotes.'),
        (row(""), "the text is empty.\nWrite the text or remove the line."),
        (row(" \n\t"), "the text is empty.\nWrite the text or remove the line."),
        (
            row("x" * 5_001),
            "the text has 5,001 characters, more than 5,000.\nSplit it into statements of one to three sentences.",
        ),
    ],
    ids=["other column", "no column", "null", "number", "empty", "blank", "too long"],
)
def test_unusable_text_is_told(corpus, content, problem):
    """A text is there, is text, says something, and is a statement."""
    assert problems_of_statement(corpus, content) == [f"data/statements/trade.jsonl, line 2: {problem}"]


def test_longest_text_is_accepted(corpus):
    """The limit itself is allowed."""
    (corpus / "data/statements/trade.jsonl").write_bytes(lines([row("x" * 5_000)]))
    assert build_corpus(corpus).count("statement") == 1


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b'{"text": \n', "line 1: not valid JSON (expecting value).\nEach line must be one JSON object."),
        (b"\xef\xbb\xbf{}\n", 'line 1: the file starts with a byte order mark.\nSave it as "UTF-8 without BOM".'),
        (b"{}\r\n", "line 1: the line ends with CR LF.\nSave the file with LF line ends."),
        (b"\xe9\n", "line 1: byte 0xe9 at position 1 is not UTF-8.\nSave the file as UTF-8."),
    ],
    ids=["JSON", "byte order mark", "CR LF", "encoding"],
)
def test_unreadable_data_file_is_told_with_its_name_below_the_root(corpus, content, problem):
    """Files under version control are clean; the name is the one in the repository."""
    (corpus / "data/statements/trade.jsonl").write_bytes(content)
    assert problems_of(corpus) == [f"data/statements/trade.jsonl, {problem}"]


def test_all_problems_are_listed_at_once(corpus):
    """Nobody mends a corpus one error at a time."""
    (corpus / "data/seed_quotes.jsonl").write_bytes(lines([LABELS[0]]))
    (corpus / "data/statements/aid.jsonl").write_bytes(lines([row(""), row("Aid came."), row("Aid left.", "bad")]))
    (corpus / "data/statements/trade.jsonl").write_bytes(b"bad\n")
    (corpus / "data/phrases/threat.jsonl").write_bytes(lines([row("or else", "worse")]))
    assert [problem.partition(":")[0] for problem in problems_of(corpus)] == [
        "seeds/a.txt",
        "data/statements/aid.jsonl, line 1",
        "data/statements/aid.jsonl, line 3",
        "data/statements/trade.jsonl, line 1",
        "data/phrases/threat.jsonl, line 1",
    ]


# Duplicates


def test_same_text_labelled_for_the_other_head_is_joined():
    """Stance in one row and sentiment in a later one make one statement with both; nothing is lost."""
    rows = [
        Statement("We will sign.", {"stance": "diplomatic"}, "statement", "a", "in.csv", 2),
        Statement("we will sign", {"sentiment": "positive"}, "statement", "a", "in.csv", 3),
    ]
    data = assemble(rows)
    assert [dict(s.labels) for s in data.statements] == [{"sentiment": "positive", "stance": "diplomatic"}]
    assert data.dropped == 1


def test_third_row_is_held_against_the_joined_labels():
    """A contradiction with a joined row is found although the first row alone does not contradict."""
    rows = [
        Statement("We will sign.", {"stance": "diplomatic"}, "statement", "a", "in.csv", 2),
        Statement("We will sign.", {"sentiment": "positive"}, "statement", "a", "in.csv", 3),
        Statement("We will sign.", {"sentiment": "negative"}, "statement", "a", "in.csv", 4),
    ]
    with pytest.raises(DatasetError) as told:
        assemble(rows)
    assert str(told.value).startswith("in.csv, line 4: the same text as in.csv, line 2, but sentiment is")


def test_rows_without_a_group_are_groups_of_their_own(tmp_path):
    """A blank group is no group: two such rows must not be thought to belong together."""
    path = tmp_path / "in.csv"
    path.write_text("text,stance,story\nWe will sign.,a,\nWe will not.,b,\nNo talks.,b,7\n", encoding="utf-8")
    found = load_labelled_file(str(path), group="story")
    assert [s.group for s in found] == ["we will sign", "we will not", "7"]


def test_same_text_with_the_same_labels_is_dropped():
    """The first stays, the others are counted; case, punctuation, spacing and apostrophes do not matter."""
    texts = ["We don't agree.", "we DON’T agree", "“We  don't agree!”", "We agree."]
    data = assemble([statement(text, stance="none", line=line) for line, text in enumerate(texts, start=1)])
    assert [s.line for s in data.statements] == [1, 4]
    assert data.dropped == 2


def test_same_text_with_other_labels_is_refused():
    """Both places are named, and the decision is left to people."""
    rows = [statement("We agree.", stance="none"), statement("We agree!", stance="critical", source="b.jsonl", line=7)]
    with pytest.raises(DatasetError) as caught:
        assemble(rows)
    assert str(caught.value) == (
        'b.jsonl, line 7: the same text as a.jsonl, line 1, but stance is "critical" here and "none" there.\n'
        "Decide which holds, or reword one of them. Text: We agree!"
    )


def test_contradiction_between_corpus_files_is_refused(corpus):
    """A phrase must not say otherwise than a statement of the same words."""
    (corpus / "data/phrases/threat.jsonl").write_bytes(lines([row("talks resumed", "diplomatic")]))
    assert problems_of(corpus) == [
        (
            "data/phrases/threat.jsonl, line 1: the same text as data/statements/trade.jsonl, line 2, "
            'but stance is "diplomatic" here and "none" there.\n'
            "Decide which holds, or reword one of them. Text: talks resumed"
        )
    ]


def test_nearly_the_same_text_with_other_labels_is_refused(corpus):
    """One changed word of many is the same statement."""
    (corpus / "data/statements/trade.jsonl").write_bytes(
        lines([row(LONG + "."), row(LONG.replace("ministers", "envoys"), "critical")])
    )
    assert problems_of(corpus) == [
        (
            "data/statements/trade.jsonl, line 2: nearly the same text as data/statements/trade.jsonl, line 1, "
            'but stance is "critical" here and "none" there.\n'
            "Decide which holds, or reword one of them. "
            "Text: The council of envoys will meet again on the first day of the coming month"
        )
    ]


def test_long_text_is_shortened_in_the_message():
    """A message stays readable."""
    rows = [statement("very " * 30 + "good", stance="none"), statement("very " * 30 + "good", stance="critical")]
    with pytest.raises(DatasetError) as caught:
        assemble(rows)
    assert str(caught.value).endswith("Text: " + "very " * 15 + "very…")


def test_text_of_eighty_characters_is_shown_whole():
    """A mark of omission in place of one character would save nothing."""
    rows = [statement("very " * 15 + "quiet", stance="none"), statement("very " * 15 + "quiet", stance="critical")]
    with pytest.raises(DatasetError) as caught:
        assemble(rows)
    assert str(caught.value).endswith("Text: " + "very " * 15 + "quiet")


def test_nearly_the_same_text_with_the_same_labels_is_noted():
    """They stay, and training may keep them on one side of a split."""
    rows = [statement(LONG, stance="none"), statement(LONG.replace("first", "last"), stance="none")]
    assert assemble(rows, check_near=True) == Dataset(tuple(rows), dropped=0, near_duplicates=((0, 1),))


def test_nearly_the_same_text_is_accepted_in_found_data():
    """In a user's file both labels may be right."""
    rows = [statement(LONG, stance="none"), statement(LONG.replace("first", "last"), stance="critical")]
    assert assemble(rows) == Dataset(tuple(rows), dropped=0, near_duplicates=())


def test_labels_of_different_heads_do_not_contradict():
    """A text may be labelled for stance in one row and for sentiment in another."""
    rows = [statement("We agree.", stance="none"), statement("We agree.", sentiment="positive")]
    assert assemble(rows).dropped == 1


def test_data_set_without_rows_is_refused():
    """There is nothing to learn from."""
    with pytest.raises(DatasetError) as caught:
        assemble([])
    assert str(caught.value) == "There is not one labelled text. Check the folder or the file."


def test_marks_alone_are_compared_as_they_are():
    """Two texts without a word are equal only when they are."""
    assert exact_duplicates(["?!", "!?", "?!"]) == [(0, 2)]


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("a b c d e f g h i", "a b c d e f g h j", [(0, 1)]),
        ("a b c d e f g h", "a b c d e f g j", []),
        ("a b c d e f", "a b c d e f g", [(0, 1)]),
        ("a b c d e", "a b c d e f", []),
        (
            "we will sign the new trade treaty in may this year",
            "we will not sign the new trade treaty in may this year",
            [],
        ),
        (
            "we won't sign the new trade treaty in may or june",
            "we won’t sign the new trade treaty in may or july",
            [(0, 1)],
        ),
        ("we will sign the new trade treaty in may or june", "we won’t sign the new trade treaty in may or june", []),
        ("a b c d e f g h i", "A, b c d e f g h i!", []),
    ],
    ids=["8 of 10", "7 of 9", "6 of 7", "short", "negation", "apostrophes", "contraction", "exact"],
)
def test_near_duplicates_share_four_words_in_five(one, other, expected):
    """Not when one word turns the act, nor in short texts, nor when they are exact duplicates."""
    assert near_duplicates([one, other]) == expected


@settings(max_examples=100, deadline=None)
@given(
    st.lists(
        st.sets(st.sampled_from("abcdefghijkl"), min_size=5).map(lambda words: " ".join(sorted(words))), max_size=8
    )
)
def test_near_duplicates_are_found_exactly(texts):
    """The prefix filter misses no pair that comparing all with all would find."""
    words = [set(text.split()) for text in texts]
    assert near_duplicates(texts) == [
        (a, b)
        for b in range(len(texts))
        for a in range(b)
        if min(len(words[a]), len(words[b])) >= 6
        and words[a] != words[b]
        and 5 * len(words[a] & words[b]) >= 4 * len(words[a] | words[b])
    ]


# The data set's own answers


def test_heads_of_own_label_sets_are_sorted():
    """A user's labels have no order of ours; heads without labels are left out."""
    data = assemble([statement("one", stance="pro"), statement("two", stance="con")])
    assert data.heads == {"stance": ("con", "pro")}


@pytest.mark.parametrize(
    "change",
    [
        {"text": "We disagree."},
        {"labels": {"stance": "critical"}},
        {"kind": "phrase"},
        {"group": "other"},
    ],
    ids=["text", "labels", "kind", "group"],
)
def test_fingerprint_follows_what_training_sees(change):
    """Any change of it gives another fingerprint."""
    one = statement("We agree.", stance="none")
    assert Dataset((dataclasses.replace(one, **change),)).fingerprint != Dataset((one,)).fingerprint


@pytest.mark.parametrize(
    "change",
    [
        {"source": "other.jsonl"},
        {"line": 99},
        {"readers": {"stance": ("none", "critical")}},
        {"traits": {"topic": "aid"}},
    ],
    ids=["source", "line", "readers", "traits"],
)
def test_fingerprint_ignores_what_training_does_not_see(change):
    """Moving a row in its file trains the same model."""
    one = statement("We agree.", stance="none")
    assert Dataset((dataclasses.replace(one, **change),)).fingerprint == Dataset((one,)).fingerprint


def test_fingerprint_depends_on_order_and_takes_any_text():
    """Order decides folds; a lone surrogate is hashed like any character."""
    one, other = statement("We agree.", stance="none"), statement("\ud800", stance="none")
    assert Dataset((one, other)).fingerprint != Dataset((other, one)).fingerprint
    assert len(Dataset((one, other)).fingerprint) == 64


# A user's own file


def test_labelled_file_may_use_any_labels(tmp_path):
    """Blank labels are left out, white space around labels too; other columns become traits."""
    path = tmp_path / "mine.csv"
    path.write_bytes(b"text,stance,sentiment,topic\nWe agree., pro ,,trade\nWe refuse.,con,negative,\n")
    assert load_labelled_file(str(path)) == [
        Statement(
            text="We agree.",
            labels={"stance": "pro"},
            kind="statement",
            group="we agree",
            source=str(path),
            line=2,
            traits={"topic": "trade"},
        ),
        Statement(
            text="We refuse.",
            labels={"stance": "con", "sentiment": "negative"},
            kind="statement",
            group="we refuse",
            source=str(path),
            line=3,
            traits={"topic": ""},
        ),
    ]


def test_labelled_file_may_name_text_and_group_otherwise(tmp_path):
    """Labels that are no text are written as text; nulls are no traits."""
    path = tmp_path / "mine.jsonl"
    path.write_bytes(lines([{"body": "We agree.", "stance": 1, "article": 7, "note": None}]))
    (only,) = load_labelled_file(str(path), column="body", group="article")
    assert (only.text, only.labels, only.group, only.traits) == ("We agree.", {"stance": "1"}, "7", {"article": "7"})


def test_equal_texts_of_a_labelled_file_share_a_group(tmp_path):
    """No text stands on both sides of a split; texts of marks alone are their own group."""
    path = tmp_path / "mine.jsonl"
    path.write_bytes(lines([{"text": text, "stance": "pro"} for text in ("We agree.", "we agree!", "?!")]))
    assert [s.group for s in load_labelled_file(str(path))] == ["we agree", "we agree", "?!"]


def test_labelled_file_without_its_text_column_is_told(tmp_path):
    """With the columns that are there and the option that names one."""
    path = tmp_path / "mine.csv"
    path.write_bytes(b"body,stance\nWe agree.,pro\n")
    with pytest.raises(FileError) as caught:
        load_labelled_file(str(path))
    assert str(caught.value) == (
        f'{path}: no column "text" (there are: "body", "stance"). Name the text column with --column.'
    )


def test_labelled_file_without_its_group_column_is_told(tmp_path):
    """Likewise."""
    path = tmp_path / "mine.csv"
    path.write_bytes(b"text,stance\nWe agree.,pro\n")
    with pytest.raises(FileError) as caught:
        load_labelled_file(str(path), group="article")
    assert str(caught.value) == (
        f'{path}: no column "article" (there are: "text", "stance"). Name the group column with --group.'
    )


def test_labelled_file_without_a_label_column_is_told(tmp_path):
    """A file of texts alone cannot be learnt from."""
    path = tmp_path / "mine.csv"
    path.write_bytes(b"text,label\nWe agree.,pro\n")
    with pytest.raises(FileError) as caught:
        load_labelled_file(str(path))
    assert str(caught.value) == (
        f'{path}: neither a column "stance" nor "sentiment" (there are: "text", "label"). Rename the label column.'
    )


def test_unusable_rows_of_a_labelled_file_are_listed(tmp_path):
    """All of them, each with its line."""
    path = tmp_path / "mine.jsonl"
    rows = [
        {"text": "We agree.", "stance": "pro"},
        {"text": "We refuse.", "stance": " "},
        {"text": "", "stance": "pro"},
        {"stance": "pro"},
    ]
    path.write_bytes(lines(rows))
    with pytest.raises(DatasetError) as caught:
        load_labelled_file(str(path))
    assert caught.value.problems == (
        f"{path}, line 2: the row has no label.\nGive it a stance or a sentiment, or remove it.",
        f"{path}, line 3: the text is empty.\nWrite the text or remove the line.",
        f'{path}, line 4: no column "text" (columns here: "stance").\nAdd it, or name another.',
    )


def test_labelled_file_that_cannot_be_read_further_is_told(tmp_path):
    """A line that is no row ends the reading."""
    path = tmp_path / "mine.jsonl"
    path.write_bytes(b'{"text": "We agree.", "stance": "pro"}\nbad\n')
    with pytest.raises(RowError, match=r"mine\.jsonl, line 2: not valid JSON \(expecting value\)"):
        load_labelled_file(str(path))


def test_unknown_label_error_is_a_row_error():
    """So that it is collected with the others."""
    assert issubclass(UnknownLabelError, RowError)
