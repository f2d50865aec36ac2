"""An article read: which words are judged, where the deciding words stand, who said how much."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_article import QUOTES, TEXT, span

import stance
import stance.article.read
from stance.article import Article, LabelledQuote, read_article
from stance.article.judged import Judged, judged_text, sentence_around
from stance.article.speakers import named, summarise
from stance.article.wording import speaker_of, summary
from stance.records import Quote, Speaker
from stance.undecided import FEWEST_WORDS

HEADS = ["stance", "sentiment"]
PIECES = st.one_of(
    st.sampled_from(["“", "”", '"', "’", " ", "\n", "\n\n", ",", ". ", ": ", " said Anna Lindt", " he said ", "Mr. "]),
    st.sampled_from(["We will not attack ", "talks ", "The U.S. has broken every promise", "Never", "shameful"]),
    st.text(st.characters(exclude_categories=()), max_size=4),
)
ARTICLES = st.lists(PIECES, max_size=30).map("".join)


@pytest.fixture(scope="module")
def model():
    return stance.load()


@pytest.fixture(scope="module")
def made(model):
    """Give the article of every kind of statement, its quotes as set by hand."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(stance.article.read, "extract_quotes", lambda *_, **__: QUOTES)
        return read_article(TEXT, predictor=model, id="harbour")


def a_speaker(text, name=None):
    return Speaker(text, 0, len(text), name)


# ---- what is judged ----------------------------------------------------------------------------------------


def partial(article, words, carrier=None):
    start = article.index(words)
    return Quote(((start, start + len(words)),), words, words.removesuffix(","), "partial", carrier=carrier)


def test_parts_are_joined_by_a_space_and_the_last_comma_dropped(made):
    """As in ``quote.statement``, whatever stands between the parts."""
    judged = made.statements[0].judged
    assert judged.basis == "statement"
    assert judged.text == made.statements[0].quote.statement
    assert judged.text.endswith("will be stopped, The fleet has its orders.")
    assert made.statements[1].judged.text == "The blockade is illegal and shameful"


def test_partial_of_two_words_is_judged_by_its_clause():
    article = "He and Abe believe that the situation has “seriously deteriorated” since March."
    clause = (article.index("the situation"), article.index(" since"))
    judged = judged_text(article, partial(article, "seriously deteriorated", clause))
    assert (judged.text, judged.basis) == ("the situation has “seriously deteriorated”", "carrier")


def test_partial_of_two_words_without_a_clause_is_judged_by_its_sentence():
    article = "It rained. Mr. Abe said that it has “seriously deteriorated” since March. It stopped."
    judged = judged_text(article, partial(article, "seriously deteriorated"))
    assert judged.text == "Mr. Abe said that it has “seriously deteriorated” since March."
    assert judged.basis == "sentence"


def test_partial_of_three_words_is_judged_by_itself():
    """Three words are what a label rests on at least."""
    assert FEWEST_WORDS == 3
    article = "He sees the chance of a “major, major conflict” there."
    assert judged_text(article, partial(article, "major, major conflict")).text == "major, major conflict"


def test_short_direct_quote_is_not_eked_out(made):
    """“Never,” is a whole statement: undecided, and not judged by words that nobody said."""
    never = made.statements[6]
    assert (never.judged.text, never.judged.basis) == ("Never", "statement")
    assert (never.status, never.prediction.reason, never.deciding) == ("undecided", "few_known_terms", {})


@pytest.mark.parametrize(
    ("article", "inside", "sentence"),
    [
        ("One. Two “x” three. Four.", "x", "Two “x” three."),
        ("One.\nTwo x three\nFour.", "x", "Two x three"),
        ("The U.S. Navy left x. It came back.", "x", "The U.S. Navy left x."),
        ("“Go home!” She x again? Yes.", "x", "She x again?"),
        ("x", "x", "x"),
        ("A. B x one. Then two. Then three.", "x one. Then", "A. B x one. Then two."),
    ],
)
def test_sentence_around(article, inside, sentence):
    """A sentence ends at its mark, at the paragraph's end, and not at an abbreviation."""
    start = article.index(inside)
    first, last = sentence_around(article, start, start + len(inside))
    assert article[first:last] == sentence


