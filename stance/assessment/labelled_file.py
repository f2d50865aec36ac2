"""Evaluate a predictor on a labelled file."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from stance.assessment.labelled_rows import LabelledRows, renormalised
from stance.assessment.robustness import robustness
from stance.assessment.spelling import Spelling
from stance.assessment.telling import telling_terms
from stance.assessment.vader import vader
from stance.assessment.worst import worst_errors
from stance.dataset import Dataset
from stance.errors import DatasetError, RowError, UsageError
from stance.evaluation import (
    ChanceTest,
    Comparison,
    Evaluation,
    HeadEvaluation,
    Slice,
    Suspect,
    WorstError,
    baselines,
    evaluate_head,
)
from stance.predictor import Predictor
from stance.records import Prediction, Statement


def on_labelled_file(
    predictor: Predictor,
    dataset: Dataset,
    *,
    source: str,
    classes: Sequence[str] = (),
    slices: Sequence[str] = (),
    against: Predictor | None = None,
    with_suspects: bool = False,
    seed: int = 0,
) -> Evaluation:
    """Score a predictor on statements with gold labels.

    Parameters
    ----------
    classes : score over these classes only, as when the gold labels of a file have fewer than the model: the most
        probable of them is taken, rows of another gold label are left out. Empty: all classes of the model.
    slices : columns of the file to score by, beside the usual ones
    against : another model to compare with, row by row
    with_suspects : also list gold labels that are probably wrong, which takes a model that has not seen the file

    Raises
    ------
    UsageError
        If a class is none of the model's, no row has a column of ``slices``, or the other model has other labels.
    RowError
        If a gold label is none of the model's.
    DatasetError
        If no row is left.
    """
    _check_classes(predictor, classes)
    heads: list[HeadEvaluation] = []
    errors: list[WorstError] = []
    telling: dict[str, dict[str, tuple[tuple[str, float], ...]]] = {}
    parts: list[Slice] = []
    suspects: list[Suspect] = []
    comparisons: list[Comparison] = []
    chance: list[ChanceTest] = []
    dropped = 0
    spelling = Spelling(s.text for s in dataset.statements)
    for head, labels in predictor.heads.items():
        scored = tuple(label for label in labels if label in classes) or labels
        labelled = [s for s in dataset.statements if head in s.labels]
        rows = [s for s in labelled if s.labels[head] in scored or s.labels[head] not in labels]
        dropped += len(labelled) - len(rows)
        if not rows:
            continue
        _check_gold(rows, head, labels)
        predictions = list(predictor.predict_many(s.text for s in rows))
        heads.append(_evaluated(head, scored, rows, predictions, seed))
        scored_rows = LabelledRows(head, scored, rows, predictions)
        parts += scored_rows.slices(slices, seed=seed)
        chance.append(scored_rows.against_chance(seed=seed))
        if with_suspects:
            suspects += scored_rows.doubtful()
        if against is not None:
            comparisons.append(scored_rows.compared(against, seed=seed))
        errors += _errors(predictor, head, scored, rows, predictions)
        telling[head] = spelling.told(_telling(predictor, head))
    if not heads:
        raise DatasetError([f"{source}: no row has a label of {' or '.join(predictor.heads)} to score."])
    return Evaluation(
        title=f"Evaluation on {source}",
        method=(
            "Every row labelled by the model as it stands and compared with its gold label."
            + (f" Scored over the classes {', '.join(classes)}." if classes else "")
            + (f" {dropped} rows of other classes were left out." if dropped else "")
        ),
        provenance={
            "File": source,
            "File fingerprint (SHA-256)": dataset.fingerprint,
            "Rows": f"{len(dataset.statements):,}",
            "Model": predictor.path,
            "Model arrays (SHA-256)": str(predictor.manifest["sha256"]),
            **({"Compared with": against.path} if against is not None else {}),
            "Bootstrap seed": str(seed),
        },
        heads=tuple(heads),
        telling_terms=telling,
        errors=tuple(errors),
        slices=tuple(parts),
        comparisons=tuple(comparisons),
        chance=tuple(chance),
        robustness=robustness(predictor, [s.text for s in dataset.statements]),
        suspects=tuple(suspects) if with_suspects else None,
    )


def _check_classes(predictor: Predictor, classes: Sequence[str]) -> None:
    known = [label for labels in predictor.heads.values() for label in labels]
    for name in classes:
        if name not in known:
            raise UsageError(f'--classes: "{name}" is no class of the model. It has: {", ".join(known)}.')


def _check_gold(rows: Sequence[Statement], head: str, labels: Sequence[str]) -> None:
    for s in rows:
        if s.labels[head] not in labels:
            raise RowError(
                s.source,
                s.line,
                f'the {head} "{s.labels[head]}" is none of the model\'s ({", ".join(labels)})',
                "Correct it, or evaluate with a model trained on these labels (--model).",
            )


def _evaluated(
    head: str, labels: Sequence[str], rows: Sequence[Statement], predictions: Sequence[Prediction], seed: int
) -> HeadEvaluation:
    gold = [s.labels[head] for s in rows]
    texts = [s.text for s in rows]
    keyword = baselines.keywords(texts, head, labels)
    return evaluate_head(
        head,
        labels,
        gold,
        renormalised(head, labels, predictions),
        decided=[p.status == "ok" for p in predictions],
        groups=[s.group for s in rows],
        baselines={
            "commonest label": baselines.majority(gold),
            **({"keywords": keyword} if keyword else {}),
            **vader(texts, head, labels),
        },
        seed=seed,
    )


def _errors(
    predictor: Predictor,
    head: str,
    labels: Sequence[str],
    rows: Sequence[Statement],
    predictions: Sequence[Prediction],
) -> tuple[WorstError, ...]:
    def words(index: int, label: str) -> tuple[tuple[str, float], ...]:
        contributions = predictor.explain(rows[index].text, head, label).strongest()
        return Spelling([rows[index].text]).spelt(tuple((c.term, round(c.weight, 4)) for c in contributions))

    decided = [p.status == "ok" for p in predictions]
    return worst_errors(head, labels, rows, renormalised(head, labels, predictions), decided, words)


def _telling(predictor: Predictor, head: str) -> dict[str, tuple[tuple[str, float], ...]]:
    vocabulary, idf, coefficients = predictor.weight_table(head)
    return telling_terms(vocabulary, np.array(idf), np.array(coefficients), predictor.heads[head])
