"""The records that cross module borders, the label sets, and where packaged files are."""

from __future__ import annotations

import dataclasses
import json
import os

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stance import resources
from stance.labels import HEADS, MEANINGS, Sentiment, Stance, in_canonical_order
from stance.records import Contribution, Explanation, Prediction, Quote, Speaker, Statement

BOTH = Prediction(
    text="We will talk.",
    status="ok",
    stance="diplomatic",
    stance_probabilities={"diplomatic": 0.9, "none": 0.1},
    sentiment="neutral",
    sentiment_probabilities={"neutral": 2 / 3, "positive": 1 / 3},
    known_terms=4,
)
EXPLAINED = Explanation(
    head="stance",
    label="diplomatic",
    score=1.5,
    intercept=0.25,
    contributions=(
        Contribution("we", 0, 2, -0.25),
        Contribution("talk", 8, 12, 0.5),
        Contribution("talk", 17, 21, 0.5),
        Contribution("now", 22, 25, 0.5),
        Contribution("zero", 26, 30, 0.0),
    ),
)
QUOTE = Quote(
    parts=((1, 14), (29, 40)),
    text="We will talk,” said Lindt, “and listen,",
    statement="We will talk, and listen",
    kind="direct",
    speaker=Speaker("Lindt", 21, 26, name="Anna Lindt", kind="person", rule="verb-subject-after", grade="certain"),
)


def test_prediction_as_a_json_row():
    """Columns stand in the documented order, probabilities are rounded to six places."""
    assert list(BOTH.as_dict().items()) == [
        ("text", "We will talk."),
        ("status", "ok"),
        ("stance", "diplomatic"),
        ("stance_probabilities", {"diplomatic": 0.9, "none": 0.1}),
        ("sentiment", "neutral"),
        ("sentiment_probabilities", {"neutral": 0.666667, "positive": 0.333333}),
        ("known_terms", 4),
        ("reason", None),
    ]


def test_prediction_without_a_head_leaves_its_columns_out():
    """A model with one head does not write empty columns for the other."""
    assert BOTH._replace(sentiment=None, sentiment_probabilities={}).as_dict() == {
        "text": "We will talk.",
        "status": "ok",
        "stance": "diplomatic",
        "stance_probabilities": {"diplomatic": 0.9, "none": 0.1},
        "known_terms": 4,
        "reason": None,
    }


def test_undecided_prediction_keeps_its_probabilities():
    """There is no label, but what the model would say of nothing stays visible."""
    row = BOTH._replace(status="undecided", stance=None, sentiment=None, known_terms=0).as_dict()
    assert (row["status"], row["stance"], row["sentiment"]) == ("undecided", None, None)
    assert row["stance_probabilities"] == {"diplomatic": 0.9, "none": 0.1}


def test_prediction_answers_by_head():
    """The head's name chooses label and probabilities."""
    assert (BOTH.label("stance"), BOTH.label("sentiment")) == ("diplomatic", "neutral")
    assert BOTH.probabilities("stance") == {"diplomatic": 0.9, "none": 0.1}
    assert BOTH.probabilities("sentiment") == {"neutral": 2 / 3, "positive": 1 / 3}


def test_explanation_as_json():
    """Contributions are written with their words' offsets, in text order."""
    short = dataclasses.replace(EXPLAINED, contributions=EXPLAINED.contributions[:1])
    assert short.as_dict() == {
        "head": "stance",
        "label": "diplomatic",
        "score": 1.5,
        "intercept": 0.25,
        "contributions": [{"term": "we", "start": 0, "end": 2, "weight": -0.25}],
    }


def test_strongest_contributions_are_added_up_and_sorted():
    """A word that occurs twice counts twice; what spoke against the label, or not at all, is left out."""
    assert EXPLAINED.strongest() == (Contribution("talk", 8, 12, 1.0), Contribution("now", 22, 25, 0.5))
    assert EXPLAINED.strongest(1) == (Contribution("talk", 8, 12, 1.0),)


def test_quote_as_an_article_row():
    """The speaker's offsets are columns of their own."""
    assert QUOTE.as_dict() == {
        "start": 1,
        "end": 40,
        "text": "We will talk,” said Lindt, “and listen,",
        "parts": [[1, 14], [29, 40]],
        "statement": "We will talk, and listen",
        "kind": "direct",
        "speaker": "Lindt",
        "speaker_start": 21,
        "speaker_end": 26,
        "speaker_name": "Anna Lindt",
        "speaker_kind": "person",
        "attribution": {"rule": "verb-subject-after", "grade": "certain"},
        "relayed_by": None,
        "carrier": None,
        "remark": None,
    }


def test_relayed_piece_as_an_article_row():
    """Who relays is a speaker of its own; the carrier is a pair of offsets."""
    relayed = dataclasses.replace(
        QUOTE, kind="partial", relayed_by=Speaker("Moreau", 0, 6), carrier=(1, 40), remark="Odd."
    )
    row = relayed.as_dict()
    assert row["relayed_by"] == {
        "text": "Moreau",
        "start": 0,
        "end": 6,
        "name": None,
        "kind": "unknown",
        "attribution": {"rule": "unknown", "grade": "guess"},
    }
    assert (row["carrier"], row["remark"]) == ([1, 40], "Odd.")


