"""Stretches of a text that overlap in any way, as elements that nest.

A stretch that crosses the end of another is cut there. Knows nothing of what the stretches mean.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from stance.report.elements import Markup, escape, join

#: Gives the element of a layer's piece: the piece, and what stands in it.
Wrap = Callable[["Layer", Markup], Markup]


@dataclass(frozen=True, slots=True)
class Layer:
    """A stretch of a text, or a piece of one.

    Attributes
    ----------
    start, end : offsets
    kind : what the stretch is, for the caller
    key : which one it is, for the caller
    opens, closes : whether the piece holds the first and the last character of its stretch
    """

    start: int
    end: int
    kind: str
    key: str
    opens: bool = True
    closes: bool = True


def clipped(layer: Layer, start: int, end: int) -> Layer:
    """Give the piece of a layer that lies in ``text[start:end]``, which it must touch."""
    return replace(
        layer,
        start=max(start, layer.start),
        end=min(end, layer.end),
        opens=layer.opens and layer.start >= start,
        closes=layer.closes and layer.end <= end,
    )


def nested(text: str, start: int, end: int, layers: Sequence[Layer], wrap: Wrap) -> Markup:
    """Give ``text[start:end]`` as HTML, each layer an element around its words.

    Parameters
    ----------
    layers : pieces within start and end; of two that begin together the longer one is outside, then the earlier one
    wrap : makes the element of a piece
    """
    waiting = sorted(layers, key=lambda each: (each.start, -each.end))
    parts: list[Markup] = []
    while waiting:
        outer, *others = waiting
        inside = [clipped(each, outer.start, outer.end) for each in others if each.start < outer.end]
        beyond = [clipped(each, outer.end, end) for each in others if each.end > outer.end]
        parts += [escape(text[start : outer.start])]
        parts += [wrap(outer, nested(text, outer.start, outer.end, inside, wrap))]
        start, waiting = outer.end, sorted(beyond, key=lambda each: (each.start, -each.end))
    return join([*parts, escape(text[start:end])])
