"""Words that turn, stop or weaken the act that they govern. The lists are our own writing."""

from __future__ import annotations

#: As units.
NEGATORS = frozenset("not never no nor neither without nobody nothing none hardly barely scarcely".split())

#: Verbs and prepositions in their dictionary form; every inflection counts, since units are stems.
SHIFTING_VERBS = tuple(
    """
    refuse reject suspend cancel lift release withdraw halt stop end drop deny scrap ease remove reduce abandon block
    prevent avoid delay postpone reverse repeal waive cut freeze unfreeze resume restore fail refrain avert quit cease
    pause defer dismiss veto oppose condemn denounce criticise criticize reluctant unable against despite instead
    """.split()
)
