"""Promises: labels only where the risk is kept, sets that hold the right label, thresholds from the manifest alone."""

from __future__ import annotations

import json
from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mapie.classification import SplitConformalClassifier
from small_corpus import SMALL

from stance.additions import added_columns
from stance.assessment import cross_validated
from stance.assessment.confidence import COVERAGES, confidence_tables
from stance.batch import labelled_rows, output_columns
from stance.confidence import Decider
from stance.confidence.decider import doubt
from stance.confidence.promises import Promises
from stance.errors import ModelError, UsageError
from stance.predictor import load
from stance.publish import publish
from stance.records import Prediction
from stance.training import TrainingConfig, train

LABELS = ("escalatory", "diplomatic", "critical", "none")
TONES = ("negative", "neutral", "positive")
CONFIDENCE = {
    "stance": {
        "rows": 1000,
        "risks": {"0.05": 0.9, "0.1": 0.7, "0.2": 0.5},
        "sets": {
            "class": {
                "0.8": {"escalatory": 0.4, "diplomatic": 0.3, "critical": 0.2, "none": 0.5},
                "0.9": {"escalatory": 0.2, "diplomatic": 0.15, "critical": 0.1, "none": 0.25},
            },
            "all": {"0.9": dict.fromkeys(LABELS, 0.3)},
        },
    },
    "sentiment": {
        "rows": 1000,
        "risks": {"0.01": 0.6},
        "sets": {"class": {"0.9": dict.fromkeys(TONES, 0.2)}, "all": {"0.9": dict.fromkeys(TONES, 0.2)}},
    },
}
MANIFEST = {"heads": {"stance": LABELS, "sentiment": TONES}, "confidence": CONFIDENCE}
BROKEN = [
    {"stance": CONFIDENCE["sentiment"]},
    {"stance": {**CONFIDENCE["stance"], "risks": [0.1]}},
    {"stance": {**CONFIDENCE["stance"], "risks": {"0.1": None}}},
    {"stance": {**CONFIDENCE["stance"], "risks": {"0.1": float("nan")}}},
    {"stance": {**CONFIDENCE["stance"], "sets": {"class": {}}}},
    {"sentiment": CONFIDENCE["sentiment"]},
    [],
]


class Oracle:
    """Stands for a model: probabilities are the text."""

    path = "models/oracle"
    heads = MANIFEST["heads"]
    manifest = MANIFEST

    def predict(self, text):
        """Give probabilities of stance for ``"0.1 0.2 0.3 0.4"``; of sentiment, a sure "neutral"."""
        if not text[:1].isdigit():
            reason = "no_known_terms" if text else None
            flat = dict.fromkeys(LABELS, 0.25)
            return Prediction(text, "undecided" if text else "empty", None, flat, None, {}, 0, reason)
        stance = dict(zip(LABELS, map(float, text.split()), strict=True))
        sentiment = dict(zip(TONES, (0.1, 0.8, 0.1), strict=True))
        return Prediction(text, "ok", max(stance, key=stance.get), stance, "neutral", sentiment, 5)

    def predict_many(self, texts):
        """Label several."""
        return map(self.predict, texts)


# A risk


@pytest.mark.parametrize(
    ("text", "risk", "stance", "reason"),
    [
        ("0.02 0.90 0.05 0.03", 0.05, "diplomatic", None),
        ("0.02 0.89 0.05 0.04", 0.05, None, "ambiguous:critical/diplomatic"),
        ("0.02 0.40 0.45 0.13", 0.1, None, "ambiguous:critical/diplomatic"),
        ("0.45 0.03 0.02 0.50", 0.1, None, "ambiguous:escalatory/none"),
        ("0.20 0.40 0.30 0.10", 0.1, None, "flat"),
        ("0.05 0.70 0.20 0.05", 0.1, "diplomatic", None),
        ("0.05 0.70 0.20 0.05", 0.15, "diplomatic", None),
        ("0.10 0.20 0.50 0.20", 0.2, "critical", None),
        ("0.10 0.20 0.49 0.21", 0.9, None, "flat"),
        ("0.10 0.20 0.49 0.21", None, "critical", None),
    ],
)
def test_label_is_given_where_it_is_sure_enough(text, risk, stance, reason):
    """At the threshold it is; below, the reason says whether two labels compete or none stands out."""
    decision = Decider(Oracle(), risk=risk, coverage=0.9).predict(text)
    assert (decision.stance, decision.reasons["stance"], decision.status) == (stance, reason, "ok")
    assert (decision.sentiment, decision.reasons["sentiment"]) == ("neutral", None)
    assert decision.prediction.stance is not None


