"""The texts of one request, labelled together, while other requests are answered in between.

From the first request of many texts on, NumPy does the sums, for which that one request waits some 0.1 seconds; a
service that is asked one text at a time never loads it. Knows nothing of HTTP.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

from stance.predictor import WORTH_BULK, Predictor
from stance.records import Prediction

Result = TypeVar("Result")

#: What is labelled at once, then other requests get a turn: a millisecond or two.
_TEXTS, _CHARACTERS = 32, 5_000


class Batches:
    """Labels texts of one model.

    Parameters
    ----------
    predictor : warm
    """

    def __init__(self, predictor: Predictor) -> None:
        self._predictor = predictor

    async def predictions(self, texts: Sequence[str]) -> list[Prediction]:
        """Label texts, in order.

        Raises
        ------
        ModelError
            If the model's weights are not finite numbers.
        """
        return await self.each(texts, lambda prediction: prediction)

    async def each(self, texts: Sequence[str], result: Callable[[Prediction], Result]) -> list[Result]:
        """Label texts and give, in order, what a function makes of each prediction.

        Raises
        ------
        ModelError
            If the model's weights are not finite numbers.
        """
        if len(texts) >= WORTH_BULK:
            self._predictor.load_bulk()  # at once: a thread that imports beside requests takes seconds
        results: list[Result] = []
        for piece in _pieces(texts):
            if results:
                await asyncio.sleep(0)
            results += map(result, self._predictor.predict_many(piece))
        return results


def _pieces(texts: Sequence[str]) -> Iterator[Sequence[str]]:
    """Divide texts into pieces of about the same work."""
    first = characters = 0
    for place, text in enumerate(texts):
        if place - first == _TEXTS or (place > first and characters + len(text) > _CHARACTERS):
            yield texts[first:place]
            first, characters = place, 0
        characters += len(text)
    yield texts[first:]
