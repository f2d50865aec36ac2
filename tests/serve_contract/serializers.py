"""Teaches schemathesis to send a stream of lines as it is."""

import schemathesis


@schemathesis.serializer("application/x-ndjson")
def lines(_context, value):
    """Send text as text."""
    return str(value).encode("utf-8", "replace")
