"""The report and the article page in a browser: console, requests, links, accessibility, print."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

STANCE = Path(sys.executable).parent / "stance"
ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def pages(tmp_path_factory):
    """Write both pages as a user would: an evaluation of the hard cases, and the seed article read."""
    folder = tmp_path_factory.mktemp("pages")
    report, article = folder / "report.html", folder / "article.html"
    gold = ROOT / "data" / "statements" / "minimal_pairs_turns.jsonl"
    for command in (
        ["evaluate", "--data", gold, "--slice", "register", "--output", report],
        ["read", *sorted((ROOT / "seeds").glob("*.txt")), "--html", article],
    ):
        subprocess.run([STANCE, *command], check=True, capture_output=True)
    return {"report": report, "article": article}


@pytest.fixture
def visit(browser, pages):
    """Give a function that opens a page; afterwards the console is empty and nothing else was asked for."""
    heard, asked = [], []

    def opened(name, width=1280, scheme="light"):
        page = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
        page.on("console", lambda message: heard.append(message.text))
        page.on("pageerror", lambda error: heard.append(str(error)))
        page.on("request", lambda request: asked.append(request.url))
        page.goto(pages[name].as_uri())
        return page

    yield opened
    assert heard == []
    assert {url.partition("#")[0] for url in asked} <= {page.as_uri() for page in pages.values()}


@pytest.mark.parametrize("name", ["report", "article"])
@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (390, "dark")])
def test_nothing_stands_in_the_way_of_anybody(visit, stumbling_blocks, name, width, scheme):
    """axe-core finds nothing serious, and nothing runs off the side."""
    page = visit(name, width, scheme)
    assert stumbling_blocks(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("name", ["report", "article"])
def test_every_link_arrives(visit, name):
    """Links within the page have their targets, and following one moves the view to it."""
    page = visit(name)
    targets = page.eval_on_selector_all("a[href^='#']", "links => links.map(a => a.getAttribute('href'))")
    assert len(targets) > 5
    missing = [each for each in targets if page.locator(f"[id='{each[1:]}']").count() != 1]
    assert missing == []
    last = targets[-1]
    page.evaluate("target => { location.hash = target; }", last)
    page.wait_for_function(
        "id => { const at = document.getElementById(id).getBoundingClientRect(); return at.top < innerHeight; }",
        arg=last[1:],
    )


@pytest.mark.parametrize("name", ["report", "article"])
def test_pages_print(visit, name, tmp_path):
    """A page prints to more than nothing, in the print style."""
    page = visit(name)
    page.emulate_media(media="print")
    content = page.pdf(path=tmp_path / "page.pdf", format="A4")
    assert content.startswith(b"%PDF")
    assert len(content) > 20_000


def test_reports_are_small(pages):
    """Under a megabyte and a half."""
    assert pages["report"].stat().st_size < 1_500_000
