"""What a text is made of: terms, their offsets, and the key by which equal texts are known."""

from __future__ import annotations

import doctest
import json
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from term_spans import TermSpan, term_spans

import stance.text.analysis
import stance.text.stem
import stance.text.units
from stance.text import (
    TEXT_FORMAT,
    is_slot,
    plain_key,
    shifted,
    terms,
    units_in,
    word_tokens,
)
from stance.text.stem import stem
from stance.text.tokens import BREAK, NAME

CASES = [json.loads(line) for line in (Path(__file__).parent / "cases" / "terms.jsonl").read_text("utf-8").splitlines()]
ANY_TEXT = st.text(st.characters(exclude_categories=()))
WORDS = st.sampled_from(
    [
        "won't",
        "won’t",
        "don´t",
        "Iran's",
        "U.S.",
        "not",
        "never",
        "Rex",
        "President",
        "I'd",
        "ŉ",
        "ͺ",
        "ﷺ",
        "1,000",
        "_",
        "'n't",
        "“",
    ]
)
ANY_WORDS = st.lists(st.one_of(WORDS, ANY_TEXT)).map(" ".join)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["label"])
def test_terms_of_a_case(case):
    """A text has the terms that its case wants and none that it forbids."""
    found = set(terms(case["text"]))
    assert set(case["has"]) <= found
    assert found.isdisjoint(case["lacks"])


def test_case_labels_are_unique():
    """Two cases of one name could not be told apart in a test run."""
    assert len({case["label"] for case in CASES}) == len(CASES)


def test_terms_stand_in_the_documented_order():
    """Units come first, then shifted units, then pairs, each in text order."""
    assert terms("They won't talk to Iran.") == [
        *["they", "will", "not", "talk", "to", "@place"],
        *["~talk", "~to", "~@place"],
        *["they will", "will not", "not talk", "talk to", "to @place"],
    ]


def test_term_spans_point_at_the_words():
    """Each span holds the words of its term, a pair those of both, a contraction's units all of the contraction."""
    assert term_spans("We won’t go.") == [
        TermSpan("we", 0, 2),
        TermSpan("will", 3, 8),
        TermSpan("not", 3, 8),
        TermSpan("go", 9, 11),
        TermSpan("~go", 9, 11),
        TermSpan("we will", 0, 8),
        TermSpan("will not", 3, 8),
        TermSpan("not go", 3, 11),
    ]


def test_name_of_two_words_has_the_offsets_of_its_first():
    """A name is one slot, which stands where the name begins."""
    assert term_spans("we met Anna Lindt there again this morning")[2] == TermSpan("@name", 7, 11)


@pytest.mark.parametrize("module", [stance.text.analysis, stance.text.stem])
def test_examples_in_docstrings_are_true(module):
    """What a docstring shows is what the code gives."""
    assert doctest.testmod(module) == doctest.TestResults(failed=0, attempted=1)


@settings(max_examples=100, deadline=None)
@given(ANY_WORDS)
@example("ŉ't")
@example("a" + "'s" * 5_000)
@example("\ud800\udfff")
def test_spans_and_terms_agree_on_any_text(text):
    """The spans' terms are the terms, in their order, and every span lies inside the text."""
    spans = term_spans(text)
    assert [span.term for span in spans] == terms(text)
    assert all(0 <= span.start < span.end <= len(text) for span in spans)


@settings(max_examples=100, deadline=None)
@given(ANY_WORDS)
@example("ﷺ")
def test_term_is_a_unit_or_a_pair(text):
    """One space in a pair, none in a unit; a clause mark separates terms and never becomes one."""
    assert all("" not in term.split(" ") and term.count(" ") <= 1 and "\n" not in term for term in terms(text))


@settings(max_examples=100, deadline=None)
@given(ANY_WORDS)
def test_terms_come_apart_into_the_units_and_pairs_of_the_text(text):
    """What prediction looks up, units and neighbours, is what the spelt terms come apart into."""
    units = units_in(text)
    expected = [unit for unit in units if unit != "\n"]
    expected += ["~" + units[index] for index in shifted(units)]
    expected += [(one, other) for one, other in pairwise(units) if "\n" not in (one, other)]
    assert [tuple(term.split(" ")) if " " in term else term for term in terms(text)] == expected


def test_white_space_parts_and_nothing_else_does():
    """A dash between blanks neither ends nor begins a sentence; every kind of blank parts, however long the word."""
    assert units_in("He left. - John came") == units_in("He left. John came")
    assert units_in("We met - John came") == [*units_in("We met"), NAME, *units_in("came")]
    long = "a" * 60
    assert units_in(f"{long} {long}") == [long, long] == units_in(f"{long}\u2028{long}")


def test_negated_units_are_three_and_stop_at_a_clause_mark():
    """Given as indices, so that nothing is spelt."""
    assert shifted(["we", "not", "talk", "to", "them", "again"]) == [2, 3, 4]
    assert shifted(["not", "talk", BREAK, "now"]) == [1]
    assert shifted(["we", "talk"]) == []