def test_row_without_any_label_is_undecided():
    """The reason is that of the first head; that of the text goes first, and is nobody's "none"."""
    oracle = Oracle()
    oracle.manifest = {
        **MANIFEST,
        "confidence": {**CONFIDENCE, "sentiment": {**CONFIDENCE["sentiment"], "risks": {"0.1": 0.9}}},
    }
    decider = Decider(oracle, risk=0.1)
    row = decider.predict("0.2 0.4 0.3 0.1").as_dict()
    assert (row["status"], row["reason"], row["stance"], row["sentiment"]) == ("undecided", "flat", None, None)
    assert row["sentiment_reason"] == "ambiguous:negative/neutral"
    assert row["stance_probabilities"]["diplomatic"] == 0.4
    row = decider.predict("Zzyzx").as_dict()
    assert (row["status"], row["reason"], row["stance_reason"]) == ("undecided", "no_known_terms", "no_known_terms")
    row = decider.predict("").as_dict()
    assert (row["status"], row["reason"], row["stance_reason"]) == ("empty", None, None)


@pytest.mark.parametrize(
    ("probabilities", "reason"),
    [
        ((0.51, 0.49), "ambiguous:a/b"),
        ((0.5, 0.5), "ambiguous:a/b"),
        ((0.42, 0.42, 0.16), "ambiguous:a/b"),
        ((0.4, 0.4, 0.2), "flat"),
        ((1 / 3, 1 / 3, 1 / 3), "flat"),
        ((0.1, 0.15, 0.4, 0.35), "ambiguous:c/d"),
        ((0.1, 0.16, 0.4, 0.34), "flat"),
        ((0.15, 0.35, 0.4, 0.1), "ambiguous:b/c"),
    ],
)
def test_doubt_is_between_two_labels_or_all(probabilities, reason):
    """What two hold together is nearer to all, or nearer to an even share; names stand in alphabetical order."""
    assert doubt(dict(zip("abcd", probabilities, strict=False))) == reason


# Sets


@pytest.mark.parametrize(
    ("coverage", "per_class", "expected"),
    [
        (0.9, True, ("diplomatic", "critical")),
        (0.85, True, ("diplomatic", "critical")),
        (0.8, True, ("diplomatic",)),
        (0.1, True, ("diplomatic",)),
        (0.9, False, ("diplomatic",)),
    ],
)
def test_set_holds_what_reaches_its_threshold(coverage, per_class, expected):
    """A coverage between two of the table takes the higher; labels stand in the model's order."""
    decision = Decider(Oracle(), coverage=coverage, per_class=per_class).predict("0.19 0.55 0.10 0.16")
    assert decision.sets == {"stance": expected, "sentiment": ("neutral",)}
    assert (decision.stance, decision.reasons) == ("diplomatic", {"stance": None, "sentiment": None})


def test_set_can_be_empty_and_of_an_unread_text_there_is_none():
    """No label is as probable as the right one usually is; null is something else."""
    decider = Decider(Oracle(), coverage=0.9, per_class=False)
    assert decider.predict("0.25 0.25 0.25 0.25").as_dict()["stance_set"] == []
    assert decider.predict("Zzyzx").as_dict()["stance_set"] is None


def test_many_texts_are_decided_in_order():
    """As one by one."""
    decider = Decider(Oracle(), risk=0.1, coverage=0.9)
    texts = ["0.2 0.4 0.3 0.1", "Zzyzx", "0.0 1.0 0.0 0.0"]
    assert list(decider.predict_many(texts)) == [decider.predict(text) for text in texts]


# What cannot be promised