@given(ARTICLES, st.data())
def test_sentence_holds_what_it_is_around(article, data):
    start = data.draw(st.integers(0, len(article)))
    end = data.draw(st.integers(start, len(article)))
    inside = article[start:end]
    start, end = start + len(inside) - len(inside.lstrip()), start + len(inside.rstrip())
    if start < end:
        first, last = sentence_around(article, start, end)
        assert 0 <= first <= start < end <= last <= len(article)


# ---- offsets -----------------------------------------------------------------------------------------------


def test_span_across_an_interruption_has_two_places():
    """The space that joins two parts stands nowhere."""
    judged = Judged("we will, we say", "statement", ((1, 9), (20, 26)))
    assert judged.spans(0, 2) == ((1, 3),)
    assert judged.spans(3, 11) == ((4, 9), (20, 22))
    assert judged.spans(8, 9) == ()
    assert judged.spans(9, 15) == ((20, 26),)


@given(st.text(min_size=1, max_size=60), st.data())
def test_spans_give_back_the_characters(article, data):
    """Any stretch of a judged text is found in the article character by character, joints left out."""
    cuts = sorted(data.draw(st.sets(st.integers(0, len(article)), min_size=2, max_size=8)))
    pieces = tuple(zip(cuts[::2], cuts[1::2], strict=False))
    text = " ".join(article[start:end] for start, end in pieces)
    judged = Judged(text, "statement", pieces)
    place = {}
    at = 0
    for start, end in pieces:
        place.update({at + i: start + i for i in range(end - start)})
        at += end - start + 1
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    found = [offset for low, high in judged.spans(start, end) for offset in range(low, high)]
    assert found == [place[i] for i in range(start, end) if i in place]


@settings(max_examples=150, deadline=None)
@given(article=ARTICLES)
def test_any_article_has_exact_offsets(article, model):
    """Quotes, judged texts and deciding words are the article's own characters."""
    read = read_article(article, predictor=model, id=1)
    assert read.text == article
    for statement in read.statements:
        quote, judged = statement.quote, statement.judged
        assert article[quote.start : quote.end] == quote.text
        assert " ".join(article[start:end] for start, end in judged.pieces) == judged.text
        assert judged.basis != "statement" or judged.text == quote.statement
        assert statement.prediction == model.predict(judged.text)
        for head, words in statement.deciding.items():
            for word in words:
                assert word.weight > 0
                assert all(any(a <= s < e <= b for a, b in judged.pieces) for s, e in word.spans)
                first = model.explain(judged.text, head).contributions
                own = next(c for c in first if c.term == word.term)
                assert " ".join(judged.text[own.start : own.end].split()) == word.words.removeprefix("not … ")
    json.dumps(read.as_dict())


def test_deciding_words_are_those_of_the_explanation(made, model):
    """The five strongest, with what all their occurrences add, each where it stands in the article."""
    first = made.statements[0]
    strongest = model.explain(first.judged.text).strongest()
    assert [(w.term, w.weight) for w in first.deciding["stance"]] == [(c.term, c.weight) for c in strongest]
    assert first.deciding["stance"][0].words == "will"
    assert first.deciding["stance"][0].spans == (
        span("will", TEXT.index("We will not")),
        span("will", TEXT.index("waters will")),
    )
    assert [TEXT[s:e] for w in first.deciding["stance"] for s, e in w.spans if w.term == "fleet"] == ["fleet"]


# ---- statements and speakers -------------------------------------------------------------------------------


def test_labels_of_a_made_article(made):
    assert [s.label("stance") or s.status for s in made.statements] == [
        *["escalatory", "critical", "critical", "diplomatic", "diplomatic", "none"],
        *["undecided", "mention", "diplomatic", "diplomatic", "diplomatic"],
    ]


def test_piece_inside_an_indirect_statement_is_held_by_it(made):
    assert [s.within for s in made.statements] == [None, None, None, None, 3, *[None] * 6]


