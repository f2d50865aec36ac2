"""The page of articles: everything on it, everything escaped, every link with its target, the same bytes every time."""

from __future__ import annotations

import base64
import hashlib
import re
import xml.etree.ElementTree as ET
from importlib.resources import files
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_article import QUOTES, TEXT

import stance
import stance.article.read
from stance.article import read_article
from stance.article_page import render_page
from stance.article_page.layers import Layer, clipped, nested
from stance.records import Quote, Speaker
from stance.report.elements import Markup, escape

HOSTILE = "<script>alert(1)</script> & \"x\" <b onclick='y'>\x00\ud800"
PIECES = st.one_of(
    st.sampled_from(["“", "”", '"', " ", "\n", "\n\n", ",", ". ", " said Anna Lindt", " he said ", "<b>", "&amp;"]),
    st.sampled_from(["We will not attack ", "talks ", "The U.S. has broken every promise", "Never", "shameful"]),
    st.text(st.characters(exclude_categories=()), max_size=4),
)
ARTICLES = st.lists(PIECES, max_size=30).map("".join)


@pytest.fixture(scope="module")
def model():
    return stance.load()


def read(model, text, quotes, **options):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(stance.article.read, "extract_quotes", lambda *_, **__: quotes)
        return read_article(text, predictor=model, **options)


@pytest.fixture(scope="module")
def made(model):
    return read(model, TEXT, QUOTES, id="harbour.txt")


@pytest.fixture(scope="module")
def page(made):
    return render_page([made])


def parsed(page):
    """Parse strictly; anything not escaped or not closed is an error here."""
    doctype, markup = page.split("\n", 1)
    assert doctype == "<!DOCTYPE html>"
    return ET.fromstring(markup)


def by_class(root, name, tag="*"):
    return [each for each in root.iter() if name in each.get("class", "").split() and tag in ("*", each.tag)]


def by_id(root, name):
    (found,) = [each for each in root.iter() if each.get("id") == name]
    return found


def words_of(element):
    return " ".join("".join(element.itertext()).split())


def prose(root):
    """Give the article's text as the page shows it, without the links after its statements."""
    named_after_file = words_of(by_class(root, "kicker")[0]) == "Who said what"
    parts = [*([] if named_after_file else by_class(root, "headline-text")), *by_class(root, "prose")]
    for part in parts:
        for parent in list(part.iter()):
            for place, child in reversed(list(enumerate(parent))):
                if child.tag == "a":
                    before = parent[place - 1] if place else None
                    if before is None:
                        parent.text = (parent.text or "") + (child.tail or "")
                    else:
                        before.tail = (before.tail or "") + (child.tail or "")
                    parent.remove(child)
    return "\n".join("".join(part.itertext()) for part in parts)


def check_links(root):
    targets = [each.get("id") for each in root.iter() if each.get("id")]
    assert len(targets) == len(set(targets))
    links = [each.get("href") for each in root.iter("a")]
    assert {link[0] for link in links} <= {"#"}
    assert {link[1:] for link in links} <= set(targets)


# ---- the file ----------------------------------------------------------------------------------------------


def test_same_articles_give_same_bytes(made):
    assert render_page([made]).encode() == render_page([made]).encode()


def test_page_fetches_nothing_and_runs_only_its_own_script(page):
    """The policy names the script by its hash, so that nothing else would run even if it got into the page."""
    assert re.findall(r"(?i)https?:|//[a-z]|url\(|@import|javascript:", page) == []
    root = parsed(page)
    assert {each.tag for each in root.iter()}.isdisjoint({"link", "img", "iframe", "object", "base", "form"})
    (script,) = root.iter("script")
    digest = base64.b64encode(hashlib.sha256(script.text.encode()).digest()).decode()
    policy = next(each.get("content") for each in root.iter("meta") if each.get("http-equiv"))
    assert policy == f"default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-{digest}'"
    assert [name for each in root.iter() for name in each.attrib if name.startswith("on")] == []


@pytest.mark.parametrize("name", ["style.css", "script.js"])
def test_own_files_need_no_escaping(name):
    """They go into the page as they are."""
    assert set("<&").isdisjoint(files("stance.article_page").joinpath(name).read_text(encoding="utf-8"))


