"""The predictor gives the probabilities of the scikit-learn pipeline it was made from, on any text, by any path."""

from __future__ import annotations

from itertools import islice, repeat
from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from scipy.special import expit, softmax
from small_corpus import GATED, SMALL, relabelled
from term_spans import term_spans

from stance.assessment import cross_validated
from stance.model import read_model
from stance.pipelines import pipelines
from stance.predictor import Predictor, load
from stance.publish import publish
from stance.records import Prediction
from stance.text import is_slot, units_in
from stance.text.tokens import BREAK
from stance.training import TrainingConfig, train

TONES = {"negative": "negative", "neutral": "neutral", "positive": "positive"}
VARIANTS = {
    "both heads": SMALL,
    "a gate before the stance": GATED,
    "stance alone, labels of one's own": relabelled(stance={"escalatory": "war", "diplomatic": "peace", "none": "-"}),
    "sentiment alone, two classes": relabelled(sentiment={"negative": "bad", "neutral": "good", "positive": "good"}),
    "two classes beside three": relabelled(
        stance={"critical": "critical", "escalatory": "escalatory"}, sentiment=TONES
    ),
}
FILLERS = ["We welcome the talks."] * 256  # from the second such chunk on, NumPy does the sums

WORDS = sorted({word for s in SMALL.statements for word in s.text.split()})
ANY_TEXT = st.text(st.characters(exclude_categories=()), max_size=40)
TEXTS = st.lists(st.one_of(st.sampled_from(WORDS), ANY_TEXT), max_size=12).map(" ".join)
SPECIAL = {
    "nothing": "",
    "white space": " \t\r\n\u2028\u3000",
    "a word many times": "strike " * 5_000,
    "names alone": "Iran, China, Russia.",
    "no known word": "zzyzx qwrtp.",
    "letters that hold a space": "ͺ ﷺ ﱞ ⑴ ½ ﬁ",
    "other scripts": "会議 は 中国 Ελλάδα Беларусь עברית العربية 🙂🇺🇸",
    "a lone surrogate": "peace \ud800 talks",
    "controls": "peace\x00talks\x1b[31m",
    "negation to the end": "We will not, not, not attack Ghana",
}
MEGABYTES = {
    "of statements": (" ".join(s.text for s in SMALL.statements) * 400)[:1_000_000],
    "without a space": "ab" * 500_000,
    "of apostrophes": "n't’s" * 200_000,
}


@pytest.fixture(scope="module", params=VARIANTS.values(), ids=VARIANTS.keys())
def model(request, tmp_path_factory):
    """Train and publish a model; give it with a predictor that has read its vocabulary and the pipelines."""
    return published(request.param, tmp_path_factory.mktemp("models") / "small")


@pytest.fixture(scope="module")
def both(tmp_path_factory):
    """Give the model of both heads alone."""
    return published(SMALL, tmp_path_factory.mktemp("models") / "both")


@pytest.fixture(scope="module")
def gated(tmp_path_factory):
    """Give the model with a gate before the stance."""
    return published(GATED, tmp_path_factory.mktemp("models") / "gated")


class Model(SimpleNamespace):
    """A model by every path to its probabilities; its arrays are too long for hypothesis to print."""

    def __init__(self, path, trained, warm, pipelines):
        super().__init__(path=path, trained=trained, warm=warm, pipelines=pipelines)

    def __repr__(self):
        return f"Model({self.path!r})"


def published(dataset, folder):
    trained = train(dataset, TrainingConfig(folds=3, grid=(4.0,), fewest_off_topic=6))
    publish(trained, cross_validated(trained, source="small", with_errors=False), folder, source="small")
    warm = load(str(folder))
    assert len(list(warm.predict_many(FILLERS))) == 256
    return Model(str(folder), trained, warm, pipelines(trained))


def tables(predictions, heads):
    return {head: np.array([list(p.probabilities(head).values()) for p in predictions]) for head in heads}


def pipeline_tables(model, texts):
    """Give the pipelines' probabilities, columns in the order of the model's labels."""
    found = {}
    for head, labels in model.warm.heads.items():
        order = [list(model.pipelines[head].classes_).index(label) for label in labels]
        found[head] = model.pipelines[head].predict_proba(texts)[:, order]
    return found


