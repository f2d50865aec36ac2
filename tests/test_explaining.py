"""An explanation adds up, points at its words, and what it says of deletions is so."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from small_corpus import GATED, SMALL

from stance.assessment import cross_validated
from stance.explaining import deletion
from stance.explaining.cells import Explained
from stance.explaining.deletion import without
from stance.predictor import load
from stance.publish import publish
from stance.text.analysis import spans_of_words
from stance.training import TrainingConfig, train

WORDS = sorted({word for s in GATED.statements for word in s.text.split()})
ANY_TEXT = st.text(st.characters(exclude_categories=()), max_size=30)
TEXTS = st.lists(st.one_of(st.sampled_from(WORDS), ANY_TEXT), max_size=12).map(" ".join)
SHORT_TEXTS = st.lists(st.sampled_from(WORDS), min_size=3, max_size=6).map(" ".join)
OFF_TOPIC = "The striker crushed the visitors with three goals."


@pytest.fixture(scope="module")
def predictor(tmp_path_factory):
    """Train, publish and open a model with a gate before the stance."""
    folder = tmp_path_factory.mktemp("models") / "gated"
    trained = train(GATED, TrainingConfig(folds=3, grid=(4.0,), fewest_off_topic=6))
    publish(trained, cross_validated(trained, source="small", with_errors=False), folder, source="small")
    return load(str(folder))


@pytest.fixture(scope="module")
def ungated(tmp_path_factory):
    """Train, publish and open a model without a gate."""
    folder = tmp_path_factory.mktemp("models") / "small"
    trained = train(SMALL, TrainingConfig(folds=3, grid=(4.0,)))
    publish(trained, cross_validated(trained, source="small", with_errors=False), folder, source="small")
    return load(str(folder))


# Sums


@settings(max_examples=60, deadline=None)
@given(text=TEXTS, head=st.sampled_from(["stance", "sentiment"]))
def test_every_part_adds_up(predictor, text, head):
    """Label, difference and gate: intercept and contributions give the score, and the scores are the prediction's."""
    reasons = predictor.reasons(text, head, deletion=False)
    parts = [reasons.explanation, reasons.comparison, *([reasons.gate] if reasons.gate else [])]
    for part in parts:
        assert part.intercept + sum(c.weight for c in part.contributions) == pytest.approx(part.score, abs=1e-9)
    against = predictor.explain(text, head, reasons.comparison.against)
    assert reasons.explanation == predictor.explain(text, head, reasons.label)
    assert reasons.explanation.score - against.score == pytest.approx(reasons.comparison.score, abs=1e-9)


@settings(max_examples=60, deadline=None)
@given(text=TEXTS, head=st.sampled_from(["stance", "sentiment"]))
def test_label_and_runner_up_are_the_two_most_probable(predictor, text, head):
    """In the order of the prediction, whether or not the text is decided."""
    prediction = predictor.predict(text)
    reasons = predictor.reasons(text, head, deletion=False)
    ordered = sorted(prediction.probabilities(head).values(), reverse=True)
    assert dict(reasons.probabilities) == prediction.probabilities(head)
    assert [reasons.probabilities[label] for label in (reasons.label, reasons.comparison.against)] == ordered[:2]
    assert prediction.label(head) in (None, reasons.label)


@settings(max_examples=60, deadline=None)
@given(text=TEXTS)
def test_contributions_stand_in_the_text(predictor, text):
    """Offsets lie in the text, in text order, and the JSON form carries the words between them."""
    reasons = predictor.reasons(text, deletion=False)
    for part, listed in (
        (reasons.explanation, reasons.as_dict()["contributions"]),
        (reasons.comparison, reasons.as_dict()["runner_up"]["contributions"]),
    ):
        places = [(c.start, c.end) for c in part.contributions]
        assert places == sorted(places)
        assert all(0 <= start < end <= len(text) for start, end in places)
        assert [row["text"] for row in listed] == [text[start:end] for start, end in places]