@pytest.mark.parametrize(
    ("settings", "sentence"),
    [
        ({}, "There is nothing to promise: give a risk, a coverage, or both."),
        ({"risk": 0.0}, "A risk of 0 is no share of wrong labels; give one between 0 and 1, such as 0.1."),
        ({"risk": 1.0}, "A risk of 1 is no share of wrong labels; give one between 0 and 1, such as 0.1."),
        ({"risk": float("nan")}, "A risk of nan is no share of wrong labels; give one between 0 and 1, such as 0.1."),
        (
            {"risk": 0.04},
            "A risk of 0.04 cannot be promised for stance; the lowest that this model can promise is 0.05.",
        ),
        ({"coverage": 0.0}, "A coverage of 0 is no share of sets; give one between 0 and 1, such as 0.9."),
        (
            {"coverage": 0.95},
            "A coverage of 0.95 cannot be promised for stance; the highest that this model can promise is 0.9.",
        ),
    ],
)
def test_promise_that_cannot_be_kept_is_refused(settings, sentence):
    """The sentence names what can be promised."""
    with pytest.raises(UsageError) as raised:
        Decider(Oracle(), **settings)
    assert str(raised.value) == sentence


def test_every_head_must_keep_the_promise():
    """The sentence names the head that cannot."""
    oracle = Oracle()
    oracle.manifest = {
        **MANIFEST,
        "confidence": {**CONFIDENCE, "sentiment": {**CONFIDENCE["sentiment"], "risks": {"0.3": 0.5}}},
    }
    with pytest.raises(UsageError) as raised:
        Decider(oracle, risk=0.2)
    assert str(raised.value) == (
        "A risk of 0.2 cannot be promised for sentiment; the lowest that this model can promise is 0.3."
    )


def test_model_without_a_single_promise_says_so():
    """Few rows promise nothing."""
    empty = {"rows": 12, "risks": {}, "sets": {"class": {}, "all": {}}}
    promises = Promises("m", {**MANIFEST, "confidence": {"stance": empty}}, "stance")
    with pytest.raises(UsageError) as raised:
        promises.confidence(0.3)
    assert str(raised.value) == (
        "No risk can be promised for stance: 12 labelled rows of the training are too few, or their labels too "
        "uncertain."
    )
    with pytest.raises(UsageError) as raised:
        promises.limits(0.9)
    assert str(raised.value) == "No sets can be promised for stance: the model was calibrated on too few rows."


def test_model_without_thresholds_is_told():
    """One that an older version trained."""
    with pytest.raises(ModelError) as raised:
        Promises("models/old", {"heads": MANIFEST["heads"]}, "stance")
    assert str(raised.value) == (
        "models/old: was trained without thresholds, so nothing can be promised. "
        "Train it again with this version of stance."
    )


@pytest.mark.parametrize("confidence", BROKEN)
def test_thresholds_that_cannot_be_read_are_told(confidence):
    """The manifest is not covered by the hash of the arrays."""
    with pytest.raises(ModelError) as raised:
        Promises("models/odd", {**MANIFEST, "confidence": confidence}, "stance")
    assert str(raised.value) == (
        "models/odd: the manifest's thresholds of stance cannot be read. Train it again or fetch it again."
    )


# What training computes


class Rows:
    """A training run as far as the thresholds look: rows with labels and out-of-fold probabilities."""

    def __init__(self, probabilities, gold, labels):
        own = SimpleNamespace(labels=labels, tested=np.arange(len(gold)), probabilities=probabilities)
        statements = [SimpleNamespace(labels={"stance": labels[column]}) for column in gold]
        self.dataset = SimpleNamespace(statements=statements)
        self.heads = {"stance": own}


def simulated(n, seed, labels=LABELS):
    """Give probabilities that mean what they say, rounded to three places, and labels drawn from them."""
    rng = np.random.default_rng(seed)
    probabilities = rng.dirichlet(np.full(len(labels), 0.4), n).round(3)
    gold = np.array([rng.choice(len(labels), p=row / row.sum()) for row in probabilities])
    return probabilities, gold


def decider_of(rows, **settings):
    """Give the decider of a model with the thresholds of these rows."""
    oracle = Oracle()
    oracle.heads = {"stance": rows.heads["stance"].labels}
    tables = json.loads(json.dumps(confidence_tables(rows)))
    oracle.manifest = {"heads": oracle.heads, "confidence": tables}
    return Decider(oracle, **settings)


