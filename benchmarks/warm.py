"""One process, the model in memory: texts a second against scikit-learn's own pipelines with the same probabilities."""

from __future__ import annotations

import json
import sys
import time
from collections import deque
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median

import joblib

import stance
from stance import resources
from stance.dataset import build_corpus

#: Passes of ours for one of scikit-learn's, so that both are timed over some tenths of a second.
_PASSES = 10


@dataclass(frozen=True)
class Warm:
    """Medians, in microseconds a text and as ratios of the rounds; both heads are asked for on both sides."""

    single: float
    single_sklearn: float
    single_ratio: float
    single_ratio_one_head: float
    batch: float
    batch_sklearn: float
    batch_ratio: float
    largest_difference: float


def measure(folder: Path, rounds: int = 7) -> Warm:
    """Time ``Predictor`` and the pipelines of one model folder in turn, on the statements of the corpus."""
    texts = [s.text for s in build_corpus(resources.root()).statements if s.kind != "phrase"]
    some = texts[:150]
    predictor = stance.load(str(folder))
    pipelines = joblib.load(folder / "pipeline.joblib")
    first = next(iter(pipelines.values()))
    single, single_sk, single_one, batch, batch_sk = [], [], [], [], []
    deque(predictor.predict_many(texts), maxlen=0)
    for _ in range(rounds):
        single.append(
            _time(lambda: [predictor.predict(text) for _ in range(_PASSES) for text in some]) / len(some) / _PASSES
        )
        single_sk.append(
            _time(lambda: [p.predict_proba([text]) for text in some for p in pipelines.values()]) / len(some)
        )
        single_one.append(_time(lambda: [first.predict_proba([text]) for text in some]) / len(some))
        batch.append(_time(lambda: deque(predictor.predict_many(texts), maxlen=0)) / len(texts))
        batch_sk.append(_time(lambda: [p.predict_proba(texts) for p in pipelines.values()]) / len(texts))
    return Warm(
        single=median(single) * 1e6,
        single_sklearn=median(single_sk) * 1e6,
        single_ratio=median(b / a for a, b in zip(single, single_sk, strict=True)),
        single_ratio_one_head=median(b / a for a, b in zip(single, single_one, strict=True)),
        batch=median(batch) * 1e6,
        batch_sklearn=median(batch_sk) * 1e6,
        batch_ratio=median(b / a for a, b in zip(batch, batch_sk, strict=True)),
        largest_difference=_largest_difference(predictor, pipelines, texts),
    )


def _largest_difference(predictor: stance.Predictor, pipelines: dict, texts: list[str]) -> float:
    ours = list(predictor.predict_many(texts))
    largest = 0.0
    for head, pipeline in pipelines.items():
        for prediction, row in zip(ours, pipeline.predict_proba(texts), strict=True):
            theirs = dict(zip(pipeline.classes_, row, strict=True))
            largest = max(largest, *(abs(theirs[k] - p) for k, p in prediction.probabilities(head).items()))
    return largest


def _time(work: Callable[[], object]) -> float:
    begin = time.perf_counter()
    work()
    return time.perf_counter() - begin


if __name__ == "__main__":
    print(json.dumps(asdict(measure(Path(sys.argv[1])))))
