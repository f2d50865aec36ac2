"""The text of an article that was saved as a web page, by trafilatura (extra ``html``).

Menus, captions and comments are left out and paragraphs kept, one a line. Knows nothing of quotes.
"""

from __future__ import annotations

from stance.errors import FileError, UsageError

EXTENSIONS = (".html", ".htm")


def text_of_html(page: str | bytes, path: str) -> str:
    """Give the article in a page.

    Parameters
    ----------
    page : HTML; bytes are decoded as the page says, or as they look
    path : what to call the page in messages

    Raises
    ------
    UsageError
        If trafilatura is not installed.
    FileError
        If no article is found in the page.
    """
    try:
        import trafilatura
    except ImportError:
        raise UsageError("HTML needs trafilatura: pip install 'stance[html]'") from None
    text = trafilatura.extract(page, include_comments=False, include_tables=False)
    if not text:
        raise FileError(
            path, "no article was found in this page", "Check that it is HTML, or save the article's text as .txt."
        )
    return str(text)
