"""A paragraph as words and sentences, each quoted stretch being one opaque token.

Knows nothing of what the words mean, but for the abbreviations whose full stop ends no sentence.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import lru_cache

from stance.quotes.marks import Stretch, last_sign
from stance.quotes.titles import ABBREVIATED

#: Stands for a quoted stretch among the words.
QUOTE = "\ue000"


#: What a token is.
TOKEN = re.compile(
    rf"(?:[^\W\d_]\.){{2,}}|(?:{'|'.join(ABBREVIATED)})\.(?=\W|$)|[A-Z]\.(?=\s+[A-Z])"
    r"|[A-Z]-(?:[A-Z]\.){2,}|@?\w+(?:(?:[’'\-‐‑&@]|(?<=\d)[.,:/](?=\d)|\.(?=[a-z]{2}))\w+)*(?:(?<=s)[’'](?=\s+\w))?|-{2,}|[^\w\s]"
)


#: Chunks remembered and their greatest length, some 4 MiB; an article has a few dozen with a sign or digit in them.
_MOST_READ, _LONGEST_READ = 10_000, 30


_WITH_A_STOP = frozenset(ABBREVIATED)


_LONGEST_SENTENCE = 300


_STOPS = frozenset(".!?…")


_MAY_END = frozenset(".!?…)]")


_ENDS_QUOTE = frozenset(".!?…")


_AFTER_ACRONYM = frozenset(
    """
    The A An He She It They We But And In On At This That These Those There His Her Their Its I If When While As
    """.split()
)


_NEVER_LAST = frozenset(
    "Mr Mrs Ms Mx Dr Prof Gen Sen Sens Rep Reps Gov Govs Lt Col Maj Sgt Capt Cmdr Cpl Adm Rev St vs".split()
)


class Paragraph:
    """The tokens of a paragraph.

    Attributes
    ----------
    start, end : offsets of the paragraph in the article
    words, lower : the tokens as they stand and in lower case; ``QUOTE`` for a quoted stretch
    starts : offsets of the tokens in the article
    quotes : token index to its stretch
    sentences : (first, after last) token of each sentence
    """

    __slots__ = ("article", "end", "lower", "quotes", "sentences", "start", "starts", "words")

    def __init__(self, article: str, start: int, end: int, stretches: list[Stretch]) -> None:
        self.article, self.start, self.end = article, start, end
        self.words: list[str] = []
        self.starts: list[int] = []
        self.quotes: dict[int, Stretch] = {}
        ends: list[int] = []  # tokens that may end a sentence
        done = start
        for stretch in stretches:
            self._add(done, stretch.before, ends)
            ends.append(len(self.words))
            self.quotes[len(self.words)] = stretch
            self.words.append(QUOTE)
            self.starts.append(stretch.before)
            done = stretch.after
        self._add(done, end, ends)
        self.lower = list(map(str.lower, self.words))
        self.sentences = self._split(ends)

    def _add(self, start: int, end: int, ends: list[int]) -> None:
        """Add the tokens from offset ``start`` to ``end``, where no stretch is, and note those that may end a sentence.

        Plain words, with or without a sign behind, are most of a text; the expression that knows the rest is five
        times slower than telling them by the spaces around them.
        """
        words, starts = self.words, self.starts
        add, place = words.append, starts.append
        text = self.article[start:end].replace("\n", " ")  # in wrapped text lines end between words
        at = start
        for chunk in text.split(" "):
            if chunk.isalpha():
                add(chunk)
                place(at)
            elif (word := chunk[:-1]).isalpha() and (
                (sign := chunk[-1]) in ",;:" or (sign == "." and len(word) > 1 and word not in _WITH_A_STOP)
            ):
                add(word)
                place(at)
                if sign == ".":
                    ends.append(len(words))
                add(sign)
                place(at + len(word))
            elif chunk and not chunk.isspace():  # in a run of tabs and spaces the next token may be far away
                length = len(chunk)
                known = length <= _LONGEST_READ and not _ends_by_what_follows(chunk)
                for word, offset in _pieces(chunk) if known else _pieces_within(text, at - start, length):
                    if word[-1] in _MAY_END:
                        ends.append(len(words))
                    add(word)
                    place(at + offset)
            at += len(chunk) + 1

    def _split(self, ends: list[int]) -> list[tuple[int, int]]:
        sentences, first, count = [], 0, len(self.words)
        for i in (*ends, count - 1):
            while i - first > _LONGEST_SENTENCE:
                sentences.append((first, first + _LONGEST_SENTENCE))
                first += _LONGEST_SENTENCE
            if i >= first and (i + 1 == count or self._ends_sentence(i, self.words[i])):
                sentences.append((first, i + 1))
                first = i + 1
        return sentences

    def _ends_sentence(self, i: int, word: str) -> bool:
        follows = self.words[i + 1]
        if word in _STOPS:
            return follows not in _STOPS and follows not in (")", "]", ",") and not follows[0].islower()
        if word == QUOTE:
            return last_sign(self.quoted(i)) in _ENDS_QUOTE and (follows[0].isupper() or follows == QUOTE)
        if word in (")", "]") and i and self.words[i - 1] in _STOPS:
            return "(" not in self.words[max(0, i - 5) : i] and not follows[0].islower()
        return word[-1] == "." and len(word) > 2 and follows in _AFTER_ACRONYM and word[:-1] not in _NEVER_LAST

    def sentence_at(self, token: int) -> tuple[int, int]:
        """Give the sentence that holds a token."""
        return self.sentences[bisect_right(self.sentences, (token, len(self.words) + 1)) - 1]

    def end_of(self, token: int) -> int:
        """Give the offset after a token, in the article."""
        stretch = self.quotes.get(token)
        return stretch.after if stretch else self.starts[token] + len(self.words[token])

    def quoted(self, token: int) -> str:
        """Give the words of the stretch that a token stands for."""
        stretch = self.quotes[token]
        return self.article[stretch.start : stretch.end]


def _ends_by_what_follows(chunk: str) -> bool:
    """Tell whether the next word decides where the last token ends: of an initial, or a possessive or closing mark."""
    last = chunk[-1]
    return last in "’'" or (last == "." and chunk[-2:-1].isupper()) or last.isspace()


@lru_cache(maxsize=_MOST_READ)
def _pieces(chunk: str) -> list[tuple[str, int]]:
    """Give the tokens between two spaces with their offsets, whatever follows."""
    return _pieces_within(chunk, 0, len(chunk))


def _pieces_within(text: str, at: int, length: int) -> list[tuple[str, int]]:
    """Give the tokens of ``text[at:at + length]`` with their offsets from ``at``."""
    found = []
    for match in TOKEN.finditer(text, at):
        start = match.start() - at
        if start >= length:
            break
        word = match.group()
        found.append((word if word != QUOTE else "*", start))  # the sign means nothing when the text holds it
    return found
