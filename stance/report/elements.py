"""Build HTML as nested elements in which every text and attribute is escaped.

The output is well-formed XML and valid HTML at once, so a strict parser can check a page. Knows nothing of what
the page says.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

#: Elements that HTML forbids to close; all others it forbids to leave open.
_VOID = frozenset({"br", "hr", "meta"})
#: What XML cannot hold at all: control characters and lone surrogates, which texts from broken files contain.
_UNPRINTABLE = re.compile("[^\t\n\x20-\x7e\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_ENTITIES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"})


class Markup(str):
    """A string that is HTML already; any operation on it gives a plain ``str``, which is escaped when used."""

    __slots__ = ()


NOTHING = Markup()


def escape(text: str) -> Markup:
    """Give a text as HTML; what no page can hold becomes U+FFFD, so that the reader sees that it was there."""
    if isinstance(text, Markup):
        return text
    return Markup(_UNPRINTABLE.sub("\ufffd", text).translate(_ENTITIES))


def tag(name: str, /, *children: str, **attributes: str | int | None) -> Markup:
    """Give one element.

    Parameters
    ----------
    children : plain strings are escaped, :class:`Markup` is kept
    attributes : ``class_`` and ``aria_label`` become ``class`` and ``aria-label``; None leaves an attribute out

    Examples
    --------
    >>> tag("p", "a < b", class_="note")
    '<p class="note">a &lt; b</p>'
    """
    written = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{escape(str(value))}"'
        for key, value in attributes.items()
        if value is not None
    )
    if name in _VOID:
        return Markup(f"<{name}{written} />")
    return Markup(f"<{name}{written}>{join(children)}</{name}>")


def join(parts: Iterable[str], between: str = "") -> Markup:
    """Give parts one after the other, each escaped unless it is HTML already."""
    return Markup(escape(between).join(escape(part) for part in parts))


def lines(*parts: str) -> Markup:
    """Give block elements, one a line, so that the source of a page can be read and compared."""
    return join([part for part in parts if part], "\n")