def test_style_knows_dark_print_and_narrow(page):
    for query in ("(prefers-color-scheme: dark)", "@media print", "(max-width: 40rem)", "(max-width: 62rem)"):
        assert query in page


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_highlighted_text_has_enough_contrast(page, scheme):
    """WCAG AA, 4.5 to 1: ink on the strongest tint, soft text on paper, and small text on its raised ground."""
    roots = re.findall(r":root \{(.*?)\n *\}", page, re.DOTALL)
    colours = dict(re.findall(r"--([\w-]+): #([0-9a-f]{6})", roots[0]))
    if scheme == "dark":
        colours.update(re.findall(r"--([\w-]+): #([0-9a-f]{6})", roots[1]))
    (tint,) = re.findall(r"\.quote\.on, \.quote:target \{ background: color-mix\(in srgb, var\(--k\) (\d+)%", page)

    def rgb(name):
        return [int(colours[name][i : i + 2], 16) for i in (0, 2, 4)]

    def light(channels):
        linear = [c / 255 / 12.92 if c / 255 <= 0.04045 else ((c / 255 + 0.055) / 1.055) ** 2.4 for c in channels]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    def contrast(one, other):
        high, low = sorted((light(one), light(other)), reverse=True)
        return (high + 0.05) / (low + 0.05)

    share = int(tint) / 100
    for name in ("escalatory", "diplomatic", "critical", "none", "soft"):
        ground = rgb("paper")
        for _ in range(2):  # a piece inside a statement is tinted twice
            ground = [share * k + (1 - share) * p for k, p in zip(rgb(name), ground, strict=True)]
        assert contrast(rgb("ink"), ground) >= 4.5, name
    assert contrast(rgb("soft"), rgb("paper")) >= 4.5
    assert contrast(rgb("ink"), rgb("raised")) >= 4.5
    assert contrast(rgb("link"), rgb("paper")) >= 4.5


# ---- finding one's way -------------------------------------------------------------------------------------


def test_every_link_has_its_target_and_every_id_is_unique(page, made):
    check_links(parsed(page))
    check_links(parsed(render_page([made, made])))


def test_statement_and_details_are_linked_both_ways(page):
    """Without the script, all of it is a click away."""
    root = parsed(page)
    for number in range(1, len(QUOTES) + 1):
        mark, details = by_id(root, f"a1-s{number}"), by_id(root, f"a1-s{number}-details")
        assert (mark.tag, details.tag) == ("mark", "article")
        assert [a.get("href") for a in by_class(details, "back")] == [f"#a1-s{number}"]
        references = [a for a in by_class(root, "ref") if a.get("href") == f"#a1-s{number}-details"]
        assert [words_of(a).split()[0] for a in references] == [str(number)]


def test_reference_says_number_label_and_speaker(page):
    """Never by colour alone, and a screen reader hears whose statement it is."""
    shown = [words_of(a) for a in by_class(parsed(page), "ref")]
    assert shown == [
        "1 escalatory – Elena Marsk, details",
        "2 critical – Tomas Ried, details",
        "3 critical – Tomas Ried, details",
        "5 diplomatic – Tomas Ried, details",
        "4 diplomatic – Tomas Ried, details",
        "6 none – the harbour master, details",
        "7 undecided – Elena Marsk, details",
        "8 mention – a mention, details",
        "9 diplomatic – an aide, details",
        "10 diplomatic – an aide, details",
        "11 diplomatic – no speaker named, details",
    ]


@pytest.mark.parametrize("many", [1, 2])
def test_headings_go_down_one_level_at_a_time(made, many):
    root = parsed(render_page([made] * many))
    levels = [int(each.tag[1]) for each in root.iter() if re.fullmatch(r"h[1-6]", each.tag)]
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_several_articles_have_a_list(made, model):
    root = parsed(render_page([made, read_article("It rained.", predictor=model, id="rain")]))
    assert words_of(next(root.iter("h1"))) == "2 articles read"
    entries = [words_of(each) for each in root.find(".//nav").iter("li")]
    assert entries[0].startswith("harbour.txt 9 statements by 4 named speakers")
    assert entries[1] == "rain Nobody is quoted."