@pytest.mark.parametrize(
    ("parts", "within"),
    [
        ([[(0, 40)], [(0, 5)], [(2, 4)]], [None, 0, 1]),
        ([[(2, 4)], [(0, 5)], [(0, 40)]], [1, 2, None]),
        ([[(0, 10), (30, 40)], [(15, 20)]], [None, None]),
        ([[(0, 10), (30, 40)], [(2, 4), (32, 34)]], [None, 0]),
        ([[(0, 10)], [(5, 15)]], [None, None]),
        ([[(0, 10)], [(0, 10)]], [None, 0]),
    ],
)
def test_a_quote_is_held_when_all_its_parts_are(model, monkeypatch, parts, within):
    """What stands in an interruption is not part of the quote around it, and what crosses its end is not either."""
    text = "The ministers met again in Geneva today."
    quotes = [Quote(tuple(p), text[p[0][0] : p[-1][1]], "x", "indirect") for p in parts]
    monkeypatch.setattr(stance.article.read, "extract_quotes", lambda *_, **__: quotes)
    assert [s.within for s in read_article(text, predictor=model).statements] == within


def test_speakers_count_the_outermost_statement_and_leave_out_mentions(made):
    """Ried's piece within his statement is not counted twice; who is not named is no person, and stands last."""
    assert [(s.name, s.statements, s.undecided) for s in made.speakers] == [
        ("Tomas Ried", 3, 0),
        ("Elena Marsk", 2, 1),
        ("an aide", 2, 0),
        ("the harbour master", 1, 0),
        (None, 1, 0),
    ]
    ried, marsk = made.speakers[:2]
    assert dict(ried.labels) == {"escalatory": 0, "diplomatic": 1, "critical": 2, "none": 0}
    assert ried.shares["critical"] == pytest.approx(2 / 3)
    assert marsk.shares == {"escalatory": 1.0, "diplomatic": 0.0, "critical": 0.0, "none": 0.0}
    assert summarise([(None, None)], ["a"])[0].as_dict() == {
        "name": None,
        "statements": 1,
        "undecided": 1,
        "labels": {"a": 0},
        "shares": {},
    }


@pytest.mark.parametrize(
    ("speaker", "name"),
    [
        (None, None),
        (a_speaker("He"), None),
        (a_speaker("they"), None),
        (a_speaker("he", "Joel Wit"), "Joel Wit"),
        (a_speaker("Joel\n Wit"), "Joel Wit"),
        (a_speaker(""), None),
    ],
)
def test_a_pronoun_names_nobody(speaker, name):
    """Two of them need not be one person."""
    assert named(speaker) == name


def test_a_capital_does_not_make_another_speaker():
    said = [(a_speaker("The ministry"), "a"), (a_speaker("the ministry"), "b")]
    assert [(s.name, s.statements) for s in summarise(said, ["a", "b"])] == [("The ministry", 2)]


def test_summary_is_a_sentence(made, model):
    assert summary(made) == (
        "9 statements by 4 named speakers: 4 diplomatic, 2 critical, 1 escalatory, 1 none, 1 undecided. "
        "Not counted: 1 piece of those statements and 1 mention."
    )
    assert summary(read_article(" \n", predictor=model)) == "There is no text."
    assert summary(read_article("It rained.", predictor=model)) == "Nobody is quoted."
    assert summary(read_article("“We will talk.”", predictor=model)) == ("1 statement, no speaker named: 1 diplomatic.")


def test_speakers_in_words(made):
    shown = [speaker_of(s) for s in made.statements]
    assert shown[5:8] == ["the harbour master", "Elena Marsk", "a mention"]
    assert shown[10] == "no speaker named"
    he = LabelledQuote(Quote(((0, 1),), "x", "x", "direct", a_speaker("he")), None, None, {})
    assert speaker_of(he) == "“he” (no speaker named)"


# ---- the row -----------------------------------------------------------------------------------------------


