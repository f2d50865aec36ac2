"""The one definition of what a text is made of, shared by training and prediction.

It is part of the model format: a model trained under another ``TEXT_FORMAT`` is refused.
Knows nothing of models, labels or files.
"""

from stance.text.analysis import (
    TEXT_FORMAT,
    TermSpan,
    is_account,
    is_slot,
    shifted,
    spanned_units,
    spans_of_words,
    term_spans,
    terms,
    terms_of,
    units_in,
)
from stance.text.tokens import plain_key, units_of, word_tokens

__all__ = [
    "TEXT_FORMAT",
    "TermSpan",
    "is_account",
    "is_slot",
    "plain_key",
    "shifted",
    "spanned_units",
    "spans_of_words",
    "term_spans",
    "terms",
    "terms_of",
    "units_in",
    "units_of",
    "word_tokens",
]
