"""The whole page: one file, no script, nothing fetched."""

from __future__ import annotations

from importlib.resources import files
from typing import TYPE_CHECKING

from stance.report.elements import Markup, lines, tag
from stance.report.glance import glossary, key_figures
from stance.report.head import head_section
from stance.report.sections import Section, contents, written
from stance.report.tables import facts

if TYPE_CHECKING:
    from stance.evaluation.records import Evaluation

#: Even if a text got past the escaping, the browser would neither run nor fetch anything.
_POLICY = "default-src 'none'; style-src 'unsafe-inline'"


def render_html(evaluation: Evaluation) -> str:
    """Give the report as one self-contained HTML file; the same evaluation gives the same characters.

    Returns
    -------
    str
        Valid as HTML and well-formed as XML; write it as UTF-8.
    """
    page = tag("html", _head(evaluation), "\n", _body(evaluation), lang="en")
    return f"<!DOCTYPE html>\n{page}\n"


def _head(evaluation: Evaluation) -> Markup:
    style = files("stance.report").joinpath("style.css").read_text(encoding="utf-8")
    return tag(
        "head",
        lines(
            tag("meta", charset="utf-8"),
            tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
            tag("meta", name="color-scheme", content="light dark"),
            tag("meta", http_equiv="Content-Security-Policy", content=_POLICY),
            tag("title", evaluation.title),
            tag("style", Markup(style)),  # ours, and a test holds that it needs no escaping
        ),
    )


def _body(evaluation: Evaluation) -> Markup:
    sections = _sections(evaluation)
    glance, provenance, *others = sections
    aside = tag("nav", tag("h2", "Contents", id="contents-title"), contents(sections), aria_labelledby="contents-title")
    return tag(
        "body",
        lines(
            tag("header", _masthead(evaluation)),
            tag(
                "main",
                lines(
                    written(glance),
                    tag("div", aside, written(provenance), class_="pair front"),
                    *(written(section) for section in others),
                ),
            ),
            tag("footer", tag("p", "Written by stance. This file is complete in itself: it runs and fetches nothing.")),
        ),
    )


def _masthead(evaluation: Evaluation) -> Markup:
    return lines(
        tag("p", "Evaluation report", class_="kicker"),
        tag("h1", tag("bdi", evaluation.title)),
        tag("p", tag("bdi", evaluation.method), class_="standfirst"),
    )


def _sections(evaluation: Evaluation) -> list[Section]:
    """Give key figures, provenance, one section a head, and the glossary."""
    heads = [(f"head-{place}", head) for place, head in enumerate(evaluation.heads, start=1)]
    return [
        Section("glance", "Key figures", key_figures(heads)),
        Section("provenance", "Where the figures come from", _provenance(evaluation)),
        *(
            head_section(
                anchor,
                head,
                evaluation.telling_terms.get(head.head, {}),
                [error for error in evaluation.errors if error.head == head.head],
                evaluation,
            )
            for anchor, head in heads
        ),
        Section("words", "Words used here", glossary()),
    ]


def _provenance(evaluation: Evaluation) -> Markup:
    if not evaluation.provenance:
        return tag("p", "Nothing was recorded.")
    return facts(evaluation.provenance, name="Provenance")
