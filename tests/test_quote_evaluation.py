"""Scoring quotes: gold articles in, agreement by track out; bad rows are named by file and line."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stance.errors import RowError, UnknownLabelError
from stance.evaluation.quote_rows import Article, Span, article_of, spans_of
from stance.evaluation.quotes import Score, same_speaker, score_quotes
from stance.quotes import extract_quotes
from stance.tables import Row

TEXT = "“We will talk to them all,” said Anna Lindt, the envoy. Moreau said it was “a bad and costly gamble” for us."
TALK = Span(0, 27, "direct", "Anna Lindt, the envoy", 33, 54)
CLAUSE = Span(68, 107, "mixed", "Moreau", 56, 62)
PIECE = Span(75, 100, "partial", "Moreau", 56, 62)
GOLD = Article(TEXT, (TALK, CLAUSE, PIECE))
RIGHT, NOTHING = Score(1.0, 1.0, 1.0), Score(0.0, 0.0, 0.0)


def scores(gold, *predicted):
    """Give the scores of one article by track."""
    return {score.track: score for score in score_quotes([gold], [predicted])}


def test_example_stands_where_it_says():
    """The offsets above, read by eye."""
    assert TEXT[0:27] == "“We will talk to them all,”"
    assert TEXT[68:107] == "it was “a bad and costly gamble” for us"
    assert TEXT[75:100] == "“a bad and costly gamble”"
    assert (TEXT[33:54], TEXT[56:62]) == ("Anna Lindt, the envoy", "Moreau")


def test_gold_against_itself_is_perfect_on_every_track():
    """Each track compares its own kinds: one direct quote; with the piece two; and the clause instead of the piece."""
    found = scores(GOLD, *GOLD.quotes)
    assert [(s.gold, s.predicted) for s in found.values()] == [(1, 1), (2, 2), (2, 2)]
    assert all(s.exact == s.overlap_80 == s.overlap_30 == s.end_to_end == RIGHT for s in found.values())
    assert all(s.speaker_match == 1.0 for s in found.values())


def test_nothing_found_scores_nothing():
    """No prediction: no precision to speak of, no recall."""
    found = scores(GOLD)
    assert [(s.gold, s.predicted, s.end_to_end) for s in found.values()] == [
        (1, 0, NOTHING),
        (2, 0, NOTHING),
        (2, 0, NOTHING),
    ]


def test_extractor_is_right_about_the_example():
    """Marks and punctuation do not matter; titles and appositions are no part of the speaker's head."""
    found = {s.track: s for s in score_quotes([GOLD], [spans_of(extract_quotes(TEXT))])}
    assert [s.end_to_end for s in found.values()] == [RIGHT, RIGHT, RIGHT]


def test_wrong_speaker_counts_for_the_span_alone():
    """End to end asks for both."""
    found = scores(Article(TEXT, (TALK,)), Span(1, 26, "direct", "Moreau", 56, 62))["direct"]
    assert (found.overlap_80, found.speaker_match, found.end_to_end) == (RIGHT, 0.0, NOTHING)


def test_overlap_is_the_share_of_tokens_in_common():
    """Four of six tokens are enough for 0.3 and not for 0.8."""
    found = scores(Article(TEXT, (TALK,)), Span(1, 16, "direct", "Lindt", 38, 43))["direct"]
    assert (found.exact, found.overlap_80, found.overlap_30) == (NOTHING, NOTHING, RIGHT)


def test_prediction_within_gold_of_another_kind_counts_neither_way():
    """A direct quote found where gold has a mixed clause is not held against the direct track."""
    found = scores(GOLD, TALK, Span(76, 99, "direct", "Moreau", 56, 62))
    assert (found["direct"].predicted, found["direct"].end_to_end) == (1, RIGHT)


def test_prediction_nowhere_in_gold_costs_precision():
    """Half of what was found is right."""
    found = scores(GOLD, TALK, Span(33, 54, "direct"))["direct"]
    assert (found.end_to_end.precision, found.end_to_end.recall) == (0.5, 1.0)
    assert found.end_to_end.f1 == pytest.approx(2 / 3, abs=1e-6)


