"""Boil a file of predictions down to the counts that drift is read from, one row in memory at a time."""

from __future__ import annotations

from stance.assessment.predictions import PredictedRow, read_predictions
from stance.evaluation.drift import Drift, Moments, Sample, Thresholds, compare
from stance.text import word_tokens


def drift_of_files(
    old: str, new: str, *, column: str = "text", prefix: str = "", thresholds: Thresholds | None = None, seed: int = 0
) -> Drift:
    """Compare two files of predictions.

    Parameters
    ----------
    column : the text column; without it the known words are not compared

    Raises
    ------
    FileError, RowError
        If a file cannot be read or has no label column.
    """
    samples = (sample_of(path, column=column, prefix=prefix) for path in (old, new))
    return compare(*samples, thresholds=thresholds or Thresholds(), seed=seed)


def sample_of(path: str, *, column: str = "text", prefix: str = "") -> Sample:
    """Give what is kept of one file."""
    sample = Sample()
    for row in read_predictions(path, prefix=prefix):
        decided = row.status == "ok" and bool(row.labels)
        sample.undecided.add(not decided)
        _add_known(sample, row, column)
        if decided:
            _add_labels(sample, row)
    return sample


def _add_known(sample: Sample, row: PredictedRow, column: str) -> None:
    text = row.values.get(column)
    if row.known_terms is None or not isinstance(text, str):
        return
    words = len({token.lower() for token in word_tokens(text)})
    if words:
        sample.known.add(min(row.known_terms / words, 1.0))


def _add_labels(sample: Sample, row: PredictedRow) -> None:
    for head, label in row.labels.items():
        counts = sample.labels.setdefault(head, {})
        counts[label] = counts.get(label, 0) + 1
        if label in row.probabilities.get(head, {}):
            sample.confidence.setdefault(head, Moments()).add(row.probabilities[head][label])
