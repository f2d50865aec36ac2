"""One fixed colour class for each label of the codebook; other labels take turns.

A class name never contains a user's label. The colours themselves stand in style.css; they were chosen with a
simulation of the three kinds of colour blindness, and no figure relies on them alone.
"""

from __future__ import annotations

from stance.labels import MEANINGS

_OTHERS = 6


def colours(labels: tuple[str, ...]) -> dict[str, str]:
    """Give each label its CSS class; labels that are not the codebook's cycle through six others, in order."""
    own = [label for label in labels if label not in MEANINGS]
    return {label: f"k-{label}" for label in labels if label in MEANINGS} | {
        label: f"k-other-{place % _OTHERS}" for place, label in enumerate(own)
    }
