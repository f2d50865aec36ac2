"""Stance and sentiment of statements about international affairs.

Importing this package loads nothing; each name below is imported when it is first used.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from stance.article import Article, read_article
    from stance.errors import StanceError
    from stance.predictor import Predictor, load
    from stance.quotes import extract_quotes
    from stance.records import Explanation, Prediction, Quote

__version__ = "0.1.0"

__all__ = [
    "Article",
    "Explanation",
    "Prediction",
    "Predictor",
    "Quote",
    "StanceError",
    "extract_quotes",
    "load",
    "read_article",
]

_HOMES = {
    "Article": "stance.article",
    "Explanation": "stance.records",
    "Prediction": "stance.records",
    "Predictor": "stance.predictor",
    "Quote": "stance.records",
    "StanceError": "stance.errors",
    "extract_quotes": "stance.quotes",
    "load": "stance.predictor",
    "read_article": "stance.article",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'stance' has no attribute {name!r}")
    from importlib import import_module

    value = getattr(import_module(_HOMES[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted([*globals(), *__all__])
