"""Word vectors, the leading act, and that all of it folds into one weight a word."""

from __future__ import annotations

import hashlib
import os
import re
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import safetensors.numpy
from small_corpus import SMALL

from stance.errors import FileError
from stance.training import TrainingConfig, train, vectors
from stance.training.fit import fit_features, fit_head, leads
from stance.training.reading import read
from stance.word_vectorizer import WordVectorizer

CONFIG = TrainingConfig(folds=3, grid=(4.0,))
EVERYTHING = np.arange(len(SMALL.statements))


@pytest.fixture(scope="module")
def reading():
    """Read the small corpus."""
    return read([s.text for s in SMALL.statements])


@pytest.fixture(scope="module")
def features(reading):
    """Fit the features on all of it."""
    return fit_features(reading, SMALL, EVERYTHING, CONFIG, leading=True)


# The file of vectors


def test_the_vectors_are_those_of_the_notice():
    """``data/vectors/README.md`` names the file's hash and size; it stays below ten megabytes."""
    notice = (Path(vectors.path()).parent / "README.md").read_text(encoding="utf-8")
    content = Path(vectors.path()).read_bytes()
    assert hashlib.sha256(content).hexdigest() in notice
    assert f"{len(content):,} bytes" in notice
    assert len(content) < 10_000_000


def test_every_word_is_plain():
    """Some 35,000 different words of letters, hyphens and apostrophes, each with eighty whole numbers."""
    arrays = safetensors.numpy.load_file(vectors.path())
    words = bytes(arrays["words"]).decode().split("\n")
    assert len(words) == len(set(words)) == 35_246
    assert all(re.fullmatch(r"[a-z][a-z'-]*", word) for word in words)
    assert arrays["vectors"].shape == (35_246, 80)


def test_a_unit_weighs_less_the_more_frequent_it_is():
    """Rows are at most of unit length: nearly so for a rare word, a fiftieth of it for "the"."""
    words = vectors.load()
    length = dict(zip(words.units, np.linalg.norm(words.matrix, axis=1), strict=True))
    assert length["the"] < 0.02 < length["attack"] < length["ultimatum"] < 1
    assert list(words.units) == sorted(words.units, key=str.encode)


def test_inflections_share_a_vector_and_places_have_none():
    """The vectors are those of units: one for "threaten" and "threatened", none for a country."""
    words = vectors.load()
    assert "threaten" in words.units
    assert not {"threatened", "iran", "@place"} & set(words.units)


def test_words_of_like_meaning_lie_together():
    """A sanity check of the file: an attack is nearer to an assault than to a picnic."""
    words = vectors.load()
    row = dict(zip(words.units, words.matrix / np.linalg.norm(words.matrix, axis=1, keepdims=True), strict=True))
    assert row["attack"] @ row["assault"] > 0.5 > row["attack"] @ row["picnic"]


@pytest.mark.parametrize("content", [None, b"", b"12345678not safetensors", b"\x02\0\0\0\0\0\0\0{}"])
def test_missing_or_damaged_vectors_are_told(tmp_path, monkeypatch, content):
    """The sentence names the file and what to do."""
    path = str(tmp_path / "glove.safetensors")
    if content is not None:
        Path(path).write_bytes(content)
    monkeypatch.setattr(vectors, "path", lambda: path)
    with pytest.raises(FileError, match="Install stance again, or fetch the file") as error:
        vectors.load.__wrapped__()
    assert path in str(error.value)
    assert os.linesep not in str(error.value)


# The features


def test_the_sums_are_those_of_the_words(reading):
    """A text's block is the sum of its words' vectors over the square root of their number, by side of the scope."""
    row = {unit: number for number, unit in enumerate(reading.words.units)}
    small = read(["We will not attack Ghana."])
    outside = sum(reading.words.matrix[row[unit]] for unit in ("we", "will", "not"))
    expected = np.concatenate([outside, reading.words.matrix[row["attack"]]]) / 2
    np.testing.assert_allclose(small.sums[0], expected)


def test_only_an_account_has_words_that_can_lead():
    """Where "I", "we" or "you" speaks, no act leads."""
    texts = ["They seized the envoy.", "We seized the envoy.", "You seized the envoy."]
    assert [len(own) for own in read(texts).accounts] == [4, 0, 0]


def test_the_first_strong_word_leads(reading, features):
    """The first word of an account that is an act leads it, and nothing leads a text without one."""
    for text, own in enumerate(reading.accounts):
        acts = [word for word in own if features.choice.acts[word]]
        assert features.lead(text) == (acts[0] if acts else None)
    leads = [features.lead(text) for text in EVERYTHING]
    assert 5 < sum(lead is not None for lead in leads) < len(leads)


def test_a_tenth_of_the_running_words_is_strong(reading, features):
    """Acts are as strong as the strongest tenth of the words of the accounts."""
    running = np.concatenate(reading.accounts)
    assert 0.1 <= features.choice.acts[running].mean() < 0.25


@pytest.mark.parametrize("head", ["stance", "sentiment"])
def test_folded_weights_give_the_scores_of_the_features(reading, features, head):
    """A weight a word and class says what vectors and leading act say together, to the last bits."""
    coefficients, _ = fit_head(features, SMALL, head, EVERYTHING, 4.0, CONFIG)
    folded = features.folded(coefficients, leading=leads(SMALL, head))
    vectorizer = WordVectorizer(reading.words.units, features.choice.acts)
    words = vectorizer.transform([s.text for s in SMALL.statements])
    n_terms = len(features.choice.kept)
    by_word = words @ np.hstack([folded.outside, folded.inside, folded.leading]).T
    by_feature = features.matrix(EVERYTHING, leading=leads(SMALL, head))[:, n_terms:] @ coefficients[:, n_terms:].T
    np.testing.assert_allclose(by_word, by_feature, atol=1e-10)


def test_words_that_are_no_acts_have_no_leading_weight(features):
    """The table of leading weights is zero but for acts."""
    coefficients, _ = fit_head(features, SMALL, "stance", EVERYTHING, 4.0, CONFIG)
    assert not features.folded(coefficients, leading=True).leading[:, ~features.choice.acts].any()


def test_the_tone_has_no_leading_act():
    """What is done leads the stance; the sentiment of a text is that of all its words."""
    run = train(SMALL, CONFIG)
    assert run.heads["stance"].weights.leading.any()
    assert not run.heads["sentiment"].weights.leading.any()


def test_without_vectors_there_are_only_terms(reading):
    """A vector weight of zero leaves the words without any say."""
    config = replace(CONFIG, vector_weight=0.0)
    features = fit_features(reading, SMALL, EVERYTHING, config, leading=True)
    assert features.matrix(EVERYTHING, leading=True).shape[1] == len(features.choice.kept)
    folded = train(SMALL, config).heads["stance"].weights
    assert not np.any([folded.outside, folded.inside, folded.leading])
