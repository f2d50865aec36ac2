"""Why a text got its label: from the same look-ups and sums as the label, so that everything adds up.

Knows nothing of training, files of texts or the screen; no NumPy.
"""