def test_two_scores_apart_make_the_odds(ungated):
    """Without a gate the difference is the logarithm of the ratio of the two probabilities."""
    from math import log

    reasons = ungated.reasons("We welcome the talks, but we will attack.", deletion=False)
    first, second = reasons.probabilities[reasons.label], reasons.probabilities[reasons.comparison.against]
    assert reasons.comparison.score == pytest.approx(log(first / second), abs=1e-9)
    assert (reasons.relevance, reasons.gate) == (None, None)


# The gate


def gate_alone(predictor):
    """Give a text whose label comes from the gate alone."""
    texts = [s.text for s in GATED.statements if s.off_topic]
    texts += [f"{a} {b}" for a in texts for b in ("We will attack.", "They seized it by force.", "It is shameful.")]
    return next(text for text in texts if predictor.reasons(text, deletion=False).gate is not None)


def test_a_label_of_the_gate_is_told_as_such(predictor):
    """Not about politics: so say the contributions to the other side of the relevance, which is below one half."""
    text = gate_alone(predictor)
    reasons = predictor.reasons(text)
    assert (reasons.label, reasons.gate.head, reasons.gate.label) == ("none", "relevance", "other")
    assert reasons.gate == predictor.explain(text, "relevance", "other")
    assert reasons.deciding == reasons.gate.strongest()
    assert reasons.comparison.score < 0
    assert reasons.relevance < 0.5
    listed = reasons.as_dict()["gate"]
    assert listed["intercept"] + sum(c["weight"] for c in listed["contributions"]) == pytest.approx(listed["score"])


def test_a_label_of_the_words_owes_nothing_to_the_gate(predictor):
    """The relevance is told; the gate is not, and the sentiment has none."""
    reasons = predictor.reasons("We welcome the talks.", deletion=False)
    assert reasons.gate is None
    assert reasons.relevance > 0.5
    assert reasons.deciding == reasons.explanation.strongest()
    assert predictor.reasons(OFF_TOPIC, "sentiment", deletion=False).relevance is None


def test_head_that_is_not_there_is_a_key_error(predictor):
    """As in :meth:`explain`."""
    with pytest.raises(KeyError):
        predictor.reasons("We talk.", "topic")


# Deletions


def others(predictor, text, head, label, size):
    """Give the sets of some size without which the text has another label, by trying all of them."""
    return [
        words
        for words in combinations(spans_of_words(text), size)
        if predictor.predict(without(text, words)).label(head) not in (None, label)
    ]


@settings(max_examples=40, deadline=None)
@given(text=SHORT_TEXTS, head=st.sampled_from(["stance", "sentiment"]))
def test_smallest_deletion_is_the_smallest(predictor, text, head):
    """Its words are words of the text, it does what it says, and no smaller set does, by brute force."""
    label = predictor.predict(text).label(head)
    found = predictor.reasons(text, head).deletion
    sizes = range(1, len(spans_of_words(text)) + 1)
    possible = [size for size in sizes if label is not None and others(predictor, text, head, label, size)]
    assert (found is None) == (not possible)
    if found is not None:
        assert found.smallest
        assert len(found.words) == possible[0]
        assert found.words in others(predictor, text, head, label, len(found.words))
        assert found.remaining == without(text, found.words)
        assert predictor.predict(found.remaining).label(head) == found.label != label


@settings(max_examples=40, deadline=None)
@given(text=TEXTS)
def test_any_deletion_changes_the_label(predictor, text):
    """On any text, and asking twice gives the same."""
    reasons = predictor.reasons(text)
    assert reasons == predictor.reasons(text)
    if reasons.deletion is not None:
        assert predictor.predict(reasons.deletion.remaining).stance == reasons.deletion.label != reasons.label
        assert list(reasons.deletion.words) == sorted(set(reasons.deletion.words))


