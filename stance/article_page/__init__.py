"""Articles that were read, as one offline HTML page.

Sees finished results only: knows nothing of models, files or the command line.
"""

from stance.article_page.page import render_page

__all__ = ["render_page"]