def assert_all_agree(model, texts):
    """One by one from the file, one by one from the dicts, together in NumPy, and scikit-learn: equal to 1e-9."""
    cold = [load(model.path).predict(text) for text in texts]
    warm = [model.warm.predict(text) for text in texts]
    bulk = list(model.warm.predict_many([*FILLERS, *texts]))[256:]
    expected = pipeline_tables(model, texts)
    for predictions in (cold, warm, bulk):
        assert [p.text for p in predictions] == list(texts)
        assert [(p.status, p.known_terms) for p in predictions] == [(p.status, p.known_terms) for p in cold]
        for head, table in tables(predictions, model.warm.heads).items():
            np.testing.assert_allclose(table, expected[head], rtol=0, atol=1e-9)


@settings(max_examples=25, deadline=None)
@given(texts=st.lists(TEXTS, min_size=1, max_size=8))
@example(texts=["ﷺ, read out", "ͺ"])
def test_every_path_gives_the_probabilities_of_the_pipeline(model, texts):
    """Binary search, dicts, NumPy and scikit-learn agree on whatever text there is."""
    assert_all_agree(model, texts)


@pytest.mark.parametrize("text", SPECIAL.values(), ids=SPECIAL.keys())
def test_every_path_agrees_on_awkward_texts(model, text):
    """So they do on empty, foreign and broken texts."""
    assert_all_agree(model, [text])


@pytest.mark.parametrize("text", MEGABYTES.values(), ids=MEGABYTES.keys())
def test_every_path_agrees_on_a_megabyte(both, text):
    """So they do on a text far longer than any statement."""
    assert_all_agree(both, [text])


def test_every_path_agrees_on_the_training_texts(model):
    """So they do where nearly every term is known."""
    assert_all_agree(model, [s.text for s in SMALL.statements])


def test_a_stream_is_labelled_in_order(model):
    """More than two chunks come out as they went in, each text as it would alone."""
    texts = [f"{s.text} {n}" for n in range(12) for s in SMALL.statements]
    together = list(model.warm.predict_many(texts))
    assert [p.text for p in together] == texts
    assert [p.as_dict() for p in together] == [model.warm.predict(text).as_dict() for text in texts]


def test_an_endless_stream_is_read_as_it_is_needed(model):
    """Prediction takes a chunk at a time, so a stream without end gives results."""
    endless = model.warm.predict_many(repeat("We welcome the talks."))
    assert [p.status for p in islice(endless, 600)] == ["ok"] * 600


# What a prediction says


@settings(max_examples=50, deadline=None)
@given(text=TEXTS)
def test_known_terms_are_the_words_that_have_a_weight(model, text):
    """Names, places and numbers are slots and no knowledge; a word is known by its training texts or by its vector."""
    weighted = set(model.trained.vocabulary) | set(model.trained.reading.words.units)
    known = {unit for unit in units_in(text) if unit is not BREAK and not is_slot(unit) and unit in weighted}
    prediction = model.warm.predict(text)
    assert prediction.known_terms == len(known)
    assert (prediction.status == "empty") == (not text.strip())
    assert (prediction.reason is None) == (prediction.status != "undecided")


@settings(max_examples=50, deadline=None)
@given(text=TEXTS)
def test_probabilities_are_probabilities(model, text):
    """They lie in [0, 1] and sum to one for every head, decided or not."""
    prediction = model.warm.predict(text)
    for head, labels in model.warm.heads.items():
        own = prediction.probabilities(head)
        assert tuple(own) == labels
        assert min(own.values()) >= 0
        assert sum(own.values()) == pytest.approx(1)


def test_the_label_is_the_most_probable(model):
    """A decided text has the label of highest probability in every head that the model has."""
    decided = [p for p in (model.warm.predict(s.text) for s in SMALL.statements) if p.status == "ok"]
    assert len(decided) > 40
    for prediction in decided:
        for head in model.warm.heads:
            assert prediction.probabilities(head)[prediction.label(head)] == max(
                prediction.probabilities(head).values()
            )


