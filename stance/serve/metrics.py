"""What is counted: requests, their times, texts, labels, and what stayed undecided. No text, no name.

Workers share their counts through files that prometheus_client maps, so each of them can answer for all.
"""

from __future__ import annotations

import os
from collections import Counter as TallyOf
from collections.abc import Collection, Iterable, Mapping
from functools import cache
from typing import Any

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
        counts: TallyOf[tuple[str, str]] = TallyOf()
        for row in rows:
            if row["status"] == "ok":
                counts.update([(head, row[head]) for head in heads])
            elif row["status"] in ("undecided", "empty"):
                counts["", row["reason"] or "empty"] += 1
            else:
                continue
            counts["", ""] += 1
        self._texts.inc(counts.pop(("", ""), 0))
        for (head, label), count in counts.items():
            (self._labels.labels(head, label) if head else self._undecided.labels(label)).inc(count)

    def text(self) -> bytes:
        """Give everything in Prometheus' text format."""
        from prometheus_client import generate_latest

        return generate_latest(self._registry)
