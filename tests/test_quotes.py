"""Article text in, quotes with offsets, kind and speaker out."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from stance.quotes import extract_quotes
from stance.quotes.marks import Stretch, find_stretches
from stance.quotes.speakers import leads_in, sentence_start, speaker_after, speaker_before
from stance.records import Quote, Speaker

ROOT = Path(__file__).parent
SEED = ROOT.parent / "seeds" / "000_f8c9516a2640171c.txt"


def cases_in(name):
    lines = (ROOT / "cases" / "quotes" / name).read_text("utf-8").splitlines()
    return [json.loads(line) for line in lines]


CASES = [
    case
    for name in ("marks.jsonl", "parts.jsonl", "speakers.jsonl", "partial.jsonl", "negative.jsonl")
    for case in cases_in(name)
]
KNOWN_FAILURES = cases_in("known_failures.jsonl")

PIECES = st.one_of(
    st.sampled_from(["“", "”", '"', "'", "‘", "’", "«", " ", "\n", "\n\n", "\r\n", "\u2028", ",", ". ", ": ", "’s "]),
    st.sampled_from(["said ", "said", "he said ", " Mr. ", "U.S. ", "Anna Lindt said ", "of ", "Secretary ", "the "]),
    st.text(st.characters(exclude_categories=()), max_size=5),
)
ARTICLES = st.lists(PIECES, max_size=40).map("".join)


#: Speaker, kind and words of the seed document's quotes, read by hand.
SEED_QUOTES = [
    ("Trump", "partial", "major, major conflict"),
    (
        "Jessica Tuchman Mathews",
        "direct",
        (
            "The important thing is not to ratchet up threats and let that substitute for having a strategy, We need "
            "fresh thinking. The core to me is that this will not be solved unless the U.S. and China can overcome "
            "enough of their mutual mistrust to figure out a long-term future for Korea."
        ),
    ),
    (
        "Tillerson",
        "direct",
        (
            "North Korea’s pursuit of nuclear weapons is an urgent national security threat and top foreign policy "
            "priority, The United States seeks stability and the peaceful denuclearization of the Korean peninsula. "
            "We remain open to negotiations towards that goal."
        ),
    ),
    (
        "Brad Sherman",
        "direct",
        (
            "What was lost in the discussion is that they are unwilling to do anything that would put real pressure "
            "or China or use our ability to impose tariffs"
        ),
    ),
    (
        "McCain",
        "direct",
        (
            "I hope there’s a lot more to go before we have a preemptive strike, They are exploring every option and "
            "the last option -- and the least desirable option -- is armed conflict."
        ),
    ),
    (
        "Joel Wit",
        "direct",
        (
            "Over time not only have we created a very tense situation but we’re going to be unable to do anything "
            "about North Korea’s activities and it’s going to expose how hollow our threats are"
        ),
    ),
    (
        "he",
        "direct",
        (
            "They’re already ramping up for it, that’s obvious, and we have no options. We’re in a corner with no "
            "options, and we can’t attack them."
        ),
    ),
    ("Vladimir Putin", "partial", "seriously deteriorated."),
    (
        "Putin",
        "direct",
        (
            "We call on all states involved in the region’s affairs to refrain from military rhetoric and seek "
            "peaceful, constructive dialogue"
        ),
    ),
]


def found(article):
    """Give the quotes as a case writes them, the speaker's words cut out of the article by their offsets."""
    return [
        {
            "kind": quote.kind,
            "speaker": quote.speaker and article[quote.speaker.start : quote.speaker.end],
            "parts": [article[start:end] for start, end in quote.parts],
        }
        for quote in extract_quotes(article)
    ]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["label"])
def test_quotes_of_a_case(case):
    """An article has exactly the quotes that its case names, with kind and speaker."""
    assert found(case["text"]) == case["quotes"]


@pytest.mark.xfail(reason="known failure: promote the case to the file where it belongs once it passes", strict=True)
@pytest.mark.parametrize("case", KNOWN_FAILURES, ids=lambda case: case["label"])
def test_known_failure(case):
    """What ought to be found and is not; the day it is, this test demands that the case be promoted."""
    assert found(case["text"]) == case["quotes"]


def test_case_labels_are_unique():
    """Two cases of one name could not be told apart in a test run."""
    labels = [case["label"] for case in CASES + KNOWN_FAILURES]
    assert len(set(labels)) == len(labels)


def test_seed_document_gives_its_nine_quotes():
    """The seed article's quotes, read by hand; its quoted subheading is none of them."""
    article = SEED.read_bytes().decode("utf-8")
    assert [(quote.speaker.text, quote.kind, quote.statement) for quote in extract_quotes(article)] == SEED_QUOTES


def test_seed_document_offsets():
    """Offsets count characters of the document as received."""
    article = SEED.read_bytes().decode("utf-8")
    first = extract_quotes(article)[0]
    assert (first.start, first.end) == (1007, 1028)
    assert article[1007:1028] == "major, major conflict"
    assert first.speaker == Speaker("Trump", 971, 976)


