"""Labels and probabilities in, frozen :class:`Evaluation` out. Knows nothing of models or HTML."""

from stance.evaluation.evaluate import evaluate_head
from stance.evaluation.records import (
    Baseline,
    CalibrationBin,
    ClassScore,
    Comparison,
    Difference,
    Evaluation,
    HeadEvaluation,
    Interval,
    Slice,
    WorstError,
)

__all__ = [
    "Baseline",
    "CalibrationBin",
    "ClassScore",
    "Comparison",
    "Difference",
    "Evaluation",
    "HeadEvaluation",
    "Interval",
    "Slice",
    "WorstError",
    "evaluate_head",
]
