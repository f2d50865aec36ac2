"""Many texts at once, in NumPy: the same numbers as one by one, but for the order in which they are summed."""

from stance.bulk.scores import BulkScorer, probabilities

__all__ = ["BulkScorer", "probabilities"]
