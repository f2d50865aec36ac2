"""Against chance, against a lexicon, and the same training under other conditions."""

from __future__ import annotations

import numpy as np
import pytest
from small_corpus import SMALL, relabelled

from stance.assessment import cross_validated
from stance.assessment.variants import UNGROUPED, WITHOUT_PHRASES, ungrouped, variants
from stance.evaluation import ChanceTest, Variant, baselines
from stance.evaluation.permutation import chance_test
from stance.report import render_html
from stance.report.findings import beyond_chance
from stance.training import TrainingConfig, train

CONFIG = TrainingConfig(folds=2, grid=(4.0,), jobs=1)


def test_good_labels_are_beyond_chance():
    """Of a thousand permutations none reaches 80 % right, so p is 1 in 1001."""
    generator = np.random.default_rng(0)
    gold = generator.integers(0, 3, 300)
    given = np.where(generator.random(300) < 0.8, gold, (gold + 1) % 3)
    found = chance_test("stance", gold, given, 3)
    assert found.p_value == pytest.approx(1 / 1001, abs=1e-6)
    assert found.by_chance == pytest.approx(1 / 3, abs=0.02)
    assert found.by_chance < found.by_chance_high < found.macro_f1


def test_labels_given_at_random_are_chance():
    """Under no relation p is anything: over fifty tries, about one in ten lies below 0.1."""
    generator = np.random.default_rng(1)
    tries = [chance_test("s", generator.integers(0, 2, 60), generator.integers(0, 2, 60), 2).p_value for _ in range(50)]
    assert 1 <= sum(p < 0.1 for p in tries) <= 12


def test_knowing_the_group_is_not_enough():
    """A model that gives each topic its commonest label beats shuffling over all rows, not shuffling within topics."""
    groups = [f"topic {i // 20}" for i in range(200)]
    generator = np.random.default_rng(2)
    commonest = np.repeat(generator.integers(0, 2, 10), 20)
    gold = np.where(generator.random(200) < 0.9, commonest, 1 - commonest)
    assert chance_test("s", gold, commonest, 2).p_value < 0.01
    assert chance_test("s", gold, commonest, 2, groups=groups).p_value == 1.0


def test_rows_that_are_alone_are_shuffled_among_each_other():
    """Groups of one row would otherwise never move."""
    gold = np.arange(100) % 2
    assert chance_test("s", gold, gold, 2, groups=list(range(100))).p_value < 0.01


def test_undecided_rows_stay_wrong_when_shuffled():
    """Column k is no class."""
    found = chance_test("s", np.array([0, 1, 0, 1]), np.array([2, 2, 2, 2]), 2)
    assert (found.macro_f1, found.by_chance, found.p_value) == (0.0, 0.0, 1.0)


def test_chance_is_told_in_a_sentence():
    """Mean, bound and p-value."""
    assert beyond_chance(ChanceTest("stance", 0.77, 0.25, 0.27, 0.000999, 1_000)) == (
        "With gold labels shuffled within groups 1,000 times, the macro-F1 is 0.25 on average and at most 0.27 in "
        "nineteen of twenty; the model’s is 0.77 (p < 0.001)."
    )


def test_lexicon_counts_words_of_entries():
    """The label with most words found is given, the quiet one where there is none."""
    entries = {"diplomatic": ["peace talks", "agree"], "escalatory": ["attack"]}
    texts = ["They agree to attack.", "Attack during peace talks!", "It rains."]
    assert baselines.lexicon(texts, entries, "stance") == ["diplomatic", "diplomatic", "none"]


@pytest.mark.parametrize("entries", [{}, {"diplomatic": []}, {"dove": ["peace"]}])
def test_lexicon_without_entries_or_with_other_labels_is_none(entries):
    """There is no quiet class to fall back on."""
    assert baselines.lexicon(["x"], entries, "stance") is None


def test_ungrouped_rows_are_groups_of_their_own():
    """Statements stand alone, phrases keep their act."""
    found = ungrouped(SMALL)
    statements = [s for s in found.statements if s.kind == "statement"]
    assert len({s.group for s in statements}) == len(statements)
    assert {s.group for s in found.statements if s.kind == "phrase"} == {"acts"}


def test_variants_are_scored_by_cross_validation():
    """Two variants of each head; a data set without phrases has one."""
    steps = []
    found = variants(SMALL, CONFIG, lambda what, *_: steps.append(what))
    assert [(v.head, v.name) for v in found] == [
        ("stance", UNGROUPED),
        ("sentiment", UNGROUPED),
        ("stance", WITHOUT_PHRASES),
        ("sentiment", WITHOUT_PHRASES),
    ]
    assert all(0 < v.macro_f1 <= 1 and v.macro_f1_interval for v in found)
    assert f"{UNGROUPED}: cross-validation" in steps
    same = {label: label for label in ("diplomatic", "escalatory", "critical", "none")}
    small = [s for s in relabelled(stance=same).statements if s.kind == "statement"]
    assert {v.name for v in variants(type(SMALL)(tuple(small)), CONFIG)} == {UNGROUPED}


def test_report_shows_chance_parts_and_variants():
    """What a cross-validation found beside its scores stands on the page."""
    from dataclasses import replace

    evaluation = cross_validated(train(SMALL, CONFIG), source="small")
    assert [test.head for test in evaluation.chance] == ["stance", "sentiment"]
    assert "phrases looked up" in [b.name for b in evaluation.heads[0].baselines]
    page = render_html(replace(evaluation, variants=(Variant("stance", UNGROUPED, 0.61, None, 0.62),)))
    assert "With gold labels shuffled within groups 1,000 times" in page
    assert f">{UNGROUPED}<" in page
    assert "Parts of the rows" in page


def test_variants_need_cross_validation(call):
    """A labelled file trains nothing."""
    assert call("evaluate", "--data", "x.csv", "--variants") == (
        2,
        "",
        "--variants is about cross-validation, which is done without --data.\n",
    )