# ---- what it says ------------------------------------------------------------------------------------------


def test_page_shows_the_whole_text_in_order(page):
    assert prose(parsed(page)).split() == TEXT.split()


def test_headline_is_the_first_line(page):
    root = parsed(page)
    assert words_of(next(root.iter("h1"))) == "Harbour talks near collapse as both sides trade blame"
    assert [words_of(p) for p in by_class(root, "crosshead")] == ["A long night"]
    assert root.findtext("head/title") == "harbour.txt"


def test_statements_are_marked_with_their_quotation_marks_and_labels(page):
    root = parsed(page)
    marks = by_class(root, "quote", "mark")
    first = [words_of(m) for m in marks if m.get("data-s") == "a1-s1"]
    assert first == [
        "“We will not fire the first shot, but whoever enters our waters will be stopped,”",
        "“The fleet has its orders.”",
    ]
    assert {m.get("class") for m in marks if m.get("data-s") == "a1-s1"} == {"quote k-escalatory"}
    assert [m.get("class") for m in marks if m.get("data-s") in ("a1-s7", "a1-s8")] == ["quote k-unknown"] * 2


def test_piece_is_marked_inside_its_statement(page):
    outer = by_id(parsed(page), "a1-s4")
    assert [words_of(m) for m in outer.iter("mark")][1:] == ["“without any preconditions”"]


def test_speaker_words_are_tied_to_their_statements(page):
    who = {words_of(each): each.get("data-s") for each in by_class(parsed(page), "who")}
    assert who["Elena Marsk"] == "a1-s1"
    assert who["Tomas Ried"] == "a1-s2 a1-s3"
    assert who["an aide"] == "a1-s9 a1-s10"


def test_details_say_speaker_rule_grade_probabilities_and_words(page, made):
    details = by_id(parsed(page), "a1-s7-details")
    assert "Elena Marsk – a guess: check it in the text before you rely on it" in words_of(details)
    assert "called “she” here; person; found by the rule “pronoun before”" in words_of(details)
    assert words_of(by_class(details, "undecided")[0]) == "undecided: too few words here that say anything"
    details = by_id(parsed(page), "a1-s1-details")
    stance_of, sentiment = by_class(details, "odds")
    assert words_of(stance_of.find("caption")) == "Stance"
    p = made.statements[0].prediction.stance_probabilities
    assert words_of(by_class(stance_of, "wins")[0]) == f"escalatory{100 * p['escalatory']:.0f} %"
    assert [words_of(th) for th in sentiment.iter("th")] == ["negative", "neutral", "positive"]
    (weight, *_) = [word.weight for word in made.statements[0].deciding["stance"]]
    assert words_of(by_class(details, "because")[0]).startswith(f"because of will +{weight:.2f}")


def test_details_say_by_what_a_short_piece_was_judged(page):
    details = words_of(by_id(parsed(page), "a1-s3-details"))
    assert "Too short to judge alone, so the clause around it was judged: calling the minister “reckless.”" in details


def test_details_of_second_hand_words_and_of_pieces(page):
    root = parsed(page)
    assert "Told by Elena Marsk – certain" in " ".join(by_id(root, "a1-s6-details").itertext()).replace("  ", " ")
    assert "statement 4, and counted with it" in words_of(by_id(root, "a1-s5-details"))
    assert "closes with a straight one." in words_of(by_id(root, "a1-s10-details"))


def test_speakers_with_counts_and_links(page):
    speakers = [words_of(each) for each in by_class(parsed(page), "speakers")[0].iter("li")]
    assert [re.sub(r"([:,]) statement (\d)", r"\1 \2", each) for each in speakers] == [
        "Tomas Ried 3 statements 1 diplomatic (33 %), 2 critical (67 %): 2, 3, 4",
        "Elena Marsk 2 statements 1 escalatory, 1 undecided: 1, 7",
        "an aide 2 statements 2 diplomatic: 9, 10",
        "the harbour master 1 statement 1 none: 6",
        "no speaker named 1 statement 1 diplomatic: 11",
    ]


