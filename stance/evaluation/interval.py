"""The interval that all records share."""

from __future__ import annotations

from typing import NamedTuple


class Interval(NamedTuple):
    """A 95 % bootstrap interval: the 2.5th and 97.5th percentile over resampled groups."""

    low: float
    high: float