def test_a_fresh_model_says_the_same(predictor):
    """Nothing depends on what was asked before."""
    text = "We don't accept the agenda, it's false and shameful."
    assert load(predictor.path).reasons(text) == predictor.reasons(text)


def test_greedy_set_holds_no_superfluous_word(predictor, monkeypatch):
    """Where not every smaller set can be tried, the set says so, and putting back any of its words undoes it."""
    text = "We don't accept the agenda, it's false and shameful."
    exact = predictor.reasons(text).deletion
    monkeypatch.setattr(deletion, "MOST_TRIES", 0)
    greedy = predictor.reasons(text).deletion
    assert (exact.smallest, greedy.smallest) == (True, False)
    assert len(greedy.words) >= len(exact.words) > 2
    for word in greedy.words:
        rest = [other for other in greedy.words if other != word]
        assert predictor.predict(without(text, rest)).stance in (None, "critical")


def test_exact_search_finds_what_greedy_deletion_misses(predictor, monkeypatch):
    """Greedy deletion gives up at once here, and every set of two and more is tried."""
    text = "We don't accept the agenda, it's false and shameful."
    exact = predictor.reasons(text).deletion
    monkeypatch.setattr(deletion, "MOST_WORDS", 1)
    assert len(predictor.reasons(text).deletion.words) == len(exact.words)


def test_words_beyond_those_considered_make_no_promise(predictor, monkeypatch):
    """A set of several words among the weightiest is not called the smallest of all."""
    text = "We don't accept the agenda, it's false and shameful."
    monkeypatch.setattr(deletion, "MOST_CONSIDERED", 6)
    found = predictor.reasons(text).deletion
    assert found is not None
    assert not found.smallest


def test_text_without_a_label_has_no_deletion(predictor):
    """Undecided is no label that could change, and an article is too long to try."""
    assert predictor.reasons("Zzyzx qwrtp.").deletion is None
    assert predictor.reasons("").deletion is None
    assert predictor.reasons("We welcome the talks. " * 126).deletion is None
    assert predictor.reasons("We welcome the talks.", deletion=False).deletion is None


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        ("We will talk.", [(3, 7)], "We  talk."),
        ("We will talk.", [(8, 12), (0, 2)], " will ."),
        ("no/yes/no", [(3, 6)], "no/ /no"),
        ("no", [(0, 2)], ""),
        ("We talk", [], "We talk"),
    ],
)
def test_without_leaves_the_rest_as_it_is(text, words, expected):
    """Words go, in whatever order they are named; what stood beside them does not grow together."""
    assert without(text, words) == expected


def test_words_are_no_clause_marks():
    """Contractions and acronyms are words; marks and entities are none."""
    text = "U.S. won't &amp; can’t — go: 3.5%, _so_"
    assert [text[a:b] for a, b in spans_of_words(text)] == ["U.S.", "won't", "can’t", "go", "3.5", "_so_"]


# The column


def test_column_holds_every_head_and_what_is_near(predictor):
    """One object a text; in a table it is the same as text."""
    import json

    addition = Explained(predictor)
    prediction = predictor.predict("We welcome the talks.")
    cell = addition.cells(prediction, flat=False)["explanation"]
    assert addition.columns(flat=True) == ["explanation"]
    assert list(cell) == ["stance", "sentiment", "nearest"]
    assert cell["stance"] == predictor.reasons("We welcome the talks.").as_dict()
    assert cell["nearest"] == [each.as_dict() for each in predictor.nearest("We welcome the talks.")]
    assert json.loads(addition.cells(prediction, flat=True)["explanation"]) == json.loads(json.dumps(cell))


@pytest.mark.parametrize("flat", [True, False])
def test_text_that_cannot_be_judged_is_not_explained(predictor, flat):
    """There is no label whose reasons could be given."""
    assert Explained(predictor).cells(predictor.predict("Zzyzx qwrtp."), flat=flat) == {"explanation": None}
