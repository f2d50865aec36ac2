"""The page in a browser: an article pasted, read, explained and taken along; by keyboard; kindly when it goes wrong."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path

import pytest

pytest.importorskip("uvicorn")

from serving import Server

ARTICLE = (
    "Talks in the harbour 🕊\n\n“We remain open to talks with all sides,” said Anna Lindt. "
    "“They have broken every promise they made to this Council,” Joel Wit said."
)
DROP = """text => {
    const data = new DataTransfer();
    data.items.add(new File([text], "drop.txt", {type: "text/plain"}));
    document.body.dispatchEvent(new DragEvent("drop", {dataTransfer: data, bubbles: true, cancelable: true}));
}"""
ATTACK = "<img src=x onerror=\"document.title='owned'\"><script>document.title='owned'</script>"


@pytest.fixture(scope="module")
def server():
    running = Server("--read-seconds", 5, "--article-chars", 50_000)
    yield running
    running.close()


@pytest.fixture
def visit(browser):
    """Give a function that opens a page; afterwards nothing was asked of anybody else, and the console is empty."""
    contexts, heard, asked = [], [], []

    def opened(server, width=1440, scheme="light", path="/", ready=".entry"):
        context = browser.new_context(
            viewport={"width": width, "height": 900}, color_scheme=scheme, accept_downloads=True
        )
        context.grant_permissions(["clipboard-read", "clipboard-write"], origin=server.address)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: heard.append(message.text))
        page.on("pageerror", lambda error: heard.append(str(error)))
        page.on("request", lambda request: asked.append((server.address, request.url)))
        page.goto(server.address + path)
        if ready:
            page.wait_for_selector(ready)
        return page

    opened.heard = heard
    yield opened
    for context in contexts:
        context.close()
    assert heard == []
    assert [url for own, url in asked if not url.startswith((own + "/", "blob:" + own))] == []


def paste(page, text=ARTICLE):
    """Put an article into the field and have it read."""
    page.fill("#text", text)
    page.click("#read")
    page.wait_for_function("() => document.querySelector('#progress').textContent === ''")


def test_first_view_is_the_example_read(server, visit):
    """The seed article, marked, with its statements and speakers."""
    page = visit(server)
    assert page.text_content("#headline") == "Tillerson Seeks to Boost Pressure on North Korea at UN Meeting"
    assert page.locator("#prose mark.quote").count() >= page.locator(".entry").count() > 5
    assert "John McCain" in page.text_content("#speakers")


def test_article_pasted_explained_and_taken_along(server, visit):
    """From the clipboard to the reasons to three files, offsets right beyond the first emoji."""
    page = visit(server)
    page.fill("#text", "")
    page.evaluate("text => navigator.clipboard.writeText(text)", ARTICLE)
    page.focus("#text")
    page.keyboard.press("Control+V")
    page.wait_for_selector("#s2-entry:has-text('Joel Wit')")
    assert page.locator("mark.quote").all_text_contents() == [
        "“We remain open to talks with all sides,”",
        "“They have broken every promise they made to this Council,”",
    ]
    assert page.text_content("#summary") == "2 statements by 2 named speakers."
    page.locator("mark.quote").nth(1).click()
    page.wait_for_selector(".further")
    details = page.text_content(".entry .details")
    for said in ("whole sentences in quotation marks", "certain: the words of the article", "because of", "Why not"):
        assert said in details
    row = json.loads(Path(taken(page, "JSON")).read_text(encoding="utf-8"))
    assert [quote["speaker"] for quote in row["quotes"]] == ["Anna Lindt", "Joel Wit"]
    assert all(quote["because"]["stance"] for quote in row["quotes"])
    rows = list(csv.DictReader(io.StringIO(Path(taken(page, "CSV")).read_text(encoding="utf-8"))))
    assert [each["stance"] for each in rows] == [quote["stance"] for quote in row["quotes"]]
    assert Path(taken(page, "Offline page")).read_text(encoding="utf-8").startswith("<!DOCTYPE html>")
    page.click("text=Copy table")
    page.wait_for_selector("#taken:has-text('Table copied')")
    assert page.evaluate("navigator.clipboard.readText()").startswith("id,status,number")


PIECES = (
    "🕊 “We remain open to talks, 🕊” said Anna Lindt, “and we welcome their peace offer,” she added.\n"
    "Joel Wit said the talks had “collapsed” because they broke every promise.\n"
    "It rained. In a statement, Joel Wit spoke of a “total collapse” of the peace talks."
)


def test_deciding_words_are_marked_when_a_statement_is_opened(server, visit):
    """Where the service says they stand, in a statement with an interruption, a clause, a sentence; not before."""
    expected = server.post("/v1/read", {"text": PIECES, "explain": True}).json
    assert {quote["judged_as"] for quote in expected["quotes"]} == {"statement", "carrier", "sentence"}
    page = visit(server)
    paste(page, PIECES)
    assert page.locator("#prose u.word").count() == 0
    for place, quote in enumerate(expected["quotes"]):
        page.click(f"#s{place + 1}-entry")
        page.wait_for_selector(".further")
        said = page.locator(".heads .weighed bdi").all_text_contents()
        assert said == [word["words"] for words in quote["because"].values() for word in words]
    marked = {at for quote in expected["quotes"] for word in quote["because"]["stance"] for at in places(word)}
    text = "".join(page.locator("#prose u.word:not(u.word u.word)").all_text_contents())
    assert text == "".join(PIECES[at] for at in sorted(marked))
    page.click(f"#s{len(expected['quotes'])}-entry")
    assert page.locator("#prose mark.on").count() == 0


def places(word):
    """Give the offsets of all characters of a deciding word."""
    return [at for start, end in word["spans"] for at in range(start, end)]


def taken(page, name):
    """Press a button that saves, and give the file."""
    with page.expect_download() as download:
        page.get_by_role("button", name=name, exact=True).click()
    return download.value.path()


def test_filters_show_what_fits(server, visit):
    """By speaker, by stance, by confidence; what does not fit loses its mark."""
    page = visit(server)
    paste(page)
    page.select_option("#by-speaker", "Joel Wit")
    assert page.locator(".entry:visible").count() == 1
    assert page.text_content("#shown") == "1 of 2 shown"
    assert page.locator("mark.quote.off").count() == 1
    page.select_option("#by-speaker", "")
    page.select_option("#by-stance", "diplomatic")
    assert page.locator(".entry:visible .by").all_text_contents() == ["Anna Lindt"]
    page.select_option("#by-stance", "")
    page.evaluate(
        "const r = document.querySelector('#by-confidence'); r.value = 95; r.dispatchEvent(new Event('input'))"
    )
    assert page.text_content("#confidence-shown") == "95%"
    assert page.locator(".entry:visible").count() < 2


def test_everything_goes_by_keyboard(server, visit):
    """Tabs by arrows, reading by Ctrl-Enter, a statement opened by Enter, closed by Escape, its reference followed."""
    page = visit(server)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "tab-article"
    page.keyboard.press("ArrowRight")
    assert page.evaluate("document.activeElement.id") == "tab-statement"
    assert page.is_visible("#statement")
    assert not page.is_visible("#article")
    page.keyboard.press("Home")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "text"
    page.keyboard.press("Control+A")
    page.keyboard.insert_text(ARTICLE)
    page.keyboard.press("Control+Enter")
    page.wait_for_selector("#s2-entry:has-text('Joel Wit')")
    page.locator("#prose a.ref").first.focus()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "s1-entry"
    assert page.get_attribute("#s1-entry", "aria-expanded") == "true"
    page.keyboard.press("Escape")
    assert page.get_attribute("#s1-entry", "aria-expanded") == "false"
    page.keyboard.press("Space")
    page.wait_for_selector(".further")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "in the text"


def test_files_are_dropped_and_opened(server, visit, tmp_path):
    """A saved page through the button, a text by dropping it."""
    filler = "It was said in the harbour that morning. " * 10
    saved = tmp_path / "saved.html"
    saved.write_text(f"<html><body><nav>Menu</nav><article><p>{ARTICLE}</p><p>{filler}</p></article></body></html>")
    page = visit(server)
    page.set_input_files("#file", saved)
    page.wait_for_selector("#name:has-text('saved.html')")
    assert page.locator(".entry").count() == 2
    assert "Menu" not in page.input_value("#text")
    page.evaluate(DROP, ARTICLE)
    page.wait_for_selector("#name:has-text('drop.txt')")


def test_statement_is_answered_as_it_is_typed(server, visit):
    """Labels, the words that weigh most, the rival; undecided says why; empty says nothing."""
    page = visit(server)
    page.click("#tab-statement")
    page.locator("#single").press_sequentially("We remain open to talks with them", delay=5)
    page.wait_for_selector("#verdict:has-text('Why not')")
    assert page.text_content("#verdict .finding").startswith("diplomatic ")
    assert page.locator(".weighed-text .word").count() > 1
    page.fill("#single", "zzz")
    page.wait_for_selector("#verdict:has-text('not one word here is known')")
    page.fill("#single", "")
    page.wait_for_function("() => document.querySelector('#verdict').textContent === ''")


def test_model_card_is_shown(server, visit):
    """The third tab: the card as headings and tables, and how to read the numbers."""
    page = visit(server)
    page.click("#tab-model")
    assert page.locator("#card h2").first.text_content() == "Model card"
    assert page.locator("#card table").count() > 1
    assert "Undecided" in page.text_content("#glossary")
    assert "**" not in page.text_content("#card")


@pytest.mark.parametrize(
    "article",
    [
        f"{ATTACK}\n\n“We remain open to talks {ATTACK},” said Anna {ATTACK} Lindt.",
        f"“{ATTACK}”\n\n“We will ‘{ATTACK}’ attack,” said {ATTACK}.",
    ],
)
def test_markup_in_an_article_stays_text(server, visit, article):
    """Wherever it ends up: headline, quotes, speakers, filters, details, the statement, the name of a file."""
    page = visit(server)
    paste(page, article)
    for entry in page.locator(".entry > button").all():
        entry.click()
        page.wait_for_timeout(50)
    page.set_input_files("#file", {"name": f"{ATTACK[:40]}.txt", "mimeType": "text/plain", "buffer": article.encode()})
    page.wait_for_selector("#name:has-text('<img')")
    page.click("#tab-statement")
    page.fill("#single", f"We remain open to talks {ATTACK}")
    page.wait_for_selector(".weighed-text")
    assert page.title() == "stance – who said what"
    assert page.locator("main img, main script").count() == 0
    assert "onerror" in page.text_content(".weighed-text")


def test_trouble_is_told_kindly(server, visit):
    """Too long, nothing there, nobody home: a sentence, and the text is still there."""
    page = visit(server)
    paste(page, "x" * 50_001)
    assert page.text_content("#problem") == "The article in text has 50,001 characters; expected 50,000 at most."
    assert len(page.input_value("#text")) == 50_001
    paste(page, "Nobody speaks here.")
    assert not page.is_visible("#problem")
    assert page.text_content("#summary") == "Nobody is quoted."
    visit.heard.clear()  # the browser itself tells of the 422


def test_service_gone_is_told_kindly(visit):
    """The server is killed while the page is open."""
    server = Server()
    page = visit(server)
    server.close()
    paste(page)
    assert page.text_content("#problem").startswith("The service does not answer. Is it still running?")
    assert page.input_value("#text") == ARTICLE
    visit.heard.clear()  # the browser itself tells of the refused connection


def test_key_is_asked_for(run, tmp_path, visit):
    """Where the service wants one; wrong is asked again, right is kept for the tab."""
    key = run("serve", "--new-key", "desk", "--api-keys", "keys.txt").stdout.strip()
    server = Server("--api-keys", tmp_path / "keys.txt")
    try:
        page = visit(server, ready="#key-form:visible")
        for given in ("wrong", key):
            page.fill("#key", given)
            page.click("#key-form button")
        page.wait_for_selector(".entry")
        assert not page.is_visible("#key-form")
    finally:
        server.close()
    visit.heard.clear()  # the browser itself tells of the 401


@pytest.mark.parametrize(("width", "scheme"), [(390, "dark"), (1440, "light")])
def test_nothing_stands_in_the_way_of_anybody(server, visit, stumbling_blocks, width, scheme):
    """axe-core finds nothing serious in any view, nothing runs off the side, and it prints."""
    page = visit(server, width, scheme)
    page.click("#s2-entry")
    page.wait_for_selector(".further")
    for tab in ("article", "statement", "model"):
        page.click(f"#tab-{tab}")
        if tab == "statement":
            page.fill("#single", "We remain open to talks with them.")
            page.wait_for_selector(".weighed-text")
        assert stumbling_blocks(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.click("#tab-article")
    page.emulate_media(media="print")
    assert not page.is_visible("#reader")
    assert page.is_visible("#prose")


def test_documentation_page_is_accessible(server, visit, stumbling_blocks):
    """The same for the description of the interface."""
    page = visit(server, path="/docs", ready="h1")
    assert stumbling_blocks(page) == []


def test_page_is_small_and_whole(server):
    """Under 150 kB with everything it asks for, and it asks for nothing else."""
    from stance.serve.page import asset_names

    files = {name: server.ask("GET", f"/assets/{name}").body for name in asset_names()}
    assert sum(map(len, files.values())) < 150_000
    assert server.ask("GET", "/").body == files["index.html"]
    own = "\n".join(content.decode() for name, content in files.items() if name.endswith((".js", ".html", ".css")))
    assert re.findall(r"https?://(?!www\.w3\.org/2000/svg)", own) == []
    assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(", own)


def test_unchanged_file_is_not_sent_again(server):
    """By its tag."""
    first = server.ask("GET", "/assets/app.js")
    again = server.ask("GET", "/assets/app.js", headers={"If-None-Match": first.headers["etag"]})
    assert (again.status, again.body) == (304, b"")
    assert server.ask("GET", "/assets/nothing.js").status == 404
    assert server.ask("GET", "/assets/..%2fpage.py").status == 404
