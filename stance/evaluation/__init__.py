"""Labels and probabilities in, frozen :class:`Evaluation` out. Knows nothing of models or HTML."""

from stance.evaluation.evaluate import evaluate_head
from stance.evaluation.learning import LearningCurve
from stance.evaluation.records import (
    Baseline,
    CalibrationBin,
    ChanceTest,
    ClassScore,
    Comparison,
    Difference,
    Evaluation,
    HeadEvaluation,
    Interval,
    LabelSets,
    Promise,
    RiskCoverage,
    Slice,
    Suspect,
    Variant,
    WorstError,
)

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
    "Slice",
    "Suspect",
    "Variant",
    "WorstError",
    "evaluate_head",
]