def test_row_of_an_article(made):
    row = made.as_dict()
    assert list(row) == ["id", "status", "text", "quotes", "speakers", "remarks"]
    assert (row["id"], row["status"], row["text"]) == ("harbour", "ok", TEXT)
    assert row["remarks"] == ["Line 13: The quote opens with a curly mark and closes with a straight one."]
    quote = row["quotes"][2]
    assert list(quote) == [
        *["start", "end", "text", "parts", "statement", "kind", "speaker", "speaker_start", "speaker_end"],
        *["speaker_name", "speaker_kind", "attribution", "relayed_by", "carrier", "remark", "within", "judged"],
        *["judged_as", "status", "stance", "stance_probabilities", "sentiment", "sentiment_probabilities"],
        *["known_terms", "reason", "because"],
    ]
    assert (quote["judged"], quote["judged_as"]) == ("calling the minister “reckless.”", "carrier")
    assert list(quote["because"]) == HEADS
    assert quote["because"]["stance"][0]["words"] == "reckless"
    (start, end), *_ = quote["because"]["stance"][0]["spans"]
    assert row["text"][start:end] == "reckless"
    assert json.loads(json.dumps(row)) == row


def test_row_of_a_mention_has_the_same_columns_and_no_label(made):
    mention, other = made.as_dict()["quotes"][7], made.as_dict()["quotes"][8]
    assert list(mention) == list(other)
    assert (mention["status"], mention["stance"], mention["stance_probabilities"]) == ("mention", None, None)
    assert (mention["judged"], mention["judged_as"], mention["because"]) == (
        None,
        None,
        {"stance": [], "sentiment": []},
    )


@pytest.mark.parametrize(("text", "status"), [("", "empty"), (" \n", "empty"), ("It rained.", "no_statement")])
def test_article_without_statements_has_a_row(model, text, status):
    row = read_article(text, predictor=model).as_dict()
    assert (row["status"], row["quotes"], row["speakers"], row["remarks"]) == (status, [], [], [])


def test_article_read_without_reasons_says_so(model):
    """Labels are the same, and what was not looked for is not told as nothing found."""
    why, plain = read_article(TEXT, predictor=model), read_article(TEXT, predictor=model, explain=False)
    assert [s.prediction for s in plain.statements] == [s.prediction for s in why.statements]
    assert any(s.deciding for s in why.statements)
    assert [(s.deciding, s.explained) for s in plain.statements] == [({}, False)] * len(plain.statements)
    assert {row["because"] for row in plain.as_dict()["quotes"]} == {None}


def test_mentions_are_asked_for(model, monkeypatch):
    """The extractor is told to give them, and only then."""
    asked = []
    monkeypatch.setattr(stance.article.read, "extract_quotes", lambda _, **options: asked.append(options) or [])
    read_article("x", predictor=model, mentions=True)
    read_article("x", predictor=model)
    assert [options.get("mentions", False) for options in asked] == [True, False]


def test_a_model_of_sentiment_alone_counts_sentiment():
    article = Article(None, "x", (), {"sentiment": ("good", "bad")})
    assert article.head == "sentiment"
    assert article.speakers == ()


def test_default_model_is_opened_when_none_is_given(model):
    text = "“We remain open to talks,” said Joel Wit."
    assert stance.read_article(text) == stance.read_article(text, predictor=model)


# ---- the documentation -------------------------------------------------------------------------------------

READING = Path(__file__).parent.parent.joinpath("docs", "reading.md").read_text("utf-8")


def test_documentation_names_every_field(made):
    """The two tables of docs/reading.md hold the fields of the two records, all of them and in their order."""
    tables = re.findall(r"\n\| field \| \|\n\| --- \| --- \|\n((?:\|.*\n)+)", READING)
    documented = [
        [name for line in table.splitlines() for name in re.findall(r"`(\w+)`", line.split("|")[1])] for table in tables
    ]
    row = made.as_dict()
    assert documented[0] == list(row)
    assert sorted(documented[1]) == sorted(row["quotes"][0])


def test_documented_python_runs(capsys):
    """The example of docs/reading.md prints what a reader would expect."""
    (example,) = re.findall(r"```python\n(.*?)```", READING, re.DOTALL)
    exec(compile(example, "docs/reading.md", "exec"), {})
    first, second = capsys.readouterr().out.splitlines()
    assert first == "Joel Wit diplomatic We remain open to talks"
    assert "'name': 'Joel Wit', 'statements': 1" in second
