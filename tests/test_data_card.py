"""The data card's figures are those of the data."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from sklearn.metrics import cohen_kappa_score

from stance.dataset import build_corpus
from stance.records import Statement

ROOT = Path(__file__).parent.parent
CARD = (ROOT / "data" / "README.md").read_text("utf-8")


@pytest.fixture(scope="module")
def rows() -> dict[str, list[Statement]]:
    """Give the corpus by kind."""
    statements = build_corpus(ROOT).statements
    return {kind: [s for s in statements if s.kind == kind] for kind in ("quote", "statement", "phrase")}


def kappa(rows: list[Statement], head: str) -> str:
    """Give Cohen's kappa of the two readers, three places."""
    first, second = zip(*(s.readers[head] for s in rows), strict=True)
    return f"{cohen_kappa_score(first, second):.3f}"


@pytest.mark.parametrize("kind", ["statement", "phrase"])
def test_agreement_in_the_card_is_that_of_the_readers(rows, kind):
    """Rows and kappa of both heads stand in the card as computed from the readers' labels."""
    own = rows[kind]
    line = f"| {kind}s | {len(own):,} | {kappa(own, 'stance')} | {kappa(own, 'sentiment')} |"
    assert line in CARD


@pytest.mark.parametrize("stance", ["escalatory", "diplomatic", "critical", "none"])
def test_balance_in_the_card_is_that_of_the_statements(rows, stance):
    """Each stance's statements by sentiment stand in the card."""
    counted = Counter(s.labels["sentiment"] for s in rows["statement"] if s.labels["stance"] == stance)
    cells = [f"{counted[tone]:,}" for tone in ("negative", "neutral", "positive")]
    assert f"| {stance} | {' | '.join(cells)} | {counted.total():,} |" in CARD


def test_counts_in_the_card_are_those_of_the_files(rows):
    """The table of parts gives the number of rows and of topics and acts."""
    topics = len({s.group for s in rows["statement"]})
    acts = len({s.group for s in rows["phrase"]})
    assert f"| {len(rows['quote'])} | every quote found" in CARD
    assert f"| {len(rows['statement']):,} | statements of one to three sentences over {topics} topics |" in CARD
    assert f"| {len(rows['phrase']):,} | the phrase bank: one to six words" in CARD
    assert f" an act or a tone, over {acts} files |" in CARD


def test_the_card_says_who_wrote_the_data():
    """A reader must not take the corpus for people's words or people's labels."""
    assert "**The statements and phrases were composed, and labelled, by a language model, not by people.**" in CARD
