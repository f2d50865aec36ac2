"""What is known of one statement: who said it, how that was found, the labels, the words that decided."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from stance.article import Article, DecidingWord, LabelledQuote
from stance.article.judged import Span
from stance.article.wording import BASES, GRADES, KINDS, outcome, rule_of, speaker_of
from stance.article_page.layers import Layer, nested
from stance.article_page.marked import deciding_spans, key_of
from stance.records import Speaker
from stance.report import svg
from stance.report.elements import NOTHING, Markup, join, lines, tag
from stance.report.mistakes import label_mark
from stance.report.wording import human_term, percent, signed, title_of
from stance.undecided import REASONS


def details(article: Article, place: int, anchor: str, coloured: Mapping[str, str], *, level: int) -> Markup:
    """Give everything on one statement, with a link to where it stands in the text.

    Parameters
    ----------
    place : of the statement in the article, from 0
    level : of its heading
    """
    statement, key = article.statements[place], key_of(anchor, place)
    heading = tag(f"h{level}", tag("b", str(place + 1)), " ", tag("bdi", speaker_of(statement)))
    back = tag(
        "a", "in the text", tag("span", f", statement {place + 1}", class_="aside"), href=f"#{key}", class_="back"
    )
    colour = coloured.get(outcome(statement, article.head), "k-unknown")
    return tag(
        "article",
        lines(
            tag("div", heading, back, class_="top"),
            tag("blockquote", tag("p", _quoted(article, statement))),
            _facts(article, statement, anchor),
            _judgement(article, statement, coloured),
        ),
        id=f"{key}-details",
        class_=f"details {colour}",
    )


def _quoted(article: Article, statement: LabelledQuote) -> Markup:
    quote = statement.quote
    inside = join(_pieces(article, quote.parts, statement), " \u2026 ")
    return inside if quote.kind == "indirect" else join(["\u201c", inside, "\u201d"])


def _pieces(article: Article, pieces: Sequence[Span], statement: LabelledQuote) -> list[Markup]:
    """Give stretches of the article with the deciding words underlined."""
    spans = deciding_spans(statement, article.head)
    return [
        nested(
            article.text,
            first,
            last,
            [Layer(max(first, low), min(last, high), "word", "") for low, high in spans if low < last and high > first],
            lambda _, inside: tag("u", inside, class_="word"),
        )
        for first, last in pieces
    ]


def _facts(article: Article, statement: LabelledQuote, anchor: str) -> Markup:
    quote = statement.quote
    rows = [("Kind", join([KINDS[quote.kind][0], ": ", KINDS[quote.kind][1]]))]
    if quote.speaker is not None:
        rows.append(("Speaker", _claim(quote.speaker)))
    if quote.relayed_by is not None:
        rows.append(("Told by", _claim(quote.relayed_by)))
    if statement.within is not None:
        key = key_of(anchor, statement.within)
        link = tag("a", f"statement {statement.within + 1}", href=f"#{key}-details")
        rows.append(("Part of", join([link, ", and counted with it"])))
    if statement.judged is not None and statement.judged.basis in BASES:
        clause = join(_pieces(article, statement.judged.pieces, statement))
        rows.append(("Judged", join([BASES[statement.judged.basis], ": ", tag("span", clause, class_="clause")])))
    if quote.remark:
        rows.append(("Remark", join([tag("bdi", quote.remark)])))
    return tag("dl", join(tag("div", tag("dt", name), tag("dd", value)) for name, value in rows), class_="claims")


def _claim(speaker: Speaker) -> Markup:
    """Give a speaker with what the claim rests on."""
    grade, meaning = GRADES[speaker.grade]
    words = [f"called \u201c{speaker.text}\u201d here"] if speaker.name and speaker.name != speaker.text else []
    words += [speaker.kind] if speaker.kind != "unknown" else []
    words += [f"found by the rule \u201c{rule_of(speaker.rule)}\u201d"] if speaker.rule != "unknown" else []
    name = tag("b", tag("bdi", speaker.name or speaker.text))
    return join([name, f" \u2013 {grade}: {meaning}", f" ({'; '.join(words)})" if words else ""])


def _judgement(article: Article, statement: LabelledQuote, coloured: Mapping[str, str]) -> Markup:
    if statement.prediction is None:
        return NOTHING
    if statement.status != "ok":
        return tag("p", REASONS[statement.prediction.reason], class_="undecided")
    return tag("div", *(_head(statement, head, coloured) for head in article.heads), class_="heads")


def _head(statement: LabelledQuote, head: str, coloured: Mapping[str, str]) -> Markup:
    prediction = statement.prediction
    odds = prediction.probabilities(head) if prediction else {}
    rows = [_odds(label, p, wins=label == statement.label(head), coloured=coloured) for label, p in odds.items()]
    table = tag("table", tag("caption", title_of(head)), tag("tbody", lines(*rows)), class_="odds")
    return tag("div", table, _words(statement.deciding.get(head, ())))


def _odds(label: str, p: float, *, wins: bool, coloured: Mapping[str, str]) -> Markup:
    bar = tag(
        "svg",
        svg.rect(0, "0", 1, "10", "track"),
        svg.rect(0, "0", p, "10", f"bar {coloured.get(label, 'k-unknown')}"),
        width="100%",
        height=10,
        aria_hidden="true",
    )
    name = tag("th", label_mark(label, coloured), scope="row")
    return tag("tr", name, tag("td", bar), tag("td", percent(p), class_="figure"), class_="wins" if wins else None)


def _words(words: Sequence[DecidingWord]) -> Markup:
    if not words:
        return tag("p", "No word speaks for it; it is the commonest label of such texts.", class_="because")
    shown = [
        tag("span", tag("bdi", _said(word)), " ", tag("small", signed(word.weight)), class_="weighed") for word in words
    ]
    return tag("p", "because of ", join(shown, " "), class_="because")


def _said(word: DecidingWord) -> str:
    """Give the words; a slot, under which the model sees no more than a name, says so."""
    slot = human_term(word.term)
    return f"{word.words} ({slot})" if slot.startswith("\u2039") else word.words
