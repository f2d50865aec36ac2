"""How good a head is: by class, by confusion, and beside doing without a model."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from stance.report import findings
from stance.report.bars import Bar, score_bars
from stance.report.elements import NOTHING, Markup, lines, tag
from stance.report.matrix import MOST_LABELS, confusions, largest_confusions, matrix
from stance.report.sections import figure, finding, side_by_side
from stance.report.tables import table
from stance.report.wording import NO_INTERVAL, number, score

if TYPE_CHECKING:
    from stance.evaluation.records import ChanceTest, HeadEvaluation, Interval, Variant

_FEW_LABELS = 5  # beside whose matrix there is room
_LISTED, _LISTED_BESIDE = 20, 6


def classes_part(head: HeadEvaluation, coloured: Mapping[str, str]) -> Markup:
    """Give each class's F1 as a bar, and precision, recall and support as a table."""
    bars = [Bar(each.label, each.f1, each.f1_interval, coloured[each.label]) for each in head.classes]
    rows = [
        [each.label, score(each.precision), score(each.recall), score(each.f1), number(each.support)]
        for each in head.classes
    ]
    columns = ["class", "precision", "recall", "F1", "support"]
    drawing = score_bars(bars, label=f"F1 of each class of {head.head}", axis="F1")
    return lines(
        finding(findings.best_and_worst_class(head)),
        side_by_side(
            figure(drawing, f"A longer bar is better; {_whisker_note(head.macro_f1_interval)}."),
            figure(
                table(columns, rows, name=f"Scores by class of {head.head}"),
                "High precision with low recall: the label is given rarely but rightly; the reverse: too freely.",
            ),
        ),
    )


def _whisker_note(interval: Interval | None) -> str:
    return "the thin line across its end is the 95\u00a0% interval" if interval else f"no whiskers, {NO_INTERVAL}"


def confusion_part(head: HeadEvaluation) -> Markup:
    """Give the matrix and, beside a small one, the largest confusions; of very many labels only these."""
    sentence = finding(findings.commonest_confusion(head))
    if len(head.labels) > MOST_LABELS:
        reading = f"The whole matrix of {len(head.labels)} labels would not be readable; these are its largest cells."
        return lines(sentence, figure(largest_confusions(head, most=_LISTED), reading))
    whole = figure(
        matrix(head),
        "Each row is a gold label and sums to 100\u00a0%; the stronger a cell\u2019s colour, the larger its share of "
        "the row, and framed cells are right.",
    )
    if len(head.labels) > _FEW_LABELS or not confusions(head):
        return lines(sentence, whole)
    listed = figure(
        largest_confusions(head, most=_LISTED_BESIDE), "The same confusions by number of rows, the largest first."
    )
    return lines(sentence, side_by_side(whole, listed, class_="pair uneven"))


def baselines_part(head: HeadEvaluation, chance: ChanceTest | None = None, variants: Sequence[Variant] = ()) -> Markup:
    """Give macro-F1 and accuracy of the model, of every baseline and of every variant, and the test against chance."""
    tested = tag("p", findings.beyond_chance(chance), class_="note") if chance else NOTHING
    return lines(_beside(head, variants), tested)


def _beside(head: HeadEvaluation, variants: Sequence[Variant]) -> Markup:
    if not head.baselines:
        return finding(findings.gain_over_baselines(head))
    macro = [
        Bar("this model", head.macro_f1, head.macro_f1_interval, "is-model"),
        *(Bar(each.name, each.macro_f1, each.macro_f1_interval, "is-model") for each in variants),
        *(Bar(each.name, each.macro_f1, None, "is-baseline") for each in head.baselines),
    ]
    accuracy = [
        Bar("this model", head.accuracy, None, "is-model"),
        *(Bar(each.name, each.accuracy, None, "is-model") for each in variants),
        *(Bar(each.name, each.accuracy, None, "is-baseline") for each in head.baselines),
    ]
    return lines(
        finding(findings.gain_over_baselines(head)),
        side_by_side(
            figure(
                score_bars(macro, label=f"Macro-F1 of {head.head}", axis="macro-F1"),
                f"Every class counts the same here; {_whisker_note(head.macro_f1_interval)}.",
            ),
            figure(
                score_bars(accuracy, label=f"Accuracy of {head.head}", axis="accuracy"),
                "Every row counts the same here, so always giving the commonest label can look good.",
            ),
        ),
    )
