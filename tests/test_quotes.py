"""Article text in, quotes with offsets, kind and speaker out."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from stance.quotes import extract_quotes
from stance.quotes.layout import paragraphs
from stance.quotes.marks import UNCLOSED, UNCLOSED_BEFORE, UNOPENED, Stretch, stretches
from stance.quotes.tokens import QUOTE, TOKEN, Paragraph
from stance.quotes.verbs import FORMS
from stance.records import Quote, Speaker

ROOT = Path(__file__).parent
SEED = ROOT.parent / "seeds" / "000_f8c9516a2640171c.txt"


def cases_in(name):
    lines = (ROOT / "cases" / "quotes" / name).read_text("utf-8").splitlines()
    return [json.loads(line) for line in lines]


CASES = [
    case
    for name in (
        *("marks.jsonl", "parts.jsonl", "speakers.jsonl", "names.jsonl", "partial.jsonl", "indirect.jsonl"),
        *("layout.jsonl", "mentions.jsonl", "negative.jsonl"),
    )
    for case in cases_in(name)
]
KNOWN_FAILURES = cases_in("known_failures.jsonl")

PIECES = st.one_of(
    st.sampled_from(
        [
            "“",
            "”",
            '"',
            "'",
            "''",
            "``",
            "‘",
            "’",
            "«",
            "»",
            "„",
            "(",
            ")",
            " ",
            "\n",
            "\n\n",
            "\r\n",
            "\u2028",
            ",",
            ". ",
            ": ",
            "’s ",
        ]
    ),
    st.sampled_from(
        [
            "said ",
            "said",
            "he said ",
            "according to ",
            "Q: ",
            "MR. LEE: ",
            "that ",
            "and ",
            "told ",
            "— ",
            " Mr. ",
            "U.S. ",
            "Anna Lindt said ",
            "of ",
            "Secretary ",
            "the ",
        ]
    ),
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


def rows(article):
    """Give the quotes with every field that a case may name, the speaker's words cut out by their offsets."""
    return [
        {
            "kind": quote.kind,
            "parts": [article[start:end] for start, end in quote.parts],
            "speaker": quote.speaker and article[quote.speaker.start : quote.speaker.end],
            "name": quote.speaker and quote.speaker.name,
            "speaker_kind": quote.speaker.kind if quote.speaker else "unknown",
            "relayed_by": quote.relayed_by and quote.relayed_by.text,
        }
        for quote in extract_quotes(article)
    ]


def found(case):
    """Give the quotes of a case, reduced to the fields that it names, so that it can be compared as a whole."""
    got = rows(case["text"])
    if len(got) != len(case["quotes"]):
        return got
    return [{key: row[key] for key in wanted} for row, wanted in zip(got, case["quotes"], strict=True)]


def mentions_in(article):
    """Give the words in marks that nobody states."""
    return [quote.text for quote in extract_quotes(article, mentions=True) if quote.kind == "mention"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["label"])
def test_quotes_of_a_case(case):
    """An article has exactly the quotes that its case names, with kind and speaker."""
    assert found(case) == case["quotes"]
    assert "mentions" not in case or mentions_in(case["text"]) == case["mentions"]


@pytest.mark.xfail(reason="known failure: promote the case to the file where it belongs once it passes", strict=True)
@pytest.mark.parametrize("case", KNOWN_FAILURES, ids=lambda case: case["label"])
def test_known_failure(case):
    """What ought to be found and is not; the day it is, this test demands that the case be promoted."""
    assert found(case) == case["quotes"]
    assert "mentions" not in case or mentions_in(case["text"]) == case["mentions"]


def test_case_labels_are_unique():
    """Two cases of one name could not be told apart in a test run."""
    labels = [case["label"] for case in CASES + KNOWN_FAILURES]
    assert len(set(labels)) == len(labels)


def seed_quotes():
    return [quote for quote in extract_quotes(SEED.read_bytes().decode("utf-8")) if quote.kind in ("direct", "partial")]


def test_seed_document_gives_its_nine_quotes():
    """The seed article's quotes in marks, read by hand; its quoted subheading is none of them."""
    assert [(quote.speaker.text, quote.kind, quote.statement) for quote in seed_quotes()] == SEED_QUOTES


def test_seed_document_resolves_its_speakers():
    """Surnames and "he" stand for the full names that the article gives."""
    names = [quote.speaker.name for quote in seed_quotes()]
    assert names[0] == "Donald Trump"
    assert names[2:] == [
        *("Rex Tillerson", None, "John McCain", None, "Joel Wit", None, "Vladimir Putin"),
    ]


def test_seed_document_reports_putin_indirectly():
    """The clause that Putin is reported to have said, and the piece of it in marks with that clause as its carrier."""
    article = SEED.read_bytes().decode("utf-8")
    clause, piece = (quote for quote in extract_quotes(article) if quote.speaker.text == "Vladimir Putin")
    assert (clause.kind, piece.kind) == ("indirect", "partial")
    assert clause.statement == (
        "he and Abe believe the situation on the Korean peninsula has “seriously deteriorated.”"
    )
    assert piece.carrier == (clause.start, clause.end)


