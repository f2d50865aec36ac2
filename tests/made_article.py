"""An article of our own with every kind of statement, its quotes set by hand.

What the extractor finds is the business of its own tests; those of reading and of the page need one of each.
"""

from __future__ import annotations

from stance.records import Quote, Speaker

TEXT = """Harbour talks near collapse as both sides trade blame

PORT MAREN — The ferry blockade enters its third week on Monday. “We will not fire the first shot, but whoever enters \
our waters will be stopped,” said Elena Marsk, the defence minister of Norland. “The fleet has its orders.”

Suder answered within the hour. “The blockade is illegal and shameful,” Foreign Secretary Tomas Ried told reporters, \
calling the minister “reckless.”

A long night

Ried said that his government was ready to resume talks in Geneva “without any preconditions” and to exchange \
prisoners before winter. Marsk said the harbour master had told her that both ships left the port at noon.

Asked whether the fleet would withdraw, she shook her head. “Never,” she said.

The so-called “Winter Accord” expires in March. “We call on all sides to return to the table,” an aide said. \
“We offer them talks and a ceasefire today."

“We thank the mediators and welcome the agreement.”
"""


def span(words: str, after: int = 0) -> tuple[int, int]:
    """Give the offsets of words in the text, looking from an offset on."""
    start = TEXT.index(words, after)
    return start, start + len(words)


def speaker(words: str, name: str | None, rule: str, grade: str, *, near: str, kind: str = "person") -> Speaker:
    """Give a speaker whose words stand at or after other words."""
    start, end = span(words, TEXT.index(near))
    return Speaker(words, start, end, name, kind, rule, grade)


def quote(kind: str, *words: str, **facts) -> Quote:
    """Give a quote of the text's words."""
    parts = tuple(span(each) for each in words)
    return Quote(
        parts,
        TEXT[parts[0][0] : parts[-1][1]],
        " ".join(words).removesuffix(","),
        kind,
        **facts,
    )


MARSK = speaker("Elena Marsk", "Elena Marsk", "name_after_verb", "certain", near="said Elena")
SHE = speaker("she", "Elena Marsk", "pronoun_before", "guess", near="“Never,”")
RIED = speaker("Tomas Ried", "Tomas Ried", "name_before_verb", "certain", near="Foreign Secretary")
RIED_AGAIN = speaker("Ried", "Tomas Ried", "name_before_verb", "certain", near="Ried said that")
MASTER = speaker("the harbour master", None, "second_hand", "likely", near="Marsk said the harbour")
MARSK_TELLS = speaker("Marsk", "Elena Marsk", "name_before_verb", "certain", near="Marsk said the harbour")
AIDE = speaker("an aide", None, "description_before_verb", "likely", near="an aide said")

QUOTES = [
    quote(
        "direct",
        "We will not fire the first shot, but whoever enters our waters will be stopped,",
        "The fleet has its orders.",
        speaker=MARSK,
    ),
    quote("direct", "The blockade is illegal and shameful,", speaker=RIED),
    quote("partial", "reckless.", speaker=RIED, carrier=span("calling the minister “reckless.”")),
    quote(
        "indirect",
        "his government was ready to resume talks in Geneva “without any preconditions” and to exchange prisoners "
        "before winter",
        speaker=RIED_AGAIN,
    ),
    quote("partial", "without any preconditions", speaker=RIED_AGAIN, carrier=span("without any preconditions")),
    quote("indirect", "both ships left the port at noon", speaker=MASTER, relayed_by=MARSK_TELLS),
    quote("direct", "Never,", speaker=SHE),
    quote("mention", "Winter Accord"),
    quote("direct", "We call on all sides to return to the table,", speaker=AIDE),
    quote(
        "direct",
        "We offer them talks and a ceasefire today.",
        speaker=AIDE,
        remark="The quote opens with a curly mark and closes with a straight one.",
    ),
    quote("direct", "We thank the mediators and welcome the agreement."),
]
