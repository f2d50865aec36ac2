"""Model folders: plain arrays and a manifest. Reading one executes nothing and imports no NumPy.

    models/<name>/
        model.safetensors   terms, inverse document frequencies, coefficients, intercepts, temperatures
        manifest.json       format numbers, hash of the arrays, labels, data fingerprint, seed, parameters, canaries
        metrics.json        the cross-validated scores
        README.md           the model card
        pipeline.joblib     the fitted scikit-learn pipelines, for work in scikit-learn; never read here

Knows nothing of scikit-learn.
"""

from stance.model.arrays import ArrayFile
from stance.model.folder import FORMAT, StoredModel, read_model, write_model

__all__ = ["FORMAT", "ArrayFile", "StoredModel", "read_model", "write_model"]
