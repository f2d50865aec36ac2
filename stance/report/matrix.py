"""The confusion matrix as a shaded table, and the list of its largest confusions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from stance.report.elements import Markup, join, tag
from stance.report.tables import scrolling, table
from stance.report.wording import number, share_of

if TYPE_CHECKING:
    from stance.evaluation.records import HeadEvaluation

#: A matrix of more labels is neither readable nor small: three hundred labels would be ninety thousand cells.
MOST_LABELS = 20


def matrix(head: HeadEvaluation) -> Markup:
    """Give the table: gold labels down, given labels across, the undecided last and only when there are any.

    Each cell shows a count and its share of the row, which also sets the shade.
    """
    columns = [*head.labels, *(["undecided"] if head.undecided else [])]
    spanner = tag("tr", tag("td", class_="corner"), tag("th", "labelled as", colspan=len(columns), scope="colgroup"))
    names = join(tag("th", tag("bdi", name), scope="col") for name in columns)
    rows = [_row(head, place, len(columns)) for place in range(len(head.labels))]
    whole = tag(
        "table",
        tag("thead", spanner, tag("tr", tag("th", "gold label", scope="col", class_="corner"), names)),
        tag("tbody", *rows),
        class_="matrix",
    )
    return scrolling(whole, f"Confusion matrix of {head.head}")


def _row(head: HeadEvaluation, place: int, width: int) -> Markup:
    counts = head.confusion[place][:width]
    whole = sum(head.confusion[place])
    cells = (_cell(count, whole, right=place == column) for column, count in enumerate(counts))
    return tag("tr", tag("th", tag("bdi", head.labels[place]), scope="row"), *cells)


def _cell(count: int, whole: int, *, right: bool) -> Markup:
    shade = round(10 * count / whole) if whole else 0
    kind = f"h{shade}{' right' if right else ''}{'' if count else ' empty'}"
    return tag("td", tag("b", number(count)), tag("span", share_of(count, whole) if count else ""), class_=kind)


def confusions(head: HeadEvaluation) -> list[tuple[int, str, str]]:
    """Give (rows, gold label, label given) of every confusion, the largest first, the undecided left out."""
    found = [
        (count, gold, given)
        for gold, row in zip(head.labels, head.confusion, strict=True)
        for given, count in zip(head.labels, row, strict=False)
        if count and given != gold
    ]
    return sorted(found, key=lambda each: -each[0])


def largest_confusions(head: HeadEvaluation, *, most: int) -> Markup:
    """Give the largest confusions as a table, at most ``most``."""
    rows = [[gold, given, number(count)] for count, gold, given in confusions(head)[:most]]
    return table(["gold label", "labelled as", "rows"], rows, name=f"Largest confusions of {head.head}", words=2)
