"""The report: what it says, that it escapes, and that it is one file of the same bytes every time."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import xml.etree.ElementTree as ET
from dataclasses import replace
from importlib.resources import files
from itertools import pairwise

import numpy as np
import pytest

from stance.evaluation import Evaluation, WorstError, evaluate_head
from stance.labels import HEADS
from stance.report import render_card, render_html, render_json
from stance.report.colours import colours
from stance.report.elements import escape, tag
from stance.report.histogram import round_step
from stance.report.markdown import plain, table, value
from stance.report.wording import human_term, percent, signed

ODD = ("<script>alert(1)</script>", 'two "words" & more', "none", "a | b")
MANIFEST = {
    "data": {"statements": 1240, "phrases": 12, "source": "own_file.csv"},
    "parameters": {"seed": 20240101, "grid": [0.5, 16.0], "C": {"stance": 4.0}},
}


def scored(head="stance", labels=("escalatory", "diplomatic", "critical", "none"), *, rows=120, **options):
    """Evaluate a fixed mixture: three rows in four right, a quarter taken for the next class."""
    k = len(labels)
    gold = [labels[i % k] for i in range(rows)]
    probabilities = np.full((rows, k), 0.28 / (k - 1))
    for i in range(rows):
        probabilities[i, (i + (i % 4 == 3)) % k] = 0.72
    return evaluate_head(head, labels, gold, probabilities, **options)


def an_evaluation(**changes):
    heads = (
        scored(
            groups=[f"topic {i % 7}" for i in range(120)],
            decided=[i not in (2, 9) for i in range(120)],
            baselines={"commonest label": ["none"] * 120, "keywords": ["critical"] * 120},
        ),
        scored("sentiment", ("negative", "neutral", "positive"), groups=[f"topic {i % 7}" for i in range(120)]),
    )
    whole = Evaluation(
        "Statements of 2020",
        "Five-fold cross-validation.",
        {"data fingerprint": "abc123", "seed": "0"},
        heads,
        {"stance": {"escalatory": (("strike", 1.0), ("~rule out", 2.5)), "none": (("meet @place", -0.5),)}},
        (
            WorstError(
                "stance",
                "We will not wait.",
                "escalatory",
                "none",
                0.94,
                "data.csv, line 9",
                (("~wait", 1.25), ("will", -0.5)),
            ),
        ),
    )
    return replace(whole, **changes)


def parsed(page):
    """Parse strictly; anything not escaped or not closed is an error here."""
    doctype, markup = page.split("\n", 1)
    assert doctype == "<!DOCTYPE html>"
    return ET.fromstring(markup)


def words_of(element):
    return " ".join("".join(element.itertext()).split())


def section(page, anchor):
    found = parsed(page).find(f".//section[@id='{anchor}']")
    assert found is not None
    return found


@pytest.fixture(scope="module")
def page():
    return render_html(an_evaluation())


@pytest.fixture(scope="module")
def odd_page():
    return render_html(
        an_evaluation(
            title="<b>Title</b>",
            provenance={"<i>": '"&"'},
            heads=(scored(labels=ODD, baselines={"<u>": ["none"] * 120}),),
            telling_terms={"stance": {ODD[0]: (("<em>", 1.0),)}},
            errors=(
                WorstError("stance", "<script>bad()</script>\x00\ud800", ODD[0], ODD[1], 0.9, "<a>", (("<q>", 1.0),)),
            ),
        )
    )


# The file


def test_page_is_well_formed_and_says_its_language(page):
    root = parsed(page)
    assert root.attrib["lang"] == "en"
    assert root.findtext("head/title") == "Statements of 2020"


def test_same_evaluation_gives_same_bytes():
    assert render_html(an_evaluation()).encode() == render_html(an_evaluation()).encode()
    assert render_json(an_evaluation()) == render_json(an_evaluation())
    assert render_card(an_evaluation(), manifest=MANIFEST) == render_card(an_evaluation(), manifest=MANIFEST)


def test_page_fetches_and_runs_nothing(page):
    """No address, no script, and a policy that forbids both even if one slipped in."""
    assert re.findall(r"(?i)https?:|//[a-z]|url\(|@import|javascript:", page) == []
    tags = {element.tag for element in parsed(page).iter()}
    assert tags.isdisjoint({"script", "link", "img", "iframe", "object", "base"})
    assert "default-src 'none'" in page


def test_style_needs_no_escaping():
    """It is the one text that goes into the page unescaped."""
    style = files("stance.report").joinpath("style.css").read_text(encoding="utf-8")
    assert set("<&").isdisjoint(style)


def test_style_knows_dark_print_and_narrow(page):
    for query in ("(prefers-color-scheme: dark)", "@media print", "(max-width: 40rem)"):
        assert query in page


def test_every_colour_class_has_a_colour_in_light_and_dark():
    style = files("stance.report").joinpath("style.css").read_text(encoding="utf-8")
    classes = {*colours(HEADS["stance"]).values(), *colours(HEADS["sentiment"]).values()}
    for name in [*classes, *colours(tuple("abcdefgh")).values()]:
        assert f".{name} {{ --k: var(--{name.removeprefix('k-')}); }}" in style
        assert style.count(f"--{name.removeprefix('k-')}: #") == 2


def test_many_labels_and_long_errors_stay_small():
    """Three hundred labels would be a matrix of ninety thousand cells; the largest confusions stand in for it."""
    labels = tuple(f"label {i}" for i in range(300))
    error = WorstError("stance", "& " * 50_000, "label 1", "label 2", 0.9, "x", (("word", 1.0),) * 500)
    many = render_html(
        an_evaluation(heads=(scored(labels=labels, rows=600, groups=["all"] * 600),), errors=(error,) * 500)
    )
    assert len(many.encode()) < 1_500_000
    assert len(section(many, "head-1-confusion").findall(".//tbody/tr")) == 20
    assert "460 less sure errors not shown." in words_of(section(many, "head-1-errors"))


def test_importing_the_report_brings_no_numpy():
    program = "import sys, stance.report; print({'numpy', 'sklearn'} & set(sys.modules))"
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "set()"


# Finding one's way


def test_every_link_has_its_target_and_every_section_its_link(page):
    root = parsed(page)
    targets = [element.attrib["id"] for element in root.iter() if "id" in element.attrib]
    links = [link.attrib["href"] for link in root.findall(".//nav//a")]
    assert len(targets) == len(set(targets))
    assert {link.removeprefix("#") for link in links} == {each.attrib["id"] for each in root.iter("section")}
    assert {link.attrib["href"].removeprefix("#") for link in root.iter("a")} <= set(targets)


def test_headings_go_down_one_level_at_a_time(page):
    levels = [int(element.tag[1]) for element in parsed(page).iter() if re.fullmatch(r"h[1-6]", element.tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_every_figure_ends_in_one_sentence_how_to_read_it(page):
    figures = list(parsed(page).iter("figure"))
    assert len(figures) == 24
    for figure in figures:
        assert figure[-1].tag == "figcaption"
        assert re.fullmatch(r"[A-Z][^.]+\.", words_of(figure[-1]).replace("0.", "0"))


def test_every_drawing_says_in_words_what_it_shows(page):
    drawings = [drawing for drawing in parsed(page).iter("svg") if drawing.get("role") == "img"]
    assert all(drawing.attrib["aria-label"].endswith(".") for drawing in drawings)
    shown = [drawing.attrib["aria-label"].split(":")[0] for drawing in drawings]
    assert shown[:7] == [
        "F1 of each class of stance",
        "Macro-F1 of stance",
        "Accuracy of stance",
        "Reliability of stance, 10 bins",
        "Confidence of stance",
        "Risk and coverage of stance",
        "Telling terms of escalatory",
    ]


def test_table_headings_say_what_they_head(page):
    headings = list(parsed(page).iter("th"))
    assert headings
    assert {heading.get("scope") for heading in headings} == {"col", "row", "colgroup"}


def test_wide_tables_scroll_in_a_box_that_the_keyboard_reaches(page):
    boxes = [box for box in parsed(page).iter("div") if box.get("class") == "scroll"]
    assert boxes
    assert all(box.attrib["tabindex"] == "0" and box.attrib["aria-label"] for box in boxes)


# What it says


def test_masthead_and_provenance(page):
    root = parsed(page)
    assert words_of(root.find(".//h1")) == "Statements of 2020"
    assert words_of(root.find(".//header")).endswith("Five-fold cross-validation.")
    assert words_of(section(page, "provenance").find(".//table")) == "data fingerprintabc123 seed0"


def test_key_figures_with_interval(page):
    """88 of 120 are right: every fourth row is wrong, and rows 2 and 9 are undecided."""
    stance, sentiment = section(page, "glance").findall("div")
    head = an_evaluation().heads[0]
    low, high = head.macro_f1_interval
    assert f"Macro-F1{head.macro_f1:.2f}95 % interval {low:.2f}–{high:.2f}" in words_of(stance)
    for figure in ("Accuracy73 %", "Rows120in 7 groups", "Undecided22 % of rows", "Calibration error0.0"):
        assert figure in words_of(stance)
    assert "Undecided00 % of rows" in words_of(sentiment)


def test_without_intervals_it_says_why():
    whole = an_evaluation(heads=(scored(groups=["one", "two"] * 60),))
    page = render_html(whole)
    assert "too few groups for an interval" in words_of(section(page, "glance"))
    assert "no whiskers, too few groups for an interval" in words_of(section(page, "head-1-classes"))
    assert 'class="whisker"' not in page
    assert "| stance | 0.67 | too few groups for an interval | 75 % |" in render_card(whole, manifest=MANIFEST).replace(
        "\u00a0", " "
    )


def test_classes_have_bars_whiskers_and_a_table(page):
    classes = section(page, "head-1-classes")
    bars = [rect for rect in classes.iter("rect") if "bar" in rect.attrib["class"]]
    assert [bar.attrib["class"] for bar in bars] == [
        "bar k-escalatory",
        "bar k-diplomatic",
        "bar k-critical",
        "bar k-none",
    ]
    first = an_evaluation().heads[0].classes[0]
    assert float(bars[0].attrib["width"].rstrip("%")) == pytest.approx(100 * first.f1, abs=0.01)
    whiskers = [line for line in classes.iter("line") if line.attrib["class"] == "whisker"]
    assert float(whiskers[0].attrib["x1"].rstrip("%")) == pytest.approx(100 * first.f1_interval.low, abs=0.01)
    row = [words_of(cell) for cell in classes.find(".//tbody/tr")]
    assert row == ["escalatory", f"{first.precision:.2f}", f"{first.recall:.2f}", f"{first.f1:.2f}", "30"]


def test_best_and_worst_class_are_told(page):
    sentence = "Best recognised is “diplomatic” (F1 0.98), least “none” (0.00)."
    assert sentence in words_of(section(page, "head-1-classes"))
    assert f"- Stance: {sentence}" in render_card(an_evaluation(), manifest=MANIFEST)


def test_equal_classes_are_not_ranked():
    page = render_html(an_evaluation(heads=(scored(labels=("a", "b"), rows=2),)))
    assert "All classes are recognised equally well." in words_of(section(page, "head-1-classes"))


def test_confusion_has_counts_shares_and_the_undecided_last(page):
    """Row 2 is of the third class and row 9 of the second; every fourth row is "none" taken for "escalatory"."""
    rows = [[words_of(cell) for cell in row] for row in section(page, "head-1-confusion").find(".//table").iter("tr")]
    assert rows[1] == ["gold label", "escalatory", "diplomatic", "critical", "none", "undecided"]
    assert rows[2][1:] == ["30100 %", "0", "0", "0", "0"]
    assert rows[3][1:] == ["0", "2997 %", "0", "0", "13 %"]
    assert rows[5][1:] == ["30100 %", "0", "0", "0", "0"]


def test_confusion_has_no_undecided_column_when_all_were_decided(page):
    assert "undecided" not in words_of(section(page, "head-2-confusion"))


def test_confusion_marks_right_cells_by_more_than_colour(page):
    cells = section(page, "head-1-confusion").findall(".//table[@class='matrix']/tbody/tr/td")
    marked = [i for i, cell in enumerate(cells) if "right" in cell.attrib["class"].split()]
    assert marked == [0, 6, 12, 18]
    assert cells[0].attrib["class"].split()[0] == "h10"


def test_largest_confusion_is_told(page):
    assert "The commonest confusion: 30 rows of “none” labelled “escalatory”." in words_of(
        section(page, "head-1-confusion")
    )


def test_baselines_stand_beside_the_model(page):
    drawing = section(page, "head-1-baselines").find(".//svg")
    names = [text.text for text in drawing.iter("text") if text.attrib["class"] == "name"]
    assert names == ["this model", "commonest label", "keywords"]
    assert "above that of the best baseline, “commonest label”" in words_of(section(page, "head-1-baselines"))
    assert words_of(section(page, "head-2-baselines")).endswith("No baseline was scored.")


def test_a_model_worse_than_a_baseline_is_not_praised():
    gold = ["escalatory", "diplomatic", "critical", "none"] * 30
    page = render_html(an_evaluation(heads=(scored(baselines={"oracle": gold}),)))
    assert "is 0.33 below that of the best baseline, “oracle”" in words_of(section(page, "head-1-baselines"))


def test_reliability_has_a_dot_and_a_row_for_each_bin(page):
    calibration = section(page, "head-1-calibration")
    bins = an_evaluation().heads[0].calibration
    dots = list(calibration.iter("circle"))
    assert len(dots) == len(bins) == 10
    assert dots[0].attrib["cy"] == f"{100 * (1 - bins[0].accuracy):.2f}".rstrip("0").rstrip(".") + "%"
    assert [words_of(row[-1]) for row in calibration.findall(".//tbody/tr")] == ["12"] * 8 + ["11"] * 2


def test_losses_are_told_with_and_without_a_diagram(page):
    few = scored(rows=40)
    for head, shown in ((an_evaluation().heads[0], page), (few, render_html(an_evaluation(heads=(few,))))):
        sentence = f"Log loss {head.log_loss:.3f}, Brier score {head.brier:.3f}"
        assert sentence in words_of(section(shown, "head-1-calibration"))


def test_too_few_rows_claim_no_calibration():
    whole = an_evaluation(heads=(scored(rows=40),))
    calibration = section(render_html(whole), "head-1-calibration")
    assert "too few decided rows to claim anything about calibration" in words_of(calibration)
    assert calibration.find(".//svg") is None
    assert "too few decided rows to claim anything" in render_card(whole, manifest=MANIFEST)


def test_histogram_hangs_wrong_rows_below_right_ones(page):
    """All rows are 72 % sure: one column, 88 up and 30 down."""
    bars = [rect for rect in section(page, "head-1-confidence").iter("rect") if "bar" in rect.attrib["class"]]
    assert [(bar.attrib["class"], words_of(bar)) for bar in bars] == [
        ("bar is-right", "70–75 % sure: 88 right, 30 wrong"),
        ("bar is-wrong", "70–75 % sure: 88 right, 30 wrong"),
    ]
    right, wrong = (float(bar.attrib["height"]) for bar in bars)
    assert right / wrong == pytest.approx(88 / 30, rel=0.01)
    assert float(bars[1].attrib["y"]) == pytest.approx(float(bars[0].attrib["y"]) + right, abs=0.2)


def test_undecided_rows_are_told(page):
    sentence = "118 rows were decided; 2 rows (2 %) were left undecided and count as missed."
    assert sentence in words_of(section(page, "head-1-confidence"))
    assert "All 120 rows were decided." in words_of(section(page, "head-2-confidence"))


def test_telling_terms_are_written_for_people_the_longest_bar_first(page):
    terms = section(page, "head-1-terms")
    shown = [text.text for text in terms.iter("text") if text.attrib["class"] == "term"]
    assert shown == ["not … rule out", "strike", "meet ‹place›"]
    hollow = ["hollow" in rect.attrib["class"] for rect in terms.iter("rect")]
    assert hollow == [False, False, True]
    assert words_of(section(page, "head-2-terms")).endswith("No terms were recorded.")


def test_errors_show_text_labels_confidence_words_and_place(page):
    row = section(page, "head-1-errors").find(".//tbody/tr")
    assert [words_of(cell) for cell in row] == [
        "We will not wait.data.csv, line 9",
        "escalatory→ none",
        "94 %",
        "not … wait +1.25 will −0.50",
    ]
    assert [word.attrib["class"] for word in row.findall(".//bdi[@class]")] == ["word s4", "word s2 against"]
    assert words_of(section(page, "head-2-errors")).endswith("No errors were recorded.")


def test_single_head_has_one_section():
    page = render_html(an_evaluation(heads=(scored("sentiment", ("negative", "positive")),)))
    assert [each.attrib["id"] for each in parsed(page).findall(".//main/section")] == ["glance", "head-1", "words"]


def test_meanings_are_given_for_the_codebooks_labels_only(page, odd_page):
    assert "raises the level of conflict" in words_of(section(page, "head-1"))
    assert "does none of these" not in words_of(section(odd_page, "head-1"))


# Escaping


def test_markup_in_texts_labels_and_terms_is_shown_not_obeyed(odd_page):
    root = parsed(odd_page)
    assert {element.tag for element in root.iter()}.isdisjoint({"script", "u", "em", "q"})
    assert words_of(root.find(".//h1")) == "<b>Title</b>"
    assert words_of(section(odd_page, "provenance").find(".//table")) == '<i>"&"'
    for anchor, shown in {
        "head-1-classes": ODD[0],
        "head-1-confusion": ODD[1],
        "head-1-baselines": "<u>",
        "head-1-terms": "<em>",
        "head-1-errors": "<script>bad()</script>\ufffd\ufffd<a>",
    }.items():
        assert shown in words_of(section(odd_page, anchor))
    assert "<q>" in words_of(section(odd_page, "head-1-errors"))


def test_labels_never_become_class_names_or_anchors(odd_page):
    for element in parsed(odd_page).iter():
        for attribute in ("id", "class"):
            assert re.fullmatch(r"[\w -]*", element.get(attribute, ""))


def test_attributes_and_children_are_escaped():
    assert tag("p", "a < b & c", title='"x"') == '<p title="&quot;x&quot;">a &lt; b &amp; c</p>'
    assert tag("p", tag("b", "x"), hidden=None) == "<p><b>x</b></p>"


def test_markup_that_was_worked_on_is_escaped_again():
    """Only what the builder made counts as HTML; gluing texts to it loses that."""
    assert escape(f"{tag('b', 'x')}<") == "&lt;b&gt;x&lt;/b&gt;&lt;"


def test_texts_of_others_cannot_turn_the_page_around(page):
    """A right-to-left mark works to the end of its element, so every foreign text has one of its own."""
    root = parsed(page)
    assert root.find(".//h1/bdi").text == "Statements of 2020"
    assert root.find(".//span[@class='said']").attrib["dir"] == "auto"


def test_a_name_from_right_to_left_does_not_turn_the_sentence_around():
    page = render_html(an_evaluation(heads=(scored(labels=("سلام", "none")),)))
    assert "“\u2068سلام\u2069”" in page


# The words


@pytest.mark.parametrize(
    ("term", "shown"),
    [
        ("talk", "talk"),
        ("~talk", "not … talk"),
        ("@name", "‹name›"),
        ("~@place", "not … ‹place›"),
        ("@number mile", "‹number› mile"),
        ("on @date", "on ‹date›"),
        ("@other", "@other"),
        ("~", "~"),
        ("", ""),
    ],
)
def test_terms_for_people(term, shown):
    assert human_term(term) == shown


@pytest.mark.parametrize(
    ("share", "shown"), [(0, "0 %"), (0.001, "<1 %"), (0.5, "50 %"), (0.999, ">99 %"), (1, "100 %")]
)
def test_only_none_is_nought_and_only_all_is_a_hundred(share, shown):
    assert percent(share).replace("\u00a0", " ") == shown


def test_weights_carry_a_true_minus():
    assert (signed(0.5), signed(-0.5)) == ("+0.50", "\u22120.50")


@pytest.mark.parametrize(("largest", "step"), [(0, 1), (4, 1), (5, 2), (30, 10), (74, 20), (1200, 500)])
def test_grid_steps_are_round(largest, step):
    assert round_step(largest) == step


def test_other_labels_take_turns_with_colours():
    given = colours(("a", "b", "c", "d", "e", "f", "g", "none"))
    assert (given["a"], given["g"], given["none"]) == ("k-other-0", "k-other-0", "k-none")


# The JSON twin


def test_json_carries_every_figure_and_its_schema():
    whole = an_evaluation()
    read = json.loads(render_json(whole))
    assert read["schema_version"] == 1
    assert read["heads"][0]["macro_f1"] == whole.heads[0].macro_f1
    assert read["heads"][0]["macro_f1_interval"] == list(whole.heads[0].macro_f1_interval)
    assert read["heads"][1]["confusion"][0] == list(whole.heads[1].confusion[0])
    assert read["telling_terms"]["stance"]["none"] == [["meet @place", -0.5]]
    assert read["errors"][0]["words"] == [["~wait", 1.25], ["will", -0.5]]


def test_json_is_indented_readable_and_always_encodable():
    written = render_json(an_evaluation(title="Überblick \ud83d", method="\u2028"))
    assert written.startswith('{\n  "schema_version": 1,\n  "title": "Überblick \\ud83d"')
    assert written.endswith("}\n")
    assert json.loads(written.encode().decode())["title"] == "Überblick \ud83d"


# The card


def test_card_has_the_sections_of_a_model_card():
    card = render_card(an_evaluation(), manifest=MANIFEST)
    assert re.findall(r"^## (.+)$", card, re.MULTILINE) == [
        "What it is",
        "Intended use",
        "Out of scope",
        "Training data",
        "Parameters",
        "Evaluation",
        "Calibration",
        "Limits",
        "How to reproduce",
    ]
    for warning in ("Decisions about people", "a threat is not an attack", "Other languages than English"):
        assert warning in card
    assert "stance train --output FOLDER" in card


def test_card_prints_data_and_parameters_of_the_manifest():
    card = render_card(an_evaluation(), manifest=MANIFEST)
    assert "| statements | 1,240 |" in card
    assert "| source | own\\_file.csv |" in card
    assert "| seed | 20240101 |" in card
    assert "| grid | 0.5, 16 |" in card
    assert "| C | stance 4 |" in card
    assert render_card(an_evaluation(), manifest={}).count("Not recorded.") == 2


def test_card_and_page_give_the_same_scores(page):
    whole = an_evaluation()
    card = render_card(whole, manifest=MANIFEST)
    for cell in section(page, "head-1-classes").findall(".//tbody/tr"):
        label, precision, recall, f1, support = (words_of(each) for each in cell)
        assert re.search(
            rf"^\| {label} \| {precision} \| {recall} \| {f1} \| [\d.]+–[\d.]+ \| {support} \|$", card, re.MULTILINE
        )


def test_card_gives_baselines_and_commonest_confusion():
    card = render_card(an_evaluation(), manifest=MANIFEST)
    assert "| commonest label | 0.10 | 25\u00a0% |" in card
    assert "30 rows of “none” labelled “escalatory”" in card


def test_odd_labels_break_no_table_of_the_card():
    card = render_card(an_evaluation(heads=(scored(labels=ODD),)), manifest=MANIFEST)
    assert "<script>" not in card
    assert "| a \\| b | " in card


@pytest.mark.parametrize(
    ("text", "shown"),
    [("a|b", "a\\|b"), ("<b>", "&lt;b&gt;"), ("two\nlines", "two lines"), ("*x*", "\\*x\\*"), ("\ud800", "")],
)
def test_markdown_shows_texts_letter_for_letter(text, shown):
    assert plain(text) == shown


def test_markdown_table_is_one_line_a_row():
    assert table(["a", "b"], [["x\ny", ""]]) == "| a | b |\n| --- | ---: |\n| x y |   |"


@pytest.mark.parametrize(
    ("entry", "shown"),
    [
        (True, "yes"),
        (5000, "5000"),
        (0.10, "0.1"),
        ([1, 2.5], "1, 2.5"),
        ({"a": 1}, "a 1"),
        (None, "not set"),
        ("x", "x"),
    ],
)
def test_manifest_values_can_be_copied(entry, shown):
    assert value(entry) == shown
