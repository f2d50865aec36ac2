"""Find noun phrases: the one that begins at a word, and the one that is the subject of a verb.

Works on words alone, without a parser: a phrase ends where a closed class of words, a verb or a sign says so.
Knows nothing of quotes or of who a phrase stands for.
"""

from __future__ import annotations

from stance.quotes import grammar
from stance.quotes.places import PLACES
from stance.quotes.titles import DOCUMENT_NOUNS, HEADS_WITH_A_TAIL, PERSON_NOUNS
from stance.quotes.tokens import QUOTE, Paragraph
from stance.quotes.verbs import FORMS, NOUN_FORMS

#: First and after-last token.
Span = tuple[int, int]

_LONGEST_PHRASE = 25
_LONGEST_CLAUSE = 60
_TIME_WORDS = frozenset(
    "last this next early late earlier later week month year night morning evening afternoon moments ago shortly recently".split()
)
_CIRCUMSTANCES = frozenset(
    "statement interview tweet speech email letter post message telephone phone memo release video".split()
)
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
    if lower[first] in grammar.PRONOUNS:
        return (first, first + 1)
    if base_of_contraction(lower[first]) in grammar.PRONOUNS:
        return (first, first + 1)
    if (
        not is_word(p.words[first])
        or lower[first] in grammar.PREPOSITIONS
        or lower[first] in grammar.CONJUNCTIONS - {"that"}
    ):
        return None
    if lower[first] in grammar.DAYS:
        return None
    surnamed = lower[first] in ("will", "may") and first + 1 < stop and is_name(p.words[first]) and is_name(p.words[first + 1])
    if lower[first] in grammar.AUXILIARIES and not surnamed or (
        grammar.is_adverb(lower[first]) and lower[first] not in ("both", "most")
    ):
        return None
    i = first
    while i < min(stop, first + _LONGEST_PHRASE):
        extended = _next(p, first, i, stop)
        if extended is None:
            break
        i = extended
    while i - 1 > first and (
        lower[i - 1] in _TIME_WORDS or lower[i - 1] in grammar.PREPOSITIONS or lower[i - 1] in grammar.ARTICLES
    ):
        i -= 1
    return (first, i) if i > first else None


def _next(p: Paragraph, first: int, i: int, stop: int) -> int | None:
    """Give the token up to which the phrase goes on when token ``i`` belongs to it; None when it ends before ``i``."""
    word, lower = p.words[i], p.lower[i]
    if word == QUOTE:
        return i + 1 if i > first and i + 1 < stop and is_nickname(p, i) else None
    if word == "&" or (word == "," and _lists_names(p, i, stop)):
        return i + 1
    if not is_word(word):
        return None
    if i == first:
        return i + 1
    if is_name(word):
        return None if _is_date(p, i, stop) else i + 1
    if lower in grammar.PARTICLES_OF_NAMES and i + 1 < stop and is_name(p.words[i + 1]) and is_name(p.words[i - 1]):
        return i + 1
    if lower in ("and", "&"):
        return _coordinated(p, first, i, stop)
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


def _is_date(p: Paragraph, i: int, stop: int) -> bool:
    day = p.lower[i] in grammar.DAYS
    month = p.lower[i].rstrip(".") in grammar.MONTHS and not (i + 1 < stop and is_name(p.words[i + 1]))
    return (day or month) and not (i + 1 < stop and p.lower[i + 1] in HEADS_WITH_A_TAIL)


def _ends_phrase(p: Paragraph, first: int, i: int, stop: int) -> bool:
    lower, before = p.lower[i], p.lower[i - 1]
    follows = p.lower[i + 1] if i + 1 < stop else "."
    if (
        lower in grammar.CONJUNCTIONS
        or lower in grammar.AUXILIARIES
        or lower in grammar.PRONOUNS
        or grammar.is_adverb(lower)
    ):
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


def _coordinated(p: Paragraph, first: int, i: int, stop: int) -> int | None:
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


def subject(p: Paragraph, first: int, verb: int) -> Span | None:
    """Give the subject of the verb at token ``verb``, looking back to ``first``; None when it has none of its own."""
    span = _subject(p, first, verb)
    return span if span is not None and _can_act(p, span) else None


def _can_act(p: Paragraph, span: Span) -> bool:
    """Tell a phrase that can be a subject from a lone adjective, participle or possessive."""
    last, lower = p.words[span[1] - 1], p.lower[span[1] - 1]
    if (
        is_name(last)
        or lower in grammar.PRONOUNS
        or base_of_contraction(lower) in grammar.PRONOUNS
        or lower in grammar.STANDALONE
    ):
        return True
    if span[1] - span[0] > 1:
        return not lower.endswith("ing") or lower in HEADS_WITH_A_TAIL
    return lower in HEADS_WITH_A_TAIL or (lower.endswith("s") and lower not in grammar.DETERMINERS)


