"""Whether labels hold where they must and turn where they must."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from stance.report.elements import Markup, lines, tag
from stance.report.sections import figure, finding
from stance.report.tables import table
from stance.report.wording import number, percent

if TYPE_CHECKING:
    from stance.evaluation.robustness import RobustnessCheck

_SUITES = {
    "names": "Labels that move when other countries and persons are named",
    "noise": "Labels that stay when the text is written otherwise",
    "reversals": "Pairs of nearly the same words, other acts, told apart",
    "other worlds": "Sport, weather, cooking and the like that get a stance",
    "nothing to judge": "Gibberish, other languages and fragments left undecided",
}
_READING = (
    "Each line is one check; \u201cmissed\u201d marks a share beyond its limit, and a suite is only as hard as "
    "the cases that somebody thought of."
)


def robustness_part(checks: Sequence[RobustnessCheck]) -> Markup:
    """Give the table of checks, or say that there was none."""
    if not checks:
        return tag("p", "The suites ask for the four stances of the codebook; this model has other labels.")
    limited = [check for check in checks if check.met is not None]
    missed = [check for check in limited if not check.met]
    said = f"{len(limited) - len(missed)} of {len(limited)} limits are kept."
    if missed:
        said += f" Missed: {'; '.join(_named(check) for check in missed)}."
    rows = [
        [_SUITES[check.suite], check.name, percent(check.share), number(check.rows), _limit(check), _verdict(check)]
        for check in checks
    ]
    header = ["check", "kind", "share", "texts or pairs", "limit", ""]
    return lines(finding(said), figure(table(header, rows, name="Robustness checks", words=2), _READING))


def _named(check: RobustnessCheck) -> str:
    return f"{check.suite}, {check.name} ({percent(check.share)})"


def _limit(check: RobustnessCheck) -> str:
    return "\N{EN DASH}" if check.limit is None else f"{check.wanted} {percent(check.limit)}"


def _verdict(check: RobustnessCheck) -> str:
    return "" if check.met is None else "kept" if check.met else "missed"