def test_seed_document_offsets():
    """Offsets count characters of the document as received."""
    article = SEED.read_bytes().decode("utf-8")
    first = seed_quotes()[0]
    assert (first.start, first.end) == (1007, 1028)
    assert article[1007:1028] == "major, major conflict"
    assert (first.speaker.start, first.speaker.end) == (971, 976)


def test_quote_of_two_parts():
    """Text runs from the first part to the last, interruption included; the statement is the words alone."""
    article = "“We will talk,” said Lindt, “and listen,” she added."
    assert extract_quotes(article) == [
        Quote(
            parts=((1, 14), (29, 40)),
            text="We will talk,” said Lindt, “and listen,",
            statement="We will talk, and listen",
            kind="direct",
            speaker=Speaker("Lindt", 21, 26, kind="person", rule="verb-subject-after", grade="certain"),
        )
    ]


@pytest.mark.parametrize(
    ("article", "rule", "grade"),
    [
        ("“Yes,” said Lindt.", "verb-subject-after", "certain"),
        ("“Yes,” Lindt said.", "subject-verb-after", "certain"),
        ("Lindt said, “We agree.”", "subject-verb-before", "certain"),
        ("“Yes,” according to Lindt.", "according-to", "certain"),
        ("Lindt: “We agree.”", "name-and-colon", "certain"),
        ("“We agree.” — Anna Lindt", "signature", "certain"),
        ("Anna Lindt shrugged. “We agree.”", "sentence-before", "likely"),
        ("“We agree,” said Lindt.\n\n“We must.”", "paragraph-before", "guess"),
        ("MR. LEE: We agree.\n\nMS. ROY: Good.", "transcript", "certain"),
    ],
)
def test_speaker_names_its_rule_and_grade(article, rule, grade):
    """A speaker is a claim: the last quote says which rule made it and how far it can be trusted."""
    speaker = extract_quotes(article)[-1].speaker
    assert (speaker.rule, speaker.grade) == (rule, grade)


def test_mentions_are_given_when_asked_for():
    """A title in marks is no quote, but can be had, without a speaker."""
    article = "Delia Munk sang “We Will Not Go Quiet” twice."
    assert extract_quotes(article) == []
    (mention,) = extract_quotes(article, mentions=True)
    assert (mention.kind, mention.text, mention.speaker) == ("mention", "We Will Not Go Quiet", None)


@pytest.mark.parametrize(
    ("article", "remark"),
    [
        ("“We agree to it.\n\nThe sun rose.", UNCLOSED),
        ("“We agree to it. “We must,” said Lindt.", UNCLOSED_BEFORE),
        ("We agree to it,” said Lindt.", UNOPENED),
        ("“We agree to it,” said Lindt.", None),
        ("“We agree to it.\n\n“We must,” said Lindt.", None),
    ],
)
def test_odd_marks_are_remarked_on(article, remark):
    """A mark that is missing is made good, and said so; a quote of several paragraphs misses none."""
    assert extract_quotes(article)[0].remark == remark


def test_partial_quote_carries_its_clause():
    """The clause around a piece is given without its attribution; other kinds have none."""
    article = "Lindt said the plan was “a gamble” for all."
    clause, piece = extract_quotes(article)
    assert article[slice(*piece.carrier)] == "the plan was “a gamble” for all"
    assert clause.carrier is None


@settings(max_examples=200, deadline=None)
@given(ARTICLES)
@example("")
@example("“")
@example('"\ud800" said \ud800')
@example("“We agree, ” Secretary of State Rex Tillerson said.")
@example("Lindt said 0\x080;“said ")
@example(" the plan” and more, “a gamble,” Anna Lindt first reported.")
def test_offsets_are_exact_on_any_text(article):
    """Whatever the text: its slices are the quote's and the speaker's words, and no part is empty or blank."""
    for quote in extract_quotes(article):
        assert article[quote.start : quote.end] == quote.text
        assert all(article[start:end].strip() == article[start:end] != "" for start, end in quote.parts)
        for speaker in {quote.speaker, quote.relayed_by} - {None}:
            assert article[speaker.start : speaker.end] == speaker.text != ""


@settings(max_examples=200, deadline=None)
@given(ARTICLES)
def test_quoted_words_stand_in_text_order_and_apart(article):
    """Parts never overlap, within a quote or between quotes in marks; quotes begin in text order."""
    quotes = extract_quotes(article, mentions=True)
    parts = [part for quote in quotes if quote.kind != "indirect" for part in quote.parts]
    assert len(set(parts)) == len(parts)
    assert all(first[1] <= second[0] for first, second in pairwise(sorted(parts)))
    assert [quote.start for quote in quotes] == sorted(quote.start for quote in quotes)


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


