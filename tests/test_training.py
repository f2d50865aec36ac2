"""Training weighs, splits, solves and calibrates as scikit-learn would, leaks nothing, and repeats itself exactly."""

from __future__ import annotations

import warnings
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pytest
from scipy.sparse import csr_matrix
from scipy.special import softmax
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from small_corpus import PHRASES, SMALL, STATEMENTS, relabelled

from stance.assessment import cross_validated
from stance.dataset import Dataset
from stance.errors import DatasetError
from stance.publish import folder_bytes
from stance.records import Statement
from stance.text import terms
from stance.training import TrainingConfig, calibrate, counts, solve, train, workers
from stance.training.fit import row_weights
from stance.training.folds import split

CONFIG = TrainingConfig(folds=3, grid=(0.5, 4.0))
ALL = SMALL.statements
TEXTS = [s.text for s in ALL]


@pytest.fixture(scope="module")
def trained():
    """Train both heads on the small corpus."""
    return train(SMALL, CONFIG)


def published(dataset, config):
    run = train(dataset, config)
    return folder_bytes(run, cross_validated(run, source="small"), source="small")


def rows(*groups):
    """Give statements, one group after the other: ``rows("ab", "b")`` are two rows of group 0 and one of group 1."""
    return [
        Statement(f"text {group} {line}", {"stance": label}, "statement", str(group), "x.jsonl", line)
        for group, labels in enumerate(groups)
        for line, label in enumerate(labels, start=1)
    ]


# Counting and weighing


def test_terms_are_counted_in_the_order_of_their_bytes():
    """A row counts each term of its text; columns are sorted by UTF-8 bytes, as binary search needs them."""
    counted, vocabulary = counts.count_terms([terms(text) for text in ["talk, talk", "no", "über"]])
    assert vocabulary == ["no", "talk", "über"]
    assert counted.toarray().tolist() == [[0, 2, 0], [1, 0, 0], [0, 0, 1]]


def test_a_text_without_terms_is_an_empty_row():
    """A text of punctuation keeps its place, and its weights stay zero instead of becoming NaN."""
    counted, _ = counts.count_terms([terms(text) for text in ["…", "talk"]])
    weighted = counts.weigh(counted, counts.inverse_document_frequencies(counted))
    assert weighted.toarray().tolist() == [[0.0], [1.0]]


def test_inverse_document_frequencies_are_smoothed_and_single():
    """The idf is ln((1 + n) / (1 + df)) + 1 in single precision: 1 for a term in every text."""
    counted, _ = counts.count_terms([terms(text) for text in ["talk", "talk, war"]])
    idf = counts.inverse_document_frequencies(counted)
    assert idf.tolist() == [1.0, float(np.float32(1.4054651081081644))]


def test_terms_below_the_minimum_are_dropped():
    """``min_count`` counts texts, not occurrences."""
    counted, vocabulary = counts.count_terms([terms(text) for text in ["war, war", "talk", "talk"]])
    assert [vocabulary[i] for i in counts.kept_columns(counted, 2)] == ["talk"]


def test_texts_without_words_are_refused():
    """With no term to learn from, the error says where to look instead of failing in scikit-learn."""
    wordless = [Statement("🙂" * n, {"stance": "ab"[n % 2]}, "statement", str(n), "x", n) for n in range(1, 9)]
    with pytest.raises(DatasetError) as error:
        train(Dataset(tuple(wordless)), TrainingConfig(folds=2))
    assert str(error.value) == ("Training finds too few words in the texts. Check that they are in the text column.")


SUBSETS = {"everything": range(len(ALL))} | {
    f"{head}, fold {number}": fold.train
    for head in ("stance", "sentiment")
    for number, fold in enumerate(split(ALL, head, folds=3, seed=0))
}


