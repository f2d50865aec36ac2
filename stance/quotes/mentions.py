"""Tell words in marks that nobody states: titles, terms, names, slogans, headings. Knows nothing of speakers."""

from __future__ import annotations

from stance.quotes import grammar
from stance.quotes.marks import last_sign
from stance.quotes.tokens import Paragraph
from stance.quotes.verbs import FORMS

_NAMING = frozenset(
    """
    so-called titled entitled named nicknamed dubbed marked labeled labelled slogan heading headline headlined
    title word novel film movie book song show play album series program programme operation podcast documentary
    memoir magazine hashtag caption band trawler ship painting poem essay blocks block press click means meaning
    author words inscription button banner sitcom musical opera
    """.split()
)


#: Before "of" and a comma; "in the words of “…”" names nothing.
_NAMING_OF = _NAMING - {"words", "word", "means"}


_WORDS = frozenset("so-called word nicknamed dubbed means meaning marked titled entitled named".split())


_KNOWN_AS = frozenset("known know knows knew".split())


_SMALL = grammar.PREPOSITIONS | frozenset("a an the and or but nor is".split())


def is_named(p: Paragraph, quote: int) -> bool:
    """Tell whether the words before a stretch announce a name, a title or a word as a word."""
    if quote == 0:
        return False
    before = p.lower[quote - 1]
    second = p.lower[quote - 2] if quote > 1 else ""
    inside = p.quoted(quote)
    if inside[0].islower() and before not in _WORDS:
        return before == "not" or (
            before == "as" and any(word in _KNOWN_AS for word in p.lower[max(0, quote - 4) : quote - 1])
        )
    if before in _NAMING or (before in ("of", ",") and second in _NAMING_OF):
        return True
    if before == "as" and any(word in _KNOWN_AS for word in p.lower[max(0, quote - 4) : quote - 1]):
        return True
    return len(inside) <= 2


def is_title(text: str) -> bool:
    """Tell whether words are written like a title: two or more, each important one with a capital."""
    words = text.rstrip(",.").split()
    if len(words) < 2 or last_sign(text) in "…;—" or not words[0][0].isupper():
        return False
    capitals = [w for w in words if w.lower() not in _SMALL]
    return len(capitals) >= 1 and all(not w[0].islower() for w in capitals) and not text.isupper()


def is_title_in_prose(p: Paragraph, quote: int, text: str) -> bool:
    """Tell whether a stretch within a sentence is a title: by its capitals, or one capitalised word after a noun."""
    before = p.lower[quote - 1] if quote else ""
    if before == "as":
        return False
    if is_title(text):
        end = last_sign(text)
        return end not in ".?!" or (end == "." and before not in FORMS and before not in (",", ":", "that"))
    words = text.rstrip(",.").split()
    lone = len(words) == 1 or (len(words) == 2 and words[0] in ("The", "A"))
    after_noun = before in ("on", "in", "at", ",") or (
        before.isalpha() and not (before in FORMS or before in _SMALL or before in grammar.AUXILIARIES)
    )
    return lone and words[0][0].isupper() and after_noun and last_sign(text) not in "?!…"


def is_sentence(text: str) -> bool:
    """Tell whether words are written like a sentence: a capital or sign first, a full stop or the like last."""
    return (not text[0].islower() and last_sign(text) in ".!?…,—-") or (
        len(text.split()) >= 12 and not text[0].islower()
    )