@settings(max_examples=100, deadline=None)
@given(ARTICLES)
def test_same_article_gives_the_same_quotes(article):
    """Nothing depends on what was read before."""
    assert extract_quotes(article) == extract_quotes(article)


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
        "Lindt\t said W. \t" + " \t" * 100_000 + "“We agree.”",
    ],
    ids=["quotes", "straight", "opening", "blank", "names", "articles", "one word", "unclosed", "white space"],
)
def test_article_of_any_length_is_read(article):
    """One paragraph of many quotes takes linear time; a quadratic reader would hang here for minutes."""
    assert len(extract_quotes(article)) <= 10_000


def test_nested_marks_are_read_to_any_depth():
    """Ten thousand opening and closing marks make one quote."""
    article = "“a " * 10_000 + "”" * 10_000 + " said Lindt."
    assert [quote.speaker.text for quote in extract_quotes(article)] == ["Lindt"]


def test_stretch_leaves_marks_and_inner_space_out():
    """``start`` and ``end`` hold the words, ``before`` and ``after`` the marks too."""
    assert stretches("Lindt: “ Yes. ” and left", 0, 24) == [Stretch(9, 13, 7, 15)]


def test_stretch_without_a_closing_mark_goes_on_in_the_next_paragraph():
    """An unclosed stretch ends with its paragraph; it is no slip when the next one opens with a mark."""
    assert stretches("“Yes.\n“No.”", 0, 5, following=(6, 11)) == [Stretch(1, 5, 0, 5, closed=False)]


@pytest.mark.parametrize(
    ("article", "expected"),
    [
        ("One.\nTwo.\n\nThree.", ["One.", "Two.", "Three."]),
        ("  \n\n\t", []),
        ("One.\r\n\r\nTwo.", ["One.", "Two."]),
        (
            "This is a paragraph that was wrapped at a\nfixed width by an old mail reader and so\ngoes on.\n\nTwo.",
            ["This is a paragraph that was wrapped at a\nfixed width by an old mail reader and so\ngoes on.", "Two."],
        ),
    ],
)
def test_paragraphs(article, expected):
    """A paragraph is a line, or a block of lines that are all of one length and stop within a sentence."""
    assert [article[start:end] for start, end in paragraphs(article)] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("We left. They said so.", ["We left .", "They said so ."]),
        ("We met Mr. Lindt in the U.S. and left.", ["We met Mr. Lindt in the U.S. and left ."]),
        ("We met in the U.S. The talks failed.", ["We met in the U.S.", "The talks failed ."]),
        ("It cost 1,000.50 euros.", ["It cost 1,000.50 euros ."]),
        ("we left. they said", ["we left . they said"]),
    ],
)
def test_sentences(text, expected):
    """A sentence ends at a stop before a capital, unless the stop belongs to an abbreviation."""
    p = Paragraph(text, 0, len(text), [])
    assert [" ".join(p.words[first:stop]) for first, stop in p.sentences] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Yes, we met: twice.", "Yes | , | we | met | : | twice | ."),
        ("George W. Bush sat. Plan W. failed", "George | W. | Bush | sat | . | Plan | W | . | failed"),
        ("the workers’ rights, the workers’", "the | workers’ | rights | , | the | workers | ’"),
        ("Mr. Lee,\u00a0of Acme Inc.", "Mr. | Lee | , | of | Acme | Inc."),
        ("  é. (A)  12:30, x@y -- a.b ", "é | . | ( | A | ) | 12:30 | , | x@y | -- | a | . | b"),
    ],
)
def test_tokens(text, expected):
    """Words and signs are parted; abbreviations, initials, figures and possessives are one token."""
    assert " | ".join(Paragraph(text, 0, len(text), []).words) == expected


@given(ARTICLES)
@settings(max_examples=200)
def test_plain_words_are_told_as_the_expression_tells_them(article):
    """The short way over the spaces finds what the expression finds, at the same offsets."""
    p = Paragraph(article, 0, len(article), [])
    assert list(zip(p.starts, p.words, strict=True)) == [
        (match.start(), match.group().replace(QUOTE, "*")) for match in TOKEN.finditer(article)
    ]


def test_quoted_stretch_is_one_token():
    """What stands inside marks is opaque to the grammar; a private-use sign of the text itself is none."""
    text = "Lindt said “Yes. No.” \ue000"
    p = Paragraph(text, 0, len(text), stretches(text, 0, len(text)))
    assert p.words == ["Lindt", "said", QUOTE, "*"]
    assert p.quoted(2) == "Yes. No."


@pytest.mark.parametrize(
    ("form", "lemma", "participle"),
    [
        *[("says", "say", False), ("said", "say", False), ("replies", "reply", False), ("admitted", "admit", False)],
        *[
            ("quipping", "quip", True),
            ("writing", "write", True),
            ("teaches", "teach", False),
            ("agreeing", "agree", True),
        ],
    ],
)
def test_forms_of_verbs(form, lemma, participle):
    """Inflected as English inflects them."""
    assert (FORMS[form].lemma, FORMS[form].participle) == (lemma, participle)
