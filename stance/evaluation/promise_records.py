"""What can be promised of labels, as plain frozen records."""

from __future__ import annotations

from dataclasses import dataclass

from stance.evaluation.interval import Interval


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
