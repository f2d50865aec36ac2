"""Plain tables: headed by scope, figures flush right, scrolling in a box of their own when the page is narrow."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from stance.report.elements import Markup, lines, tag


def table(header: Sequence[str], rows: Sequence[Sequence[str]], *, name: str, words: int = 1) -> Markup:
    """Give a table whose first cell in each row is that row's heading.

    Parameters
    ----------
    header : one cell a column
    rows : cells as text or HTML, as many as the header has
    name : what the table holds, for screen readers
    words : how many columns from the left hold words; the others hold figures, flush right
    """
    head = tag("tr", *(tag("th", cell, scope="col", class_=_kind(i, words)) for i, cell in enumerate(header)))
    body = [
        tag(
            "tr",
            tag("th", tag("bdi", first), scope="row"),
            *(tag("td", tag("bdi", cell), class_=_kind(i, words)) for i, cell in enumerate(rest, start=1)),
        )
        for first, *rest in rows
    ]
    return scrolling(tag("table", tag("thead", head), tag("tbody", lines(*body))), name)


def _kind(place: int, words: int) -> str | None:
    return None if place < words else "figure"


def facts(entries: Mapping[str, str], *, name: str) -> Markup:
    """Give a table of two columns: what, and its value."""
    rows = [
        tag("tr", tag("th", tag("bdi", key), scope="row"), tag("td", tag("bdi", value)))
        for key, value in entries.items()
    ]
    return tag("table", tag("tbody", lines(*rows)), class_="facts", aria_label=name)


def scrolling(content: Markup, name: str) -> Markup:
    """Put a table into a box that scrolls sideways and can be reached with the keyboard."""
    return tag("div", content, class_="scroll", role="region", aria_label=name, tabindex=0)