def _subject(p: Paragraph, first: int, verb: int) -> Span | None:
    i = _before_adverbs(p, first, verb - 1)
    if i < first:
        return None
    lower = p.lower[i]
    if lower == "to":
        return _clause_subject(p, first, i - 1)
    if lower == QUOTE and p.quoted(i).endswith(",") or lower in (",", "-", "--", "—", "–", ")"):
        return _before_apposition(p, first, i)
    if lower in ("who", "which", "that") and i > first:
        i -= 2 if p.lower[i - 1] == "," and i - 1 > first else 1
        return ending_at(p, first, i)
    if not is_word(p.words[i]) or lower in grammar.CONJUNCTIONS or lower in grammar.OPENERS:
        return None
    return ending_at(p, first, i)


def _before_adverbs(p: Paragraph, first: int, i: int) -> int:
    """Step back over auxiliaries, adverbs and times that stand between subject and verb."""
    lower = p.lower
    while i >= first:
        word = lower[i]
        if word in grammar.AUXILIARIES or (
            grammar.is_adverb(word) and not (i == first and is_name(p.words[i]) and word not in grammar.ADVERBS)
        ):
            i -= 1
        elif word in grammar.DAYS and i > first:
            i -= 2 if lower[i - 1] in ("on", "last", "late", "early") else 1
        elif word in ("week", "month", "year", "night") and i > first and lower[i - 1] in ("last", "this", "earlier"):
            i -= 2
        else:
            break
    return i


def _before_apposition(p: Paragraph, first: int, i: int) -> Span | None:
    """Give the phrase before the comma, dash or bracket that opens what token ``i`` closes."""
    closer = "," if p.lower[i] == QUOTE else p.lower[i]
    if closer == "," and i - 1 > first and p.words[i - 1] == ")":
        return ending_at(p, first, i - 1)
    if closer != ")" and (opening := _opening_phrase(p, first, i)) is not None:
        return opening
    openers = {")": ("(",)}.get(closer, (closer,))
    lowest = max(first, i - _LONGEST_CLAUSE)
    found: Span | None = None
    k = i - 1
    while k > lowest:
        if p.lower[k] in openers:
            span = ending_at(p, lowest, k - 1) if k - 1 >= lowest else None
            if closer == ")":
                return subject(p, first, k)
            if span is not None and (
                p.lower[span[0]].isdigit()
                or (span[1] - span[0] == 1 and (p.words[span[0]][-1] == "." or p.lower[span[0]] in PLACES))
            ):
                span = None
            if span is not None and not (found is not None and not _is_apposed(p, found, span, lowest)):
                found = span
                if span[0] - 1 <= lowest or p.lower[span[0] - 1] != ",":
                    break
            elif found is not None:
                break
        elif p.lower[k] in (";", ":", ".", QUOTE):
            break
        k -= 1
    return found


def _opening_phrase(p: Paragraph, first: int, i: int) -> Span | None:
    """Give the phrase that the sentence opens with when a comma or bracket follows it: what comes then explains it."""
    start = _skip_openers(p, first, i)
    start += p.lower[start] == "as"
    if i - start > _LONGEST_CLAUSE or p.lower[start].endswith("ing"):
        return None
    span = forward(p, start, i)
    if span is None or span[1] >= i or p.words[span[1]] not in (",", "(", "—", "--", "–"):
        return None
    return span if p.lower[start] not in grammar.DAYS and not p.lower[start][0].isdigit() else None


def _is_apposed(p: Paragraph, inner: Span, outer: Span, lowest: int) -> bool:
    """Tell whether ``inner`` explains ``outer``: "Lindt, the president of Norland, a think tank, said"."""
    starts_low = p.lower[inner[0]] in grammar.DETERMINERS or not is_name(p.words[inner[0]])
    named = is_name(p.words[outer[1] - 1]) and (outer[0] == lowest or p.lower[outer[0] - 1] not in grammar.PREPOSITIONS)
    opens = outer[0] <= lowest or not is_word(p.words[outer[0] - 1]) or p.lower[outer[0] - 1] in grammar.CONJUNCTIONS
    return starts_low and named and opens


def ending_at(p: Paragraph, first: int, i: int) -> Span | None:
    """Give the subject phrase whose clause runs up to token ``i``: the whole phrase with its tail when there is one."""
    if i > first and p.words[i] == ")":
        i = _before_bracket(p, first, i)
    if i < first or not is_word(p.words[i]):
        return None
    start = _clause_start(p, first, i)
    start = _skip_openers(p, start, i)
    if start > i:
        return None
    if p.lower[start] not in grammar.PREPOSITIONS and not (
        p.lower[start] in FORMS and start < i and not is_name(p.words[start + 1])
    ):
        whole = forward(p, start, i + 1)
        if whole is not None and (whole[1] == i + 1 or _has_tail(p, whole[1], i)):
            return whole
    return _shortest(p, start, i)


def _before_bracket(p: Paragraph, first: int, i: int) -> int:
    for k in range(i - 1, max(first, i - 12), -1):
        if p.words[k] == "(":
            return k - 1
    return i