def decided(decider, probabilities):
    """Decide rows of probabilities."""
    return [decider.predict(" ".join(f"{p:.3f}" for p in row)) for row in probabilities]


@pytest.mark.parametrize("risk", [0.05, 0.1, 0.2])
def test_risk_is_kept_on_rows_of_the_same_kind(risk):
    """Of two thousand new rows no more than the risk are labelled wrongly, and not because none is labelled."""
    decider = decider_of(Rows(*simulated(2_000, 0), LABELS), risk=risk)
    probabilities, gold = simulated(2_000, 1)
    given_labels = [decision.stance for decision in decided(decider, probabilities)]
    labelled = [(label, LABELS[column]) for label, column in zip(given_labels, gold, strict=True) if label]
    assert len(labelled) > 150
    assert sum(a != b for a, b in labelled) / len(labelled) <= risk


@pytest.mark.parametrize("coverage", [0.8, 0.9, 0.95])
def test_coverage_is_kept_within_every_class(coverage):
    """Of eight thousand new rows, among those of each label; three in a hundred more or less may be chance."""
    decider = decider_of(Rows(*simulated(8_000, 2), LABELS), coverage=coverage)
    probabilities, gold = simulated(8_000, 3)
    held = np.array([LABELS[g] in d.sets["stance"] for d, g in zip(decided(decider, probabilities), gold, strict=True)])
    for column in range(len(LABELS)):
        assert coverage - 0.03 <= held[gold == column].mean() <= coverage + 0.03


@settings(max_examples=15, deadline=None)
@given(seed=st.integers(0, 10_000), coverage=st.sampled_from(COVERAGES), n=st.integers(4, 80))
def test_class_sets_are_those_of_the_p_values(seed, coverage, n):
    """By definition: a label is in the set when its p-value among the rows of that label is above one less coverage."""
    probabilities, gold = simulated(n, seed)
    decider = decider_of(Rows(probabilities, gold, LABELS), coverage=coverage)
    rows, _ = simulated(20, seed + 1)
    for row, decision in zip(rows, decided(decider, rows), strict=True):
        expected = []
        for column, label in enumerate(LABELS):
            own = probabilities[gold == column, column]
            p_value = (np.count_nonzero(own <= row[column]) + 1) / (len(own) + 1)
            if p_value > 1 - coverage + 1e-9:
                expected.append(label)
        assert decision.sets["stance"] == tuple(expected)


class Table:
    """A fitted classifier whose features are the probabilities, as MAPIE wants one."""

    classes_ = np.arange(len(LABELS))

    def fit(self, *_):
        """Do nothing."""
        return self

    def predict_proba(self, rows):
        """Give the rows themselves."""
        return rows / rows.sum(axis=1, keepdims=True)

    def predict(self, rows):
        """Give the most probable column."""
        return rows.argmax(axis=1)

    def __sklearn_is_fitted__(self):
        return True


@pytest.mark.parametrize("coverage", [0.6, 0.8, 0.9, 0.95])
def test_sets_over_all_are_those_of_mapie(coverage):
    """With the same scores (one less the probability) another library makes the same sets."""
    probabilities, gold = simulated(500, 4)
    probabilities /= probabilities.sum(axis=1, keepdims=True)
    rows = simulated(300, 5)[0]
    rows /= rows.sum(axis=1, keepdims=True)
    theirs = SplitConformalClassifier(Table(), confidence_level=coverage, conformity_score="lac", prefit=True)
    _, sets = theirs.conformalize(probabilities, gold).predict_set(rows)
    decider = decider_of(Rows(probabilities, gold, LABELS), coverage=coverage, per_class=False)
    own = [decider.predict(" ".join(map(repr, map(float, row)))).sets["stance"] for row in rows]
    # MAPIE leaves no set empty; where ours is, none of theirs is compared
    expected = [tuple(np.array(LABELS)[row]) for row in sets[:, :, 0]]
    different = [(a, b) for a, b in zip(own, expected, strict=True) if a and a != b]
    assert different == []
    assert sum(map(bool, own)) > 150


