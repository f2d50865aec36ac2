"""An explanation adds up, points at its words, and what it says of deletions is so."""

from __future__ import annotations

import json
from collections import Counter
from itertools import combinations
from math import log
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from small_corpus import GATED, SMALL

from stance.assessment import cross_validated
from stance.explaining import deletion
from stance.explaining.cells import Explained
from stance.explaining.deletion import without
from stance.explaining.lead import Lead
from stance.explaining.losses import Losses
from stance.explaining.occurrences import read, shares
from stance.predictor import load
from stance.publish import publish
from stance.text.units import spans_of_words
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
def test_a_deletion_is_what_it_says(predictor, text, head):
    """Its words are words of the text, it changes the label, and it is called the smallest only if it is."""
    label = predictor.predict(text).label(head)
    found = predictor.reasons(text, head).deletion
    if found is not None:
        assert found.words in others(predictor, text, head, label, len(found.words))
        assert found.smallest == (len(found.words) == 1)
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


def test_deletions_are_nearly_always_the_smallest():
    """The default model against brute force: as small in nine of ten cases where one or two words decide."""
    model = load()
    rows = (Path(__file__).parent / "cases" / "suites" / "reversals.jsonl").read_text("utf-8").splitlines()
    sizes = []
    for text in [json.loads(row)["one"] for row in rows[::4]]:
        for head in model.heads:
            label = model.predict(text).label(head)
            possible = [size for size in (1, 2) if label is not None and others(model, text, head, label, size)]
            if possible:
                found = model.reasons(text, head).deletion
                sizes.append((possible[0], len(found.words) if found else 0))
    assert min(Counter(smallest for smallest, _ in sizes).values()) >= 15
    assert sum(smallest == found for smallest, found in sizes) >= 0.9 * len(sizes), sizes


def test_superfluous_words_are_put_back(predictor, monkeypatch):
    """Of a set that holds one, what is left still changes the label, and not without any one of its words."""
    text = "We don't accept the agenda, it's false and shameful."
    words = next(each for each in others(predictor, text, "stance", "critical", 5) if (16, 19) in each)
    assert text[16:19] == "the"
    monkeypatch.setattr(deletion, "_candidates", lambda *_: iter([words]))
    monkeypatch.setattr(deletion, "NEARLY", 1.0)
    found = predictor.reasons(text).deletion
    assert 1 <= len(found.words) < len(words)
    assert predictor.predict(found.remaining).stance == found.label != "critical"
    for word in found.words:
        rest = [other for other in found.words if other != word]
        assert predictor.predict(without(text, rest)).stance in (None, "critical")


@pytest.mark.parametrize("most", [0, 1, 2])
def test_predictions_are_bounded(predictor, monkeypatch, most):
    """However many sets the estimate names."""
    calls = []
    own = predictor.label
    monkeypatch.setattr(predictor, "label", lambda text, head: calls.append(text) or own(text, head))
    monkeypatch.setattr(deletion, "MOST_TRIES", most)
    for statement in GATED.statements:
        calls.clear()
        found = predictor.reasons(statement.text).deletion
        assert len(calls) <= most
        assert found is None or found.remaining in calls


@settings(max_examples=60, deadline=None)
@given(text=TEXTS, head=st.sampled_from(["stance", "sentiment"]))
def test_label_is_that_of_the_prediction(predictor, text, head):
    """The short way gives the same, undecided texts included."""
    assert predictor.label(text, head) == predictor.predict(text).label(head)


# The estimate


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("We welcome the talks.", "We welcome the talks"),
        ("We will not attack the bridge; we accept the offer.", "will attack bridge accept offer"),
        ("They don't accept the agenda, it's false and shameful.", "They don't accept the agenda it's shameful"),
        ("The army will attack and the committee will meet.", "army attack and committee meet"),
        ("Our army will attack the bridge.", "Our army will attack the bridge"),
    ],
)
def test_losses_are_those_of_the_prediction(predictor, text, words):
    """Exact for words that stand once and bring no others together: shifters, the leading act, the only "we"."""
    found = read(predictor, text)
    every = range(len(found.scores))
    losses = Losses(predictor, found, shares(predictor, found, every), every)
    assert losses.scores(losses.whole) == pytest.approx(found.scores, abs=1e-9)
    spans = {text[start:end]: (start, end) for start, end in losses.added()}
    for word in words.split():
        then = read(predictor, without(text, [spans[word]]))
        assert losses.scores(losses.without(losses.whole, spans[word])) == pytest.approx(then.scores, abs=1e-9)


@pytest.mark.parametrize("head", ["stance", "sentiment"])
@pytest.mark.parametrize("text", ["We welcome the talks.", OFF_TOPIC, "The army will attack the visitors."])
def test_slopes_are_the_derivatives(predictor, text, head):
    """Of the log-odds against each other label, by small steps of each score, the gate's included."""
    label = predictor.reasons(text, head, deletion=False).label
    lead = Lead(predictor, head, label)
    scores = [read(predictor, text).scores[c] for c in lead.columns]

    def odds(scores):
        given = dict(
            zip(predictor.heads[head], predictor.head_probabilities(head, scores[:-1], scores[-1]), strict=True)
        )
        return [log(given[label] / given[other]) for other in rivals]

    final = predictor.head_probabilities(head, scores[:-1], scores[-1])
    given = dict(zip(predictor.heads[head], final, strict=True))
    rivals = sorted((other for other in given if other != label), key=lambda other: -given[other])[:2]

    for column in range(len(scores)):
        up, down = ([s + e * (c == column) for c, s in enumerate(scores)] for e in (1e-5, -1e-5))
        steps = [(a - b) / 2e-5 for a, b in zip(odds(up), odds(down), strict=True)]
        assert [slopes[column] for slopes in lead.slopes(scores)] == pytest.approx(steps, abs=1e-6)


def test_text_without_a_label_has_no_deletion(predictor):
    """Undecided is no label that could change."""
    assert predictor.reasons("Zzyzx qwrtp.").deletion is None
    assert predictor.reasons("").deletion is None
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
