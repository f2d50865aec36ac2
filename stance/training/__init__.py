"""A data set in, fitted and calibrated heads out. scikit-learn lives here; files do not."""

from stance.training.config import TrainingConfig
from stance.training.train import Trained, train

__all__ = ["Trained", "TrainingConfig", "train"]
