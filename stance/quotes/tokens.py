"""A paragraph as words and sentences, each quoted stretch being one opaque token.

Knows nothing of what the words mean, but for the abbreviations whose full stop ends no sentence.
"""

from __future__ import annotations

import re
from bisect import bisect_right

from stance.quotes.marks import Stretch, last_sign
from stance.quotes.titles import ABBREVIATED

#: Stands for a quoted stretch among the words.
QUOTE = "\ue000"


_OTHER = "\ue001"


#: The first line takes the plain words and signs that most of a text is made of; the others decide nothing about them.
_TOKEN = re.compile(
    r"[A-Za-z]++(?![\w’'\-‐‑&@.])|[,;:]"
    rf"|{QUOTE}+|{_OTHER}+|(?:[^\W\d_]\.){{2,}}|(?:{'|'.join(ABBREVIATED)})\.(?=\W|$)|[A-Z]\.(?=\s+[A-Z])"
    r"|[A-Z]-(?:[A-Z]\.){2,}|@?\w+(?:(?:[’'\-‐‑&@]|(?<=\d)[.,:/](?=\d)|\.(?=[a-z]{2}))\w+)*(?:(?<=s)[’'](?=\s+\w))?|-{2,}|[^\w\s]"
)


_LONGEST_SENTENCE = 300


_STOPS = frozenset(".!?…")


_MAY_END = frozenset(".!?…)]" + QUOTE)


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
    starts, ends : offsets of the tokens in the article
    quotes : token index to its stretch
    sentences : (first, after last) token of each sentence
    """

    __slots__ = ("article", "end", "ends", "lower", "quotes", "sentences", "start", "starts", "words")

    def __init__(self, article: str, start: int, end: int, stretches: list[Stretch]) -> None:
        self.article, self.start, self.end = article, start, end
        text = _masked(article, start, end, stretches)
        spans = [match.span() for match in _TOKEN.finditer(text)]
        self.words = [text[first:after] for first, after in spans]
        self.starts = [start + first for first, _ in spans]
        self.ends = [start + after for _, after in spans]
        self.quotes: dict[int, Stretch] = {}
        if stretches or QUOTE in text or _OTHER in text:
            self._place(stretches)
        self.lower = list(map(str.lower, self.words))
        self.sentences = self._split()

    def _place(self, stretches: list[Stretch]) -> None:
        by_start = {stretch.before: stretch for stretch in stretches}
        for i, word in enumerate(self.words):
            if word[0] in (QUOTE, _OTHER):
                stretch = by_start.get(self.starts[i])
                self.words[i] = QUOTE if stretch else "*"
                if stretch:
                    self.quotes[i] = stretch

    def _split(self) -> list[tuple[int, int]]:
        sentences, first, count = [], 0, len(self.words)
        ends = [i for i, word in enumerate(self.words) if word[-1] in _MAY_END]
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

    def quoted(self, token: int) -> str:
        """Give the words of the stretch that a token stands for."""
        stretch = self.quotes[token]
        return self.article[stretch.start : stretch.end]


def _masked(article: str, start: int, end: int, stretches: list[Stretch]) -> str:
    """Give the paragraph with every stretch overwritten, so that offsets stay; neighbours by two different signs."""
    if not stretches:
        return article[start:end]
    pieces, done = [], start
    for number, stretch in enumerate(stretches):
        pieces.append(article[done : stretch.before])
        pieces.append((QUOTE, _OTHER)[number % 2] * (stretch.after - stretch.before))
        done = stretch.after
    pieces.append(article[done:end])
    return "".join(pieces)
