"""The speakers of an article: how much each said, with which stance, and where."""

from __future__ import annotations

from collections.abc import Mapping

from stance.article import Article, SpeakerSummary
from stance.article.speakers import named
from stance.article.wording import NOBODY
from stance.article_page.marked import key_of
from stance.report import svg
from stance.report.elements import Markup, join, lines, tag
from stance.report.wording import counted, percent


def speaker_list(article: Article, anchor: str, coloured: Mapping[str, str], *, level: int) -> Markup:
    """Give every speaker with a bar of labels, the same in words, and links to the statements."""
    if not article.speakers:
        return tag("p", "Nobody is quoted.")
    entries = (tag("li", _entry(article, each, anchor, coloured, level)) for each in article.speakers)
    return tag("ol", lines(*entries), class_="speakers")


def _entry(article: Article, each: SpeakerSummary, anchor: str, coloured: Mapping[str, str], level: int) -> Markup:
    name = tag("bdi", each.name) if each.name else NOBODY
    shares = [_share(each.labels[label], label, p) for label, p in each.shares.items() if p]
    shares += [f"{each.undecided} undecided"] if each.undecided else []
    links = join(_links(article, each, anchor), ", ")
    return lines(
        tag(f"h{level}", name, " ", tag("small", counted(each.statements, "statement"))),
        _bar(each, coloured),
        tag("p", ", ".join(shares), ": ", links),
    )


def _share(count: int, label: str, share: float) -> str:
    """Give a label's count, and its share where it is not all."""
    return f"{count} {label}" if share == 1 else f"{count} {label} ({percent(share)})"


def _links(article: Article, each: SpeakerSummary, anchor: str) -> list[Markup]:
    wanted = (each.name or "").casefold()
    return [
        tag(
            "a",
            tag("span", "statement ", class_="aside"),
            str(place + 1),
            href=f"#{key_of(anchor, place)}",
            data_s=key_of(anchor, place),
        )
        for place, s in enumerate(article.statements)
        if s.counted and (named(s.quote.speaker) or "").casefold() == wanted
    ]


def _bar(each: SpeakerSummary, coloured: Mapping[str, str]) -> Markup:
    """Draw the shares of all statements side by side; what is undecided stays empty."""
    at, drawn = 0.0, [svg.rect(0, "0", 1, "8", "track")]
    for label, count in each.labels.items():
        if count:
            drawn.append(svg.rect(at, "0", count / each.statements, "8", f"bar {coloured.get(label, 'k-unknown')}"))
            at += count / each.statements
    return tag("svg", *drawn, width="100%", height=8, aria_hidden="true")
