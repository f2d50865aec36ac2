"""Evaluate a training run on its own out-of-fold predictions."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from stance.assessment.slicing import slice_columns
from stance.assessment.spelling import Spelling
from stance.assessment.telling import telling_terms
from stance.assessment.vader import vader
from stance.assessment.worst import worst_errors
from stance.evaluation import ChanceTest, Evaluation, HeadEvaluation, Slice, WorstError, baselines, evaluate_head
from stance.evaluation.permutation import chance_test
from stance.evaluation.slices import score_slices
from stance.training import Trained
from stance.training.out_of_fold import FoldExplainer

_PHRASES = " A phrase that stands in a left-out statement is left out with it; phrases are never scored."


def cross_validated(
    trained: Trained, *, source: str, with_errors: bool = True, slices: Sequence[str] = ()
) -> Evaluation:
    """Score the out-of-fold predictions of every head.

    Parameters
    ----------
    source : what was trained on, for the title
    with_errors : also list the worst errors with the words that decided, which refits up to one model a fold,
        score parts of the rows, test against chance, and score other lexicons that are installed
    slices : columns to score by, beside the usual ones

    Notes
    -----
    C was chosen on the same folds, which flatters the scores a little; a labelled file of one's own does not.
    """
    heads: list[HeadEvaluation] = []
    errors: list[WorstError] = []
    parts: list[Slice] = []
    chance: list[ChanceTest] = []
    telling = {}
    spelling = Spelling(s.text for s in trained.dataset.statements)
    for head in trained.heads:
        heads.append(_evaluated(trained, head, installed=with_errors))
        telling[head] = _telling(trained, head, spelling)
        if with_errors:
            errors += _errors(trained, head)
            parts += _slices(trained, head, slices)
            chance.append(_chance(trained, head))
    config, data = trained.config, trained.dataset
    return Evaluation(
        title=f"Cross-validation on {source}",
        method=(
            f"{config.folds}-fold cross-validation; rows of one group (a topic, an article) are left out together."
            + (_PHRASES if data.count("phrase") else "")
        ),
        provenance={
            "Data": source,
            "Data fingerprint (SHA-256)": data.fingerprint,
            "Statements and quotes": f"{data.count('statement') + data.count('quote'):,}",
            "Phrases (trained on, not scored)": f"{data.count('phrase'):,}",
            "Seed": str(config.seed),
            **{f"C, {head}": f"{own.strength:g} of {_listed(own.search)}" for head, own in trained.heads.items()},
            **{f"Temperature, {head}": f"{own.temperature:g}" for head, own in trained.heads.items()},
        },
        heads=tuple(heads),
        telling_terms=telling,
        errors=tuple(errors),
        slices=tuple(parts),
        chance=tuple(chance),
    )


def _evaluated(trained: Trained, head: str, *, installed: bool) -> HeadEvaluation:
    own = trained.heads[head]
    tested = [trained.dataset.statements[i] for i in own.tested]
    gold = [s.labels[head] for s in tested]
    texts = [s.text for s in tested]
    others = {
        "commonest label": baselines.majority(gold),
        "keywords": baselines.keywords(texts, head, own.labels),
        "phrases looked up": baselines.lexicon(texts, _phrases(trained, head), head),
        **(vader(texts, head, own.labels) if installed else {}),
    }
    return evaluate_head(
        head,
        own.labels,
        gold,
        own.probabilities,
        groups=[s.group for s in tested],
        baselines={name: given for name, given in others.items() if given},
        seed=trained.config.seed,
    )


def _phrases(trained: Trained, head: str) -> dict[str, list[str]]:
    """Give label to the phrases that carry it."""
    found: dict[str, list[str]] = {}
    for s in trained.dataset.statements:
        if s.kind == "phrase" and head in s.labels:
            found.setdefault(s.labels[head], []).append(s.text)
    return found


def _chance(trained: Trained, head: str) -> ChanceTest:
    own = trained.heads[head]
    gold, given, groups = _columns(trained, head)
    return chance_test(head, gold, given, len(own.labels), groups=groups, seed=trained.config.seed)


def _columns(trained: Trained, head: str) -> tuple[NDArray[np.intp], NDArray[np.intp], list[str]]:
    """Give the columns of gold and given labels, and the groups, of the rows that were tested."""
    own = trained.heads[head]
    tested = [trained.dataset.statements[i] for i in own.tested]
    gold = np.array([own.labels.index(s.labels[head]) for s in tested], np.intp)
    return gold, own.probabilities.argmax(axis=1), [s.group for s in tested]


def _slices(trained: Trained, head: str, wanted: Sequence[str]) -> tuple[Slice, ...]:
    own = trained.heads[head]
    columns = slice_columns([trained.dataset.statements[i] for i in own.tested], wanted)
    gold, given, groups = _columns(trained, head)
    return score_slices(head, gold, given, len(own.labels), columns, groups=groups, seed=trained.config.seed)


def _telling(trained: Trained, head: str, spelling: Spelling) -> dict[str, tuple[tuple[str, float], ...]]:
    own = trained.heads[head]
    return spelling.told(telling_terms(trained.vocabulary, trained.features.choice.idf, own.weights.terms, own.labels))


def _errors(trained: Trained, head: str) -> tuple[WorstError, ...]:
    own = trained.heads[head]
    tested = [trained.dataset.statements[i] for i in own.tested]
    explainer = FoldExplainer(trained, head)

    def words(position: int, label: str) -> tuple[tuple[str, float], ...]:
        return Spelling([tested[position].text]).spelt(explainer.words(position, label))

    return worst_errors(head, own.labels, tested, own.probabilities, [True] * len(tested), words)


def _listed(search: dict[float, float]) -> str:
    return ", ".join(f"{strength:g} ({score:.3f})" for strength, score in search.items())
