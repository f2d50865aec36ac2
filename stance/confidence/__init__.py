"""Labels only where a promise holds: undecided below a confidence, and sets that hold the right label.

The thresholds were computed when the model was trained and stand in its manifest; no arrays and no NumPy here.
"""

from stance.confidence.decider import Decider
from stance.confidence.records import Decision

__all__ = ["Decider", "Decision"]
