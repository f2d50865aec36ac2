"""Closed classes of English words, and the few open ones that decide where a noun phrase begins and ends."""

from __future__ import annotations

from stance.quotes.given_names import GENDERS

PRONOUNS = frozenset("he she they we i it you who".split())


#: Pronouns that stand for one person, with the gender they tell.
GENDERED = {"he": "m", "she": "f"}


DETERMINERS = frozenset(
    """
    the a an this that these those his her their its our my your one two three four five six seven eight nine ten
    some many most several both all another other each every no any few more fewer either neither half dozens
    hundreds thousands
    """.split()
)


ARTICLES = frozenset("the a an this that these those his her their its our my your every no".split())


#: Words that can be a subject on their own.
STANDALONE = frozenset(
    """
    one some many most several both all another others few everyone everybody someone somebody nobody no-one neither
    either two three four five officials critics aides supporters opponents experts analysts lawmakers people
    """.split()
)


PREPOSITIONS = frozenset(
    """
    of in on at for to from with by about against between into through during under over among around near despite
    amid without within since until after before like beyond across behind inside outside upon toward towards via
    per following including regarding concerning citing besides unlike throughout alongside than as along off
    above below
    """.split()
)


CONJUNCTIONS = frozenset(
    """
    that but because while when if although though where whether which whom whose so yet what how why or nor once
    unless whereas whenever wherever then who until as after before since and
    """.split()
)


AUXILIARIES = frozenset(
    """
    is are was were be been being am has have had do does did will would can could may might must shall should
    isn’t aren’t wasn’t weren’t hasn’t haven’t hadn’t don’t doesn’t didn’t won’t wouldn’t can’t couldn’t isn't
    aren't wasn't weren't hasn't haven't hadn't don't doesn't didn't won't wouldn't can't couldn't not cannot
    never
    """.split()
)


BE = frozenset("is are was were be been being am isn’t wasn’t isn't wasn't".split())


CONTRACTED = ("’s", "'s", "’d", "'d", "’ve", "'ve", "’ll", "'ll", "’re", "'re", "’m", "'m")


#: Adverbs that stand between subject and verb or open a sentence; words in -ly are added by rule.
ADVERBS = frozenset(
    """
    also then later now still even just again once often always never soon already further instead indeed ever
    twice there here today yesterday tomorrow perhaps maybe however meanwhile moreover nevertheless nonetheless
    thus therefore afterward afterwards elsewhere first second finally only rather quite sometimes too long since
    simply at-least back well much almost yet so both
    """.split()
)


RELATIVES = frozenset("who whom which that whose where when".split())


DAYS = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday mondays sundays today yesterday tonight tomorrow".split()
)


MONTHS = frozenset(
    """
    january february march april may june july august september october november december jan feb aug sept oct nov
    dec
    """.split()
)


OPENERS = frozenset("but and so yet still or nor plus".split())


WH = frozenset("whether if how why what when where who which".split())


#: Common finite verbs of news that end a subject; -ed words are added by rule.
VERBS = frozenset(
    """
    went came took gave made got saw met won lost held led ran stood sat kept left let brought began became sent
    spent built bought sold fell rose grew drew drove rode flew wore ate spoke broke chose froze woke forgot hid
    bit beat cut put set hit shut quit hurt cost fought sought caught taught goes comes takes gives makes gets
    sees meets wins loses holds leads runs stands sits keeps leaves lets brings begins becomes sends spends builds
    wants needs seems appears looks remains includes follows gave faces plans tries continues works
    """.split()
)


PARTICLES_OF_NAMES = frozenset(
    "de del della la le al bin ibn van von der den da dos di du el ben abu ul y zu ter st".split()
)


_NO_ADVERBS = frozenset(
    """
    family ally rally assembly italy july reply anomaly monopoly bully daily weekly monthly early only supply
    elderly friendly kelly reilly o’reilly o'reilly donnelly connelly connolly kennelly farrelly beverly daly
    healy connally early costly likely
    """.split()
)


def is_adverb(word: str) -> bool:
    """Tell whether a lower-case word is an adverb that may stand between subject and verb."""
    return word in ADVERBS or (word[-2:] == "ly" and len(word) > 4 and word not in _NO_ADVERBS and word not in GENDERS)


def is_verbal(word: str) -> bool:
    """Tell whether a lower-case word is most likely a finite verb or auxiliary."""
    return (
        word in AUXILIARIES
        or word in VERBS
        or (word[-2:] == "ed" and len(word) > 4 and word not in ("united", "hundred", "indeed", "allied"))
    )
