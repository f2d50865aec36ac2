"""The one definition of what a text is made of, shared by training and prediction.

It is part of the model format: a model trained under another ``TEXT_FORMAT`` is refused.
Knows nothing of models, labels or files.
"""

from stance.text.analysis import TEXT_FORMAT, is_account, is_slot, shifted, terms, terms_of
from stance.text.tokens import plain_key, units_of, word_tokens
from stance.text.units import spanned_units, spans_of_words, units_in

__all__ = [
    "TEXT_FORMAT",
    "is_account",
    "is_slot",
    "plain_key",
    "shifted",
    "spanned_units",
    "spans_of_words",
    "terms",
    "terms_of",
    "units_in",
    "units_of",
    "word_tokens",
]
