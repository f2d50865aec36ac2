"""When a text gives the model too little to go by, and why.

Undecided is not the stance ``none``: ``none`` says that a statement does nothing to a conflict. The thresholds were
set on texts of our own writing (tests/cases/suites/undecided.jsonl); of real English sentences they leave out fewer
than one in two hundred (tests/test_suites.py).
"""

from __future__ import annotations

from stance.records import Reason
from stance.vocabulary import WordCounts

#: A label rests on three words at least, names and numbers counted, one of them known and no function word.
FEWEST_WORDS = 3
#: Below so many different words a share says nothing of the language.
SHORT = 4
#: English prose holds at least so many words of the general list; other languages some by accident ("die", "in").
FEWEST_ENGLISH = 0.5
#: With few function words ("the", "of"), as in a headline, it must hold more of them.
FEWEST_FUNCTION_WORDS, FEWEST_ENGLISH_WITHOUT = 0.15, 0.85

#: Why a text has no label, in words for people.
REASONS: dict[Reason | None, str] = {
    None: "empty: there is no text",
    "no_known_terms": "undecided: not one word here is known to the model",
    "few_known_terms": "undecided: too few words here that say anything",
    "not_english": "undecided: this does not look like English",
}


def undecided(found: WordCounts) -> Reason | None:
    """Give the reason why a text is not decided, or None if it is."""
    if not found.known:
        return "no_known_terms"
    if found.plain >= SHORT:
        share = found.english / found.plain
        few_function_words = found.holding < FEWEST_FUNCTION_WORDS * found.plain
        if share < (FEWEST_ENGLISH_WITHOUT if few_function_words else FEWEST_ENGLISH):
            return "not_english"
    if found.length < FEWEST_WORDS or found.known == found.holding:
        return "few_known_terms"
    return None
