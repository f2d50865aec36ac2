"""Say whether the words behind a quoted stretch attribute it, in its own sentence or, after "Yes.”", in the next one.

Knows nothing of the words before the stretch, but for whether there are any.
"""

from __future__ import annotations

from stance.quotes import grammar
from stance.quotes.attribution import Claim, after_quote
from stance.quotes.complements import circumstance
from stance.quotes.marks import last_sign
from stance.quotes.phrases import is_word
from stance.quotes.tokens import Paragraph

_CUTS = ",?!…—-"


_MOST_IN_AN_ATTRIBUTION = 12


def claim_behind(p: Paragraph, stop: int, quote: int, text: str, *, opens: bool) -> Claim | None:
    """Give the claim of the words behind the stretch at token ``quote``, whose sentence ends at ``stop``.

    Parameters
    ----------
    text : the quoted words
    opens : whether the stretch opens its sentence
    """
    last = last_sign(text)
    if quote + 1 < stop:
        cut = last in _CUTS or p.words[quote + 1] in (",", "—", "-", "--", "–")
        return after_quote(p, quote, stop) if cut or opens else None
    if quote + 1 >= len(p.words):
        return None
    begin, end = p.sentence_at(quote + 1)
    claim = after_quote(p, quote, end) if opens or last in "?!…" else None
    if claim is None or claim.who is None:
        return None
    tail = circumstance(p, claim.after, end)
    if last in _CUTS:
        lasts = tail >= end or _closes_attribution(p, tail)
        return claim if lasts or last in ",—-" or claim.rule == "verb-subject-after" else None
    alone = end - begin <= _MOST_IN_AN_ATTRIBUTION and tail >= end - 1 and claim.rule != "according-to"
    return claim if alone or claim.rule == "signature" else None


def _closes_attribution(p: Paragraph, tail: int) -> bool:
    """Tell whether what follows "she asked" is no clause that the verb could take instead of the quote."""
    word = p.lower[tail]
    return (
        not is_word(word)
        or word in grammar.PREPOSITIONS
        or word in ("when", "while", "before", "and", "as")
        or word.endswith("ing")
    )
