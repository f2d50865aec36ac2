"""Seeds and data joined into one checked, de-duplicated data set with groups and a fingerprint.

Knows nothing of scikit-learn, models or terms' weights.
"""

from stance.dataset.assemble import Dataset, assemble
from stance.dataset.corpus import build_corpus
from stance.dataset.user_file import load_labelled_file

__all__ = ["Dataset", "assemble", "build_corpus", "load_labelled_file"]
