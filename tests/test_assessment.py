"""A training run is scored on what it did not see, a labelled file as it stands; errors name the words that decided."""

from __future__ import annotations

import re
from dataclasses import replace

import numpy as np
import pytest
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import accuracy_score, f1_score
from small_corpus import SMALL, STATEMENTS

from stance.assessment import cross_validated, on_labelled_file
from stance.assessment.spelling import Spelling
from stance.assessment.telling import telling_terms
from stance.assessment.worst import worst_errors
from stance.dataset import Dataset
from stance.errors import DatasetError, RowError, UsageError
from stance.predictor import load
from stance.publish import publish
from stance.records import Statement
from stance.text import is_slot, terms
from stance.training import TrainingConfig, train
from stance.training.out_of_fold import FoldExplainer

STANCES = ("escalatory", "diplomatic", "critical", "none")
NEW = [
    ("We will strike their troops.", "escalatory", "negative"),
    ("We welcome the peace agreement.", "diplomatic", "positive"),
    ("We condemn the crime.", "critical", "negative"),
    ("We condemn the false promise.", "none", "positive"),
    ("The clerk read the agenda.", "none", "neutral"),
    ("zzyzx qwrtp.", "none", "neutral"),
]


@pytest.fixture(scope="module")
def trained():
    """Train on the small corpus."""
    return train(SMALL, TrainingConfig(folds=3, grid=(0.5, 4.0)))


@pytest.fixture(scope="module")
def evaluation(trained):
    """Score the small corpus by cross-validation."""
    return cross_validated(trained, source="small")


@pytest.fixture(scope="module")
def predictor(trained, evaluation, tmp_path_factory):
    """Give the predictor of the small corpus."""
    folder = tmp_path_factory.mktemp("models") / "small"
    publish(trained, evaluation, folder, source="small")
    return load(str(folder))


def labelled(rows, group="{}"):
    """Give a data set of (text, stance, sentiment); a label of None is left out."""
    return Dataset(
        tuple(
            Statement(
                text,
                {head: label for head, label in (("stance", stance), ("sentiment", tone)) if label},
                "statement",
                group.format(line),
                "new.csv",
                line,
            )
            for line, (text, stance, tone) in enumerate(rows, start=2)
        )
    )


# Cross-validation


@pytest.mark.parametrize("place", [0, 1])
def test_out_of_fold_labels_are_scored(trained, evaluation, place):
    """The scores are those of the out-of-fold probabilities, rows in the order in which they were tested."""
    head = evaluation.heads[place]
    own = trained.heads[head.head]
    gold = [SMALL.statements[i].labels[head.head] for i in own.tested]
    given = [own.labels[column] for column in own.probabilities.argmax(axis=1)]
    assert head.accuracy == pytest.approx(accuracy_score(gold, given), abs=1e-6)
    assert head.macro_f1 == pytest.approx(f1_score(gold, given, average="macro"), abs=1e-6)
    assert head.macro_f1 == pytest.approx(own.search[own.strength], abs=1e-6)


def test_phrases_are_not_scored(evaluation):
    """All fifty statements are scored in their six groups, the six phrases never; nothing is left undecided."""
    assert [(h.head, h.rows, h.groups, h.undecided) for h in evaluation.heads] == [
        ("stance", 50, 6, 0),
        ("sentiment", 50, 6, 0),
    ]


def test_what_a_cross_validation_says_of_itself(evaluation):
    """Title, method and provenance tell what was measured, on how much, with which choices."""
    assert evaluation.title == "Cross-validation on small"
    assert evaluation.method.startswith("3-fold cross-validation")
    assert evaluation.method.endswith("phrases are never scored.")
    assert evaluation.provenance["Data fingerprint (SHA-256)"] == SMALL.fingerprint
    assert evaluation.provenance["Statements and quotes"] == "50"
    assert evaluation.provenance["Phrases (trained on, not scored)"] == "6"
    assert evaluation.provenance["Seed"] == "0"
    assert evaluation.provenance["C, stance"] == "4 of 0.5 (0.760), 4 (0.881)"


def test_baselines_stand_beside_a_cross_validation(evaluation):
    """The commonest label, the keywords and the phrases looked up are scored on the same rows."""
    assert [b.name for b in evaluation.heads[0].baselines] == ["commonest label", "keywords", "phrases looked up"]
    assert evaluation.heads[0].baselines[0].accuracy == 0.26