def test_quote_of_two_parts():
    """Text runs from the first part to the last, interruption included; the statement is the words alone."""
    article = "“We will talk,” said Lindt, “and listen,” she added."
    assert extract_quotes(article) == [
        Quote(
            parts=((1, 14), (29, 40)),
            text="We will talk,” said Lindt, “and listen,",
            statement="We will talk, and listen",
            kind="direct",
            speaker=Speaker("Lindt", 21, 26),
        )
    ]


@settings(max_examples=200, deadline=None)
@given(ARTICLES)
@example("")
@example("“")
@example('"\ud800" said \ud800')
@example("“We agree, ” Secretary of State Rex Tillerson said.")
def test_offsets_are_exact_on_any_text(article):
    """Whatever the text: its slices are the quote's and the speaker's words, and no part is empty or blank."""
    for quote in extract_quotes(article):
        assert article[quote.start : quote.end] == quote.text
        assert all(article[start:end].strip() == article[start:end] != "" for start, end in quote.parts)
        assert all(article[speaker.start : speaker.end] == speaker.text for speaker in {quote.speaker} - {None})


@settings(max_examples=200, deadline=None)
@given(ARTICLES)
def test_quotes_stand_in_text_order_and_apart(article):
    """Parts never overlap, within a quote or between quotes."""
    borders = [offset for quote in extract_quotes(article) for part in quote.parts for offset in part]
    assert borders == sorted(set(borders))


@settings(max_examples=200, deadline=None)
@given(ARTICLES)
def test_speaker_stands_outside_the_quoted_words(article):
    """Nobody is named as a speaker by the words that are quoted."""
    for quote in extract_quotes(article):
        assert all(
            speaker.end <= start or end <= speaker.start
            for speaker in {quote.speaker} - {None}
            for start, end in quote.parts
        )


@pytest.mark.parametrize(
    "article",
    [
        "“We agree,” said Smith. " * 5_000,
        '"We agree to it." He left. ' * 5_000,
        "“" * 200_000,
        '" "' * 100_000,
        "Aa " * 50_000 + "said, “We agree.”",
        "“We agree.” " + "the " * 50_000,
        "漢" * 100_000 + "said, “We agree.”",
        "“A.\n" * 50_000,
    ],
    ids=["quotes", "straight", "opening", "blank", "names", "articles", "one word", "unclosed"],
)
def test_article_of_any_length_is_read(article):
    """One paragraph of many quotes takes linear time; a quadratic reader would hang here for minutes."""
    assert len(extract_quotes(article)) <= 10_000


def test_stretch_leaves_marks_and_inner_space_out():
    """``start`` and ``end`` hold the words, ``before`` and ``after`` the marks too."""
    assert find_stretches("Lindt: “ Yes. ” and left") == [Stretch(9, 13, 7, 15, 0, 24, closed=True)]


def test_stretch_without_a_closing_mark():
    """An unclosed stretch ends with its paragraph and says so."""
    assert find_stretches("Lindt: “Yes.\nShe left.") == [Stretch(8, 12, 7, 12, 0, 12, closed=False)]


def test_distant_stretches_are_two_quotes():
    """An attribution of four hundred characters holds nothing together."""
    article = "“We will talk,” said Lindt " + "very " * 100 + "“and listen.”"
    assert [quote.statement for quote in extract_quotes(article)] == ["We will talk", "and listen."]


def test_speaker_after_is_given_with_offsets():
    """The name right after the quote, and where it stands."""
    assert speaker_after("“Yes,” said Anna Lindt.", 6, 23) == Speaker("Anna Lindt", 12, 22)


def test_speaker_after_needs_a_verb_of_saying():
    """A name alone is no speaker."""
    assert speaker_after("“Yes,” Anna Lindt nodded.", 6, 25) is None


def test_speaker_before_is_the_subject_of_the_leading_sentence():
    """The subject of the verb that announces the quote, not a name of the sentence before."""
    assert speaker_before("Moreau left. Lindt said, “Yes.”", 0, 25) == Speaker("Lindt", 13, 18)


def test_speaker_before_needs_an_announcement():
    """A sentence that does not lead up to the quote names no speaker."""
    assert speaker_before("Lindt left the room. “Yes.”", 0, 21) is None


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Lindt said, ", True),
        ("Lindt said on Monday: ", True),
        ("Lindt said ", False),
        ("In her words: ", False),
        ("Lindt said no. She left, ", False),
    ],
)
def test_leads_in_wants_a_verb_of_saying_and_a_mark(words, expected):
    """A whole quote is announced by a verb of saying with its comma or colon."""
    assert leads_in(words, 0, len(words)) is expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("We left. They said", 9),
        ("We met Mr. Lindt in the U.S. and", 0),
        ("We left! “Why?” They said", 16),
        ("we left. they said", 0),
    ],
)
def test_sentence_start(words, expected):
    """A sentence starts after a stop, a space and a capital, unless the stop belongs to an abbreviation."""
    assert sentence_start(words, 0, len(words)) == expected


def test_sentence_start_looks_back_a_thousand_characters():
    """Further back nothing is read, so that time stays linear."""
    assert sentence_start("a" * 5_000, 0, 5_000) == 4_000
