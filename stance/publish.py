"""A training run and its evaluation made into a model folder."""

from __future__ import annotations

import os
import sys
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import joblib
import numpy as np
import safetensors.numpy
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import Pipeline

import stance
from stance.atomic import write_folder
from stance.errors import FileError
from stance.evaluation import Evaluation
from stance.model import ArrayFile, StoredModel, write_model
from stance.model.folder import ARRAYS, MANIFEST
from stance.predictor import Predictor
from stance.report import render_card
from stance.text import terms
from stance.training import Trained
from stance.training.solve import columns

#: Texts whose probabilities are recorded, so that ``stance model verify`` can tell whether a model still gives what
#: it gave: one of each stance, one without a known word, one empty, one that is not English prose.
CANARIES = (
    "We remain open to negotiations towards that goal.",
    "If they cross the border again, we will answer with force.",
    "You have broken every promise you made to this Council.",
    "The session will resume at 3 p.m. on Thursday.",
    "They won't say “never”; they refuse to talk to the U.S., don't they?",
    "Zzyzx qwrtp.",
    "",
)


def publish(trained: Trained, evaluation: Evaluation, folder: Path, *, source: str) -> None:
    """Write a model folder in place of the old one, as a whole.

    Parameters
    ----------
    folder : the model folder; replaced only if it is one
    source : what was trained on, for the manifest

    Raises
    ------
    FileError
        If ``folder`` is something else than a model folder, or cannot be written.
    """
    check_folder(folder)
    with write_folder(folder) as temporary:
        _fill(temporary, trained, evaluation, source)


def folder_bytes(trained: Trained, evaluation: Evaluation, *, source: str) -> dict[str, bytes]:
    """Give what :func:`publish` would write, file name to bytes, for comparing two trainings."""
    with TemporaryDirectory() as name:
        _fill(Path(name), trained, evaluation, source)
        return {path.name: path.read_bytes() for path in sorted(Path(name).iterdir())}


def _fill(folder: Path, trained: Trained, evaluation: Evaluation, source: str) -> None:
    arrays = array_bytes(trained)
    (folder / ARRAYS).write_bytes(arrays)
    manifest = _manifest(trained, source, canaries(folder / ARRAYS, trained))
    write_model(
        folder,
        arrays=arrays,
        manifest=manifest,
        metrics={"heads": evaluation.as_dict()["heads"]},
        card=render_card(evaluation, manifest=manifest),
        write_pipeline=lambda path: joblib.dump(pipelines(trained), path, compress=3),
    )


def check_folder(folder: Path) -> None:
    """Refuse to replace what is no model folder, before the work of training.

    Raises
    ------
    FileError
    """
    if folder.exists() and (not folder.is_dir() or (any(folder.iterdir()) and not (folder / MANIFEST).is_file())):
        raise FileError(folder, "exists and is no model folder", "Choose another place for the model with --output.")
    above = next((parent for parent in folder.parents if parent.exists()), Path())
    if not above.is_dir() or not os.access(above, os.W_OK):
        raise FileError(
            folder, f'nothing can be written in "{above}"', "Choose another place for the model with --output."
        )


def array_bytes(trained: Trained) -> bytes:
    """Give the safetensors file: terms sorted by bytes, coefficients with one row a term and one column a label."""
    encoded = [term.encode() for term in trained.vocabulary]
    coefficients, intercepts = zip(*(_in_label_order(own) for own in trained.heads.values()), strict=True)
    return bytes(
        safetensors.numpy.save(
            {
                "terms": np.frombuffer(b"".join(encoded), np.uint8),
                "term_offsets": np.cumsum([0, *map(len, encoded)]).astype(np.uint32),
                "idf": trained.idf.astype(np.float32),
                "coefficients": np.ascontiguousarray(np.vstack(coefficients).T.astype(np.float32)),
                "intercepts": np.concatenate(intercepts),
                "temperatures": np.array([own.temperature for own in trained.heads.values()]),
            }
        )
    )


def pipelines(trained: Trained) -> dict[str, Pipeline]:
    """Give one fitted scikit-learn pipeline a head, with the probabilities of the model folder.

    The classifier's weights are divided by the temperature, which is the same as dividing its scores.
    """
    vectoriser = TfidfVectorizer(analyzer=terms, sublinear_tf=True, vocabulary=trained.vocabulary)
    vectoriser.idf_ = trained.idf
    return {
        head: Pipeline([("tfidf", vectoriser), ("classifier", _calibrated(own.classifier, own.temperature))])
        for head, own in trained.heads.items()
    }


def canaries(arrays: Path, trained: Trained) -> list[dict[str, Any]]:
    """Give the canary texts with the probabilities that the written arrays give."""
    heads = {head: list(own.labels) for head, own in trained.heads.items()}
    predictor = Predictor(StoredModel(str(arrays.parent), ArrayFile(str(arrays)), {"heads": heads}))
    return [predictor.predict(text).as_dict() for text in CANARIES]


def _in_label_order(own: Any) -> tuple[Any, Any]:
    coefficients, intercepts = columns(own.classifier)
    order = [list(own.classifier.classes_).index(label) for label in own.labels]
    return coefficients[order], intercepts[order]


def _calibrated(classifier: LogisticRegression, temperature: float) -> LogisticRegression:
    copy = LogisticRegression(**classifier.get_params())
    copy.classes_ = classifier.classes_
    copy.coef_ = classifier.coef_ / temperature
    copy.intercept_ = classifier.intercept_ / temperature
    copy.n_features_in_ = classifier.n_features_in_
    copy.n_iter_ = classifier.n_iter_
    return copy


def _manifest(trained: Trained, source: str, canary_rows: list[dict[str, Any]]) -> dict[str, Any]:
    data = trained.dataset
    return {
        "heads": {head: list(own.labels) for head, own in trained.heads.items()},
        "data": {
            "source": source,
            "fingerprint": data.fingerprint,
            "statements": data.count("statement"),
            "quotes": data.count("quote"),
            "phrases": data.count("phrase"),
        },
        "parameters": {
            **trained.config.recorded(),
            "C": {head: own.strength for head, own in trained.heads.items()},
            "temperature": {head: own.temperature for head, own in trained.heads.items()},
            "terms": len(trained.vocabulary),
        },
        "canaries": canary_rows,
        "libraries": {
            "python": f"{sys.version_info.major}.{sys.version_info.minor}",
            "stance": stance.__version__,
            **{name: version(name) for name in ("scikit-learn", "numpy", "scipy", "safetensors")},
        },
    }
