"""Join stretches into quotes, decide their kind, attach speakers."""

from __future__ import annotations

from stance.quotes.marks import Stretch, find_stretches
from stance.quotes.speakers import leads_in, sentence_start, speaker_after, speaker_before
from stance.records import Quote, QuoteKind, Speaker

_ENDS = ".!?…,"


def extract_quotes(article: str) -> list[Quote]:
    """Find the direct and partial quotes of an article.

    A quote interrupted by its attribution ("…," said X. "…") is one quote of several parts; so is one that goes on
    in the next paragraph after an unclosed mark.

    Parameters
    ----------
    article : text with one paragraph a line (blank lines between are fine)

    Returns
    -------
    list of Quote
        In text order; ``article[quote.start:quote.end] == quote.text`` for each.
    """
    stretches = find_stretches(article)
    groups: list[list[Stretch]] = []
    for stretch in stretches:
        if groups and _continues(article, groups[-1], stretch):
            groups[-1].append(stretch)
        else:
            groups.append([stretch])
    ends = [0] + [group[-1].end for group in groups]
    starts = [group[0].start for group in groups] + [len(article)]
    return [_quote(article, group, ends[i], starts[i + 1]) for i, group in enumerate(groups)]


def _continues(article: str, group: list[Stretch], stretch: Stretch) -> bool:
    last = group[-1]
    if last.paragraph_start != stretch.paragraph_start:
        between = article[last.end : stretch.start]
        return not last.closed and not any(c.isalnum() for c in between)
    if _kind(article, last) == "partial" or len(group) > 1:
        return False
    one_sentence = sentence_start(article, last.after, stretch.before) in (last.after, stretch.before)
    near = stretch.before - last.after < 400
    return one_sentence and near and speaker_after(article, last.after, stretch.start) is not None


def _quote(article: str, group: list[Stretch], after_last: int, before_next: int) -> Quote:
    first, last = group[0], group[-1]
    parts = tuple((s.start, s.end) for s in group)
    return Quote(
        parts=parts,
        text=article[first.start : last.end],
        statement=" ".join(article[start:end] for start, end in parts).removesuffix(","),
        kind=_kind(article, first),
        speaker=_speaker(article, group, after_last, before_next),
    )


def _kind(article: str, stretch: Stretch) -> QuoteKind:
    """Call a quote partial when it is no sentence of its own: lower case at the start, unannounced, or unfinished."""
    text = article[stretch.start : stretch.end]
    if leads_in(article, stretch.paragraph_start, stretch.before):
        return "direct"
    if text[0].islower():
        return "partial"
    return "direct" if text[-1] in _ENDS else "partial"


def _speaker(article: str, group: list[Stretch], after_last: int, before_next: int) -> Speaker | None:
    first = group[0]
    if len(group) > 1 and group[1].paragraph_start == first.paragraph_start:
        return speaker_after(article, first.after, group[1].start)
    before = speaker_before(article, max(after_last, first.paragraph_start), first.before)
    if before is not None and (
        _kind(article, first) == "partial" or leads_in(article, first.paragraph_start, first.before)
    ):
        return before
    last = group[-1]
    return speaker_after(article, last.after, min(before_next, last.paragraph_end)) or before
