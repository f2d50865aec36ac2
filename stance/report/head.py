"""Everything that the page says of one head."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from stance.labels import HEADS, MEANINGS
from stance.report import findings
from stance.report.bars import Bar, score_bars, term_bars
from stance.report.calibration import bins_table, reliability
from stance.report.colours import colours
from stance.report.elements import Markup, lines, tag
from stance.report.histogram import confidence_histogram
from stance.report.matrix import MOST_LABELS, largest_confusions, matrix
from stance.report.mistakes import MOST_ERRORS, label_mark, mistakes_table
from stance.report.sections import Section, figure
from stance.report.tables import table
from stance.report.wording import NO_INTERVAL, counted, fine, number, score, title_of

if TYPE_CHECKING:
    from stance.evaluation.records import HeadEvaluation, Interval, WorstError

_MOST_TERMS = 12


def head_section(
    anchor: str,
    head: HeadEvaluation,
    telling: Mapping[str, Sequence[tuple[str, float]]],
    errors: Sequence[WorstError],
) -> Section:
    """Give the section of one head.

    Parameters
    ----------
    telling : label to (term, weight), the weightiest first; empty if none were recorded
    errors : the errors of this head, the surest first
    """
    coloured = colours(head.labels)
    return Section(
        anchor,
        title_of(head.head),
        _legend(head, coloured),
        (
            Section(f"{anchor}-classes", "Scores by class", _classes(head, coloured)),
            Section(f"{anchor}-confusion", "What is taken for what", _confusion(head)),
            Section(f"{anchor}-baselines", "Against doing without a model", _baselines(head)),
            Section(f"{anchor}-calibration", "Can its confidence be trusted?", _calibration(head)),
            Section(f"{anchor}-confidence", "How sure it was, right and wrong", _confidence(head)),
            Section(f"{anchor}-terms", "The most telling terms", _terms(head, telling, coloured)),
            Section(f"{anchor}-errors", "The surest errors", _errors(head, errors, coloured)),
        ),
    )


def _legend(head: HeadEvaluation, coloured: Mapping[str, str]) -> Markup:
    """Give the labels with their colours and, where the codebook defines them, their meanings."""
    known = set(head.labels) <= set(HEADS.get(head.head, ()))
    entries = [
        tag("li", label_mark(label, coloured), tag("span", f" {MEANINGS[label]}") if known else "")
        for label in head.labels
    ]
    return tag("ul", lines(*entries), class_="legend" if known else "legend short")


def _finding(sentence: str) -> Markup:
    return tag("p", sentence, class_="finding")


def _classes(head: HeadEvaluation, coloured: Mapping[str, str]) -> Markup:
    bars = [Bar(each.label, each.f1, each.f1_interval, coloured[each.label]) for each in head.classes]
    rows = [
        [each.label, score(each.precision), score(each.recall), score(each.f1), number(each.support)]
        for each in head.classes
    ]
    drawing = score_bars(bars, label=f"F1 of each class of {head.head}", axis="F1")
    columns = ["class", "precision", "recall", "F1", "support"]
    return lines(
        _finding(findings.best_and_worst_class(head)),
        tag(
            "div",
            figure(drawing, f"A longer bar is better; {_whisker_note(head.macro_f1_interval)}."),
            figure(
                table(columns, rows, name=f"Scores by class of {head.head}"),
                "A class with high precision and low recall is given rarely but rightly; the reverse is given too freely.",
            ),
            class_="pair",
        ),
    )


def _whisker_note(interval: Interval | None) -> str:
    return "the thin line across its end is the 95\u00a0% interval" if interval else f"no whiskers, {NO_INTERVAL}"


def _confusion(head: HeadEvaluation) -> Markup:
    if len(head.labels) > MOST_LABELS:
        reading = (
            f"With {len(head.labels)} labels the whole matrix would not be readable; these are its largest confusions."
        )
        return lines(_finding(findings.commonest_confusion(head)), figure(largest_confusions(head), reading))
    reading = (
        "Each row is a gold label and sums to 100\u00a0%; the darker a cell, the larger its share of the row, "
        "and framed cells are right."
    )
    return lines(_finding(findings.commonest_confusion(head)), figure(matrix(head), reading))


def _baselines(head: HeadEvaluation) -> Markup:
    if not head.baselines:
        return _finding(findings.gain_over_baselines(head))
    own = [Bar("this model", head.macro_f1, head.macro_f1_interval, "is-model")]
    macro = own + [Bar(each.name, each.macro_f1, None, "is-baseline") for each in head.baselines]
    plain = [Bar("this model", head.accuracy, None, "is-model")]
    accuracy = plain + [Bar(each.name, each.accuracy, None, "is-baseline") for each in head.baselines]
    return lines(
        _finding(findings.gain_over_baselines(head)),
        tag(
            "div",
            figure(
                score_bars(macro, label=f"Macro-F1 of {head.head}", axis="macro-F1"),
                f"Every class counts the same here; {_whisker_note(head.macro_f1_interval)}.",
            ),
            figure(
                score_bars(accuracy, label=f"Accuracy of {head.head}", axis="accuracy"),
                "Every row counts the same here, so always giving the commonest label can look good.",
            ),
            class_="pair",
        ),
    )


def _calibration(head: HeadEvaluation) -> Markup:
    losses = f"Log loss {fine(head.log_loss)}, Brier score {fine(head.brier)} (over decided rows, lower is better)."
    if not head.calibration:
        return lines(_finding(findings.NO_CALIBRATION), tag("p", losses))
    return lines(
        _finding(findings.trust(head)),
        tag(
            "div",
            figure(
                reliability(head.calibration, head=head.head),
                "Each dot is a bin of rows of similar confidence: on the diagonal confidence is honest, "
                "below it the model is too sure, above it too modest.",
            ),
            figure(
                bins_table(head.calibration, head=head.head),
                "Compare the mean confidence of each bin with the share of its rows that were labelled rightly.",
            ),
            class_="pair",
        ),
        tag("p", losses),
    )


def _confidence(head: HeadEvaluation) -> Markup:
    drawing = confidence_histogram(head.confidence_right, head.confidence_wrong, head=head.head)
    reading = (
        "Each column is a twentieth of the scale of confidence: rows labelled rightly rise above the line, wrong ones "
        "hang below, and good confidence has few hanging far to the right."
    )
    return lines(_finding(findings.sureness(head)), figure(drawing, reading, class_="wide"))


def _terms(
    head: HeadEvaluation, telling: Mapping[str, Sequence[tuple[str, float]]], coloured: Mapping[str, str]
) -> Markup:
    shown = {label: telling[label][:_MOST_TERMS] for label in head.labels[:MOST_LABELS] if telling.get(label)}
    if not shown:
        return tag("p", "No terms were recorded.")
    scale = max(abs(weight) for terms in shown.values() for _, weight in terms)
    panels = [
        tag(
            "div",
            tag("h4", label_mark(label, coloured)),
            term_bars(terms, scale=scale, colour=coloured[label], label=f"Telling terms of {label}"),
        )
        for label, terms in shown.items()
    ]
    reading = (
        "A longer bar speaks more strongly for the class, on one scale for all; \u201cnot \u2026 word\u201d is a word "
        "shortly after a negation, and \u2039name\u203a, \u2039place\u203a, \u2039number\u203a and \u2039date\u203a stand "
        "for any of their kind."
    )
    return figure(tag("div", lines(*panels), class_="panels"), reading, class_="wide")


def _errors(head: HeadEvaluation, errors: Sequence[WorstError], coloured: dict[str, str]) -> Markup:
    if not errors:
        return tag("p", "No errors were recorded.")
    left_out = len(errors) - MOST_ERRORS
    reading = (
        "The thicker the line under a word, the more it weighed for the label given; a broken line and a minus mean that "
        "it weighed against it."
    )
    more = tag("p", f"{counted(left_out, 'less sure error')} not shown.") if left_out > 0 else Markup()
    return lines(figure(mistakes_table(errors, coloured, head=head.head), reading, class_="wide"), more)
