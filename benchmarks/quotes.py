"""Measure the quote extractor: paragraphs a second beside a naive regular expression, and growth of time.

Run ``python benchmarks/quotes.py``. Input is made here, from sentences of our own and a seed, so that everybody measures
the same. Times are processor times of one core; both contenders take turns on the same articles.
"""

from __future__ import annotations

import argparse
import random
import re
import time
from collections.abc import Callable
from statistics import median

from stance.quotes import extract_quotes

_NAIVE = re.compile(r"[“\"]([^”\"]+)[”\"],?\s+(?:(\w+) said|said ([A-Z]\w+(?: [A-Z]\w+)*))")
_FIRST = "Anna Boris Clara David Elena Frank Greta Henry Irina Jonas".split()
_LAST = "Lindt Moreau Okafor Sandberg Varga Whitlow Castell Horvat Ibsen Quist".split()
_OFFICES = "Foreign Minister|Senator|President|Defense Secretary|Ambassador|Governor".split("|")
_CLAUSES = (
    "the talks will go on until both sides have signed|nobody has seen the letter that was sent in March|we expect the "
    "convoy to cross the river before dawn|the price of grain has doubled since the port was closed|our neighbours know "
    "that the treaty still holds|the vote was delayed because the hall had no light"
).split("|")
_PLAIN = (
    "The meeting in the old harbour began an hour late and ended without a joint text|Trucks with medicine waited at the "
    "border while officers checked every paper twice|In the capital the shops stayed closed and the trams were empty|A "
    "second round is planned for the autumn, when the new parliament has met"
).split("|")
_SHAPES: tuple[Callable[[str, str, str], str], ...] = (
    lambda office, name, clause: f"“{clause.capitalize()},” {office} {name} said on Monday. “We are ready for it.”",
    lambda office, name, clause: f"“{clause.capitalize()},” said {name}, a former judge who leads the delegation.",
    lambda office, name, clause: f"{office} {name} said that {clause}, and called the delay “a costly gamble.”",
    lambda office, name, clause: f"According to {name}, {clause}.",
    lambda office, name, clause: f"{name.split()[1]} added: “{clause.capitalize()}.”",
)
_ADVERSARIAL = {
    "opening marks": lambda n: "“" * n,
    "one line": lambda n: ("Anna Lindt, the minister, said on Monday that “talks” would resume. " * (n // 65 + 1))[:n],
    "nested marks": lambda n: "“a " * n + "”" * n,
}


def article(rng: random.Random, paragraphs: int) -> str:
    """Make an article: about half of its paragraphs hold a quote or a report."""
    lines = []
    for _ in range(paragraphs):
        name = f"{rng.choice(_FIRST)} {rng.choice(_LAST)}"
        shaped = rng.choice(_SHAPES)(rng.choice(_OFFICES), name, rng.choice(_CLAUSES))
        plain = ". ".join(rng.sample(_PLAIN, 2)) + "."
        lines.append(f"{shaped} {rng.choice(_PLAIN)}." if rng.random() < 0.5 else plain)
    return "\n\n".join(lines)


def seconds(work: Callable[[], object]) -> float:
    """Give the processor time that a piece of work takes."""
    start = time.process_time()
    work()
    return time.process_time() - start


def speed(rounds: int) -> None:
    """Print paragraphs a second of both, and the median ratio."""
    rng = random.Random(0)
    articles = [article(rng, 20) for _ in range(100)]
    ours, naive = [], []
    for _ in range(rounds):
        ours.append(seconds(lambda: [extract_quotes(text) for text in articles]))
        naive.append(seconds(lambda: [_NAIVE.findall(text) for text in articles]))
    for name, times in (("stance.quotes", ours), ("naive regex", naive)):
        print(f"{name:14} {20 * len(articles) / median(times):>12,.0f} paragraphs a second")
    print(f"ratio {median(a / b for a, b in zip(ours, naive, strict=True)):.1f} (median of {rounds} rounds)")


def growth(sizes: dict[str, int]) -> None:
    """Print the time of each adversarial input at n and 2n; linear time doubles."""
    for name, make in _ADVERSARIAL.items():
        n = sizes[name]
        once, twice = (seconds(lambda text=make(size): extract_quotes(text)) for size in (n, 2 * n))
        print(f"{name:14} n = {n:>10,}: {once:7.2f} s, 2n: {twice:7.2f} s, ratio {twice / max(once, 1e-9):.2f}")


def main() -> None:
    """Run both measurements."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--small", action="store_true", help="a tenth of the adversarial sizes")
    options = parser.parse_args()
    speed(options.rounds)
    part = 10 if options.small else 1
    growth({"opening marks": 100_000 // part, "one line": 5_000_000 // part, "nested marks": 10_000 // part})


if __name__ == "__main__":
    main()
