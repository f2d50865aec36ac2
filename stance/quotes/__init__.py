"""Article text in, quotes with offsets, kind and speaker out. Knows nothing of stance."""

from stance.quotes.extract import extract_quotes

__all__ = ["extract_quotes"]
