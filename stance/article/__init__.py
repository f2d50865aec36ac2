"""An article in; who said what, with which stance, and where in the text, out.

Joins ``quotes`` and ``predictor``. Knows nothing of screens and pages.
"""

from stance.article.read import read_article
from stance.article.records import Article, DecidingWord, LabelledQuote
from stance.article.speakers import SpeakerSummary

__all__ = ["Article", "DecidingWord", "LabelledQuote", "SpeakerSummary", "read_article"]
