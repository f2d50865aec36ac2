"""Read an article: find its quotes, label each, say which words decided.

Knows nothing of files.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from stance.article.judged import Judged, judged_text
from stance.article.records import Article, DecidingWord, LabelledQuote
from stance.predictor import Predictor, load
from stance.quotes import extract_quotes
from stance.records import Contribution, Explanation, Quote


def read_article(
    text: str,
    *,
    predictor: Predictor | None = None,
    id: Any = None,  # noqa: A002 -- the name that the column has
    mentions: bool = False,
    explain: bool = True,
) -> Article:
    """Tell who said what in an article, with which stance.

    Parameters
    ----------
    text : the article, one paragraph a line (blank lines between are fine)
    predictor : the model; None opens the one that comes with the package, so pass one to read many articles
    id : what to call the article in its row
    mentions : also give titles, terms and scare quotes, which nobody states and which get no label
    explain : also find the words that decided, which takes about half of the time

    Returns
    -------
    Article
        Its statements in text order, each labelled by the words quoted; a partial quote of fewer than three words
        is labelled by the clause around it (``judged`` says by what).

    Raises
    ------
    ModelError
        If the model cannot be read, or its weights are not finite numbers.

    Examples
    --------
    >>> import stance
    >>> article = stance.read_article("“We remain open to talks,” said Joel Wit. “They have broken every promise.”")
    >>> [(s.quote.speaker.text, s.prediction.stance) for s in article.statements]
    [('Joel Wit', 'diplomatic')]
    """
    model = predictor or load()
    quotes = extract_quotes(text, mentions=mentions)
    statements = _labelled(model, text, quotes)
    if explain:
        statements = [_explained(model, statement) for statement in statements]
    return Article(id, text, tuple(statements), model.heads)


def deciding_words(explanation: Explanation, judged: Judged, *, most: int = 5) -> tuple[DecidingWord, ...]:
    """Give the terms that spoke most for a label, the strongest first, with their places in the article.

    Parameters
    ----------
    explanation : of ``judged.text``
    most : the largest number of terms
    """
    strongest = explanation.strongest(most)
    places: dict[str, list[tuple[int, int]]] = {c.term: [] for c in strongest}
    for c in explanation.contributions:
        if c.term in places:
            places[c.term].extend(judged.spans(c.start, c.end))
    return tuple(
        DecidingWord(c.term, _words(c, judged.text), c.weight, tuple(dict.fromkeys(places[c.term]))) for c in strongest
    )


def _words(contribution: Contribution, text: str) -> str:
    words = " ".join(text[contribution.start : contribution.end].split())
    return f"not … {words}" if contribution.term.startswith("~") else words


def _labelled(model: Predictor, text: str, quotes: Sequence[Quote]) -> list[LabelledQuote]:
    judged = [None if quote.kind == "mention" else judged_text(text, quote) for quote in quotes]
    found = model.predict_many([each.text for each in judged if each])
    predictions = [next(found) if each else None for each in judged]
    columns = zip(quotes, judged, predictions, _holders(quotes), strict=True)
    return [LabelledQuote(quote, each, said, {}, holder, explained=False) for quote, each, said, holder in columns]


def _explained(model: Predictor, statement: LabelledQuote) -> LabelledQuote:
    judged = statement.judged
    if judged is None:
        return replace(statement, explained=True)
    labels = {head: label for head in model.heads if (label := statement.label(head))}
    explanations = model.explain_labels(judged.text, labels)
    deciding = {head: deciding_words(explanations[head], judged) for head in labels}
    return replace(statement, deciding=deciding, explained=True)


def _holders(quotes: Sequence[Quote]) -> list[int | None]:
    """Give for each quote the place of the shortest other one that holds all of its parts.

    A quote between the parts of another (in "…," said X, who called it "folly", "…") is not held by it.
    """
    holders: list[int | None] = [None] * len(quotes)
    open_quotes: list[int] = []
    for place in sorted(range(len(quotes)), key=lambda each: (quotes[each].start, -quotes[each].end, each)):
        quote = quotes[place]
        open_quotes = [each for each in open_quotes if quotes[each].end > quote.start]
        around = [each for each in open_quotes if _holds(quotes[each], quote)]
        holders[place] = min(around, key=lambda each: quotes[each].end - quotes[each].start, default=None)
        open_quotes.append(place)
    return holders


def _holds(outer: Quote, inner: Quote) -> bool:
    return outer.kind != "mention" and all(
        any(first <= start and end <= last for first, last in outer.parts) for start, end in inner.parts
    )