@pytest.mark.parametrize("inside", SUBSETS.values(), ids=SUBSETS.keys())
def test_weights_are_those_of_scikit_learn(inside):
    """Weighing rows and columns of one count equals a TfidfVectorizer fitted on those rows, for any other text too."""
    counted, vocabulary = counts.count_terms([terms(text) for text in TEXTS])
    kept = counts.kept_columns(counted[inside], 1)
    idf = counts.inverse_document_frequencies(counted[inside][:, kept])
    vectoriser = TfidfVectorizer(analyzer=terms, sublinear_tf=True).fit([TEXTS[i] for i in inside])
    assert [vocabulary[i] for i in kept] == list(vectoriser.get_feature_names_out())
    np.testing.assert_allclose(idf, vectoriser.idf_, rtol=6e-8)
    vectoriser.idf_ = idf
    weighted = counts.weigh(counted[:, kept], idf)
    np.testing.assert_allclose(weighted.toarray(), vectoriser.transform(TEXTS).toarray(), rtol=0, atol=1e-12)


# Folds

SEEDS = range(8)


@pytest.mark.parametrize("seed", SEEDS)
def test_groups_are_never_split(seed):
    """No group of a test side is on its training side, phrases aside."""
    for fold in split(ALL, "stance", folds=3, seed=seed):
        trained_groups = {ALL[i].group for i in fold.train if ALL[i].kind != "phrase"}
        assert trained_groups.isdisjoint(ALL[i].group for i in fold.test)


@pytest.mark.parametrize("seed", SEEDS)
def test_every_statement_is_tested_once_and_no_phrase_ever(seed):
    """The test sides are disjoint and hold all statements; phrases are only trained on."""
    tested = sorted(i for fold in split(ALL, "sentiment", folds=3, seed=seed) for i in fold.test)
    assert tested == list(range(len(STATEMENTS)))


@pytest.mark.parametrize("seed", SEEDS)
def test_a_fold_trains_on_all_other_statements(seed):
    """What a fold does not test it trains on."""
    for fold in split(ALL, "stance", folds=3, seed=seed):
        statements = {int(i) for i in fold.train if ALL[i].kind != "phrase"}
        assert statements | set(fold.test.tolist()) == set(range(len(STATEMENTS)))


@pytest.mark.parametrize("seed", SEEDS)
def test_a_phrase_never_meets_its_statement(seed):
    """A phrase that stands in a tested statement is absent from that fold's training side."""
    for fold in split(ALL, "stance", folds=3, seed=seed):
        tested = " ".join(ALL[i].text.lower().replace("’", "'") for i in fold.test)
        assert not [ALL[i].text for i in fold.train if ALL[i].kind == "phrase" and ALL[i].text in tested]


def test_only_leaking_phrases_are_left_out():
    """Phrases that stand in no statement are trained on in every fold."""
    for fold in split(ALL, "stance", folds=3, seed=0):
        assert "threatened to invade" in {ALL[i].text for i in fold.train}


PHRASE_CASES = {
    "the same words": ("we will talk", "Then we will talk again."),
    "another apostrophe": ("don't accept", "We don’t accept it."),
    "other capitals": ("we will talk", "WE WILL TALK"),
    "other punctuation": ("we will, of course, talk", "We will of course talk."),
}


@pytest.mark.parametrize(("phrase", "statement"), PHRASE_CASES.values(), ids=PHRASE_CASES.keys())
def test_a_phrase_is_found_in_its_statement(phrase, statement):
    """Case, punctuation and the kind of apostrophe do not hide a phrase."""
    fold = fold_testing(statement, phrase)
    assert "phrase" not in fold


@pytest.mark.parametrize("statement", ["We will not talk.", "Swe will talks", "talk will we"])
def test_other_words_are_not_the_phrase(statement):
    """A phrase counts as contained only with its words whole, in order and together."""
    assert "phrase" in fold_testing(statement, "we will talk")


