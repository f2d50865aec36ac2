"""Write statements of the corpus as JSON lines, each followed by a word of its own, so that no two rows are equal."""

import json
import sys
from pathlib import Path

from stance import resources
from stance.dataset import build_corpus


def main(target: str, rows: int) -> None:
    """Write ``rows`` rows to ``target``."""
    texts = [s.text for s in build_corpus(resources.root()).statements if s.kind != "phrase"]
    with Path(target).open("w", encoding="utf-8") as stream:
        for number in range(rows):
            text = f"{texts[number % len(texts)]} w{number}x"
            stream.write(json.dumps({"id": number, "text": text}, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
