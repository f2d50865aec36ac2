"""VADER stands among the baselines of the sentiment where it is installed, and nowhere else."""

from __future__ import annotations

import sys
from importlib.metadata import PackageNotFoundError
from types import ModuleType

import pytest
from small_corpus import SMALL, relabelled

from stance.assessment import cross_validated, on_labelled_file
from stance.assessment import vader as module
from stance.assessment.vader import vader
from stance.dataset import Dataset
from stance.predictor import load
from stance.publish import publish
from stance.report import render_html
from stance.training import TrainingConfig, train

LABELS = ("negative", "neutral", "positive")
COMPOUND = {"bad": -0.05, "poor": -0.049, "fair": 0.049, "good": 0.05}


@pytest.fixture(scope="module")
def trained():
    """Train on the small corpus."""
    return train(SMALL, TrainingConfig(folds=2, grid=(4.0,), jobs=1))


@pytest.fixture
def installed(monkeypatch):
    """Stand in for the package, whose own scores are not ours to test."""

    class Analyzer:
        def polarity_scores(self, text):
            return {"compound": COMPOUND.get(text, 0.9)}

    fake = ModuleType("vaderSentiment.vaderSentiment")
    fake.SentimentIntensityAnalyzer = Analyzer
    monkeypatch.setitem(sys.modules, "vaderSentiment", ModuleType("vaderSentiment"))
    monkeypatch.setitem(sys.modules, "vaderSentiment.vaderSentiment", fake)
    monkeypatch.setattr(module, "version", lambda name: {"vaderSentiment": "3.3.2"}[name])


@pytest.fixture
def missing(monkeypatch):
    """Be without it, wherever the tests run."""

    def version(name):
        raise PackageNotFoundError(name)

    monkeypatch.setattr(module, "version", version)


@pytest.mark.usefixtures("installed")
def test_thresholds_are_the_authors():
    """From 0.05 on positive, down from -0.05 negative; the name tells the version."""
    assert vader(list(COMPOUND), "sentiment", LABELS) == {"VADER 3.3.2": ["negative", "neutral", "neutral", "positive"]}


@pytest.mark.usefixtures("installed")
def test_only_the_sentiments_of_the_codebook_are_compared():
    """A stance is no sentiment, and other labels would not be VADER's."""
    assert vader(["good"], "stance", ("critical", "none")) == {}
    assert vader(["good"], "sentiment", ("happy", "sad")) == {}


@pytest.mark.usefixtures("installed")
def test_reports_show_it_and_models_do_not(trained, tmp_path):
    """Cross-validation and a labelled file; what goes into a model folder depends on nothing installed."""
    whole = cross_validated(trained, source="small")
    published = cross_validated(trained, source="small", with_errors=False)
    publish(trained, published, tmp_path / "model", source="small")
    model = load(str(tmp_path / "model"))
    on_file = on_labelled_file(model, Dataset(SMALL.statements[:20]), source="small")
    for evaluation, expected in ((whole, True), (on_file, True), (published, False)):
        names = {head.head: [each.name for each in head.baselines] for head in evaluation.heads}
        assert ("VADER 3.3.2" in names["sentiment"]) == expected
        assert "VADER 3.3.2" not in names["stance"]
    assert "VADER 3.3.2" in render_html(whole)


@pytest.mark.usefixtures("missing")
def test_without_the_package_nothing_is_said_of_it(trained):
    """The other baselines stay."""
    page = render_html(cross_validated(trained, source="small"))
    assert "VADER" not in page
    assert "keywords" in page


@pytest.mark.usefixtures("installed")
def test_a_broken_installation_is_none(monkeypatch):
    """Metadata without a module, as a half-removed package leaves."""
    monkeypatch.setitem(sys.modules, "vaderSentiment.vaderSentiment", None)
    assert vader(["good"], "sentiment", LABELS) == {}


def test_other_labels_of_a_file_are_not_scored():
    """A head with labels of its own has no such baseline."""
    renamed = relabelled(sentiment={"negative": "sad", "positive": "happy"})
    found = cross_validated(train(renamed, TrainingConfig(folds=2, grid=(4.0,), jobs=1)), source="small")
    assert not [each for head in found.heads for each in head.baselines if each.name.startswith("VADER")]