def _has_tail(p: Paragraph, k: int, last: int) -> bool:
    word = p.lower[k]
    return (
        word in grammar.PREPOSITIONS
        or grammar.is_adverb(word)
        or word.endswith(("ed", "ing"))
        or word in grammar.RELATIVES
        or word == "that"
    ) and k < last


def _clause_start(p: Paragraph, first: int, i: int) -> int:
    lower = p.lower
    lowest = max(first, i - _LONGEST_CLAUSE)
    k = i
    while k >= lowest:
        word = lower[k]
        if word == QUOTE or not (is_word(p.words[k]) or word in ("&", "$", "%")):
            if word == QUOTE and lowest < k < i and is_nickname(p, k):
                k -= 1
                continue
            if word == "," and _is_list(p, lowest, k, i):
                k -= 1
                continue
            return k + 1
        if word == "and":
            if not _joins(p, lowest, k):
                return k + 1
        elif (
            k < i
            and (word in grammar.CONJUNCTIONS or word in grammar.AUXILIARIES)
            and word not in ("since", "until", "like")
        ) or (
            k < i
            and word in FORMS
            and word not in NOUN_FORMS
            and not is_name(p.words[k])
            and FORMS[word].clause
            and not FORMS[word].participle
        ):
            return k + 1
        k -= 1
    return k + 1


def _is_list(p: Paragraph, lowest: int, comma: int, i: int) -> bool:
    """Tell whether a comma parts the names of a list that ends in "and …": "Lodz, Uba and Pryce"."""
    k = comma + 1
    while k <= i and (is_name(p.words[k]) or p.lower[k] in grammar.PARTICLES_OF_NAMES):
        k += 1
    if k > i or k == comma + 1 or p.lower[k] not in ("and", ","):
        return False
    before = p.words[comma - 1] if comma > lowest else "."
    return is_word(before) and is_name(before) and p.lower[k] == "and" and p.lower[comma - 1] not in grammar.DAYS


def _joins(p: Paragraph, lowest: int, k: int) -> bool:
    """Tell whether "and" at token ``k`` joins two phrases of one subject: what precedes it is a short phrase."""
    if k - 1 < lowest or not is_word(p.words[k - 1]):
        return False
    j = k - 1
    while j >= lowest and is_word(p.words[j]) and k - j <= 8:
        word = p.lower[j]
        if word in grammar.AUXILIARIES or (word in FORMS and word not in NOUN_FORMS) or word in grammar.VERBS:
            return False
        if (
            word.endswith("ed")
            and not is_name(p.words[j])
            and j > lowest
            and is_word(p.words[j - 1])
            and p.lower[j - 1] not in grammar.DETERMINERS
        ):
            return False
        if word in grammar.CONJUNCTIONS:
            break
        j -= 1
    return k - j <= 8


def _skip_openers(p: Paragraph, start: int, i: int) -> int:
    while start < i and (
        p.lower[start] in grammar.OPENERS
        or (grammar.is_adverb(p.lower[start]) and p.lower[start] not in ("both", "most"))
    ):
        start += 1
    return start


def _shortest(p: Paragraph, start: int, i: int) -> Span | None:
    """Give the shortest phrase that ends at token ``i``: a run of names, or back to the nearest determiner."""
    lower = p.lower
    if lower[i] in grammar.PREPOSITIONS or grammar.is_adverb(lower[i]):
        return None
    k = i
    if is_name(p.words[i]):
        while (
            k > start
            and (
                is_name(p.words[k - 1])
                or (lower[k - 1] in grammar.PARTICLES_OF_NAMES and k - 2 >= start and is_name(p.words[k - 2]))
            )
            and not _is_date(p, k - 1, k)
        ):
            k -= 1
        while k > start and head_noun(lower[k - 1]) in PERSON_NOUNS and not is_name(p.words[k - 1]):
            k -= 1
        if k > start and lower[k - 1] in grammar.DETERMINERS:
            k -= 1
        return (k, i + 1)
    while k >= start and i - k < _LONGEST_PHRASE:
        if (
            lower[k] in grammar.DETERMINERS
            or lower[k] in grammar.PRONOUNS
            or base_of_contraction(lower[k]) in grammar.PRONOUNS
        ):
            return (k, i + 1)
        if k < i and lower[k] in grammar.PREPOSITIONS and lower[k] != "of":
            break
        k -= 1
    return (max(k + 1, start), i + 1) if k < i else None


def _clause_subject(p: Paragraph, first: int, i: int) -> Span | None:
    """Give the subject of the clause that token ``i`` stands in, for an infinitive that has none of its own."""
    k = i
    lowest = max(first, i - _LONGEST_CLAUSE)
    while k >= lowest and (
        is_word(p.words[k]) and p.lower[k] not in ("that", "but", "because", "while", "when", "if", "although")
    ):
        k -= 1
    start = _skip_openers(p, k + 1, i)
    return forward(p, start, i + 1)
