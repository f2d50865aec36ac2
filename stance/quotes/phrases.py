"""Find noun phrases: the one that begins at a word, and the one that is the subject of a verb.

Works on words alone, without a parser: a phrase ends where a closed class of words, a verb or a sign says so.
Knows nothing of quotes or of who a phrase stands for.
"""

from __future__ import annotations

from stance.quotes import grammar
from stance.quotes.titles import DOCUMENT_NOUNS, HEADS_WITH_A_TAIL, PERSON_NOUNS
from stance.quotes.tokens import QUOTE, Paragraph
from stance.quotes.verbs import FORMS, NOUN_FORMS

#: First and after-last token.
Span = tuple[int, int]


LONGEST_PHRASE = 25


_TIME_WORDS = frozenset(
    """
    last this next early late earlier later week month year night morning evening afternoon moments ago shortly
    recently
    """.split()
)


_CIRCUMSTANCES = frozenset(
    "statement interview tweet speech email letter post message telephone phone memo release video".split()
)


#: Words that no phrase begins with, that none holds, that none ends with.
_BEGIN_NONE = (grammar.PREPOSITIONS | grammar.CONJUNCTIONS | grammar.DAYS) - {"that"}
_BELONG_TO_NONE = grammar.CONJUNCTIONS | grammar.AUXILIARIES | grammar.PRONOUNS
_END_NONE = _TIME_WORDS | grammar.PREPOSITIONS | grammar.ARTICLES


_TAILS = frozenset("for at from in with on behind inside close near".split())


def is_name(word: str) -> bool:
    """Tell whether a word is written like a name: with a capital, a handle, or a particle and a capital (al-Sayed)."""
    return (
        word[0].isupper()
        or (word[0] == "@" and len(word) > 1)
        or ("-" in word and word.partition("-")[2][:1].isupper() and word[0].isalpha())
    )


def is_nickname(p: Paragraph, quote: int) -> bool:
    """Tell whether a quoted stretch stands inside a name: Walter “Bricks” Donnegan."""
    if quote == 0 or quote + 1 >= len(p.words):
        return False
    inside, before, after = p.quoted(quote), p.words[quote - 1], p.words[quote + 1]
    fits = len(inside.split()) <= 3 and inside[-1] not in ",.!?…" and inside[0].isupper()
    return fits and is_name(before) and is_name(after) and not before.endswith(("’s", "'s"))


def is_word(word: str) -> bool:
    """Tell words from signs."""
    return word[0].isalnum() or word[0] == "@"


def head_noun(lower: str) -> str:
    """Give a word without the plural s that noun lists leave out."""
    return lower if lower in HEADS_WITH_A_TAIL else lower.removesuffix("s")


def forward(p: Paragraph, first: int, stop: int) -> Span | None:
    """Give the noun phrase that begins at token ``first``, at most up to ``stop``; None when none does."""
    if first >= stop:
        return None
    lower = p.lower
    word = lower[first]
    if base_of_contraction(word) in grammar.PRONOUNS:
        return (first, first + 1)
    if not is_word(p.words[first]) or word in _BEGIN_NONE:
        return None
    surnamed = word in ("will", "may") and first + 1 < stop and is_name(p.words[first]) and is_name(p.words[first + 1])
    if (word in grammar.AUXILIARIES and not surnamed) or (grammar.is_adverb(word) and word not in ("both", "most")):
        return None
    i, end = first + 1, min(stop, first + LONGEST_PHRASE)
    while i < end:
        extended = _next(p, first, i, stop)
        if extended is None:
            break
        i = extended
    while i - 1 > first and (lower[i - 1] in _END_NONE):
        i -= 1
    return (first, i)


def _next(p: Paragraph, first: int, i: int, stop: int) -> int | None:
    """Give the token up to which the phrase goes on when token ``i`` belongs to it; None when it ends before ``i``."""
    word, lower = p.words[i], p.lower[i]
    if not is_word(word):
        joins = (
            (i + 1 < stop and is_nickname(p, i))
            if word == QUOTE
            else word == "&" or (word == "," and _lists_names(p, i, stop))
        )
        return i + 1 if joins else None
    if is_name(word):
        return None if is_date(p, i, stop) else i + 1
    if lower in grammar.PARTICLES_OF_NAMES and i + 1 < stop and is_name(p.words[i + 1]) and is_name(p.words[i - 1]):
        return i + 1
    if lower == "and":
        return _coordinated(p, i, stop)
    if lower in grammar.PREPOSITIONS:
        return _tail(p, first, i, stop)
    if _ends_phrase(p, first, i, stop):
        return None
    return i + 1