def test_memory_of_words_is_bounded(monkeypatch):
    """A stream has no end; what is remembered of it has, and forgetting changes nothing."""
    remembered = {}
    monkeypatch.setattr(stance.text.units, "_READINGS", remembered)
    monkeypatch.setattr(stance.text.units, "_MOST_READINGS", 3)
    assert units_in("we agree to talk and to listen") == ["we", "agre", "to", "talk", "and", "to", "listen"]
    assert 0 < len(remembered) <= 3


def test_words_are_remembered_up_to_the_bound(monkeypatch):
    """Below it nothing is forgotten."""
    remembered = {}
    monkeypatch.setattr(stance.text.units, "_READINGS", remembered)
    monkeypatch.setattr(stance.text.units, "_MOST_READINGS", 3)
    units_in("we agree now we agree")
    assert list(remembered) == ["we", "agree", "now"]


@settings(max_examples=100, deadline=None)
@given(ANY_WORDS)
def test_tokens_are_words_of_the_text_in_order(text):
    """Tokens are pieces of the text as given; nothing is made up and nothing but space and symbols is lost."""
    rest = text
    for token in word_tokens(text):
        _, found, rest = rest.partition(token)
        assert found == token


@pytest.mark.parametrize(
    "text",
    [
        "a" * 1_000_000,
        "a'" * 300_000,
        "n't" * 200_000,
        "x.y." * 200_000,
        "1." * 300_000,
        "1" + "." * 500_000,
        "not " * 200_000,
        "Anna " * 200_000,
        "“" * 500_000,
    ],
    ids=["letters", "apostrophes", "negations", "acronym", "figures", "stops", "negators", "names", "marks"],
)
def test_text_of_any_length_is_read(text):
    """Size alone neither overflows the stack nor takes more than linear time; a quadratic reader would hang here."""
    assert len(terms(text)) <= 2 * len(text)


def test_long_chain_of_apostrophes_is_no_recursion_error():
    """A word opens at most three contractions; what hangs on after that are further words."""
    assert terms("a" + "'s" * 4) == ["a", "s", "a s"]


@pytest.mark.parametrize("text", ["", "   \n\t", "?!… — “”", "\ud800"])
def test_text_without_words_has_no_terms(text):
    """White space, marks and broken characters carry nothing."""
    assert terms(text) == []
    assert term_spans(text) == []


def test_text_format_is_an_integer():
    """The number that a model folder records is one that can be raised."""
    assert isinstance(TEXT_FORMAT, int)


@pytest.mark.parametrize(
    ("term", "expected"),
    [
        ("@name", True),
        ("@place @name", True),
        ("~@place", True),
        ("@place attack", False),
        ("not @name", False),
        ("attack", False),
    ],
)
def test_slot_is_a_term_without_a_word(term, expected):
    """A slot says that there is a name and nothing else; a pair with one real word says more."""
    assert is_slot(term) is expected


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("threatened", "threaten"),
        ("threatens", "threaten"),
        ("threatening", "threaten"),
        ("invading", "invad"),
        ("invade", "invad"),
        ("stopped", "stop"),
        ("policies", "policy"),
        ("ties", "tie"),
        ("tied", "tie"),
        ("died", "die"),
        ("used", "use"),
        ("using", "use"),
        ("shed", "shed"),
        ("axed", "ax"),
        ("pies", "pie"),
        ("foes", "foe"),
        ("mps", "mps"),
        ("added", "add"),
        ("denied", "deny"),
        ("agree", "agre"),
        ("agreed", "agre"),
        ("agreeing", "agre"),
        ("greed", "greed"),
        ("clashes", "clash"),
        ("taxes", "tax"),
        ("withdrew", "withdraw"),
        ("children", "child"),
        ("crisis", "crisis"),
        ("congress", "congress"),
        ("nothing", "nothing"),
        ("threat", "threat"),
        ("eu", "eu"),
    ],
)
def test_stem_takes_inflection_off(word, expected):
    """Plural, past, participle and -ing go; derivation and look-alikes stay."""
    assert stem(word) == expected


@settings(max_examples=200, deadline=None)
@given(st.text("abcdeginorstuyxz", min_size=3, max_size=10))
def test_stem_keeps_two_characters(word):
    """No word of three or more letters is stemmed away."""
    assert len(stem(word)) >= 2


@pytest.mark.parametrize(
    "other",
    ["WE DON'T AGREE", "We don’t agree!", "  we\tdon't\nagree ", "“We don´t agree,”", "Ｗｅ don't agree"],
)
def test_plain_key_ignores_case_punctuation_and_spacing(other):
    """The same text written twice has one key, whichever apostrophe was used."""
    assert plain_key(other) == "we don't agree"


def test_plain_key_keeps_what_turns_the_meaning():
    """A negation is no punctuation."""
    assert plain_key("We agree.") == "we agree"
    assert plain_key("We can't agree.") == "we can't agree"


def test_plain_key_of_marks_is_empty():
    """A text of punctuation alone has no words to compare."""
    assert plain_key("?!… —") == ""
