"""Gold labels that the model doubts, for a person to look at again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from stance.report.elements import NOTHING, Markup, lines, tag
from stance.report.mistakes import label_mark
from stance.report.sections import figure, finding
from stance.report.tables import table
from stance.report.wording import clipped, counted, fine, number, percent

if TYPE_CHECKING:
    from stance.evaluation.records import Suspect

_MOST, _LONGEST = 40, 280
_READING = (
    "The most doubtful first: \u201cown label\u201d is the probability that a model which had not seen the row gives "
    "to its gold label, so a small one means a slip of the coder, a hard case, or a blind spot of the model."
)


def suspects_part(suspects: Sequence[Suspect], rows: int, colours: Mapping[str, str]) -> Markup:
    """Give the suspects as a table, at most forty."""
    if not suspects:
        return finding("No gold label is doubted.")
    shown = [
        [
            tag("span", clipped(each.text, _LONGEST), tag("span", each.where, class_="where"), dir="auto"),
            label_mark(each.gold, colours),
            label_mark(each.suggested, colours),
            fine(each.self_confidence),
        ]
        for each in suspects[:_MOST]
    ]
    left_out = len(suspects) - len(shown)
    rest = tag("p", f"{number(left_out)} more in the JSON beside this page.", class_="note")
    share = percent(len(suspects) / rows) if rows else ""
    return lines(
        finding(f"{counted(len(suspects), 'gold label')} of {counted(rows, 'row')} ({share}) deserve a second look."),
        figure(
            table(["statement", "gold", "suggested", "own label"], shown, name="Doubtful labels", words=3), _READING
        ),
        rest if left_out > 0 else NOTHING,
    )