def fold_testing(statement, phrase):
    """Give the kinds of row on the training side of the fold that tests a statement."""
    others = rows("ab", "ab", "ab")
    tested = Statement(statement, {"stance": "a"}, "statement", "0", "x", 9)
    everything = [*others, tested, Statement(phrase, {"stance": "b"}, "phrase", "p", "y", 1)]
    (fold,) = [fold for fold in split(everything, "stance", folds=3, seed=0) if len(others) in fold.test]
    return {everything[i].kind for i in fold.train}


def test_rows_without_the_head_are_left_out():
    """A row that has no label of a head is neither trained nor tested for it."""
    unlabelled = [Statement("text", {"sentiment": "neutral"}, "statement", "9", "x", 1)]
    folds = split([*unlabelled, *rows("ab", "ab")], "stance", folds=2, seed=0)
    assert sorted(i for fold in folds for i in [*fold.train, *fold.test]) == [1, 1, 2, 2, 3, 3, 4, 4]


def test_another_seed_gives_other_folds():
    """The seed decides which of several groups with equal labels are tested together."""
    alike = rows(*["aab"] * 9)
    sides = {seed: [fold.test.tolist() for fold in split(alike, "stance", folds=3, seed=seed)] for seed in (0, 1)}
    again = [fold.test.tolist() for fold in split(alike, "stance", folds=3, seed=0)]
    assert sides[0] == again
    assert sides[0] != sides[1]


ONE_FOLD = (
    "fall into one fold, so they cannot be trained and tested. "
    "Use finer groups, or add rows of that label in other groups."
)
REFUSALS = {
    "one class": (
        rows("aa", "a"),
        'stance: one class only (all 3 rows are "a"). Training needs rows of at least two.',
    ),
    "nothing to test on": (
        list(PHRASES),
        "stance: one class only (there are no rows to test on). Training needs rows of at least two.",
    ),
    "too few rows": (
        rows("aab", "ab", "a"),
        'stance: only 2 rows are "b", too few for 3 folds. Add rows of that label, or use --folds 2.',
    ),
    "a single row": (
        rows("aab", "a", "a"),
        'stance: only one row is "b". Add rows of that label, or remove it.',
    ),
    "too few groups": (
        rows("aab", "abb"),
        "stance: only 2 groups, too few for 3 folds. Use --folds, or finer groups.",
    ),
    "a class in one group": (
        rows("abbb", "ac", "ac", "ac"),
        f'stance: all rows of "b" {ONE_FOLD}',
    ),
    "a class of phrases alone": (
        [*rows("ab", "ab", "ab"), Statement("text 0 1", {"stance": "c"}, "phrase", "p", "y", 1)],
        f'stance: all rows of "c" {ONE_FOLD}',
    ),
}


@pytest.mark.parametrize(("statements", "sentence"), REFUSALS.values(), ids=REFUSALS.keys())
def test_data_that_cannot_be_split_is_refused(statements, sentence):
    """What makes cross-validation impossible is told in one sentence that names the head and a way out."""
    with pytest.raises(DatasetError) as error:
        split(statements, "stance", folds=3, seed=0)
    assert str(error.value) == sentence


# The solver


def weighted(texts):
    counted, _ = counts.count_terms(texts)
    return counts.weigh(counted, counts.inverse_document_frequencies(counted))


def fitted(labels, strength=4.0):
    return solve.fit(weighted(TEXTS), labels, np.ones(len(labels)), strength)


FOUR = [s.labels["stance"] for s in ALL]
TWO = ["hostile" if label == "escalatory" else "other" for label in FOUR]