def test_piece_of_two_words_counts_neither_way():
    """Too short to be held against anybody, found or not."""
    gold = Article("Lindt said it was “so bad” then.", (Span(18, 26, "partial", "Lindt", 0, 5),))
    assert (scores(gold)["quoted"].gold, scores(gold, gold.quotes[0])["quoted"].predicted) == (0, 0)


def test_spans_are_cut_at_line_breaks():
    """A quote of two paragraphs is two pieces on both sides."""
    text = "“We agree.\n“We must.”"
    assert (
        scores(Article(text, (Span(0, 21, "direct"),)), Span(1, 9, "direct"), Span(12, 20, "direct"))["direct"].exact
        == RIGHT
    )


@pytest.mark.parametrize(
    ("gold", "predicted", "same"),
    [
        (("Anna Lindt, the envoy", 10, 31), ("Anna Lindt", 10, 20), True),
        (("Anna Lindt, the envoy", 10, 31), ("the envoy", 22, 31), False),
        (("Mr. Lindt", 50, 59), ("Lindt", 90, 95), True),
        (("Lindt’s", 50, 57), ("Anna Lindt", 90, 100), True),
        (("he", 50, 52), ("he", 50, 52), True),
        (("he", 50, 52), ("Lindt", 90, 95), False),
        (("the envoy", 50, 59), (None, None, None), False),
        ((None, None, None), (None, None, None), True),
        ((None, None, None), ("Lindt", 1, 6), False),
        (("Lindt", None, None), ("Lindt", 1, 6), True),
    ],
)
def test_same_speaker(gold, predicted, same):
    """Overlap with the head of the phrase, or the same last name."""
    assert same_speaker(Span(0, 1, "direct", *gold), Span(0, 1, "direct", *predicted)) is same


def test_articles_and_predictions_must_be_as_many():
    """A list that slipped would score nonsense."""
    with pytest.raises(ValueError, match=r"^1 articles and 0 lists of quotes$"):
        score_quotes([GOLD], [])


@given(st.lists(st.tuples(st.integers(0, 60), st.integers(1, 40), st.sampled_from(["direct", "partial", "indirect"]))))
def test_scores_are_shares(spans):
    """Whatever is predicted: every score lies in [0, 1], and a stricter one is never higher."""
    predicted = [Span(start, start + length, kind) for start, length, kind in spans]
    for score in score_quotes([GOLD], [predicted]):
        order = [score.end_to_end.f1, score.overlap_80.f1, score.overlap_30.f1]
        assert order == sorted(order)
        assert order[0] >= 0.0
        assert order[-1] <= 1.0


def row(**values):
    return Row(7, {"text": TEXT, "quotes": [], **values})


def quote(**values):
    return {
        "start": 0,
        "end": 27,
        "kind": "direct",
        "speaker": "Lindt",
        "speaker_start": 38,
        "speaker_end": 43,
        **values,
    }


def test_article_row_is_read():
    """The format that an article is written in, parts and all."""
    written = quote(parts=[[1, 4], [5, 26]], text=TEXT[0:27])
    assert article_of(row(quotes=[written]), "gold.jsonl") == Article(
        TEXT, (Span(1, 4, "direct", "Lindt", 38, 43), Span(5, 26, "direct", "Lindt", 38, 43))
    )


def test_what_the_extractor_writes_can_be_read_as_gold():
    """The JSON form of quotes is the gold format."""
    quotes = extract_quotes(TEXT)
    assert article_of(row(quotes=[q.as_dict() for q in quotes]), "gold.jsonl").quotes == spans_of(quotes)


def test_mentions_are_nobodys_words():
    """They are no prediction."""
    assert spans_of(extract_quotes("The “volunteers” left.", mentions=True)) == ()