def test_empty_and_silent_articles_have_a_page(model):
    for text, said in (("", "There is no text."), ("It rained all day.", "Nobody is quoted.")):
        root = parsed(render_page([read_article(text, predictor=model, id=None)]))
        assert said in words_of(root)
        assert words_of(next(root.iter("h1"))) == "An article"


# ---- whatever is in the text -------------------------------------------------------------------------------


def test_hostile_text_is_text(model):
    """Markup in the article, in a name, in a remark or in a file name stays what it is: characters."""
    text = f"“{HOSTILE}. We will attack.” said {HOSTILE}"
    start = text.rindex("<script>")
    who = Speaker(HOSTILE, start, len(text), HOSTILE, "person", HOSTILE, "guess")
    quote = Quote(((1, 70),), text[1:70], text[1:70], "direct", who, who, None, HOSTILE)
    page = render_page([read(model, text, [quote], id=HOSTILE)])
    root = parsed(page)
    assert len(list(root.iter("script"))) == 1
    assert "alert(1)" not in next(root.iter("script")).text
    assert page.count("<script>") == 1
    assert [each for each in root.iter() if each.get("onclick")] == []
    assert words_of(root).count("<script>alert(1)</script>") >= 6
    check_links(root)


def test_colours_are_not_named_by_labels(made):
    """A label of a user's model goes into no class name."""
    odd = made.statements[0].prediction._replace(
        stance='"><b>', stance_probabilities={'"><b>': 1.0}, sentiment=None, sentiment_probabilities={}
    )
    statement = stance.article.LabelledQuote(QUOTES[0], made.statements[0].judged, odd, {})
    article = stance.Article("x", TEXT, (statement,), {"stance": ('"><b>',)})
    root = parsed(render_page([article]))
    assert by_id(root, "a1-s1").get("class") == "quote k-other-0"
    assert "No word speaks for it" in words_of(by_id(root, "a1-s1-details"))


@settings(max_examples=100, deadline=None)
@given(article=ARTICLES)
def test_any_text_gives_a_sound_page_with_all_of_its_characters(article, model):
    root = parsed(render_page([read_article(article, predictor=model, id=article)]))
    check_links(root)
    if article.strip():
        whole = "".join(str(ET.fromstring(f"<p>{escape(article)}</p>").text))
        shown = prose(root)
        assert "".join(shown.split()) == "".join(whole.split())


@given(
    st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=40),
    st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), max_size=8),
)
def test_layers_that_overlap_in_any_way_keep_every_character(text, spans):
    """Each layer's pieces together hold exactly its characters, and begin and end it once."""
    layers = [
        Layer(min(a, b), min(max(a, b), len(text)), "x", str(n))
        for n, (a, b) in enumerate(spans)
        if min(a, b) < min(max(a, b), len(text))
    ]

    def wrap(layer, inside):
        flags = f"{int(layer.opens)}{int(layer.closes)}"
        return Markup(f'<i key="{layer.key}" flags="{flags}">{inside}</i>')

    root = ET.fromstring(f"<p>{nested(text, 0, len(text), layers, wrap)}</p>")
    assert "".join(root.itertext()) == text
    for layer in layers:
        pieces = [each for each in root.iter("i") if each.get("key") == layer.key]
        assert "".join("".join(piece.itertext()) for piece in pieces) == text[layer.start : layer.end]
        flags = [piece.get("flags") for piece in pieces]
        assert [f[0] for f in flags] == ["1", *["0"] * (len(flags) - 1)]
        assert [f[1] for f in flags] == [*["0"] * (len(flags) - 1), "1"]


def test_a_piece_of_a_piece_opens_nothing():
    """Cutting twice is cutting once."""
    layer = Layer(2, 12, "x", "1")
    assert clipped(clipped(layer, 4, 20), 0, 8) == Layer(4, 8, "x", "1", opens=False, closes=False)


def test_many_statements_take_linear_time(model):
    """Two thousand paragraphs with a quote each: a page in seconds."""
    text = "\n".join(f"“We remain open to talks,” said Anna Lindt on day {n}." for n in range(2_000))
    page = render_page([read_article(text, predictor=model, id="long")])
    assert page.count("<mark ") == 2_000
