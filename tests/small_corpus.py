"""A small corpus of our own writing, for tests that need a trained model in a tenth of a second.

Fifty statements in six groups and six phrases, with the things that make numbers go wrong: repeated words, negated
places, contractions, letters whose compatibility form holds a space, other scripts.
"""

from __future__ import annotations

from stance.dataset import Dataset
from stance.records import Statement

_TALKS, _BORDER, _TRADE, _COUNCIL, _PRESS, _AGENDA = "talks", "border", "trade", "council", "press", "agenda"

_ROWS = [
    (_TALKS, "diplomatic", "positive", "We welcome the talks, and we will sign the peace agreement."),
    (_TALKS, "diplomatic", "positive", "Peace is near; we thank Norway for the peace it helped to make."),
    (_TALKS, "diplomatic", "neutral", "Our delegation will meet theirs again and offer a ceasefire."),
    (_TALKS, "diplomatic", "neutral", "They agreed to open the road and to talk."),
    (_TALKS, "critical", "negative", "They have broken every promise they made at the talks."),
    (_TALKS, "critical", "negative", "It is a shameful failure, and we condemn it."),
    (_TALKS, "escalatory", "negative", "If the talks fail, we will attack."),
    (_TALKS, "none", "neutral", "The talks are held in Geneva on Monday."),
    (_TALKS, "none", "neutral", "Twelve delegates sat in the hall."),
    (_BORDER, "escalatory", "negative", "Our troops crossed the border and shelled the village."),
    (_BORDER, "escalatory", "negative", "We will strike, strike, strike until they leave."),
    (_BORDER, "escalatory", "negative", "Iran will not stop us: our missiles will answer with force."),
    (_BORDER, "escalatory", "neutral", "The army deployed tanks along the border."),
    (_BORDER, "diplomatic", "positive", "Both sides agreed to withdraw, and we welcome it."),
    (_BORDER, "diplomatic", "neutral", "We won't attack; we offer to withdraw our troops."),
    (_BORDER, "critical", "negative", "Shelling a village is a crime that we condemn."),
    (_BORDER, "none", "neutral", "The border is 300 kilometres long."),
    (_BORDER, "none", "neutral", "It rained on the border road."),
    (_TRADE, "escalatory", "negative", "We will impose sanctions and freeze every account."),
    (_TRADE, "escalatory", "negative", "Their banks are banned and their ships seized."),
    (_TRADE, "escalatory", "neutral", "Sanctions on China, sanctions on Russia, sanctions on all."),
    (_TRADE, "diplomatic", "positive", "We are happy to lift the sanctions and to help."),
    (_TRADE, "diplomatic", "neutral", "They offered to lower the tariff."),
    (_TRADE, "critical", "negative", "The tariff is unfair, and the minister was wrong."),
    (_TRADE, "critical", "negative", "We reject the claim; it is false and shameful."),
    (_TRADE, "none", "neutral", "Trade was worth 40 billion last year."),
    (_TRADE, "none", "positive", "A good year for the harvest, the farmers said."),
    (_COUNCIL, "critical", "negative", "The Council did not act, and that is wrong."),
    (_COUNCIL, "critical", "negative", "We condemn the crime; we condemn the silence."),
    (_COUNCIL, "critical", "neutral", "My delegation cannot accept the false claim."),
    (_COUNCIL, "diplomatic", "positive", "We thank the envoy and support his good work for peace."),
    (_COUNCIL, "diplomatic", "positive", "Ghana is happy to help and welcomes the offer."),
    (_COUNCIL, "escalatory", "negative", "Whoever attacks us will be met with force."),
    (_COUNCIL, "none", "neutral", "The meeting was called to order at 10 a.m."),
    (_COUNCIL, "none", "neutral", "The next speaker is the envoy of Peru."),
    (_PRESS, "critical", "negative", "She said Tillerson was wrong, wrong, wrong."),
    (_PRESS, "critical", "negative", "Nobody believes the shameful promise of Mr. Lindt."),
    (_PRESS, "diplomatic", "positive", "Good neighbours help; we will never attack Ghana."),
    (_PRESS, "diplomatic", "neutral", "The minister offered to meet Moreau."),
    (_PRESS, "escalatory", "negative", "They seized the envoy and threatened to strike."),
    (_PRESS, "escalatory", "negative", "We'll freeze them out and send the army."),
    (_PRESS, "none", "neutral", "Moreau sat in the front row."),
    (_PRESS, "none", "positive", "A happy crowd and a good match."),
    (_AGENDA, "none", "neutral", "Item ͺ of the agenda, ﷺ, was read out ⑴ by the clerk."),
    (_AGENDA, "none", "neutral", "The clerk read item ½ of the ﬁrst agenda."),
    (_AGENDA, "none", "neutral", "会議 は Monday に ends; Sitzungsprotokoll straße."),
    (_AGENDA, "critical", "negative", "The agenda is a shameful failure."),
    (_AGENDA, "diplomatic", "positive", "We support the agenda and welcome the offer to talk."),
    (_AGENDA, "escalatory", "negative", "If the agenda isn’t met, we will strike."),
    (_AGENDA, "critical", "neutral", "We don’t accept the agenda; it’s false."),
]

_PHRASES = [
    ("escalatory", "negative", "answer with force"),
    ("escalatory", "negative", "threatened to invade"),
    ("diplomatic", "positive", "welcome the talks"),
    ("diplomatic", "neutral", "agreed to withdraw"),
    ("critical", "negative", "don't accept"),
    ("none", "neutral", "called to order"),
]

STATEMENTS = tuple(
    Statement(text, {"stance": stance, "sentiment": sentiment}, "statement", group, "small.jsonl", line)
    for line, (group, stance, sentiment, text) in enumerate(_ROWS, start=1)
)
PHRASES = tuple(
    Statement(text, {"stance": stance, "sentiment": sentiment}, "phrase", "acts", "phrases.jsonl", line)
    for line, (stance, sentiment, text) in enumerate(_PHRASES, start=1)
)
SMALL = Dataset(STATEMENTS + PHRASES)

_ELSEWHERE = [
    ("sport", "none", "positive", "The striker crushed the visitors with three goals."),
    ("sport", "none", "negative", "They lost the battle in the midfield and the cup with it."),
    ("sport", "none", "neutral", "The match starts at noon on Monday."),
    ("sport", "none", "positive", "We attack from the first minute, says the coach."),
    ("kitchen", "none", "neutral", "Whisk the eggs and fold in the flour."),
    ("kitchen", "none", "negative", "The soup was cold and the waiter was rude."),
    ("kitchen", "none", "positive", "A warm loaf and fresh butter are all it takes."),
    ("kitchen", "none", "neutral", "Simmer the beans until the skins break."),
]
#: With statements of other worlds, so that there is a gate before the stance.
GATED = Dataset(
    STATEMENTS
    + tuple(
        Statement(
            text,
            {"stance": stance, "sentiment": sentiment},
            "statement",
            group,
            "other.jsonl",
            line,
            traits={"trait": "off_topic"},
        )
        for line, (group, stance, sentiment, text) in enumerate(_ELSEWHERE, start=1)
    )
    + PHRASES
)


def relabelled(**heads: dict[str, str]) -> Dataset:
    """Give the small corpus with only these heads, each label replaced by another.

    Parameters
    ----------
    heads : head to old label to new label; rows of an old label that is not named lose that head
    """
    statements = []
    for s in SMALL.statements:
        labels = {head: new[s.labels[head]] for head, new in heads.items() if s.labels[head] in new}
        statements.append(Statement(s.text, labels, s.kind, s.group, s.source, s.line))
    return Dataset(tuple(statements))
