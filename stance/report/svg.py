"""Drawing primitives for inline SVG that keeps its text size at any width.

Horizontal positions are shares of the width, written as per cent, and there is no ``viewBox``: a chart grows from a
telephone to a sheet of paper while letters and bar heights stay as set. Knows nothing of what is drawn.
"""

from __future__ import annotations

from stance.report.elements import Markup, tag


def canvas(height: int, label: str, *children: Markup, class_: str = "chart") -> Markup:
    """Give a whole chart.

    Parameters
    ----------
    height : pixels
    label : what a screen reader says instead of the drawing
    """
    return tag("svg", *children, role="img", aria_label=label, width="100%", height=height, class_=class_)


def area(*children: Markup, x: float = 0, y: int = 0, width: float = 1, height: int) -> Markup:
    """Give a part of a chart with shares of its own; ``x`` and ``width`` are shares of the chart's width."""
    return tag("svg", *children, x=share(x), y=y, width=share(width), height=height, overflow="visible")


def rect(x: float, y: str, width: float, height: str, class_: str, *, title: str | None = None) -> Markup:
    """Give a rectangle; ``y`` and ``height`` are pixels or per cent as the caller says."""
    inside = (tag("title", title),) if title else ()
    return tag("rect", *inside, x=share(x), y=y, width=share(width), height=height, class_=class_)


def line(x1: float, y1: str, x2: float, y2: str, class_: str) -> Markup:
    """Give a straight line."""
    return tag("line", x1=share(x1), y1=y1, x2=share(x2), y2=y2, class_=class_)


def dot(x: float, y: str, radius: float, class_: str, *, title: str) -> Markup:
    """Give a disc that tells its figures when pointed at."""
    return tag("circle", tag("title", title), cx=share(x), cy=y, r=f"{radius:g}", class_=class_)


def text(content: str, x: float, y: str, class_: str, *, anchor: str = "start", dy: int | None = None) -> Markup:
    """Give one line of text; ``anchor`` is start, middle or end, ``dy`` a shift in pixels."""
    return tag("text", content, x=share(x), y=y, dy=dy, text_anchor=anchor, class_=class_)


def share(value: float) -> str:
    """Write a share as per cent, to a hundredth: finer than a pixel and the same bytes everywhere."""
    return f"{100 * value:.2f}".rstrip("0").rstrip(".") + "%"
