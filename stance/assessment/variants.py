"""The same training under other conditions: with folds that leak, and without the phrase bank."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from stance.dataset import Dataset
from stance.evaluation import Variant, evaluate_head
from stance.training import Trained, TrainingConfig, train

Progress = Callable[[str, int, int], None]

UNGROUPED = "folds that cut groups apart"
WITHOUT_PHRASES = "trained without phrases"


def variants(dataset: Dataset, config: TrainingConfig, progress: Progress = lambda *_: None) -> tuple[Variant, ...]:
    """Cross-validate the variants that the data set allows, one training each.

    Ungrouped folds show what would be claimed if rows of one topic or article stood on both sides of the split.
    """
    found: list[Variant] = []
    others = {UNGROUPED: ungrouped(dataset)}
    if dataset.count("phrase"):
        others[WITHOUT_PHRASES] = Dataset(tuple(s for s in dataset.statements if s.kind != "phrase"))
    for name, other in others.items():
        found += _scored(name, train(other, config, lambda what, *rest, name=name: progress(f"{name}: {what}", *rest)))
    return tuple(found)


def ungrouped(dataset: Dataset) -> Dataset:
    """Give the data set with every statement a group of its own; phrases stay, they are never tested on."""
    return Dataset(
        tuple(s if s.kind == "phrase" else replace(s, group=f"{place}") for place, s in enumerate(dataset.statements))
    )


def _scored(name: str, trained: Trained) -> list[Variant]:
    found = []
    for head, own in trained.heads.items():
        tested = [trained.dataset.statements[i] for i in own.tested]
        evaluated = evaluate_head(
            head,
            own.labels,
            [s.labels[head] for s in tested],
            own.probabilities,
            groups=[s.group for s in tested],
            seed=trained.config.seed,
        )
        found.append(Variant(head, name, evaluated.macro_f1, evaluated.macro_f1_interval, evaluated.accuracy))
    return found