REASONS = {
    "": ("empty", None),
    " \n\u3000": ("empty", None),
    "…": ("undecided", "no_known_terms"),
    "zzyzx qwrtp.": ("undecided", "no_known_terms"),
    "Iran.": ("undecided", "no_known_terms"),
    "1999, Ghana": ("undecided", "no_known_terms"),
    "barely Iran": ("undecided", "few_known_terms"),
    "peace": ("undecided", "few_known_terms"),
    "and so on": ("undecided", "few_known_terms"),
    "Wir werden weiter mit ihnen verhandeln.": ("undecided", "not_english"),
    "signed peace": ("undecided", "few_known_terms"),
    "Iran threatens Ghana": ("ok", None),
    "they signed peace": ("ok", None),
}


@pytest.mark.parametrize(("text", "expected"), REASONS.items())
def test_status_and_reason(both, text, expected):
    """Blank is empty; slots, a single word, function words alone and other languages are undecided, with the reason."""
    prediction = both.warm.predict(text)
    assert (prediction.status, prediction.reason) == expected


def test_an_undecided_text_has_probabilities_and_no_label(both):
    """What is not decided gets no label, yet its row has the same shape."""
    prediction = both.warm.predict("zzyzx qwrtp.")
    assert (prediction.stance, prediction.sentiment, prediction.known_terms) == (None, None, 0)
    assert list(prediction.stance_probabilities) == ["escalatory", "diplomatic", "critical", "none"]
    assert list(prediction.sentiment_probabilities) == ["negative", "neutral", "positive"]


def test_a_model_of_one_head_says_nothing_of_the_other(tmp_path):
    """The head that a model lacks has no label, no probabilities and no place in the JSON row."""
    one = published(relabelled(stance={"escalatory": "hawk", "none": "dove"}), tmp_path / "one")
    prediction = one.warm.predict("We will strike.")
    assert (prediction.stance, prediction.sentiment, prediction.sentiment_probabilities) == ("hawk", None, {})
    assert list(prediction.as_dict()) == ["text", "status", "stance", "stance_probabilities", "known_terms", "reason"]


def test_prediction_does_not_change_the_predictor(both):
    """The same text gets the same answer before and after many others, to the last bit."""
    before = both.warm.predict("We will strike.")
    assert len(list(both.warm.predict_many(s.text for s in SMALL.statements * 10))) == 560
    assert both.warm.predict("We will strike.") == before
    assert isinstance(before, Prediction)


# Explanations


@settings(max_examples=30, deadline=None)
@given(text=TEXTS)
@example(text="strike strike not strike Iran")
def test_contributions_add_up_to_the_score(model, text):
    """The intercept and the weights of all occurrences sum to the score, for every label of every head."""
    for head, labels in model.warm.heads.items():
        for label in labels:
            explained = model.warm.explain(text, head, label)
            total = explained.intercept + sum(c.weight for c in explained.contributions)
            assert explained.score == pytest.approx(total, abs=1e-9)


@settings(max_examples=30, deadline=None)
@given(text=TEXTS)
def test_explained_scores_give_the_probabilities(model, text):
    """The softmax of the scores of all labels is what was predicted: the explanation is of this very decision.

    Behind a gate it is so for the share of probability that politics has; the rest is of the gate's label.
    """
    prediction = model.warm.predict(text)
    for head, labels in model.warm.heads.items():
        scores = [model.warm.explain(text, head, label).score for label in labels]
        expected = softmax(scores)
        if model.trained.gate is not None and head == "stance":
            relevance = expit(model.warm.explain(text, "relevance", "politics").score)
            expected = relevance * expected + (1 - relevance) * np.eye(4)[labels.index("none")]
        np.testing.assert_allclose(expected, list(prediction.probabilities(head).values()), atol=1e-9)


def test_the_gate_is_explained(gated):
    """What speaks for politics speaks against other worlds, and the likelier of the two is explained."""
    text = "Simmer the beans, says the coach."
    politics, other = (gated.warm.explain(text, "relevance", label) for label in ("politics", "other"))
    assert gated.warm.explain(text, "relevance") == other
    assert other.score == -politics.score > 0
    assert [c.weight for c in other.contributions] == [-c.weight for c in politics.contributions]
    assert gated.warm.explain(text).label == gated.warm.predict(text).stance == "none"