@pytest.mark.parametrize("labels", [FOUR, TWO], ids=["four classes", "two classes"])
def test_weights_are_multiples_of_the_step(labels):
    """Every weight is a whole number of steps and stays within half a step of what scikit-learn found."""
    exact = solve.new_classifier(4.0).fit(weighted(TEXTS), labels)
    rounded = fitted(labels)
    assert solve.STEP == 1 / 4096
    np.testing.assert_array_equal(rounded.coef_ * 4096, np.rint(rounded.coef_ * 4096))
    np.testing.assert_array_equal(rounded.intercept_ * 4096, np.rint(rounded.intercept_ * 4096))
    np.testing.assert_allclose(rounded.coef_, exact.coef_, rtol=0, atol=1 / 8192)
    np.testing.assert_allclose(rounded.intercept_, exact.intercept_, rtol=0, atol=1 / 8192)


def test_weights_survive_single_precision():
    """The model file holds single-precision weights; rounding to the step makes that exact."""
    classifier = fitted(FOUR)
    np.testing.assert_array_equal(classifier.coef_, classifier.coef_.astype(np.float32))


@pytest.mark.parametrize("labels", [FOUR, TWO], ids=["four classes", "two classes"])
def test_scores_and_columns_give_the_probabilities_of_scikit_learn(labels):
    """One column a class, for two classes as well, and their softmax is ``predict_proba``."""
    classifier = fitted(labels)
    matrix = weighted(TEXTS)
    expected = classifier.predict_proba(matrix)
    coefficients, intercepts = solve.columns(classifier)
    assert coefficients.shape == (len(set(labels)), matrix.shape[1])
    np.testing.assert_allclose(softmax(solve.scores(classifier, matrix), axis=1), expected, atol=1e-12)
    np.testing.assert_allclose(softmax(matrix @ coefficients.T + intercepts, axis=1), expected, atol=1e-12)


def test_a_row_of_double_weight_counts_twice():
    """The weight of a row is its weight in the loss: two is the same as standing there twice."""
    once = csr_matrix(np.array([[1.0, 0.0], [0.0, 1.0], [0.6, 0.8], [0.8, 0.6]]))
    doubled = solve.fit(once, ["a", "b", "a", "b"], np.array([2.0, 2.0, 1.0, 1.0]), 8.0)
    repeated = solve.fit(once[[0, 0, 1, 1, 2, 3]], ["a", "a", "b", "b", "a", "b"], np.ones(6), 8.0)
    np.testing.assert_allclose(doubled.coef_, repeated.coef_, atol=solve.STEP)


def test_phrases_have_their_own_weight():
    """``phrase_weight`` is the weight of each phrase; statements weigh one."""
    weights = row_weights([STATEMENTS[0], PHRASES[0]], TrainingConfig(phrase_weight=0.25))
    assert weights.tolist() == [1.0, 0.25]


def one_step(strength):
    return LogisticRegression(C=strength, solver="newton-cg", max_iter=1)


def test_a_solver_that_does_not_converge_is_an_error(monkeypatch):
    """Weights of a solver that stopped early are never used."""
    monkeypatch.setattr(solve, "new_classifier", one_step)
    with pytest.raises(DatasetError) as error, solve.quiet_solver():
        fitted(FOUR, strength=16.0)
    assert str(error.value) == "Training did not converge with C = 16. Try smaller values of C."


def test_an_error_in_another_process_says_the_same(monkeypatch):
    """What goes wrong in a worker reaches the caller as the error that it was."""
    monkeypatch.setattr(workers, "FEWEST_ROWS", 0)
    with workers.workers(TrainingConfig(jobs=2), 1) as pool:
        pool.share(workers.Shared(None, SMALL, TrainingConfig()))
        with pytest.raises(DatasetError) as error:
            list(pool.run([(refuse, ("No words.", "No rows."))]))
    assert error.value.problems == ("No words.", "No rows.")
    assert str(error.value) == "No words.\nNo rows."


def refuse(_shared, *problems):
    """Fail as a task can."""
    raise DatasetError(problems)


def test_no_thread_misses_that_the_solver_did_not_converge(monkeypatch):
    """The check does not hang on warning filters, which threads share."""
    monkeypatch.setattr(solve, "new_classifier", one_step)
    with solve.quiet_solver(), ThreadPoolExecutor(4) as pool:
        errors = [pool.submit(fitted, FOUR).exception() for _ in range(40)]
    assert [type(error) for error in errors] == [DatasetError] * 40


