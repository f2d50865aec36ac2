"""How kinds, grades and counts are said to people, in a terminal and on a page."""

from __future__ import annotations

from collections.abc import Sequence

from stance.article.records import Article, LabelledQuote
from stance.article.speakers import named

NOBODY = "no speaker named"
KINDS = {
    "direct": ("direct", "whole sentences in quotation marks"),
    "partial": ("partial", "a piece in quotation marks inside reported speech"),
    "indirect": ("indirect", "reported without quotation marks; the words are the reporter\u2019s"),
    "mention": ("mention", "a title, a term, a slogan or scare quotes; nobody states it, so it has no stance"),
}
GRADES = {
    "certain": ("certain", "the words of the article leave no other reading"),
    "likely": ("likely", "the rule that found the speaker is right in most cases"),
    "guess": ("a guess", "check it in the text before you rely on it"),
}
BASES = {
    "carrier": "Too short to judge alone, so the clause around it was judged",
    "sentence": "Too short to judge alone, so the sentence around it was judged",
}


def counted(count: int, one: str) -> str:
    """Write a count and its noun: "1 piece", "2 pieces"."""
    return f"{count:,} {one}" if count == 1 else f"{count:,} {one}s"


def outcome(statement: LabelledQuote, head: str) -> str:
    """Give the label of a statement, or in a word why it has none."""
    return statement.label(head) or statement.status


def speaker_of(statement: LabelledQuote) -> str:
    """Give what to call the speaker of a statement; a pronoun that nobody resolved stands in quotation marks."""
    speaker = statement.quote.speaker
    if statement.quote.kind == "mention":
        return "a mention"
    if speaker is None:
        return NOBODY
    return named(speaker) or f"\u201c{speaker.text}\u201d ({NOBODY})"


def summary(article: Article) -> str:
    """Give the sentence that an article comes down to."""
    if article.status == "empty":
        return "There is no text."
    said = [s.label(article.head) or "undecided" for s in article.statements if s.counted]
    pieces = sum(s.within is not None for s in article.statements)
    mentions = sum(s.prediction is None and s.within is None for s in article.statements)
    apart = [counted(pieces, "piece") + " of those statements"] if pieces else []
    apart += [counted(mentions, "mention")] if mentions else []
    rest = f" Not counted: {' and '.join(apart)}." if apart else ""
    if not said:
        return f"Nobody is quoted.{rest}"
    people = sum(each.name is not None for each in article.speakers)
    by = f" by {counted(people, 'named speaker')}" if people else ", no speaker named"
    labels = _list(said, [*article.heads[article.head], "undecided"])
    return f"{counted(len(said), 'statement')}{by}: {labels}.{rest}"


def _list(found: Sequence[str], order: Sequence[str]) -> str:
    counts = sorted(((found.count(label), -place, label) for place, label in enumerate(order)), reverse=True)
    return ", ".join(f"{count} {label}" for count, _, label in counts if count)


def rule_of(rule: str) -> str:
    """Give the name of a rule for people."""
    return rule.replace("_", " ")
