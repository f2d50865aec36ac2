"""What must not move a label, what must, and how often it does: one figure a check, against its limit."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class RobustnessCheck:
    """One figure.

    Attributes
    ----------
    suite : ``names``, ``noise``, ``reversals``, ``other worlds`` or ``nothing to judge``
    name : what was tried, within the suite
    share : of the rows, in [0, 1]; what it is the share of, ``suite`` tells
    rows : number of texts or pairs; none were usable when it is 0
    limit : the share that is wanted; None where only the whole suite has a limit
    wanted : whether the limit is the least or the most
    """

    suite: str
    name: str
    share: float
    rows: int
    limit: float | None
    wanted: Literal["at least", "at most"]

    @property
    def met(self) -> bool | None:
        """Whether the limit is kept; None without a limit or rows."""
        if self.limit is None or not self.rows:
            return None
        return self.share >= self.limit if self.wanted == "at least" else self.share <= self.limit
