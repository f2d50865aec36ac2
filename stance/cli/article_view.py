"""An article for a person at a terminal: its statements in order, then a table by speaker (rich).

Colours repeat what words say, and underlined words are listed where nothing can be underlined.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterable, Sequence
from itertools import pairwise

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from stance.article import Article, LabelledQuote
from stance.article.judged import Span
from stance.article.speakers import named
from stance.article.wording import GRADES, NOBODY, summary
from stance.cli.card import COLOURS
from stance.undecided import REASONS

_WIDEST = 100
#: A terminal would obey them; a text from anywhere must not move the cursor or rename the window.
_CONTROLS = dict.fromkeys((*range(0x20), *range(0x7F, 0xA0)), "\ufffd")
_BASES = {"carrier": "judged by its clause: ", "sentence": "judged by its sentence: "}


def show_article(article: Article) -> None:
    """Print an article on standard output."""
    width = min(shutil.get_terminal_size().columns, _WIDEST)
    console = Console(width=width, highlight=False, markup=False, emoji=False, soft_wrap=False)
    _print(console, Text(str(article.id), style="bold"), Text(summary(article)), Text())
    for number, statement in enumerate(article.statements, start=1):
        _show_statement(console, article, number, statement)
    if article.remarks:
        _print(console, *(Text(remark, style="dim") for remark in article.remarks), Text())
    if article.speakers:
        _print(console, *_table(article, console), Text())


def _show_statement(console: Console, article: Article, number: int, statement: LabelledQuote) -> None:
    lines = [_who(statement), _labels(article, statement), _quoted(article, statement)]
    if statement.judged is not None and statement.judged.basis in _BASES:
        clause = _underlined(article.text, statement.judged.pieces, _deciding(statement))
        lines.append(Text.assemble((_BASES[statement.judged.basis], "dim"), clause))
    if not console.is_terminal and any(statement.deciding.values()):
        lines.append(Text("because " + _because(statement)))
    _print(console, *filter(None, lines), Text(), margin=f"{number:>3}  ")


def _print(console: Console, *lines: Text, margin: str = "") -> None:
    """Print lines wrapped to the width, the margin before the first and as much space before the others."""
    for line in lines:
        line.plain = line.plain.translate(_CONTROLS)
        for wrapped in line.wrap(console, console.width - len(margin)) or [Text()]:
            wrapped.rstrip()
            console.print(Text.assemble((margin if wrapped else "", "dim"), wrapped))
            margin = " " * len(margin)


def _who(statement: LabelledQuote) -> Text:
    """Give the speaker, and in small what to know of the claim."""
    quote = statement.quote
    if quote.kind == "mention":
        return Text("mention: words in marks that nobody states", style="dim")
    notes: list[str] = [] if quote.kind == "direct" else [quote.kind]
    if quote.speaker is None:
        who = Text(NOBODY, style="dim italic")
    else:
        who = Text(quote.speaker.name or quote.speaker.text, style="bold")
        notes += ["who is not known"] if named(quote.speaker) is None else []
        notes += [] if quote.speaker.grade == "certain" else [GRADES[quote.speaker.grade][0]]
    if quote.relayed_by is not None:
        notes.append(f"as told by {quote.relayed_by.name or quote.relayed_by.text}")
    if statement.within is not None:
        notes.append(f"within {statement.within + 1}")
    return Text.assemble(who, (f"  {' · '.join(filter(None, notes))}", "dim"))


def _labels(article: Article, statement: LabelledQuote) -> Text:
    if statement.prediction is None:
        return Text()
    if statement.status != "ok":
        return Text(REASONS[statement.prediction.reason], style="dim")
    shown = []
    for head in article.heads:
        label = statement.prediction.label(head) or ""
        share = statement.prediction.probabilities(head)[label]
        shown.append(Text(f"{label} {share:.0%}", style=COLOURS.get(label, "")))
    return Text.assemble("▸ ", Text(" · ").join(shown))


def _quoted(article: Article, statement: LabelledQuote) -> Text:
    """Give the words quoted, an interruption shown as dots."""
    quote = statement.quote
    inside = _underlined(article.text, quote.parts, _deciding(statement))
    return inside if quote.kind == "indirect" else Text.assemble("“", inside, "”")


def _deciding(statement: LabelledQuote) -> list[Span]:
    """Give where the words stand that decided the stance."""
    head = next(iter(statement.deciding), "")
    return [span for word in statement.deciding.get(head, ()) for span in word.spans]


def _because(statement: LabelledQuote) -> str:
    head = next(iter(statement.deciding))
    return " · ".join(word.words for word in statement.deciding[head]) or "(no word speaks for it)"


def _underlined(text: str, parts: Sequence[Span], marked: Iterable[Span]) -> Text:
    """Give parts of a text, one after the other, with the marked stretches underlined."""
    shown = Text()
    spans = list(marked)
    for number, (first, last) in enumerate(parts):
        if number:
            shown.append(" … ", style="dim")
        inside = [(max(first, start), min(last, end)) for start, end in spans if start < last and end > first]
        cuts = sorted({first, last, *(offset for span in inside for offset in span)})
        for start, end in pairwise(cuts):
            deciding = any(low <= start and end <= high for low, high in inside)
            shown.append(_one_line(text[start:end]), style="underline" if deciding else "")
    return shown


def _one_line(text: str) -> str:
    return re.sub(r"\s+", " ", text).translate(_CONTROLS)


def _table(article: Article, console: Console) -> list[Text]:
    """Give how often each speaker took which stance, the share of the decided statements in per cent."""
    labels = article.heads[article.head]
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 0, 0, 1))
    table.add_column("speaker", overflow="fold")
    for column in ("said", *labels, "undecided"):
        table.add_column(column, justify="right", overflow="fold")
    for each in article.speakers:
        shares = [f"{each.shares[label]:.0%}" if each.labels[label] else "·" for label in labels]
        cells = [f"{each.statements:,}", *shares, f"{each.undecided:,}" if each.undecided else "·"]
        table.add_row((each.name or NOBODY).translate(_CONTROLS), *cells, style=None if each.name else "dim")
    with console.capture() as captured:
        console.print(table)
    lines = [Text.from_ansi(line) for line in captured.get().splitlines()]
    for line in lines:
        line.rstrip()
    return [line for line in lines if line.plain]