def test_the_surest_errors_are_listed(trained, evaluation):
    """At most ten a head, the surest first, each a row whose label was not given, with its file and line."""
    own = trained.heads["stance"]
    errors = [error for error in evaluation.errors if error.head == "stance"]
    wrong = {
        SMALL.statements[row].text: (
            float(own.probabilities[place].max()),
            own.labels[own.probabilities[place].argmax()],
        )
        for place, row in enumerate(own.tested)
        if own.labels[own.probabilities[place].argmax()] != SMALL.statements[row].labels["stance"]
    }
    assert {e.text for e in errors} == set(wrong)
    assert [(e.confidence, e.predicted) for e in errors] == [
        (pytest.approx(wrong[e.text][0], abs=1e-6), wrong[e.text][1]) for e in errors
    ]
    assert [e.confidence for e in errors] == sorted((e.confidence for e in errors), reverse=True)
    assert [STATEMENTS[int(e.where.removeprefix("small.jsonl, line ")) - 1].text for e in errors] == [
        e.text for e in errors
    ]


def test_errors_can_be_left_out(trained):
    """The scores are the same, but for the yardsticks that only some have installed."""
    quick = cross_validated(trained, source="small", with_errors=False)
    assert quick.errors == ()
    whole = cross_validated(trained, source="small")
    own = [replace(head, baselines=()) for head in quick.heads]
    assert own == [replace(head, baselines=()) for head in whole.heads]


@pytest.mark.parametrize("head", ["stance", "sentiment"])
def test_the_words_that_decided_are_those_the_fold_knew(trained, head):
    """A term that stands in the tested statement alone can decide by its vector only; all add weight."""
    own = trained.heads[head]
    explainer = FoldExplainer(trained, head)
    for place, row in enumerate(own.tested[:12]):
        fold = own.splits[own.fold_of[place]]
        known = {term for i in fold.train for term in terms(SMALL.statements[i].text)}
        words = explainer.words(place, own.labels[own.probabilities[place].argmax()])
        known |= set(trained.reading.words.units)
        assert {term for term, _ in words} <= known & set(terms(SMALL.statements[row].text))
        assert [weight for _, weight in words] == sorted((weight for _, weight in words), reverse=True)
        assert all(weight > 0 for _, weight in words)
        assert len(words) <= 5


@pytest.mark.parametrize("head", ["stance", "sentiment"])
def test_the_weights_of_words_are_those_of_scikit_learn(head):
    """A word's weight is its TF-IDF times its coefficient over the temperature, of a model of the fold alone.

    Without vectors, and up to the rounding of the weights and of the idf, and of the sum to four places.
    """
    trained = train(SMALL, TrainingConfig(folds=3, grid=(0.5, 4.0), vector_weight=0.0))
    own = trained.heads[head]
    explainer = FoldExplainer(trained, head)
    for number, fold in enumerate(own.splits):
        vectoriser = TfidfVectorizer(analyzer=terms, sublinear_tf=True)
        classifier = LogisticRegression(C=own.strength, solver="newton-cg")
        training = [SMALL.statements[i] for i in fold.train]
        classifier.fit(vectoriser.fit_transform([s.text for s in training]), [s.labels[head] for s in training])
        place = own.fold_of.tolist().index(number)
        label = own.labels[1]
        text = SMALL.statements[own.tested[place]].text
        weights = (
            vectoriser.transform([text]).toarray()[0] * classifier.coef_[classifier.classes_.tolist().index(label)]
        )
        expected = dict(zip(vectoriser.get_feature_names_out(), weights / own.temperature, strict=True))
        words = dict(explainer.words(place, label, most=1_000))
        assert words == pytest.approx({term: expected[term] for term in words}, abs=0.005)
        assert {term for term, weight in expected.items() if weight > 0.01} <= set(words)


def test_a_row_of_unknown_words_has_no_words():
    """When the fold knew no term of a text, nothing decided."""
    alone = Dataset(tuple(s for s in SMALL.statements if s.group != "agenda") + lonely())
    run = train(alone, TrainingConfig(folds=3, grid=(4.0,)))
    own = run.heads["stance"]
    place = [alone.statements[i].text for i in own.tested].index("zzyzx qwrtp")
    assert FoldExplainer(run, "stance").words(place, "none") == ()


def lonely():
    return (Statement("zzyzx qwrtp", {"stance": "none", "sentiment": "neutral"}, "statement", "z", "z.jsonl", 1),)


