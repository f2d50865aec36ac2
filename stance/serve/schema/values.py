"""Values that several shapes hold."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta

Offset = Annotated[int, Meta(ge=0, description="Characters (Unicode code points) from the start of the text.")]
Span = Annotated[list[Offset], Meta(min_length=2, max_length=2, description="Start and end, the end not included.")]
Probability = Annotated[float, Meta(ge=0, le=1)]
Probabilities = Annotated[dict[str, Probability], Meta(description="Label to probability; they add up to 1.")]
Count = Annotated[int, Meta(ge=0)]
Share = Annotated[float, Meta(gt=0, lt=1)]
#: A row of a stream may also say in ``status`` why its line could not be read.
Status = Annotated[str, Meta(description="ok; empty: nothing but white space; undecided: see reason.")]