@pytest.mark.parametrize(
    ("head", "label", "error"), [("relevance", "sport", ValueError), ("relevance", None, KeyError)]
)
def test_a_gate_that_is_not_there_is_not_explained(gated, both, head, label, error):
    """There are two sides, and without a gate there is none."""
    with pytest.raises(error):
        (gated if label else both).warm.explain("We talk.", head, label)


@settings(max_examples=50, deadline=None)
@given(text=TEXTS)
def test_contributions_stand_where_their_words_are(model, text):
    """Each is a known term or word at its place in the text, none is forgotten, and they come in text order."""
    head = next(iter(model.warm.heads))
    vocabulary, words = set(model.trained.vocabulary), set(model.trained.reading.words.units)
    found = [c[:3] for c in model.warm.explain(text, head).contributions]
    expected = {tuple(span) for span in term_spans(text) if span.term in vocabulary or span.term in words}
    assert sorted(found) == sorted(expected)
    assert [(start, end) for _, start, end in found] == sorted((start, end) for _, start, end in expected)
    assert all(0 <= start < end <= len(text) for _, start, end in found)


def test_spans_hold_the_words(both):
    """The words of each term, negated ones and pairs too, are those between its offsets."""
    text = "But we won’t attack Ghana."
    explained = both.warm.explain(text, "stance", "escalatory")
    assert [(c.term, text[c.start : c.end]) for c in explained.contributions] == [
        ("but", "But"),
        ("we", "we"),
        ("we will", "we won’t"),
        ("not", "won’t"),
        ("will", "won’t"),
        ("will not", "won’t"),
        ("not attack", "won’t attack"),
        ("attack", "attack"),
        ("~attack", "attack"),
        ("attack @place", "attack Ghana"),
        ("@place", "Ghana"),
        ("~@place", "Ghana"),
    ]


def test_the_most_probable_label_is_explained(both):
    """Without a label the one that was given is explained."""
    explained = both.warm.explain("We will strike.")
    assert (explained.head, explained.label) == ("stance", "escalatory")
    assert explained == both.warm.explain("We will strike.", "stance", "escalatory")
    assert [c.term for c in explained.strongest(1)] == ["strik"]


def test_a_text_of_no_known_term_is_explained_by_the_intercept(both):
    """With nothing to add up, the score is the intercept."""
    explained = both.warm.explain("zzyzx qwrtp.", "sentiment", "neutral")
    assert explained.contributions == ()
    assert explained.score == explained.intercept


def test_explaining_what_is_not_there(both):
    """An unknown head or label is the caller's mistake, not the model's."""
    with pytest.raises(KeyError, match="mood"):
        both.warm.explain("We will strike.", "mood")
    with pytest.raises(ValueError, match="not in tuple"):
        both.warm.explain("We will strike.", "stance", "hawk")


def test_explaining_does_not_need_a_warm_predictor(model):
    """The first text is explained as the thousandth is."""
    head = next(iter(model.warm.heads))
    text = "If the talks fail, we will attack."
    assert Predictor(read_model(model.path)).explain(text, head) == model.warm.explain(text, head)


# The weight table


def test_the_weight_table_holds_what_was_trained(model):
    """Terms, idf and coefficients of a head come back from the file bit for bit, before calibration."""
    for head, own in model.trained.heads.items():
        vocabulary, idf, coefficients = model.warm.weight_table(head)
        assert vocabulary == model.trained.vocabulary
        np.testing.assert_array_equal(idf, model.trained.features.choice.idf)
        np.testing.assert_array_equal(coefficients, own.weights.terms)


def test_explaining_labels_together_is_explaining_each():
    """One reading of the text, the same sums."""
    import stance

    model = stance.load()
    text = "We remain open to talks, but they have broken every promise."
    labels = {"stance": "critical", "sentiment": "negative"}
    assert model.explain_labels(text, labels) == {head: model.explain(text, head, own) for head, own in labels.items()}
    assert model.explain_labels(text, {}) == {}
