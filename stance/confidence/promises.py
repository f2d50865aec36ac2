"""The thresholds of a model, looked up in its manifest: for a risk, the confidence; for a coverage, one a label.

A risk between two of the table takes the lower one, a coverage the higher one, so that what was asked is kept.
"""

from __future__ import annotations

from collections.abc import Mapping
from math import isfinite
from typing import Any

from stance.errors import ModelError, UsageError

#: Two decimals written in a file are no exact binary numbers.
_EQUAL = 1e-9


class Promises:
    """What one head of a model can promise.

    Parameters
    ----------
    path, manifest : of the model folder
    head : ``stance`` or ``sentiment``

    Raises
    ------
    ModelError
        If the manifest holds no thresholds, or none that can be read.
    """

    def __init__(self, path: str, manifest: Mapping[str, Any], head: str) -> None:
        self._head = head
        table = manifest.get("confidence")
        if table is None:
            raise ModelError(
                path,
                "was trained without thresholds, so nothing can be promised",
                "Train it again with this version of stance.",
            )
        labels = manifest["heads"][head]
        try:
            own = table[head]
            self._rows = int(own["rows"])
            self._risks = sorted((_number(risk), _number(confidence)) for risk, confidence in own["risks"].items())
            self._sets = {
                how: sorted(
                    (_number(level), tuple(_number(of[label]) for label in labels)) for level, of in sets.items()
                )
                for how, sets in ((how, own["sets"][how]) for how in ("class", "all"))
            }
        except (AttributeError, KeyError, TypeError, ValueError):
            raise ModelError(
                path, f"the manifest's thresholds of {head} cannot be read", "Train it again or fetch it again."
            ) from None

    @property
    def lowest_risk(self) -> float | None:
        """The lowest risk that can be promised; None if none can."""
        return self._risks[0][0] if self._risks else None

    @property
    def highest_coverage(self) -> float | None:
        """The highest coverage that can be promised, among the texts of each label and among all; None if none can."""
        return min(table[-1][0] for table in self._sets.values()) if all(self._sets.values()) else None

    def confidence(self, risk: float) -> float:
        """Give the probability that a label must have.

        Raises
        ------
        UsageError
            If the risk is no number between 0 and 1, or lower than what can be promised.
        """
        if not 0 < risk < 1:
            raise UsageError(f"A risk of {risk:g} is no share of wrong labels; give one between 0 and 1, such as 0.1.")
        if not self._risks:
            raise UsageError(
                f"No risk can be promised for {self._head}: {self._rows:,} labelled rows of the training are too few, "
                "or their labels too uncertain."
            )
        kept = [confidence for promised, confidence in self._risks if promised <= risk + _EQUAL]
        if not kept:
            raise UsageError(
                f"A risk of {risk:g} cannot be promised for {self._head}; the lowest that this model can promise is "
                f"{self._risks[0][0]:g}."
            )
        return kept[-1]

    def limits(self, coverage: float, *, per_class: bool = True) -> tuple[float, ...]:
        """Give for each label the probability from which on it belongs into a set.

        Parameters
        ----------
        per_class : hold the coverage among the texts of each label, not only among all

        Raises
        ------
        UsageError
            If the coverage is no number between 0 and 1, or higher than any of the table.
        """
        if not 0 < coverage < 1:
            raise UsageError(f"A coverage of {coverage:g} is no share of sets; give one between 0 and 1, such as 0.9.")
        table = self._sets["class" if per_class else "all"]
        kept = next((limits for level, limits in table if level >= coverage - _EQUAL), None)
        if kept is None:
            raise UsageError(
                f"A coverage of {coverage:g} cannot be promised for {self._head}; the highest that this model can "
                f"promise is {table[-1][0]:g}."
                if table
                else f"No sets can be promised for {self._head}: the model was calibrated on too few rows."
            )
        return kept


def _number(value: Any) -> float:
    number = float(value)
    if not isfinite(number):
        raise ValueError
    return number