def test_weights_that_are_not_finite_are_an_error(monkeypatch):
    """A solver that runs away is stopped before its weights reach a file."""
    runaway = SimpleNamespace(
        fit=lambda *_, **__: None,
        n_iter_=np.array([3]),
        max_iter=200,
        coef_=np.array([[np.inf]]),
        intercept_=np.array([0.0]),
    )
    monkeypatch.setattr(solve, "new_classifier", lambda _: runaway)
    with pytest.raises(DatasetError) as error:
        fitted(FOUR, strength=8.0)
    assert str(error.value) == "Training gave weights that are no finite numbers (C = 8)."


# Calibration


@pytest.mark.parametrize("temperature", [0.5, 1.0, 2.5])
def test_a_known_temperature_is_found_again(temperature):
    """Labels drawn from the softmax of scores / T lead back to T, within five per cent at 20,000 rows."""
    generator = np.random.default_rng(7)
    scores = generator.normal(0, 2, (20_000, 4))
    chances = softmax(scores / temperature, axis=1).cumsum(axis=1)
    gold = (generator.random((20_000, 1)) > chances).sum(axis=1).clip(max=3)
    assert calibrate.fit_temperature(scores, gold) == pytest.approx(temperature, rel=0.05)


@pytest.mark.parametrize("temperature", [0.05, 0.7, 20.0])
def test_a_temperature_keeps_the_order(temperature):
    """Calibration changes how sure a label is, never which comes first."""
    scores = np.random.default_rng(3).normal(0, 2, (200, 4))
    calibrated = calibrate.probabilities(scores, temperature)
    np.testing.assert_array_equal(calibrated.argmax(axis=1), scores.argmax(axis=1))
    np.testing.assert_allclose(calibrated.sum(axis=1), 1.0)


def test_the_temperature_is_bounded_and_rounded():
    """Perfect scores and inverted ones end at the bounds, not at zero or infinity; four places are kept."""
    scores = np.array([[1.0, -1.0], [-1.0, 1.0]] * 10)
    right, wrong = np.array([0, 1] * 10), np.array([1, 0] * 10)
    assert calibrate.fit_temperature(scores, right) == pytest.approx(0.05, abs=0.01)
    assert calibrate.fit_temperature(scores, wrong) == pytest.approx(20.0, abs=0.01)
    found = calibrate.fit_temperature(scores, np.array([0, 1, 1, 1] * 5))
    assert found == round(found, 4)


# Training as a whole


def test_the_same_seed_gives_the_same_bytes(monkeypatch):
    """Two trainings write equal files, in one process or in two."""
    monkeypatch.setattr(workers, "FEWEST_ROWS", 0)
    one, two = (published(SMALL, TrainingConfig(folds=3, grid=(0.5, 4.0), jobs=jobs)) for jobs in (1, 2))
    assert sorted(one) == [
        "README.md",
        "manifest.json",
        "metrics.json",
        "model.safetensors",
        "neighbours.jsonl",
        "neighbours.safetensors",
        "pipeline.joblib",
    ]
    assert one == two
    assert one == published(SMALL, CONFIG)


def test_another_seed_tests_other_rows_together():
    """The seed of the run reaches the folds of every head, and changes nothing but the folds."""
    alike = Dataset(tuple(rows(*["aab"] * 9)))
    one, other = (train(alike, TrainingConfig(folds=3, grid=(1.0,), seed=seed)) for seed in (0, 1))
    assert one.heads["stance"].tested.tolist() != other.heads["stance"].tested.tolist()
    np.testing.assert_array_equal(one.heads["stance"].weights.terms, other.heads["stance"].weights.terms)


