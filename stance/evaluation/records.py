"""What an evaluation says, as plain frozen records with a JSON form."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any, NamedTuple

#: Raised by one whenever a key of the JSON twin changes its name or meaning.
SCHEMA_VERSION = 1


class Interval(NamedTuple):
    """A 95 % bootstrap interval: the 2.5th and 97.5th percentile over resampled groups."""

    low: float
    high: float


@dataclass(frozen=True, slots=True)
class ClassScore:
    """Scores of one class; all in [0, 1] but ``support``, the number of rows whose gold label it is."""

    label: str
    precision: float
    recall: float
    f1: float
    f1_interval: Interval | None
    support: int


@dataclass(frozen=True, slots=True)
class Baseline:
    """What somebody would get who did not use the model."""

    name: str
    macro_f1: float
    accuracy: float


@dataclass(frozen=True, slots=True)
class CalibrationBin:
    """Rows of similar confidence: its range, their mean confidence, the share labelled rightly, and how many."""

    low: float
    high: float
    confidence: float
    accuracy: float
    count: int


@dataclass(frozen=True, slots=True)
class HeadEvaluation:
    """Scores of one head.

    Attributes
    ----------
    labels : the classes scored, in table order
    rows : number of rows scored, undecided ones included
    undecided : number of rows that the model did not decide; they count as missed, never as another class
    confusion : ``confusion[i][j]`` rows of gold class i given class j; a last column holds the undecided
    macro_f1 : mean of the classes' F1
    macro_f1_interval : None with fewer than five groups, too few to say
    accuracy, log_loss, brier : over all rows (accuracy) and over decided rows (the other two);
        Brier is the sum over classes of squared differences, in [0, 2]
    calibration_error : expected calibration error over ten bins of equal count, None below 100 decided rows
    calibration : its bins, at most ten; empty below 100 decided rows
    confidence_right, confidence_wrong : histograms of the confidence, twenty bins over [0, 1]
    """

    head: str
    labels: tuple[str, ...]
    rows: int
    groups: int
    undecided: int
    confusion: tuple[tuple[int, ...], ...]
    classes: tuple[ClassScore, ...]
    macro_f1: float
    macro_f1_interval: Interval | None
    accuracy: float
    log_loss: float
    brier: float
    calibration_error: float | None
    calibration: tuple[CalibrationBin, ...]
    confidence_right: tuple[int, ...]
    confidence_wrong: tuple[int, ...]
    baselines: tuple[Baseline, ...] = ()


@dataclass(frozen=True, slots=True)
class WorstError:
    """A row labelled wrongly, with how sure the model was and the words that decided, weight by weight."""

    head: str
    text: str
    gold: str
    predicted: str
    confidence: float
    where: str
    words: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Evaluation:
    """A finished evaluation.

    Attributes
    ----------
    title : what was measured on what, one line
    method : how, one or two sentences (cross-validation or a labelled file)
    provenance : facts to print: data fingerprint, rows, model, seed
    heads : one or two
    telling_terms : head to label to (term, weight), the weightiest first
    errors : the most confident errors, the surest first
    """

    title: str
    method: str
    provenance: dict[str, str]
    heads: tuple[HeadEvaluation, ...]
    telling_terms: dict[str, dict[str, tuple[tuple[str, float], ...]]] = field(default_factory=dict)
    errors: tuple[WorstError, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        """Give the JSON form."""
        return {"schema_version": SCHEMA_VERSION, **asdict(self)}
