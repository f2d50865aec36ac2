"""Where the packaged data and the default model are: checkout, editable install and wheel alike.

In a checkout (and so in an editable install) they stand beside the package; a wheel carries them inside it,
under ``stance/_bundle``.
"""

from __future__ import annotations

import os

_PACKAGE = os.path.dirname(os.path.abspath(__file__))
_BUNDLE = os.path.join(_PACKAGE, "_bundle")


def root() -> str:
    """Give the folder that holds ``data``, ``seeds`` and ``models``."""
    return _BUNDLE if os.path.isdir(_BUNDLE) else os.path.dirname(_PACKAGE)


def default_model() -> str:
    """Give the folder of the model used when none is named."""
    return os.path.join(root(), "models", "default")