@pytest.mark.parametrize(
    ("values", "problem"),
    [
        ({"text": None}, 'the article has no "text"'),
        ({"quotes": None}, 'the article has no list "quotes"'),
        ({"quotes": [3]}, "quote 1: not a JSON object"),
        (
            {"quotes": [quote(start=-1)]},
            f"quote 1: start and end are -1 and 27, no stretch of a text of {len(TEXT)} characters",
        ),
        (
            {"quotes": [quote(), quote(end=True)]},
            f"quote 2: start and end are 0 and True, no stretch of a text of {len(TEXT)} characters",
        ),
        ({"quotes": [quote(text="We")]}, 'quote 1: "text" is not what stands at 0–27'),
        ({"quotes": [quote(parts=[3])]}, 'quote 1: "parts" is no list of pairs'),
        (
            {"quotes": [quote(parts=[[3, 3]])]},
            f"quote 1: parts are 3 and 3, no stretch of a text of {len(TEXT)} characters",
        ),
        ({"quotes": [quote(speaker=5)]}, 'quote 1: "speaker" is not text'),
        (
            {"quotes": [quote(speaker_end=None)]},
            f"quote 1: speaker_start and speaker_end are 38 and None, no stretch of a text of {len(TEXT)} characters",
        ),
    ],
)
def test_bad_row_is_named(values, problem):
    """File, line, quote, what is wrong, and what to do."""
    with pytest.raises(RowError) as caught:
        article_of(row(**values), "gold.jsonl")
    first, remedy = str(caught.value).split("\n")
    assert first == f"gold.jsonl, line 7: {problem}."
    assert remedy.endswith(".")


def test_unknown_kind_is_named():
    """With the kinds that there are."""
    with pytest.raises(UnknownLabelError) as caught:
        article_of(row(quotes=[quote(kind="straight")]), "gold.jsonl")
    assert str(caught.value).startswith(
        'gold.jsonl, line 7: "straight" is not a kind of quote.\nExpected one of: direct, '
    )


# ---- the installed command -----------------------------------------------------------------------------------


def gold_file(write):
    span = {"start": 0, "end": 27, "kind": "direct", "speaker": "Anna Lindt", "speaker_start": 33, "speaker_end": 43}
    write("gold.jsonl", json.dumps({"text": TEXT[:55], "quotes": [span]}) + "\n")


def test_command_prints_a_table_for_each_track(run, write, tmp_path):
    """Scores on standard output; no report is written."""
    gold_file(write)
    code, stdout, stderr = run("evaluate", "--quotes", "gold.jsonl")
    assert (code, stderr) == (0, "")
    assert stdout.startswith("Quotes of 1 articles\n")
    for track in ("direct", "quoted", "all"):
        assert f"\n {track} " in stdout
    assert stdout.count("overlap 0.8 and speaker       1.000    1.000   1.000") == 3
    assert [path.name for path in tmp_path.iterdir()] == ["gold.jsonl"]


def test_command_prints_json(run, write):
    """The same numbers for programs."""
    gold_file(write)
    code, stdout, _ = run("evaluate", "--quotes", "gold.jsonl", "--json")
    result = json.loads(stdout)
    assert (code, result["articles"], [track["track"] for track in result["tracks"]]) == (
        0,
        1,
        ["direct", "quoted", "all"],
    )
    assert result["tracks"][0]["end_to_end"] == {"precision": 1.0, "recall": 1.0, "f1": 1.0}


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (("--quotes", "no.jsonl"), 1, "no.jsonl: no such file. Check the name.\n"),
        (("--quotes", "gold.csv"), 1, "gold.csv: gold quotes are JSON lines. Give a file whose name ends in .jsonl.\n"),
        (
            ("--quotes", "gold.jsonl", "--data", "x.csv"),
            2,
            "--quotes scores the quote extractor: leave out --data, --model, --classes and --group.\n",
        ),
    ],
)
def test_command_refuses_what_makes_no_sense(run, arguments, code, message):
    """A sentence and an exit code, never a traceback."""
    ended = run("evaluate", *arguments)
    assert (ended.code, ended.stdout) == (code, "")
    assert ended.stderr.endswith(message)


def test_command_names_the_bad_line(run, write):
    """The second line has no quotes."""
    write("gold.jsonl", '{"text": "x", "quotes": []}\n{"text": "x"}\n')
    code, stdout, stderr = run("evaluate", "--quotes", "gold.jsonl")
    assert (code, stdout) == (1, "")
    assert 'gold.jsonl, line 2: the article has no list "quotes".\n' in stderr
