"""How far the confidence of a head can be trusted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from stance.report import findings
from stance.report.calibration import bins_table, reliability
from stance.report.elements import Markup, lines, tag
from stance.report.histogram import confidence_histogram
from stance.report.sections import figure, finding, side_by_side
from stance.report.wording import fine

if TYPE_CHECKING:
    from stance.evaluation.records import HeadEvaluation


def calibration_part(head: HeadEvaluation) -> Markup:
    """Give the reliability diagram and its bins, or say that there are too few rows to claim anything."""
    sentence = finding(findings.trust(head))
    losses = f"Log loss {fine(head.log_loss)}, Brier score {fine(head.brier)} (over decided rows; lower is better)."
    if not head.calibration:
        return lines(sentence, tag("p", losses, class_="note"))
    diagram = figure(
        reliability(head.calibration, head=head.head),
        "Each dot is a bin of rows of similar confidence, its wide bar the 95\u00a0% interval: on the diagonal "
        "confidence is honest, below it the model is too sure, above it too modest.",
    )
    bins = figure(
        bins_table(head.calibration, head=head.head),
        "Compare the mean confidence of each bin with the share of its rows that were labelled rightly.",
    )
    return lines(sentence, side_by_side(diagram, bins), tag("p", losses, class_="note"))


def confidence_part(head: HeadEvaluation) -> Markup:
    """Give the mirrored histogram of confidence."""
    drawing = confidence_histogram(head.confidence_right, head.confidence_wrong, head=head.head)
    reading = (
        "Each column is a twentieth of the scale of confidence: rows labelled rightly rise above the line, wrong ones "
        "hang below, and good confidence has few hanging far to the right."
    )
    return lines(finding(findings.sureness(head)), figure(drawing, reading, class_="wide"))
