"""A finished `Evaluation` as one offline HTML page, as JSON, and as the Markdown card beside a model.

Sees results only: knows nothing of models, arrays or files, and imports neither NumPy nor scikit-learn.
"""

from stance.report.card import render_card
from stance.report.page import render_html
from stance.report.twin import render_json

__all__ = ["render_card", "render_html", "render_json"]