def test_worst_errors_of_arrays():
    """Right and undecided rows are no errors; ties keep the order of the rows; ten are enough."""
    rows = labelled([("x", "a", None)] * 13).statements
    probabilities = np.array([[0.9, 0.1], [0.4, 0.6], [0.2, 0.8], [0.1, 0.9], *[[0.4, 0.6]] * 9])
    found = worst_errors(
        "stance", "ab", rows, probabilities, [True] * 3 + [False] + [True] * 9, lambda i, _: ((str(i), 1),)
    )
    assert [e.words[0][0] for e in found] == ["2", "1", "4", "5", "6", "7", "8", "9", "10", "11"]
    assert (found[0].gold, found[0].predicted, found[0].confidence, found[0].where) == (
        "a",
        "b",
        0.8,
        "new.csv, line 4",
    )


# Telling terms


def test_telling_terms_are_the_weightiest_of_the_common_ones():
    """Terms of five texts or more come before rarer ones; those shown stand by weight; slots never do."""
    common = [f"w{n:02}" for n in range(11)]
    vocabulary = ["@place", *common, "once", "twice", "speaks against", "~@name"]
    idf = np.array([1.0, *[1.0] * 11, 3.0, 2.6, 1.0, 1.0])
    weights = np.array([9.0, *[0.5 + n / 100 for n in range(11)], 0.7, 8.0, -1.0, 9.0])
    found = telling_terms(vocabulary, idf, np.array([weights, -weights]), "ab")
    assert [term for term, _ in found["a"]] == ["twice", *reversed(common)]
    assert found["b"] == (("speaks against", 1.0),)


def test_terms_are_spelt_as_people_wrote_them():
    """A stem is shown by its commonest spelling, lower-case; slots, negation and unknown stems stay."""
    spelling = Spelling(["They accused him. He is ACCUSED and accuses.", "Won't they?"])
    assert [spelling.of(term) for term in ("accus", "~accus of", "@name accus", "will", "invad")] == [
        "accused",
        "~accused of",
        "@name accused",
        "will",
        "invad",
    ]


def test_twelve_terms_tell(evaluation):
    """Each label of each head has its twelve weightiest terms, none of them a slot."""
    assert list(evaluation.telling_terms["stance"]) == list(STANCES)
    told = [told for labels in evaluation.telling_terms.values() for told in labels.values()]
    assert [len(each) for each in told] == [12] * 7
    assert not [term for each in told for term, _ in each if is_slot(term)]
    assert ("condemn" in dict(evaluation.telling_terms["stance"]["critical"])) is True


def test_a_file_tells_the_terms_of_the_model(predictor, evaluation):
    """The terms come from the model, so their weights are those of training; the file gives the spelling."""
    found = on_labelled_file(predictor, labelled(NEW), source="new.csv").telling_terms
    weights = [[w for _, w in terms] for labels in found.values() for terms in labels.values()]
    expected = [[w for _, w in terms] for labels in evaluation.telling_terms.values() for terms in labels.values()]
    assert weights == expected


# A labelled file


def test_a_file_is_scored_as_the_model_labels_it(predictor):
    """Four rows of six are right: one is wrong, and one undecided, which counts as missed."""
    found = on_labelled_file(predictor, labelled(NEW), source="new.csv").heads[0]
    assert found.labels == STANCES
    assert found.confusion == ((1, 0, 0, 0, 0), (0, 1, 0, 0, 0), (0, 0, 1, 0, 0), (0, 0, 1, 1, 1))
    assert (found.rows, found.groups, found.undecided, found.accuracy) == (6, 6, 1, 0.666667)
    # F1: 1, 1, 2/3 (one of two right), 1/2 (one of three found).
    assert found.macro_f1 == pytest.approx((1 + 1 + 2 / 3 + 1 / 2) / 4, abs=1e-6)


def test_what_the_evaluation_of_a_file_says_of_itself(predictor):
    """File, rows, model and hash are told, so that the report can be traced."""
    data = labelled(NEW)
    found = on_labelled_file(predictor, data, source="new.csv", seed=3)
    assert found.title == "Evaluation on new.csv"
    assert found.method == "Every row labelled by the model as it stands and compared with its gold label."
    assert found.provenance == {
        "File": "new.csv",
        "File fingerprint (SHA-256)": data.fingerprint,
        "Rows": "6",
        "Model": predictor.path,
        "Model arrays (SHA-256)": predictor.manifest["sha256"],
        "Bootstrap seed": "3",
    }


