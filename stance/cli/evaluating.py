"""The two ways to an evaluation: cross-validation, or a model on a labelled file; and which options go with which."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from stance.errors import UsageError

if TYPE_CHECKING:
    from stance.evaluation import Evaluation


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What the command line asks for; its options by their names."""

    data: str | None
    model: str | None
    against: str | None
    column: str
    group: str | None
    classes: tuple[str, ...]
    slices: tuple[str, ...]
    suspects: bool
    variants: bool
    learning_curve: bool
    target: float | None
    folds: int
    seed: int

    @property
    def cross_validates(self) -> bool:
        """Whether models are trained: on the corpus, or on a file of which more is asked than one model can tell."""
        return self.data is None or ((self.suspects or self.learning_curve) and self.model is None)


def check(wanted: Wanted) -> None:
    """Refuse options that would be ignored.

    Raises
    ------
    UsageError
    """
    of_a_model = wanted.classes or wanted.against is not None
    if wanted.data is None and (of_a_model or wanted.model is not None or wanted.group):
        raise UsageError(
            "--model, --against, --classes and --group need --data FILE: cross-validation trains models of its own."
        )
    if wanted.cross_validates and of_a_model:
        raise UsageError(
            f"{_trains(wanted)} without --model cross-validates on --data; --against and --classes need a --model then."
        )
    if wanted.learning_curve and not wanted.cross_validates:
        raise UsageError("--learning-curve trains models of its own, on the corpus or on --data; leave out --model.")
    if wanted.target is not None and not wanted.learning_curve:
        raise UsageError("--target is the macro-F1 that --learning-curve asks for; add that.")
    if wanted.target is not None and not 0 < wanted.target < 1:
        raise UsageError(f"--target {wanted.target:g} is no macro-F1; give one between 0 and 1, such as 0.8.")
    if wanted.variants and not wanted.cross_validates:
        raise UsageError("--variants is about cross-validation, which is done without --data.")


def _trains(wanted: Wanted) -> str:
    return "--suspects" if wanted.suspects else "--learning-curve"


def evaluated(wanted: Wanted) -> Evaluation:
    """Give the evaluation that is asked for."""
    return _cross_validated(wanted) if wanted.cross_validates else _on_file(wanted)


def _cross_validated(wanted: Wanted) -> Evaluation:
    from stance.assessment import cross_validated
    from stance.assessment.doubtful import doubtful_in_training
    from stance.assessment.learning import learning_curves
    from stance.assessment.robustness import robustness, unseen_texts
    from stance.assessment.variants import variants
    from stance.cli.progress import steps
    from stance.cli.sources import corpus, training_file
    from stance.publish import predictor_of
    from stance.training import TrainingConfig, train

    source = corpus() if wanted.data is None else training_file(wanted.data, column=wanted.column, group=wanted.group)
    config = TrainingConfig(seed=wanted.seed, folds=wanted.folds)
    with steps() as progress:
        trained = train(source.dataset, config, progress)
        others = variants(source.dataset, config, progress) if wanted.variants else ()
        curves = learning_curves(trained, target=wanted.target, progress=progress) if wanted.learning_curve else None
    evaluation = cross_validated(trained, source=source.name, slices=wanted.slices)
    suspects = doubtful_in_training(trained) if wanted.suspects else None
    checks = robustness(predictor_of(trained), unseen_texts())
    return replace(evaluation, variants=others, suspects=suspects, robustness=checks, learning_curves=curves)


def _on_file(wanted: Wanted) -> Evaluation:
    from stance.assessment import on_labelled_file
    from stance.cli.sources import gold_file
    from stance.predictor import load

    predictor = load(wanted.model)
    source = gold_file(str(wanted.data), column=wanted.column, group=wanted.group)
    return on_labelled_file(
        predictor,
        source.dataset,
        source=source.name,
        classes=wanted.classes,
        slices=wanted.slices,
        against=None if wanted.against is None else load(wanted.against),
        with_suspects=wanted.suspects,
        seed=wanted.seed,
    )
