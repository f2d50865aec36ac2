"""The whole page: one file that fetches nothing; a script of our own helps, and is not needed."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Mapping, Sequence
from hashlib import sha256
from importlib.resources import files

from stance.article import Article
from stance.article.wording import GRADES, KINDS, summary
from stance.article_page.details import details
from stance.article_page.marked import marked_text
from stance.article_page.speakers import speaker_list
from stance.labels import MEANINGS
from stance.report.colours import colours
from stance.report.elements import NOTHING, Markup, join, lines, tag
from stance.report.mistakes import label_mark
from stance.report.wording import counted

_NOTES = {
    "Undecided": "Too little to judge: fewer than three words, or words that the model does not know. It is not the "
    "stance \u201cnone\u201d, which was read and takes no stance.",
    "Underlined words": "Those that spoke most for the stance. Each detail lists them with what they add to the score.",
    "By speaker": "A piece quoted inside a longer statement is counted with that statement. Whoever is only "
    "\u201che\u201d or \u201cshe\u201d, or not named at all, is counted as \u201cno speaker named\u201d.",
}


def render_page(articles: Sequence[Article]) -> str:
    """Give articles as one self-contained HTML file; the same articles give the same characters.

    Returns
    -------
    str
        Valid as HTML and well-formed as XML; write it as UTF-8.
    """
    many = len(articles) != 1
    title = f"{counted(len(articles), 'article')} read" if many else str(articles[0].id or "An article")
    shown = [_article(article, f"a{number}", 2 if many else 1) for number, article in enumerate(articles, start=1)]
    body = [
        tag("header", tag("p", "Who said what", class_="kicker"), tag("h1", title), _contents(articles), class_="all")
        if many
        else NOTHING,
        tag("main", lines(*shown, _notes())),
        tag("footer", tag("p", "Written by stance. This file is complete in itself: it fetches nothing.")),
        tag("script", _resource("script.js")),
    ]
    page = tag("html", _head(title), "\n", tag("body", lines(*body)), lang="en")
    return f"<!DOCTYPE html>\n{page}\n"


def _resource(name: str, package: str = "stance.article_page") -> Markup:
    """Give a file of ours that goes into the page as it is; a test holds that it needs no escaping."""
    return Markup(files(package).joinpath(name).read_text(encoding="utf-8"))


def _head(title: str) -> Markup:
    script = b64encode(sha256(_resource("script.js").encode()).digest()).decode()
    style = join([_resource("style.css", "stance.report"), _resource("style.css")])
    return tag(
        "head",
        lines(
            tag("meta", charset="utf-8"),
            tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
            tag("meta", name="color-scheme", content="light dark"),
            tag(
                "meta",
                http_equiv="Content-Security-Policy",
                content=f"default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-{script}'",
            ),
            tag("title", title),
            tag("style", style),
        ),
    )


def _contents(articles: Sequence[Article]) -> Markup:
    links = (
        tag("li", tag("a", tag("bdi", str(a.id)), href=f"#a{n}"), " ", summary(a)) for n, a in enumerate(articles, 1)
    )
    return tag("nav", tag("ol", lines(*links)), aria_label="Articles")


def _article(article: Article, anchor: str, level: int) -> Markup:
    """Give one article: headline, text beside the speakers, then every statement in detail."""
    coloured = {label: c for labels in article.heads.values() for label, c in colours(labels).items()}
    text = marked_text(article, anchor, coloured)
    name = str(article.id or "An article")
    top = lines(
        tag("p", tag("bdi", name if text.headline else "Who said what"), class_="kicker"),
        tag(f"h{level}", text.headline or tag("bdi", name), class_="headline-text"),
        tag("p", summary(article), class_="standfirst"),
        _legend(article, coloured) if article.statements else NOTHING,
    )
    return tag("section", lines(tag("header", top), _reading(article, text.body, anchor, coloured, level)), id=anchor)


def _reading(article: Article, body: Markup, anchor: str, coloured: Mapping[str, str], level: int) -> Markup:
    heading = f"h{level + 1}"
    panel = tag("div", class_="panel", hidden="hidden", aria_hidden="true")
    people = tag(
        "div", tag(heading, "By speaker"), speaker_list(article, anchor, coloured, level=level + 2), class_="people"
    )
    columns = tag("div", tag("div", body, class_="prose", dir="auto"), tag("aside", panel, people), class_="reading")
    if not article.statements:
        return columns
    cards = [details(article, place, anchor, coloured, level=level + 2) for place in range(len(article.statements))]
    return lines(
        columns,
        tag("div", tag(heading, "Statement by statement"), tag("div", lines(*cards), class_="cards"), class_="level2"),
    )


def _legend(article: Article, coloured: Mapping[str, str]) -> Markup:
    """Give the labels with their colours and, where the codebook defines them, their meanings."""
    entries = [
        tag("li", label_mark(label, coloured), tag("span", f" {MEANINGS[label]}") if label in MEANINGS else "")
        for label in article.heads[article.head]
    ]
    return tag("ul", lines(*entries), class_="legend", aria_label=f"Labels of {article.head}")


def _notes() -> Markup:
    kinds = {f"{name[:1].upper()}{name[1:]}": meaning for name, meaning in KINDS.values()}
    grades = "; ".join(f"\u201c{name}\u201d: {meaning}" for name, meaning in GRADES.values())
    notes = {**kinds, "Speaker": f"A claim with a grade. {grades[:1]}{grades[1:]}.", **_NOTES}
    entries = (tag("div", tag("dt", name), tag("dd", meaning)) for name, meaning in notes.items())
    return tag("section", tag("h2", "How to read this"), tag("dl", lines(*entries), class_="glossary"), class_="level2")
