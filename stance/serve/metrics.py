"""What is counted: requests, their times, texts, labels, and what stayed undecided. No text, no name.

Workers share their counts through files that prometheus_client maps, so each of them can answer for all.
"""

from __future__ import annotations

import os
from collections import Counter as TallyOf
from collections.abc import Collection, Iterable, Mapping
from functools import cache
from typing import Any

#: A row of another status, such as a mention, was not given to the model.
_JUDGED = frozenset(("ok", "undecided", "empty"))

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"
_BUCKETS = (0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)


class Metrics:
    """The counts of this process, or of all workers when ``PROMETHEUS_MULTIPROC_DIR`` was set before the import."""

    def __init__(self) -> None:
        # imported here because it looks for the folder when it is imported
        from prometheus_client import CollectorRegistry, Counter, Histogram, disable_created_metrics
        from prometheus_client.multiprocess import MultiProcessCollector

        disable_created_metrics()  # type: ignore[no-untyped-call]
        own = CollectorRegistry()
        self._requests = Counter("stance_requests", "Requests answered.", ["route", "method", "status"], registry=own)
        self._seconds = Histogram(
            "stance_request_seconds", "Time from head to end of answer.", ["route"], buckets=_BUCKETS, registry=own
        )
        self._texts = Counter("stance_texts", "Texts and statements labelled.", registry=own)
        self._labels = Counter("stance_labels", "Labels given.", ["head", "label"], registry=own)
        self._undecided = Counter("stance_undecided", "Texts left without a label.", ["reason"], registry=own)
        self._of_request = cache(lambda *of: (self._requests.labels(*of), self._seconds.labels(of[0])))
        self._of_label = cache(self._labels.labels)
        self._registry = own
        if "PROMETHEUS_MULTIPROC_DIR" in os.environ:
            self._registry = CollectorRegistry()
            MultiProcessCollector(self._registry)  # type: ignore[no-untyped-call]

    def request(self, *, route: str, method: str, status: int, seconds: float) -> None:
        """Count one request; ``route`` is the pattern of its address."""
        answered, timed = self._of_request(route, method, status)
        answered.inc()
        timed.observe(seconds)

    def rows(self, rows: Iterable[Mapping[str, Any]], heads: Collection[str]) -> None:
        """Count rows of predictions or statements; what was not labelled, such as a mention, is not counted."""
        judged = [row for row in rows if row["status"] in _JUDGED]
        decided = [row for row in judged if row["status"] == "ok"]
        self._texts.inc(len(judged))
        for (head, label), count in TallyOf([(head, row[head]) for row in decided for head in heads]).items():
            self._of_label(head, label).inc(count)
        if len(decided) < len(judged):
            reasons = [row["reason"] or "empty" for row in judged if row["status"] != "ok"]
            for reason, count in TallyOf(reasons).items():
                self._undecided.labels(reason).inc(count)

    def text(self) -> bytes:
        """Give everything in Prometheus' text format."""
        from prometheus_client import generate_latest

        return generate_latest(self._registry)
