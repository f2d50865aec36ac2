"""Write a model folder as a whole; read one only when it is what it says it is."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from stance.errors import ModelError
from stance.model.arrays import ArrayFile
from stance.text.analysis import TEXT_FORMAT

#: Raised by one whenever a reader of the old number could misread the new. 2 added the weights of words, 3 the gate,
#: 4 the index of the statements. From 1.0 on, keep the old reader beside the new one when you raise it, and add a
#: folder of the old number to the tests.
FORMAT = 4

ARRAYS, MANIFEST, METRICS, CARD, NEIGHBOURS, NEIGHBOUR_INDEX, PIPELINE = (
    "model.safetensors",
    "manifest.json",
    "metrics.json",
    "README.md",
    "neighbours.jsonl",
    "neighbours.safetensors",
    "pipeline.joblib",
)


_RETRAIN = "Train the model again or fetch it again."


@dataclass(frozen=True)
class StoredModel:
    """A model read from a folder: its arrays, still on disk, and its manifest."""

    path: str
    arrays: ArrayFile
    manifest: Mapping[str, Any]

    @property
    def heads(self) -> dict[str, tuple[str, ...]]:
        """Head to its labels, in column order."""
        return {head: tuple(labels) for head, labels in self.manifest["heads"].items()}

    @property
    def gate(self) -> tuple[str, str] | None:
        """The head behind the gate and the label of what is not about politics; None without a gate.

        The log-odds that a text is about politics are the column after those of the heads.
        """
        gate = self.manifest["gate"]
        return (gate["head"], gate["label"]) if gate else None


def read_model(path: str) -> StoredModel:
    """Open a model folder and check format numbers and hash.

    Raises
    ------
    ModelError
        If the folder is missing or incomplete, of another format, or its arrays are not those of the manifest.
    """
    if not os.path.isdir(path):
        raise ModelError(path, "no such model folder", "Check the name, or train one: stance train --output FOLDER")
    manifest = read_manifest(path)
    _check_format(path, manifest)
    arrays = ArrayFile(os.path.join(path, ARRAYS))
    if arrays.sha256() != manifest["sha256"]:
        raise ModelError(
            arrays.path,
            "its SHA-256 is not the one in manifest.json, so the weights are not those that were trained",
            _RETRAIN,
        )
    if not _fit(arrays, manifest["heads"], manifest["gate"]):
        raise ModelError(path, "manifest.json and model.safetensors do not fit together", _RETRAIN)
    return StoredModel(path, arrays, manifest)


def _fit(arrays: ArrayFile, heads: Any, gate: Any) -> bool:
    """Tell whether the arrays have a column for each label: the hash does not cover the manifest itself."""
    try:
        columns = sum(map(len, heads.values()))
        if gate is not None:
            columns += 1
            if gate["label"] not in heads[gate["head"]]:
                return False
    except (AttributeError, TypeError, KeyError):
        return False
    rows, words = len(arrays.array("idf")), len(arrays.array("acts"))
    lengths = {
        "term_offsets": rows + 1,
        "coefficients": rows * columns,
        "word_offsets": words + 1,
        "word_step": 1,
        **dict.fromkeys(("outside", "inside", "leading"), words * columns),
        "intercepts": columns,
        "temperatures": len(heads),
    }
    return columns > 0 and all(len(arrays.array(name)) == length for name, length in lengths.items())


def read_manifest(path: str) -> dict[str, Any]:
    """Give the manifest of a model folder.

    Raises
    ------
    ModelError
        If it is missing or not a JSON object with the keys that reading needs.
    """
    name = os.path.join(path, MANIFEST)
    try:
        with open(name, "rb") as stream:
            manifest = json.load(stream)
        if not manifest.keys() >= {"format", "text_format", "sha256", "heads", "gate"}:
            raise ValueError
        return dict(manifest)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise ModelError(name, f"could not be read ({reason})", _RETRAIN) from None
    except (ValueError, AttributeError, RecursionError):
        raise ModelError(name, "is no model manifest", _RETRAIN) from None


def _check_format(path: str, manifest: Mapping[str, Any]) -> None:
    for key, own, what in (("format", FORMAT, "model format"), ("text_format", TEXT_FORMAT, "text format")):
        if manifest[key] != own:
            raise ModelError(
                path,
                f"{what} {manifest[key]}, but this version of stance reads {own}",
                "Train the model again with this version, or install the version that wrote it.",
            )


def write_model(
    folder: Path,
    *,
    arrays: bytes,
    manifest: Mapping[str, Any],
    metrics: Mapping[str, Any],
    card: str,
    neighbours: Mapping[str, bytes] | None = None,
    write_pipeline: Callable[[Path], object] | None = None,
) -> None:
    """Fill an empty folder with the files of a model; the caller moves it to its place.

    Parameters
    ----------
    arrays : a safetensors file's bytes
    manifest : without ``sha256``, ``format``, ``text_format`` and ``neighbours``, which are added here
    neighbours : file name to content: the labelled statements, as of :mod:`stance.model.neighbours`, and their index;
        None leaves them out
    write_pipeline : called with the path of ``pipeline.joblib``
    """
    from hashlib import sha256

    (folder / ARRAYS).write_bytes(arrays)
    whole = {"format": FORMAT, "text_format": TEXT_FORMAT, "sha256": sha256(arrays).hexdigest(), **manifest}
    whole["neighbours"] = None
    if neighbours is not None:
        for name, content in neighbours.items():
            (folder / name).write_bytes(content)
        whole["neighbours"] = {name: sha256(content).hexdigest() for name, content in neighbours.items()}
    (folder / MANIFEST).write_text(json.dumps(whole, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    (folder / METRICS).write_text(json.dumps(metrics, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    (folder / CARD).write_text(card, encoding="utf-8")
    if write_pipeline is not None:
        write_pipeline(folder / PIPELINE)