def test_the_errors_of_a_file(predictor):
    """The wrong row is listed with the words that spoke for the wrong label; the undecided one is not."""
    errors = on_labelled_file(predictor, labelled(NEW), source="new.csv").errors
    assert [(e.head, e.text, e.gold, e.predicted, e.where) for e in errors] == [
        ("stance", "We condemn the false promise.", "none", "critical", "new.csv, line 5"),
        ("sentiment", "We condemn the false promise.", "positive", "negative", "new.csv, line 5"),
    ]
    assert [term for term, _ in errors[0].words[:2]] == ["condemn", "false"]


def test_groups_of_a_file_are_resampled(predictor):
    """Intervals need five groups, of a file too."""
    grouped = on_labelled_file(predictor, labelled(NEW, group="one"), source="new.csv").heads[0]
    single = on_labelled_file(predictor, labelled(NEW), source="new.csv").heads[0]
    assert (grouped.groups, grouped.macro_f1_interval) == (1, None)
    assert single.macro_f1_interval.low <= single.macro_f1 <= single.macro_f1_interval.high


def test_only_some_classes(predictor):
    """Rows of other classes are left out, and the best of the classes scored is taken, whatever is best of all."""
    rows = [
        ("We condemn the false promise.", "escalatory", None),
        ("The clerk read the agenda.", "none", None),
        *NEW[:2],
    ]
    found = on_labelled_file(predictor, labelled(rows), source="new.csv", classes=["diplomatic", "escalatory"])
    assert predictor.predict(rows[0][0]).stance == "critical"
    assert found.heads[0].labels == ("escalatory", "diplomatic")
    assert found.heads[0].rows == 3
    assert sum(found.heads[0].confusion[0]) == 2
    assert found.heads[0].confusion[1] == (0, 1, 0)
    assert found.method.endswith(
        " Scored over the classes diplomatic, escalatory. 1 rows of other classes were left out."
    )


def test_classes_of_one_head_leave_the_other_alone(predictor):
    """Naming stances does not narrow the sentiments."""
    found = on_labelled_file(predictor, labelled(NEW), source="new.csv", classes=["diplomatic", "escalatory"])
    assert [h.labels for h in found.heads] == [("escalatory", "diplomatic"), ("negative", "neutral", "positive")]
    assert [h.rows for h in found.heads] == [2, 6]


def test_a_file_with_one_head(predictor):
    """A head without gold labels is not scored, and a row without a label is left out of that head."""
    rows = [("We condemn the crime.", None, "negative"), ("We will strike.", "escalatory", None)]
    both = on_labelled_file(predictor, labelled(rows), source="new.csv")
    one = on_labelled_file(predictor, labelled(rows[:1]), source="new.csv")
    assert [(h.head, h.rows) for h in both.heads] == [("stance", 1), ("sentiment", 1)]
    assert [(h.head, h.rows) for h in one.heads] == [("sentiment", 1)]


def test_an_unknown_class(predictor):
    """The error lists the classes of the model."""
    sentence = (
        '--classes: "hostile" is no class of the model. It has: '
        "escalatory, diplomatic, critical, none, negative, neutral, positive."
    )
    with pytest.raises(UsageError, match=f"^{re.escape(sentence)}$"):
        on_labelled_file(predictor, labelled(NEW), source="new.csv", classes=["critical", "hostile"])


@pytest.mark.parametrize("classes", [[], ["escalatory", "diplomatic"]])
def test_an_unknown_gold_label(predictor, classes):
    """The error names file and line, and all labels of the model, also where only some are scored."""
    rows = [*NEW, ("We will strike.", "hostile", None)]
    with pytest.raises(RowError) as error:
        on_labelled_file(predictor, labelled(rows), source="new.csv", classes=classes)
    assert str(error.value) == (
        'new.csv, line 8: the stance "hostile" is none of the model\'s (escalatory, diplomatic, critical, none).\n'
        "Correct it, or evaluate with a model trained on these labels (--model)."
    )


def test_no_row_to_score(predictor):
    """When the classes wanted leave no row, there is nothing to score."""
    with pytest.raises(DatasetError) as error:
        on_labelled_file(predictor, labelled([("x", "none", None)]), source="new.csv", classes=["critical"])
    assert str(error.value) == "new.csv: no row has a label of stance or sentiment to score."
