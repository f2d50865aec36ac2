"""What an evaluation says, as plain frozen records with a JSON form."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any

from stance.evaluation.interval import Interval
from stance.evaluation.learning import LearningCurve
from stance.evaluation.promise_records import LabelSets, Promise, RiskCoverage
from stance.evaluation.robustness import RobustnessCheck
from stance.evaluation.side_records import ChanceTest, Comparison, Difference, Slice, Suspect, Variant

__all__ = [
    "Baseline",
    "CalibrationBin",
    "ChanceTest",
    "ClassScore",
    "Comparison",
    "Difference",
    "Evaluation",
    "HeadEvaluation",
    "Interval",
    "LabelSets",
    "LearningCurve",
    "Promise",
    "RiskCoverage",
    "RobustnessCheck",
    "Slice",
    "Suspect",
    "Variant",
    "WorstError",
]

#: Raised by one whenever a key of the JSON twin changes its name or meaning.
SCHEMA_VERSION = 1


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
    """Rows of similar confidence: its range, their mean confidence, the share labelled rightly, and how many.

    ``accuracy_interval`` is the share's 95 % interval (E. B. Wilson, 1927), rows taken as independent.
    """

    low: float
    high: float
    confidence: float
    accuracy: float
    count: int
    accuracy_interval: Interval | None = None


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
    calibration_error_interval : of the bootstrap over groups, freed of its upward bias; None likewise, or with fewer
        than five groups
    calibration_error_by_chance : what a perfectly calibrated model would reach in one sample of twenty; None likewise
    risk_coverage : over decided rows; None below a hundred of them
    promises : thresholds for risks of 1 to 40 %; empty likewise
    label_sets : for levels of 80, 90 and 95 %, in all and by class; empty likewise, or with fewer than five groups
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
    calibration_error_interval: Interval | None = None
    calibration_error_by_chance: float | None = None
    risk_coverage: RiskCoverage | None = None
    promises: tuple[Promise, ...] = ()
    label_sets: tuple[LabelSets, ...] = ()


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
    slices : scores on parts of the rows
    comparisons : with another model, one a head
    chance : the permutation test of each head
    variants : the same training under other conditions
    robustness : what must not move a label and what must; None when it was not tried
    suspects : gold labels that are probably wrong, the most doubtful first; None when nobody asked
    learning_curves : what further statements would bring, one a head; None when nobody asked
    """

    title: str
    method: str
    provenance: dict[str, str]
    heads: tuple[HeadEvaluation, ...]
    telling_terms: dict[str, dict[str, tuple[tuple[str, float], ...]]] = field(default_factory=dict)
    errors: tuple[WorstError, ...] = ()
    slices: tuple[Slice, ...] = ()
    comparisons: tuple[Comparison, ...] = ()
    chance: tuple[ChanceTest, ...] = ()
    variants: tuple[Variant, ...] = ()
    robustness: tuple[RobustnessCheck, ...] | None = None
    suspects: tuple[Suspect, ...] | None = None
    learning_curves: tuple[LearningCurve, ...] | None = None

    def as_dict(self) -> dict[str, Any]:
        """Give the JSON form."""
        return {"schema_version": SCHEMA_VERSION, **asdict(self)}
