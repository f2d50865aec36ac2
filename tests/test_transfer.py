"""The temperature is fitted on texts of another kind than those trained on."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from small_corpus import SMALL

from stance.training import TrainingConfig, calibrate, train, transfer
from stance.training.reading import read
from stance.training.workers import Shared

CONFIG = TrainingConfig(folds=3, grid=(4.0,))


def registered(said, told):
    """Give the small corpus with a register on every statement, in turns."""
    statements = tuple(
        replace(s, traits={"register": (said, told)[place % 2]}) if s.kind != "phrase" else s
        for place, s in enumerate(SMALL.statements)
    )
    return replace(SMALL, statements=statements)


@pytest.fixture
def few(monkeypatch):
    """Let one row of a label be enough."""
    monkeypatch.setattr(transfer, "FEWEST", 1)


def scores(dataset, head="stance"):
    return transfer.transfer_scores(Shared(read([s.text for s in dataset.statements]), dataset, CONFIG), head, 4.0)


@pytest.mark.usefixtures("few")
def test_every_statement_is_scored_once_by_the_other_kind():
    """Said by told and told by said; no phrase is scored."""
    found, labels = scores(registered("speech", "headline"))
    assert found.shape == (50, 4)
    assert sorted(labels) == sorted(s.labels["stance"] for s in SMALL.statements if s.kind != "phrase")


@pytest.mark.usefixtures("few")
def test_the_temperature_is_that_of_the_transfer():
    """The head's temperature is the one that these scores ask for, and not that of the left-out groups."""
    dataset = registered("quote", "report")
    found, labels = scores(dataset)
    order = sorted(dataset.heads["stance"])
    expected = calibrate.fit_temperature(found, np.array([order.index(label) for label in labels]))
    assert train(dataset, CONFIG).heads["stance"].temperature == expected
    assert train(SMALL, CONFIG).heads["stance"].temperature != expected


@pytest.mark.usefixtures("few")
@pytest.mark.parametrize(("said", "told"), [("quote", "speech"), ("letter", "diary"), ("report", "report")])
def test_one_kind_alone_transfers_to_nothing(said, told):
    """Without both kinds, or with registers of one's own, there is nothing to fit on."""
    assert scores(registered(said, told)) is None


def test_a_hundred_rows_of_each_label_are_needed():
    """Fifty statements are not enough."""
    assert scores(registered("quote", "report")) is None