def test_thresholds_fall_with_the_risk_and_the_coverage():
    """More risk or more coverage lets more through; rounding never lets the row at the threshold fall out."""
    table = confidence_tables(Rows(*simulated(1_000, 6), LABELS))["stance"]
    assert table["rows"] == 1_000
    for limits in table["sets"]["class"].values():
        assert list(limits) == list(LABELS)
    for label in LABELS:
        falling = [limits[label] for limits in table["sets"]["class"].values()]
        assert falling == sorted(falling, reverse=True)
    assert min(table["risks"].values()) < 0.5 < max(table["risks"].values())


# In the model folder and in files


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Publish a small model."""
    folder = tmp_path_factory.mktemp("models") / "small"
    trained = train(SMALL, TrainingConfig(folds=3, grid=(4.0,)))
    publish(trained, cross_validated(trained, source="small", with_errors=False), folder, source="small")
    return folder


@pytest.fixture
def predictor(folder):
    """Open it with the thresholds of this file, fifty rows being too few for any."""
    opened = load(str(folder))
    opened.manifest = {**opened.manifest, "confidence": CONFIDENCE}
    return opened


def test_training_writes_what_prediction_reads(folder):
    """Fifty rows promise sets, and few risks or none."""
    opened = load(str(folder))
    assert opened.deciding(coverage=0.9).predict("We welcome the talks.").sets["stance"]
    assert opened.manifest["confidence"]["stance"]["rows"] == len([s for s in SMALL.statements if s.kind != "phrase"])
    with pytest.raises(UsageError, match=r"^(No risk|A risk of 0\.01) can"):
        opened.deciding(risk=0.01)


@pytest.mark.parametrize("flat", [False, True])
def test_rows_of_a_file_get_reasons_and_sets(predictor, tmp_path, flat):
    """The label goes where it is undecided, the probabilities stay, and the prediction itself is as it was."""
    source = tmp_path / "in.jsonl"
    texts = ["We welcome the talks.", "Zzyzx", "", 5, "They talk of the promise and the border."]
    source.write_text("".join(json.dumps({"text": text}) + "\n" for text in texts), encoding="utf-8")
    decider = predictor.deciding(risk=0.1, coverage=0.9)
    plain = list(labelled_rows(predictor, str(source), flat=flat))
    rows = list(labelled_rows(predictor, str(source), flat=flat, additions=[decider]))
    added = ["stance_reason", "sentiment_reason", "stance_set", "sentiment_set"]
    assert [list(row) for row in rows] == [[*before, *added] for before in plain]
    assert [row["status"] for row in rows][1:4] == ["undecided", "empty", "not text: int"]
    assert [row["stance_set"] for row in rows][1:4] == [None, None, None]
    assert rows[1]["stance_reason"] == "no_known_terms"
    for row, before in zip(rows, plain, strict=True):
        assert row["stance"] in (None, before["stance"])
        assert (row["stance"] is None) == (row["stance_reason"] is not None or before["stance"] is None)
    assert rows[0]["stance"] == "diplomatic"
    assert (rows[4]["stance_reason"], plain[4]["stance"]) == ("ambiguous:escalatory/none", "none")


def test_label_that_makes_two_columns_of_one_name_is_refused(predictor):
    """A table cannot hold both; JSON keeps labels and sets apart."""
    predictor.heads = {"stance": ("set", "other")}
    predictor.manifest = {
        "heads": predictor.heads,
        "confidence": {
            "stance": {
                "rows": 9,
                "risks": {},
                "sets": {"class": {"0.9": {"set": 0.1, "other": 0.1}}, "all": {"0.9": {"set": 0.1, "other": 0.1}}},
            }
        },
    }
    decider = predictor.deciding(coverage=0.9)
    with pytest.raises(UsageError) as raised:
        added_columns(output_columns(predictor, flat=True), [decider], flat=True)
    assert str(raised.value) == (
        'Two output columns would be called "stance_set", one after a label; write .jsonl instead.'
    )
    assert added_columns(output_columns(predictor, flat=False), [decider], flat=False)[-1] == "stance_set"