def _lists_names(p: Paragraph, comma: int, stop: int) -> bool:
    """Tell whether a comma parts the names of a list that ends in "and": "Lodz, Uba and Pryce"."""
    k = comma + 1
    while k < stop and k - comma < 5 and is_name(p.words[k]) and p.lower[k] not in grammar.DAYS:
        k += 1
    if k == comma + 1 or k + 1 >= stop or not is_name(p.words[comma - 1]):
        return False
    return p.lower[k] == "and" and is_name(p.words[k + 1]) and k - comma > 2


def is_date(p: Paragraph, i: int, stop: int) -> bool:
    """Tell whether a token is a day or a month and no name."""
    day = p.lower[i] in grammar.DAYS
    month = p.lower[i].rstrip(".") in grammar.MONTHS and not (i + 1 < stop and is_name(p.words[i + 1]))
    return (day or month) and not (i + 1 < stop and p.lower[i + 1] in HEADS_WITH_A_TAIL)


def _ends_phrase(p: Paragraph, first: int, i: int, stop: int) -> bool:
    lower, before = p.lower[i], p.lower[i - 1]
    follows = p.lower[i + 1] if i + 1 < stop else "."
    if lower in _BELONG_TO_NONE or grammar.is_adverb(lower):
        return True
    if lower in grammar.DETERMINERS:
        return before not in grammar.DETERMINERS and before not in grammar.PREPOSITIONS and before != "and"
    if (lower in FORMS and lower not in NOUN_FORMS) or lower in grammar.VERBS:
        return not (before in grammar.DETERMINERS and is_word(follows))
    modifies = before in grammar.DETERMINERS or i == first
    if grammar.is_verbal(lower) or lower.endswith("ing"):
        return not modifies and not grammar.is_adverb(before)
    if lower in NOUN_FORMS:
        return not (
            modifies
            or follows in HEADS_WITH_A_TAIL
            or head_noun(follows) in HEADS_WITH_A_TAIL
            or lower in HEADS_WITH_A_TAIL
        )
    if (
        lower.endswith("s")
        and (before in PERSON_NOUNS or before in DOCUMENT_NOUNS)
        and head_noun(lower) not in HEADS_WITH_A_TAIL
    ):
        return True
    if is_name(p.words[i - 1]) and p.lower[first] not in grammar.DETERMINERS:
        return not (head_noun(lower) in HEADS_WITH_A_TAIL or _name_ahead(p, i, stop)) or lower in _TIME_WORDS
    return lower in _TIME_WORDS and i > first + 1


def _name_ahead(p: Paragraph, i: int, stop: int) -> bool:
    """Tell whether a name follows within three more words, as in "Trump campaign manager Corey …"."""
    for k in range(i + 1, min(i + 4, stop)):
        if not is_word(p.words[k]) or p.lower[k] in grammar.PREPOSITIONS or p.lower[k] in grammar.DETERMINERS:
            return False
        if is_name(p.words[k]):
            return p.lower[k] not in grammar.DAYS and p.lower[i] not in _TIME_WORDS
    return False


def _tail(p: Paragraph, first: int, i: int, stop: int) -> int | None:
    """Go on over "of …", "for …", "at …" after a noun that such words belong to."""
    lower, before = p.lower[i], p.lower[i - 1]
    follows = p.lower[i + 1] if i + 1 < stop else "."
    if not (is_word(follows) or follows == "$") or follows in grammar.DAYS or follows in grammar.MONTHS:
        return None
    described = not is_name(p.words[i - 1]) or p.lower[first] in grammar.DETERMINERS
    has_tail = head_noun(before) in HEADS_WITH_A_TAIL or before in grammar.STANDALONE
    if lower == "of":
        return i + 1 if has_tail or described or p.lower[first] in ("one", "some", "many") else None
    if lower not in _TAILS or not has_tail or is_name(p.words[i - 1]):
        return None
    if follows in ("a", "an") and lower not in ("for", "from"):
        return None
    if any(p.lower[k] in _CIRCUMSTANCES for k in range(i + 1, min(i + 4, stop))):
        return None
    return i + 1


def _coordinated(p: Paragraph, i: int, stop: int) -> int | None:
    """Go on over "and …" when another name or described person follows that is no subject of its own."""
    if i + 1 >= stop or not (
        is_name(p.words[i + 1]) or p.lower[i + 1] in grammar.DETERMINERS or p.lower[i + 1] in HEADS_WITH_A_TAIL
    ):
        return None
    second = forward(p, i + 1, stop)
    if second is None or p.lower[i + 1] in grammar.PRONOUNS:
        return None
    return second[1]


def base_of_contraction(lower: str) -> str:
    """Give "he" for "he’s" and "he’d"; the word itself for any other."""
    if "’" not in lower and "'" not in lower:
        return lower
    for ending in grammar.CONTRACTED:
        if lower.endswith(ending):
            return lower[: -len(ending)]
    return lower
