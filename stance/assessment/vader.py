"""VADER's sentiment as a yardstick, where the extra ``baselines`` (vaderSentiment) is installed.

C. J. Hutto and E. Gilbert, "VADER: A parsimonious rule-based model for sentiment analysis of social media text", ICWSM
2014. Only a report shows it, and never a model folder, whose bytes must not depend on what else is installed.
"""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version

from stance.labels import HEADS

#: The authors' thresholds of the compound score.
_POSITIVE, _NEGATIVE = 0.05, -0.05


def vader(texts: Sequence[str], head: str, labels: Sequence[str]) -> dict[str, list[str]]:
    """Give VADER's label of each text, by its name and version.

    Returns
    -------
    dict of one name to as many labels as texts
        Empty when it is not installed, or the labels are not the sentiments of the codebook.
    """
    if head != "sentiment" or not set(labels) <= set(HEADS[head]):
        return {}
    try:
        name = f"VADER {version('vaderSentiment')}"
        analyzer = import_module("vaderSentiment.vaderSentiment").SentimentIntensityAnalyzer()
    except (PackageNotFoundError, ImportError):
        return {}
    return {name: [_label(analyzer.polarity_scores(text)["compound"]) for text in texts]}


def _label(compound: float) -> str:
    return "positive" if compound >= _POSITIVE else "negative" if compound <= _NEGATIVE else "neutral"
