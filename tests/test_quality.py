"""The measures of a corpus see what they are there to see, and `stance build` refuses a corpus that breaks them."""

from __future__ import annotations

import json
import shutil
from collections import Counter
from itertools import cycle
from pathlib import Path

import pytest
from sklearn.metrics import mutual_info_score

from stance.assessment.agreement import agreements
from stance.dataset import Dataset, build_corpus
from stance.dataset.quality import Measure, measures, name_information, vocabulary_growth
from stance.records import Statement
from stance.resources import root

STANCES = ("escalatory", "diplomatic", "critical", "none")
WORDS = [a + b + c for a in "bdfgklmnprst" for b in "aeiou" for c in "bdfgklmnprstvz"]


def corpus(size=600, *, text=None, stance=None, **traits):
    """Give statements that keep every limit: different words throughout, all labels, a third of them hard cases."""
    rows = []
    for number, label in zip(range(size), cycle(STANCES), strict=False):
        words = [WORDS[(number * 7 + step * 131 + number // 12 * step) % len(WORDS)] + str(number) for step in range(9)]
        own = {"register": "report", **({"trait": "irony"} if number % 3 == 0 else {}), **traits}
        rows.append(
            Statement(
                text(number, words) if text else " ".join(words),
                {"stance": stance(number) if stance else label, "sentiment": ("positive", "neutral")[number % 2]},
                "statement",
                f"topic {number % 5}",
                "x.jsonl",
                number + 1,
                {"stance": (label, label), "sentiment": ("neutral", "neutral")},
                own,
            )
        )
    return Dataset(tuple(rows))


def broken(dataset):
    return [m.name for m in measures(dataset) if not m.kept]


def test_a_sound_corpus_keeps_every_limit():
    """Nothing is told of a corpus without shortcuts."""
    assert broken(corpus()) == []


def test_a_small_corpus_is_not_held_to_limits():
    """Shares of forty rows say nothing; a corpus of one's own is not refused for them."""
    assert measures(corpus(499)) == []


def test_our_own_corpus_keeps_every_limit():
    """The corpus that comes along."""
    found = measures(build_corpus(root()))
    assert len(found) == 9
    assert all(m.kept for m in found)


BREAKING = {
    "statements that share their first three words with another": {
        "text": lambda n, words: " ".join([*([f"opening number {n // 4}"] if n % 2 else words[:3]), *words[3:]])
    },
    "commonest opening": {"text": lambda n, words: " ".join([*(["we will now"] if n < 8 else words[:3]), *words[3:]])},
    "different words in a quarter, half, all of the statements": {
        "text": lambda n, _: " ".join(WORDS[(n * step + n // 8) % 400] for step in (1, 3, 7, 11, 13, 17))
    },
    "largest share of one stance in a topic": {"stance": lambda n: "critical" if n % 5 == 2 else STANCES[n % 4]},
    "hard cases (rows with a trait)": {"register": "quote"},
}


@pytest.mark.parametrize("name", [name for name in BREAKING if not name.startswith("hard")])
def test_a_shortcut_is_seen(name):
    """Each measure tells of the corpus that breaks it, and of no other fault."""
    assert broken(corpus(**BREAKING[name])) == [name]


def test_too_few_hard_cases_and_positives_are_seen():
    """Both are shares of all statements."""
    plain = [
        Statement(s.text, s.labels | {"sentiment": "neutral"}, s.kind, s.group, s.source, s.line, s.readers)
        for s in corpus().statements
    ]
    found = broken(Dataset(tuple(plain)))
    assert {"positive statements", "hard cases (rows with a trait)"} <= set(found)


def test_a_name_that_gives_the_stance_away_is_seen():
    """A country that always threatens tells the stance; one that does all things tells nothing."""
    telling = corpus(text=lambda n, words: " ".join([*words, "in", "Iran" if n % 4 == 0 else "Peru"]))
    fair = corpus(text=lambda n, words: " ".join([*words, "in", "Iran" if n // 4 % 2 else "Peru"]))
    name = "most that a proper name in 15 or more statements tells of the stance"
    assert broken(telling) == [name]
    assert broken(fair) == []


def test_the_information_of_a_name_is_mutual_information():
    """In bits, as scikit-learn gives it in nats."""
    dataset = corpus(text=lambda n, words: " ".join([*words, "near", "Lima" if n % 7 == 0 or n % 4 == 1 else "here"]))
    present = ["Lima" in s.text for s in dataset.statements]
    stances = [s.labels["stance"] for s in dataset.statements]
    expected = mutual_info_score(present, stances) / 0.6931471805599453
    assert name_information(dataset.statements) == {"Lima": pytest.approx(expected)}


def test_names_are_neither_offices_nor_days_nor_openings():
    """A capital at the start of a sentence, an office and a month say nothing of names."""
    dataset = corpus(text=lambda _, words: f"Zanzara {words[0]} met the President on Friday. Zanzara {words[1]} left.")
    assert name_information(dataset.statements) == {}


def test_vocabulary_growth_counts_different_words():
    """In a quarter, half and all of the texts, in an order of its own."""
    assert vocabulary_growth(["one two", "two three", "three four", "four one"]) == [2, 4, 4]


def test_agreement_is_told_by_kind_label_and_topic():
    """Cohen's kappa where it is defined: None where both readers gave one label throughout."""
    rows = corpus(40).statements
    read = agreements(Dataset(rows))
    assert [(a.of, a.rows, a.kappa) for a in read["kind"]] == [("statements", 40, {"stance": 1.0, "sentiment": None})]
    assert [a.of for a in read["topic"]] == [f"topic {n}" for n in range(5)]
    assert {a.of: a.kappa for a in read["label"]}["stance: none"] == {"stance": 1.0}


def test_a_corpus_that_breaks_a_limit_is_refused(runner, tmp_path):
    """``stance build`` prints its table and ends with exit code 1 and a sentence a limit."""
    shutil.copytree(Path(root()) / "seeds", tmp_path / "seeds")
    shutil.copytree(Path(root()) / "data" / "phrases", tmp_path / "data" / "phrases")
    shutil.copy(Path(root()) / "data" / "seed_quotes.jsonl", tmp_path / "data")
    (tmp_path / "data" / "statements").mkdir()
    rows = [
        {"text": s.text, **s.labels, **s.traits, "readers": {head: [label] * 2 for head, label in s.labels.items()}}
        for s in corpus(**BREAKING["commonest opening"]).statements
    ]
    lines = "".join(json.dumps(row) + "\n" for row in rows)
    (tmp_path / "data" / "statements" / "x.jsonl").write_text(lines, "utf-8")
    code, stdout, stderr = runner(tmp_path, "build", "--root", ".")
    assert (code, "not kept" in stdout) == (1, True)
    assert stderr == (
        "commonest opening: “we will now”, 8 statements, the limit is ≤ 3. Reword or add statements until it holds.\n"
    )


def test_build_tells_the_agreement(runner, tmp_path):
    """``--agreement`` adds kappa per kind, label and topic."""
    code, stdout, _ = runner(tmp_path, "build", "--agreement")
    assert code == 0
    assert "Agreement of the two readers (Cohen's kappa)" in stdout
    for shown in ("statements", "sentiment: positive", "wire_acts"):
        assert shown in stdout


def test_a_measure_without_a_limit_is_kept():
    """One that only informs breaks nothing."""
    assert Measure("rows", "5").kept
    assert Counter(m.limit == "" for m in measures(corpus()))[True] <= 1
