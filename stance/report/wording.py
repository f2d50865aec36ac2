"""How numbers, intervals and terms are written for people, on the page and in the card alike."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from stance.evaluation.records import Interval

NO_INTERVAL = "too few groups for an interval"
MINUS = "\N{MINUS SIGN}"
_SPACE = "\N{NO-BREAK SPACE}"
_SLOTS = {f"@{slot}": f"\u2039{slot}\u203a" for slot in ("name", "place", "number", "date")}


def score(value: float) -> str:
    """Write a score in [0, 1] with two decimals, which is as much as any interval here bears out."""
    return f"{value:.2f}"


def fine(value: float) -> str:
    """Write a small error or loss with three decimals."""
    return f"{value:.3f}"


def chance(p_value: float) -> str:
    """Write a p-value with three decimals, as "p < 0.001" below that."""
    return f"p = {p_value:.3f}" if p_value >= 0.001 else "p < 0.001"


def percent(share: float) -> str:
    """Write a share in [0, 1] in whole per cent; only none is "0 %" and only all is "100 %"."""
    rounded = f"{100 * share:.0f}"
    if rounded == "0" and share > 0:
        rounded = "<1"
    if rounded == "100" and share < 1:
        rounded = ">99"
    return f"{rounded}{_SPACE}%"


def share_of(part: int, whole: int) -> str:
    """Write ``part`` as per cent of ``whole``; a dash when there is no whole."""
    return percent(part / whole) if whole else "\N{EN DASH}"


def number(count: int) -> str:
    """Write a count with a comma every three digits."""
    return f"{count:,}"


def counted(count: int, one: str) -> str:
    """Write a count and its noun: "1 row", "2 rows"."""
    return f"{number(count)} {one}" if count == 1 else f"{number(count)} {one}s"


def bounds(interval: Interval) -> str:
    """Write an interval: "0.66–0.75"."""
    return f"{score(interval.low)}\N{EN DASH}{score(interval.high)}"


def signed(weight: float) -> str:
    """Write a weight with its sign and two decimals."""
    return f"{MINUS if weight < 0 else '+'}{abs(weight):.2f}"


def human_term(term: str) -> str:
    """Write a term of the model for people.

    Examples
    --------
    >>> human_term("~talk"), human_term("talk to"), human_term("meet @name")
    ('not … talk', 'talk to', 'meet ‹name›')
    """
    return " ".join(_part(part) for part in term.split(" "))


def _part(part: str) -> str:
    word = part.removeprefix("~")
    shown = _SLOTS.get(word, word)
    return f"not \u2026 {shown}" if word and word != part else shown or part


def clipped(text: str, longest: int) -> str:
    """Cut a text to at most ``longest`` characters, the last one an ellipsis if any are missing."""
    return text if len(text) <= longest else text[: longest - 1].rstrip() + "\N{HORIZONTAL ELLIPSIS}"


def title_of(head: str) -> str:
    """Write the name of a head as a heading."""
    return head[:1].upper() + head[1:]
