"""Bring a training run or a predictor and a labelled file together with the evaluation."""

from stance.assessment.cross_validation import cross_validated
from stance.assessment.labelled_file import on_labelled_file

__all__ = ["cross_validated", "on_labelled_file"]
