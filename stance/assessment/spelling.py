"""Give terms back in the words that people wrote: "accused" for the stem "accus"."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable

from stance.text import units_of, word_tokens


class Spelling:
    """The commonest spelling of each stem in some texts.

    Parameters
    ----------
    texts : where to look; a stem that does not occur there stays as it is
    """

    def __init__(self, texts: Iterable[str]) -> None:
        counted: dict[str, Counter[str]] = defaultdict(Counter)
        tokens = Counter(token for text in texts for token in word_tokens(text))
        for token, times in tokens.items():
            units = units_of(token)
            if len(units) == 1:  # a contraction is several stems' spelling, so none's
                counted[units[0]][token.lower()] += times
        self._commonest = {
            stem: min(spellings, key=lambda word: (-spellings[word], word)) for stem, spellings in counted.items()
        }

    def of(self, term: str) -> str:
        """Give a term with its stems spelt out; slots (``@name``) and the mark of negation (``~``) stay."""
        return " ".join(self._unit(unit) for unit in term.split(" "))

    def spelt(self, words: tuple[tuple[str, float], ...]) -> tuple[tuple[str, float], ...]:
        """Give terms and weights with the terms spelt out."""
        return tuple((self.of(term), weight) for term, weight in words)

    def told(self, telling: dict[str, tuple[tuple[str, float], ...]]) -> dict[str, tuple[tuple[str, float], ...]]:
        """Give the telling terms of each label, spelt out."""
        return {label: self.spelt(words) for label, words in telling.items()}

    def _unit(self, unit: str) -> str:
        mark, stem = ("~", unit[1:]) if unit.startswith("~") else ("", unit)
        return mark + (stem if stem.startswith("@") else self._commonest.get(stem, stem))
