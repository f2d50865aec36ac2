"""The committed model is what the committed data give, labels what it must, and is not worse than it was."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

import pytest

from stance import resources
from stance.assessment import cross_validated, on_labelled_file
from stance.cli.sources import corpus, gold_file
from stance.model.folder import PIPELINE
from stance.predictor import load
from stance.publish import folder_bytes
from stance.training import TrainingConfig, train
from stance.verify import verify_model

MODEL = Path(resources.default_model())
BENCH = Path(resources.root()).parent / "shared" / "bench"


@pytest.fixture(scope="module")
def predictor():
    """Open the default model."""
    return load()


@pytest.fixture(scope="module")
def retrained():
    """Train on the packaged data as ``stance train`` does; file name to bytes."""
    source = corpus()
    trained = train(source.dataset, TrainingConfig())
    return folder_bytes(trained, cross_validated(trained, source=source.name, with_errors=False), source=source.name)


def manifest_of(content):
    """Give a manifest without the library versions, which are those of the machine."""
    manifest = json.loads(content)
    del manifest["libraries"]
    return manifest


def test_the_model_is_sound():
    """Hash, numbers and all seven canary texts are as recorded."""
    assert verify_model(str(MODEL)) == 7


@pytest.mark.parametrize(
    "name", ["model.safetensors", "metrics.json", "README.md", "neighbours.jsonl", "neighbours.safetensors"]
)
def test_training_again_gives_the_same_file(retrained, name):
    """Weights, scores and card follow from data and code to the byte; if not, retrain with ``stance train``."""
    assert retrained[name] == (MODEL / name).read_bytes()


def test_every_file_of_the_model_is_in_the_wheel(retrained):
    """The wheel takes what its list names, and a model without one of its files cannot be used."""
    settings = tomllib.loads((MODEL.parents[1] / "pyproject.toml").read_text())
    listed = settings["tool"]["hatch"]["build"]["targets"]["wheel"]["force-include"]
    assert {f"models/default/{name}" for name in retrained if name != PIPELINE} <= set(listed)


def test_training_again_gives_the_same_manifest(retrained):
    """Labels, fingerprint, parameters and canaries too; only the library versions are the machine's."""
    assert manifest_of(retrained["manifest.json"]) == manifest_of((MODEL / "manifest.json").read_bytes())


def test_the_model_is_small():
    """All that is committed is under eight megabytes, so that it can travel with the package."""
    committed = [
        *("model.safetensors", "manifest.json", "metrics.json", "README.md"),
        *("neighbours.jsonl", "neighbours.safetensors"),
    ]
    assert sum((MODEL / name).stat().st_size for name in committed) < 8_000_000


SENTENCES = {
    "We remain open to negotiations towards that goal.": "diplomatic",
    "If they cross the border again, we will answer with force.": "escalatory",
    "You have broken every promise you made to this Council.": "critical",
    "The session will resume at 3 p.m. on Thursday.": "none",
}


@pytest.mark.parametrize(("text", "stance"), SENTENCES.items())
def test_the_four_sentences_of_the_readme(predictor, text, stance):
    """The sentences that we show people get the stance that we show them."""
    assert predictor.predict(text).stance == stance


#: Floors of the macro-F1, some way below what was measured: not goals, but what no change may lose unnoticed.
FLOORS = {
    ("newswire_dev", "stance"): 0.76,
    ("council_dev", "stance"): 0.50,
    ("newsquotes_dev", "stance"): 0.47,
    ("news_sentiment_dev", "sentiment"): 0.53,
    ("council_dev", "sentiment"): 0.57,
    ("newsquotes_dev", "sentiment"): 0.55,
}
#: The gold labels of the newswire have no "none".
CLASSES = {"newswire_dev": ("escalatory", "diplomatic", "critical")}


@pytest.mark.skipif(not BENCH.is_dir(), reason="the bench of found text is not part of the project")
@pytest.mark.parametrize(("where", "floor"), FLOORS.items(), ids=[" ".join(where) for where in FLOORS])
def test_found_text_is_labelled_no_worse_than_it_was(predictor, where, floor):
    """On text that nobody here wrote the macro-F1 stays above its floor."""
    name, head = where
    source = gold_file(str(BENCH / f"{name}.jsonl"), column="text", group=None)
    evaluation = on_labelled_file(predictor, source.dataset, source=source.name, classes=CLASSES.get(name, ()))
    assert {own.head: own.macro_f1 for own in evaluation.heads}[head] >= floor
