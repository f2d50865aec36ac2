"""Sections with anchors, and the list of contents made from them, so that no link can miss its target."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from stance.report.elements import Markup, lines, tag


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with what stands below it; ``anchor`` is unique on the page."""

    anchor: str
    title: str
    body: Markup
    parts: tuple[Section, ...] = ()


def written(section: Section, *, level: int = 2) -> Markup:
    """Give a section and its parts, headed ``h2`` and, one deeper each, below."""
    heading = tag(f"h{level}", section.title, id=f"{section.anchor}-title")
    parts = [written(part, level=level + 1) for part in section.parts]
    inside = lines(heading, section.body, *parts)
    return tag("section", inside, id=section.anchor, aria_labelledby=f"{section.anchor}-title", class_=f"level{level}")


def contents(sections: Sequence[Section]) -> Markup:
    """Give the list of sections and their parts, each a link."""
    return tag("ol", lines(*(_entry(section) for section in sections)))


def _entry(section: Section) -> Markup:
    link = tag("a", section.title, href=f"#{section.anchor}")
    return tag("li", link, contents(section.parts)) if section.parts else tag("li", link)


def finding(sentence: str) -> Markup:
    """Give the sentence that a group of figures comes down to."""
    return tag("p", sentence, class_="finding")


def side_by_side(*figures: Markup, class_: str = "pair") -> Markup:
    """Put two figures beside each other where the page is wide enough."""
    return tag("div", *figures, class_=class_)


def figure(drawing: Markup, reading: str, *, class_: str | None = None) -> Markup:
    """Give a figure followed by the sentence that says how to read it."""
    return tag("figure", drawing, tag("figcaption", reading), class_=class_)
