"""A training run and its evaluation made into a model folder."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, Sequence
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import joblib

import stance
from stance.assessment.confidence import confidence_tables
from stance.atomic import write_folder
from stance.errors import FileError
from stance.evaluation import Evaluation
from stance.labels import GATED_HEAD, GATED_LABEL
from stance.model import ArrayFile, StoredModel, write_model
from stance.model.folder import ARRAYS, MANIFEST, NEIGHBOUR_INDEX, NEIGHBOURS
from stance.model.neighbours import StoredStatement, neighbours_bytes
from stance.neighbour_index import index_bytes
from stance.pipelines import pipelines
from stance.predictor import Predictor
from stance.report import render_card
from stance.stored_arrays import array_bytes
from stance.training import Trained

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


def publish(
    trained: Trained, evaluation: Evaluation, folder: Path, *, source: str, with_neighbours: bool = True
) -> None:
    """Write a model folder in place of the old one, as a whole.

    Parameters
    ----------
    folder : the model folder; replaced only if it is one
    source : what was trained on, for the manifest
    with_neighbours : write the labelled statements too, which explanations name as the nearest

    Raises
    ------
    FileError
        If ``folder`` is something else than a model folder, or cannot be written.
    """
    check_folder(folder)
    with write_folder(folder) as temporary:
        _fill(temporary, trained, evaluation, source, with_neighbours=with_neighbours)


def folder_bytes(
    trained: Trained, evaluation: Evaluation, *, source: str, with_neighbours: bool = True
) -> dict[str, bytes]:
    """Give what :func:`publish` would write, file name to bytes, for comparing two trainings."""
    with TemporaryDirectory() as name:
        _fill(Path(name), trained, evaluation, source, with_neighbours=with_neighbours)
        return {path.name: path.read_bytes() for path in sorted(Path(name).iterdir())}


def _fill(folder: Path, trained: Trained, evaluation: Evaluation, source: str, *, with_neighbours: bool) -> None:
    arrays = array_bytes(trained)
    (folder / ARRAYS).write_bytes(arrays)
    manifest = _manifest(trained, source, canaries(folder / ARRAYS, trained))
    write_model(
        folder,
        arrays=arrays,
        manifest=manifest,
        metrics={"heads": evaluation.as_dict()["heads"]},
        card=render_card(evaluation, manifest=manifest),
        neighbours=_neighbours(trained, manifest["heads"]) if with_neighbours else None,
        write_pipeline=lambda path: joblib.dump(pipelines(trained), path, compress=3),
    )


def predictor_of(trained: Trained) -> Predictor:
    """Give the predictor that would be published; nothing stays on disk."""
    with TemporaryDirectory() as name:
        arrays = Path(name) / ARRAYS
        arrays.write_bytes(array_bytes(trained))
        return Predictor(StoredModel(name, ArrayFile(str(arrays)), layout(trained)))


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


def _neighbours(trained: Trained, heads: Mapping[str, Sequence[str]]) -> dict[str, bytes]:
    """Give the files of the whole statements and quotes; of a user's one file the name only, its folder is private."""
    statements = trained.dataset.statements
    rows = [i for i, s in enumerate(statements) if s.kind != "phrase"]
    whole = [statements[i] for i in rows]
    one_file = len({s.source for s in whole}) == 1
    stored = [StoredStatement(s.text, s.labels, Path(s.source).name if one_file else s.source, s.line) for s in whole]
    return {NEIGHBOURS: neighbours_bytes(stored, heads), NEIGHBOUR_INDEX: index_bytes(trained, rows)}


def canaries(arrays: Path, trained: Trained) -> list[dict[str, Any]]:
    """Give the canary texts with the probabilities that the written arrays give."""
    predictor = Predictor(StoredModel(str(arrays.parent), ArrayFile(str(arrays)), layout(trained)))
    return [predictor.predict(text).as_dict() for text in CANARIES]


def layout(trained: Trained) -> dict[str, Any]:
    """Give the part of the manifest that says which column of the arrays is what: the heads, then the gate."""
    gate = {"head": GATED_HEAD, "label": GATED_LABEL} if trained.gate else None
    return {"heads": {head: list(own.labels) for head, own in trained.heads.items()}, "gate": gate}


def _manifest(trained: Trained, source: str, canary_rows: list[dict[str, Any]]) -> dict[str, Any]:
    data = trained.dataset
    return {
        **layout(trained),
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
            "words": len(trained.reading.words.units),
            "acts": int(trained.features.choice.acts.sum()),
        },
        "canaries": canary_rows,
        "confidence": confidence_tables(trained),
        "libraries": {
            "python": f"{sys.version_info.major}.{sys.version_info.minor}",
            "stance": stance.__version__,
            **{name: version(name) for name in ("scikit-learn", "numpy", "scipy", "safetensors")},
        },
    }
