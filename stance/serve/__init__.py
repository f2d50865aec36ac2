"""The service: an HTTP API and a web page over :class:`stance.predictor.Predictor` and :func:`stance.read_article`.

A translator with no opinion of its own: what is a label, a statement or a row is decided elsewhere. Needs the extra
``serve``.
"""