def test_training_leaves_the_warning_filters_alone():
    """What a program has set is as it was, whichever thread finishes last."""
    before = list(warnings.filters)
    train(SMALL, CONFIG)
    assert warnings.filters == before


def test_heads_stand_in_the_order_of_the_codebook(trained):
    """Labels come in the codebook's order, whatever order scikit-learn keeps."""
    assert {head: own.labels for head, own in trained.heads.items()} == {
        "stance": ("escalatory", "diplomatic", "critical", "none"),
        "sentiment": ("negative", "neutral", "positive"),
    }


def test_labels_of_ones_own_are_sorted():
    """A label set that is not the codebook's comes in alphabetical order."""
    names = {"escalatory": "hawk", "diplomatic": "dove", "critical": "owl"}
    run = train(relabelled(stance=names), CONFIG)
    assert {head: own.labels for head, own in run.heads.items()} == {"stance": ("dove", "hawk", "owl")}


@pytest.fixture(scope="module")
def plain():
    """Train both heads on TF-IDF terms alone, without word vectors."""
    return train(SMALL, replace(CONFIG, vector_weight=0.0))


@pytest.mark.parametrize("head", ["stance", "sentiment"])
def test_out_of_fold_probabilities_are_those_of_scikit_learn(plain, head):
    """A vectoriser and a classifier fitted on a fold's training side alone give what was scored on its test side.

    Up to the rounding of the weights, which moves a score by less than 0.001 before the temperature.
    """
    own = plain.heads[head]
    order = [sorted(own.labels).index(label) for label in own.labels]
    expected = []
    for fold in own.splits:
        vectoriser = TfidfVectorizer(analyzer=terms, sublinear_tf=True)
        classifier = LogisticRegression(C=own.strength, solver="newton-cg", tol=1e-4)
        classifier.fit(
            vectoriser.fit_transform([TEXTS[i] for i in fold.train]), [ALL[i].labels[head] for i in fold.train]
        )
        scores = classifier.decision_function(vectoriser.transform([TEXTS[i] for i in fold.test]))
        expected.append(softmax(scores[:, order] / own.temperature, axis=1))
    np.testing.assert_allclose(own.probabilities, np.concatenate(expected), atol=0.005)


def test_every_tested_row_knows_its_fold(trained):
    """``fold_of`` names, for each row of ``tested``, the fold whose test side holds it."""
    own = trained.heads["stance"]
    assert [row in own.splits[fold].test for row, fold in zip(own.tested, own.fold_of, strict=True)] == [True] * 50


def test_the_smaller_c_wins_a_tie():
    """Of two values of C with the same macro-F1, the stronger regularisation is chosen."""
    own = train(SMALL, replace(CONFIG, grid=(4.0, 4.001))).heads["stance"]
    assert own.search[4.0] == own.search[4.001]
    assert own.strength == 4.0


def test_the_best_c_wins(trained):
    """Otherwise the value of C with the highest out-of-fold macro-F1 is chosen, larger or not."""
    assert trained.heads["sentiment"].search == {0.5: 0.509243, 4.0: 0.858787}
    assert trained.heads["sentiment"].strength == 4.0


def test_progress_counts_every_fold_of_every_head():
    """Progress is told once at the start, and once for each head on each fold."""
    told = []
    train(SMALL, CONFIG, lambda *args: told.append(args))
    assert told == [("reading", 0, 1), *[("cross-validation", done, 6) for done in range(1, 7)]]


def test_the_manifest_records_what_decides_the_result():
    """All choices are recorded but the number of cores, which decides nothing."""
    assert dict(TrainingConfig(seed=3, jobs=7).recorded()) == {
        "seed": 3,
        "folds": 5,
        "grid": (0.5, 1.0, 2.0),
        "min_count": 1,
        "phrase_weight": 1.0,
        "vector_weight": 0.5,
        "leading_act": True,
        "fewest_off_topic": 100,
        "politics_odds": 2.0,
    }
