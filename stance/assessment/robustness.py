"""Does a label hold where it must, and turn where it must? Tried on the suites and on the rows at hand.

The suites stand in ``tests/cases/suites`` and are never trained on; M. T. Ribeiro, T. Wu, C. Guestrin and S. Singh,
"Beyond accuracy: behavioral testing of NLP models with CheckList", ACL 2020, is the model for them.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from typing import Any

from stance.assessment.perturb import NOISE, names_in, swapped
from stance.evaluation.robustness import RobustnessCheck
from stance.predictor import Predictor
from stance.records import Prediction
from stance.resources import root
from stance.tables import read_rows

#: Rows that are written otherwise, so that a file of a hundred thousand takes no longer than one of two thousand.
MOST_ROWS = 2_000


def robustness(predictor: Predictor, texts: Sequence[str]) -> tuple[RobustnessCheck, ...]:
    """Try a model with a stance head.

    Parameters
    ----------
    texts : the rows at hand, for names and noise; evenly spaced ones are taken when there are very many

    Returns
    -------
    tuple of RobustnessCheck
        Empty for a model whose labels are not those of the suites.
    """
    if set(predictor.heads.get("stance", ())) != {"escalatory", "diplomatic", "critical", "none"}:
        return ()
    some = list(texts)[:: -(-len(texts) // MOST_ROWS) or 1]
    given = dict(zip(some, predictor.predict_many(some), strict=True))
    return (
        _names(predictor, given),
        *_noise(predictor, given),
        *_reversals(predictor),
        _other_worlds(predictor),
        _nothing_to_judge(predictor),
    )


def unseen_texts() -> list[str]:
    """Give statements of the suites, which no model is trained on: for when there are no other rows at hand."""
    sides = [str(case[side]) for case in suite("reversals") for side in ("one", "other")]
    return [*sides, *(str(case["text"]) for case in suite("noise"))]


def suite(name: str) -> list[dict[str, Any]]:
    """Give the cases of a suite."""
    path = os.path.join(root(), "tests", "cases", "suites", f"{name}.jsonl")
    return [dict(row.values) for row in read_rows(path, strict=True)]


def _names(predictor: Predictor, given: dict[str, Prediction]) -> RobustnessCheck:
    persons = names_in(list(given))
    pairs = {text: other for text in given if (other := swapped(text, persons)) != text}
    moved = _moved(predictor, given, pairs)
    return RobustnessCheck(
        "names", "other countries and persons", _share(moved, len(pairs)), len(pairs), 0.02, "at most"
    )


def _noise(predictor: Predictor, given: dict[str, Prediction]) -> list[RobustnessCheck]:
    found = []
    for name, change in NOISE.items():
        moved = _moved(predictor, given, {text: change(text) for text in given})
        found.append(RobustnessCheck("noise", name, 1 - _share(moved, len(given)), len(given), 0.97, "at least"))
    return found


def _moved(predictor: Predictor, given: dict[str, Prediction], pairs: dict[str, str]) -> int:
    others = predictor.predict_many(pairs.values())
    return sum(given[text].stance != other.stance for text, other in zip(pairs, others, strict=True))


def _reversals(predictor: Predictor) -> list[RobustnessCheck]:
    cases = suite("reversals")
    right = [
        all(predictor.predict(case[side]).stance == case[f"stance_{side}"] for side in ("one", "other"))
        for case in cases
    ]
    traits = list(dict.fromkeys(str(case["trait"]) for case in cases))
    found = []
    for trait in traits:
        own = [told for told, case in zip(right, cases, strict=True) if case["trait"] == trait]
        found.append(RobustnessCheck("reversals", trait, _share(sum(own), len(own)), len(own), None, "at least"))
    return [RobustnessCheck("reversals", "all", _share(sum(right), len(right)), len(right), 0.75, "at least"), *found]


def _other_worlds(predictor: Predictor) -> RobustnessCheck:
    def confident(prediction: Prediction) -> bool:
        return prediction.stance not in {None, "none"} and max(prediction.stance_probabilities.values()) > 0.5

    return _counted(predictor, "off_topic", "other worlds", "a stance above one half", confident, 0.1, "at most")


def _nothing_to_judge(predictor: Predictor) -> RobustnessCheck:
    return _counted(
        predictor, "undecided", "nothing to judge", "undecided", lambda p: p.status != "ok", 0.95, "at least"
    )


def _counted(
    predictor: Predictor,
    cases: str,
    what: str,
    name: str,
    holds: Callable[[Prediction], bool],
    limit: float,
    wanted: Any,
) -> RobustnessCheck:
    texts = [str(case["text"]) for case in suite(cases)]
    held = sum(holds(prediction) for prediction in predictor.predict_many(texts))
    return RobustnessCheck(what, name, _share(held, len(texts)), len(texts), limit, wanted)


def _share(some: int, of: int) -> float:
    return some / of if of else 0.0