def test_quote_without_a_speaker_has_nulls():
    """Unknown is never a person."""
    row = dataclasses.replace(QUOTE, speaker=None).as_dict()
    assert (row["speaker"], row["speaker_start"], row["speaker_end"]) == (None, None, None)
    assert (row["speaker_name"], row["speaker_kind"], row["attribution"]) == (None, None, None)


def test_quote_runs_from_its_first_part_to_its_last():
    """Start and end are those of the parts."""
    assert (QUOTE.start, QUOTE.end) == (1, 40)


def test_statement_as_a_json_row():
    """Text and labels first, then what it is, its traits, its readers and its place."""
    statement = Statement(
        text="We will talk.",
        labels={"stance": "diplomatic"},
        kind="statement",
        group="trade",
        source="trade.jsonl",
        line=3,
        readers={"stance": ("diplomatic", "none")},
        traits={"topic": "trade"},
    )
    assert list(statement.as_dict().items()) == [
        ("text", "We will talk."),
        ("stance", "diplomatic"),
        ("kind", "statement"),
        ("group", "trade"),
        ("topic", "trade"),
        ("readers", {"stance": ["diplomatic", "none"]}),
        ("source", "trade.jsonl"),
        ("line", 3),
    ]


def test_statement_without_readers_leaves_them_out():
    """A user's file has none."""
    row = Statement(text="x", labels={}, kind="phrase", group="g", source="a.csv", line=2).as_dict()
    assert row == {"text": "x", "kind": "phrase", "group": "g", "source": "a.csv", "line": 2}


@given(st.text(st.characters(exclude_categories=())))
def test_json_forms_are_json(text):
    """Every row is plain data that survives writing and reading, whatever the text."""
    row = BOTH._replace(text=text).as_dict()
    assert json.loads(json.dumps(row)) == row
    quote = dataclasses.replace(QUOTE, text=text, speaker=Speaker(text, 21, 26)).as_dict()
    assert json.loads(json.dumps(quote)) == quote


@pytest.mark.parametrize(
    "record", [EXPLAINED, QUOTE, Speaker("Lindt", 21, 26)], ids=lambda record: type(record).__name__
)
def test_records_are_frozen(record):
    """What crosses a border is not changed behind it."""
    name = dataclasses.fields(record)[0].name
    with pytest.raises(dataclasses.FrozenInstanceError, match=rf"^cannot assign to field '{name}'$"):
        setattr(record, name, "other")


# Labels


def test_labels_of_the_codebook_in_their_order():
    """The order is part of the model format and of every table."""
    assert HEADS == {
        "stance": ("escalatory", "diplomatic", "critical", "none"),
        "sentiment": ("negative", "neutral", "positive"),
    }
    assert [str(label) for label in Stance] == ["escalatory", "diplomatic", "critical", "none"]
    assert [str(label) for label in Sentiment] == ["negative", "neutral", "positive"]


def test_every_label_has_a_meaning():
    """One line each, and none without its label."""
    assert list(MEANINGS) == [*HEADS["stance"], *HEADS["sentiment"]]
    assert "" not in MEANINGS.values()


@pytest.mark.parametrize(
    ("labels", "expected"),
    [
        ({"none", "critical", "escalatory", "diplomatic"}, ("escalatory", "diplomatic", "critical", "none")),
        ({"none", "escalatory"}, ("escalatory", "none")),
        ({"positive", "negative"}, ("negative", "positive")),
        ({"pro", "con", "none"}, ("con", "none", "pro")),
        ({"negative", "critical"}, ("critical", "negative")),
        (set(), ()),
    ],
)
def test_labels_stand_in_canonical_order(labels, expected):
    """The codebook's order for its own labels, the alphabet's for any other set."""
    assert in_canonical_order(labels) == expected
    assert {type(label) for label in in_canonical_order(labels)} <= {str}


# Resources


def test_checkout_is_its_own_root():
    """Beside the package stand ``seeds`` and ``data``."""
    assert os.path.isdir(os.path.join(resources.root(), "seeds"))
    assert os.path.isdir(os.path.join(resources.root(), "data"))


def test_wheel_carries_its_files_inside(tmp_path, monkeypatch):
    """Where the bundle exists, it is the root."""
    monkeypatch.setattr(resources, "_BUNDLE", str(tmp_path))
    assert resources.root() == str(tmp_path)
    assert resources.default_model() == str(tmp_path / "models" / "default")


def test_default_model_of_a_checkout_stands_beside_the_package(monkeypatch, tmp_path):
    """Without a bundle, the root is the package's parent."""
    monkeypatch.setattr(resources, "_PACKAGE", str(tmp_path / "stance"))
    monkeypatch.setattr(resources, "_BUNDLE", str(tmp_path / "stance" / "_bundle"))
    assert resources.default_model() == str(tmp_path / "models" / "default")
