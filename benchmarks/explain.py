"""One process, the model in memory: what explaining a text costs, as a multiple of predicting it in the same rounds."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median

import stance
from stance import resources
from stance.dataset import build_corpus

_TEXTS = 150


@dataclass(frozen=True)
class Cost:
    """Medians: microseconds a text, then ratios to the prediction of the same round; reasons are those of one head.

    Attributes
    ----------
    reasons : contributions, runner-up and gate
    deletion : those and the deletion, for which the prediction is made once or twice more
    nearest : the five nearest statements, index in memory
    index_seconds : building that index, once
    """

    prediction: float
    explain_ratio: float
    reasons_ratio: float
    deletion_ratio: float
    nearest_ratio: float
    index_seconds: float


def measure(folder: Path, rounds: int = 7) -> Cost:
    """Time predictions and explanations of one model folder in turn, on statements from all over the corpus."""
    statements = [s.text for s in build_corpus(resources.root()).statements if s.kind != "phrase"]
    texts = statements[:: len(statements) // _TEXTS]
    predictor = stance.load(str(folder))
    head = next(iter(predictor.heads))
    begin = time.perf_counter()
    predictor.nearest(texts[0])
    index = time.perf_counter() - begin
    work: dict[str, Callable[[str], object]] = {
        "prediction": predictor.predict,
        "explain": lambda text: predictor.explain(text, head),
        "reasons": lambda text: predictor.reasons(text, head, deletion=False),
        "deletion": lambda text: predictor.reasons(text, head),
        "nearest": predictor.nearest,
    }
    took: dict[str, list[float]] = {name: [] for name in work}
    for name in work:
        _time(work[name], texts)
    for _ in range(rounds):
        for name, call in work.items():
            took[name].append(_time(call, texts))
    ratio = {name: median(b / a for a, b in zip(took["prediction"], own, strict=True)) for name, own in took.items()}
    return Cost(
        prediction=median(took["prediction"]) / len(texts) * 1e6,
        explain_ratio=ratio["explain"],
        reasons_ratio=ratio["reasons"],
        deletion_ratio=ratio["deletion"],
        nearest_ratio=ratio["nearest"],
        index_seconds=index,
    )


def _time(call: Callable[[str], object], texts: list[str]) -> float:
    begin = time.perf_counter()
    for text in texts:
        call(text)
    return time.perf_counter() - begin


if __name__ == "__main__":
    print(json.dumps(asdict(measure(Path(sys.argv[1])))))
