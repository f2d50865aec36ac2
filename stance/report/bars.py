"""Horizontal bars: scores in [0, 1] with whiskers, and weights of terms."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from stance.report import svg
from stance.report.elements import Markup, join
from stance.report.wording import bounds, clipped, human_term, score, signed

if TYPE_CHECKING:
    from stance.evaluation.records import Interval

_ROW, _TOP, _THICK = 44, 22, 12
_LONGEST_NAME, _LONGEST_TERM = 28, 20  # as many as fit on a telephone
_TERM_ROW, _TERM_AT, _TERM_WIDTH = 23, 0.44, 0.4


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: its name, its value in [0, 1], its interval (None draws no whisker) and its CSS class."""

    name: str
    value: float
    interval: Interval | None
    colour: str


def score_bars(bars: Sequence[Bar], *, label: str, axis: str) -> Markup:
    """Draw bars on a scale from 0 to 1, each under its name, with its figures at the right.

    Parameters
    ----------
    label : what the chart shows, for screen readers; the figures are added here
    axis : name of the scale
    """
    height = _ROW * len(bars)
    said = "; ".join(f"{bar.name} {_figures(bar)}" for bar in bars)
    return svg.canvas(
        height + 20,
        f"{label}: {said}.",
        *(_row(bar, _ROW * place) for place, bar in enumerate(bars)),
        svg.text("0", 0, f"{height + 16}", "tick"),
        svg.text("0.5", 0.5, f"{height + 16}", "tick", anchor="middle"),
        svg.text(f"{axis} 1", 1, f"{height + 16}", "tick", anchor="end"),
    )


def _row(bar: Bar, top: int) -> Markup:
    return join(
        [
            svg.text(clipped(bar.name, _LONGEST_NAME), 0, f"{top + 15}", "name"),
            svg.text(_figures(bar), 1, f"{top + 15}", "figure", anchor="end"),
            svg.rect(0, f"{top + _TOP}", 1, f"{_THICK}", "track"),
            svg.rect(0, f"{top + _TOP}", bar.value, f"{_THICK}", f"bar {bar.colour}"),
            svg.line(0.5, f"{top + _TOP}", 0.5, f"{top + _TOP + _THICK}", "middle"),
            _whisker(bar.interval, top + _TOP + _THICK // 2) if bar.interval else "",
        ]
    )


def _figures(bar: Bar) -> str:
    return f"{score(bar.value)} ({bounds(bar.interval)})" if bar.interval else score(bar.value)


def _whisker(interval: Interval, y: int) -> Markup:
    """Draw an interval over its bar; a pale line beneath keeps it visible on any colour."""
    low, high = interval
    ends = (svg.line(x, f"{y - 5}", x, f"{y + 5}", "whisker") for x in (low, high))
    return join([*(svg.line(low, f"{y}", high, f"{y}", kind) for kind in ("halo", "whisker")), *ends])


def term_bars(terms: Sequence[tuple[str, float]], *, scale: float, colour: str, label: str) -> Markup:
    """Draw weights of terms as bars, longest allowed weight ``scale``; a weight below zero has a hollow bar."""
    said = "; ".join(f"{human_term(term)} {signed(weight)}" for term, weight in terms)
    return svg.canvas(
        _TERM_ROW * len(terms) + 2,
        f"{label}: {said}.",
        *(_term_row(term, weight, scale, colour, _TERM_ROW * place) for place, (term, weight) in enumerate(terms)),
    )


def _term_row(term: str, weight: float, scale: float, colour: str, top: int) -> Markup:
    length = _TERM_WIDTH * abs(weight) / scale if scale else 0.0
    hollow = " hollow" if weight < 0 else ""
    return join(
        [
            svg.text(clipped(human_term(term), _LONGEST_TERM), _TERM_AT - 0.03, f"{top + 16}", "term", anchor="end"),
            svg.rect(_TERM_AT, f"{top + 6}", length, "12", f"bar {colour}{hollow}"),
            svg.text(signed(weight), 1, f"{top + 16}", "figure", anchor="end"),
        ]
    )
