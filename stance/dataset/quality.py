"""How varied and how balanced a corpus is: measures with limits, so that it cannot decay unseen.

A model learns whatever tells the labels apart: an opening that only threats have, a country that is always the one who
threatens, a register that holds one stance. Each measure here is such a shortcut.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import log2

from stance.dataset.assemble import Dataset
from stance.records import Statement
from stance.text import plain_key
from stance.text.names import DATES, NOT_NAMES, PLACES
from stance.text.tokens import TOKEN, straightened

#: Statements opening with three words that open more than one in two hundred of all.
MOST_ALIKE = 0.005
#: A name is frequent when it stands in so many statements.
FREQUENT = 15
#: Statements per topic and register below which a share says nothing.
FEWEST = 30
#: Below so many statements shares and growth say nothing; a small corpus of one's own is not held to them.
FEWEST_OF_ALL = 500


@dataclass(frozen=True)
class Measure:
    """One measure of a corpus.

    Attributes
    ----------
    name : what is measured
    value : the figure, as shown
    limit : what it must keep to, as shown; empty for a measure that only informs
    kept : whether it does
    """

    name: str
    value: str
    limit: str = ""
    kept: bool = True


def measures(dataset: Dataset) -> list[Measure]:
    """Measure the statements of a corpus that has a stance head; an empty list for a small one."""
    statements = [s for s in dataset.statements if s.kind == "statement" and "stance" in s.labels]
    if len(statements) < FEWEST_OF_ALL:
        return []
    return [
        _near_duplicates(dataset),
        *_openings(statements),
        _growth(statements),
        _balance("topic", [(s.group, s.labels["stance"]) for s in statements if s.traits.get("trait") != "off_topic"]),
        _balance("register", [(s.traits.get("register", ""), s.labels["stance"]) for s in statements]),
        _positives(statements),
        _hard_cases(statements),
        *_names(statements),
    ]


def vocabulary_growth(texts: Iterable[str]) -> list[int]:
    """Give the number of different words in the first quarter, half, and all of the texts.

    The texts are put in the order of their reversed letters first, which has nothing to do with topics.
    """
    ordered = sorted(texts, key=lambda text: text[::-1])
    seen: set[str] = set()
    sizes = []
    quarter, half = len(ordered) // 4, len(ordered) // 2
    for number, text in enumerate(ordered, start=1):
        seen.update(plain_key(text).split())
        if number in {quarter, half, len(ordered)}:
            sizes.append(len(seen))
    return sizes


def name_information(statements: Sequence[Statement]) -> dict[str, float]:
    """Give, for each frequent proper name, the mutual information of its presence with the stance, in bits.

    Names are the capitalised words inside sentences, and places wherever they stand; no offices, months or days.
    """
    stances = Counter(s.labels["stance"] for s in statements)
    having: dict[str, Counter[str]] = defaultdict(Counter)
    for statement in statements:
        for name in _proper_names(statement.text):
            having[name][statement.labels["stance"]] += 1
    return {name: _information(own, stances) for name, own in sorted(having.items()) if own.total() >= FREQUENT}


def _near_duplicates(dataset: Dataset) -> Measure:
    share = len(dataset.near_duplicates) / len(dataset.statements)
    return Measure("near-duplicate rows", f"{share:.1%}", "0.0%", kept=not dataset.near_duplicates)


def _openings(statements: Sequence[Statement]) -> list[Measure]:
    openings = Counter(" ".join(plain_key(s.text).split()[:3]) for s in statements)
    shared = sum(count for count in openings.values() if count > 1) / len(statements)
    opening, most = openings.most_common(1)[0]
    limit = int(MOST_ALIKE * len(statements))
    return [
        Measure("statements that share their first three words with another", f"{shared:.1%}", "≤ 20%", shared <= 0.2),
        Measure("commonest opening", f"“{opening}”, {most} statements", f"≤ {limit}", most <= limit),
    ]


def _growth(statements: Sequence[Statement]) -> Measure:
    quarter, half, everything = vocabulary_growth(s.text for s in statements)
    growth = everything / half - 1
    shown = f"{quarter:,} · {half:,} · {everything:,} (+{growth:.0%} by the second half)"
    return Measure("different words in a quarter, half, all of the statements", shown, "≥ +20%", growth >= 0.2)


def _balance(what: str, pairs: Sequence[tuple[str, str]]) -> Measure:
    """Measure the largest share of one stance in a group of some size."""
    counted: dict[str, Counter[str]] = defaultdict(Counter)
    for group, stance in pairs:
        counted[group][stance] += 1
    shares = {g: max(own.values()) / own.total() for g, own in counted.items() if own.total() >= FEWEST}
    if not shares:
        return Measure(f"largest share of one stance in a {what}", "–")
    group = max(shares, key=lambda g: (shares[g], g))
    stance = counted[group].most_common(1)[0][0]
    return Measure(
        f"largest share of one stance in a {what}",
        f"{shares[group]:.0%} ({group}: {stance})",
        "≤ 90%",
        shares[group] <= 0.9,
    )


def _positives(statements: Sequence[Statement]) -> Measure:
    toned = [s.labels["sentiment"] for s in statements if "sentiment" in s.labels]
    share = toned.count("positive") / max(len(toned), 1)
    return Measure("positive statements", f"{share:.0%}", "≥ 20%", share >= 0.2)


def _hard_cases(statements: Sequence[Statement]) -> Measure:
    share = sum("trait" in s.traits for s in statements) / len(statements)
    return Measure("hard cases (rows with a trait)", f"{share:.0%}", "≥ 25%", share >= 0.25)


def _names(statements: Sequence[Statement]) -> list[Measure]:
    found = name_information(statements)
    if not found:
        return []
    name = max(found, key=lambda n: (found[n], n))
    return [
        Measure(
            f"most that a proper name in {FREQUENT} or more statements tells of the stance",
            f"{found[name]:.4f} bits ({name}; {len(found)} names)",
            "≤ 0.0050 bits",
            found[name] <= 0.005,
        )
    ]


def _proper_names(text: str) -> set[str]:
    names = set()
    initial = True
    for match in TOKEN.finditer(text):
        found = match.group()
        word = straightened(found).removesuffix("'s")
        if word.lower() in PLACES:
            names.add(word.capitalize())
        elif not initial and word[0].isupper() and len(word) > 1 and word.lower() not in NOT_NAMES | DATES:
            names.add(word)
        initial = found in '.!?:\u201c"\u201d\u2026()'
    return names


def _information(having: Counter[str], stances: Counter[str]) -> float:
    """Give the mutual information of presence and stance in bits, from counts."""
    total, present = stances.total(), having.total()
    bits = 0.0
    for stance, count in stances.items():
        for joint, margin in ((having[stance], present), (count - having[stance], total - present)):
            if joint:
                bits += joint / total * log2(joint * total / (count * margin))
    return bits
