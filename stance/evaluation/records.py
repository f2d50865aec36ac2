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
class Promise:
    """A confidence above which labels are wrong no more often than ``risk``, but for one sample in twenty.

    Attributes
    ----------
    confidence : label only what is at least so sure; None when no threshold can promise the risk on so few rows
    coverage : share of the decided rows that are so sure
    wrong : share of these that are labelled wrongly
    bound : the largest share that is compatible with these rows, at most ``risk``
    """

    risk: float
    confidence: float | None
    coverage: float
    wrong: float | None
    bound: float | None


@dataclass(frozen=True, slots=True)
class LabelSets:
    """Sets of labels that hold the right one in a share ``level`` of cases, and how they did on rows left out.

    Attributes
    ----------
    by_class : whether the level is held within each gold label, not only in all
    thresholds : label to the probability that puts it into a set; 0 where the rows of the label are too few, so that it
        is in every set
    coverage : share of left-out rows whose set holds the gold label
    coverage_interval : 95 % (Wilson), rows taken as independent
    class_coverage : label to that share among its rows; None without rows
    size : mean number of labels in a set
    single, empty : share of sets of one label, of none
    """

    level: float
    by_class: bool
    thresholds: dict[str, float]
    coverage: float
    coverage_interval: Interval
    class_coverage: dict[str, float | None]
    size: float
    single: float
    empty: float


@dataclass(frozen=True, slots=True)
class RiskCoverage:
    """Share of wrong labels when only the surest rows are labelled.

    Attributes
    ----------
    points : (coverage, share wrong among these rows), at most a hundred, coverage ascending from
        ten rows on
    area : mean share wrong over all coverages (AURC)
    area_at_best : what an ordering would reach that puts all wrong rows last
    """

    points: tuple[tuple[float, float], ...]
    area: float
    area_at_best: float


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
class Slice:
    """Scores on the rows that have one value in one column.

    Attributes
    ----------
    labels : number of gold labels that occur here; the macro-F1 is over these
    small : fewer than thirty rows, too few to conclude anything
    """

    head: str
    column: str
    value: str
    rows: int
    groups: int
    labels: int
    macro_f1: float
    macro_f1_interval: Interval | None
    accuracy: float
    accuracy_interval: Interval | None
    small: bool


@dataclass(frozen=True, slots=True)
class Difference:
    """One figure of this model and of the other, and how far this one is above; None with fewer than five groups."""

    what: str
    this: float
    other: float
    difference: float
    interval: Interval | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two models on the same rows.

    Attributes
    ----------
    other : name of the other model
    both_right, only_this, only_other, both_wrong : rows
    p_value : of McNemar's exact test
    f1 : one difference a class and, last, that of the macro-F1
    """

    head: str
    other: str
    rows: int
    groups: int
    both_right: int
    only_this: int
    only_other: int
    both_wrong: int
    p_value: float
    f1: tuple[Difference, ...]


@dataclass(frozen=True, slots=True)
class ChanceTest:
    """The macro-F1 beside that of shuffled gold labels.

    Attributes
    ----------
    by_chance, by_chance_high : mean and 95th percentile over the permutations
    p_value : share of permutations that reach the model's score, the model's own labels counted as one
    """

    head: str
    macro_f1: float
    by_chance: float
    by_chance_high: float
    p_value: float
    permutations: int


@dataclass(frozen=True, slots=True)
class Variant:
    """The score of the same training under another condition, which ``name`` tells."""

    head: str
    name: str
    macro_f1: float
    macro_f1_interval: Interval | None
    accuracy: float


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

    def as_dict(self) -> dict[str, Any]:
        """Give the JSON form."""
        return {"schema_version": SCHEMA_VERSION, **asdict(self)}
