"""Verbs that report speech: which take a quote, a clause, an addressee, an infinitive.

Knows single word forms, not sentences. The lists are our own; the classes follow the complement patterns of English
grammars (verb + that-clause, verb + noun + that-clause, verb + to-infinitive, verb + noun + as).
"""

from __future__ import annotations

from typing import NamedTuple

_CLAUSE = """
say add note state declare announce argue claim insist warn explain acknowledge admit concede assert contend maintain
stress emphasize emphasise reiterate report reveal disclose predict suggest recall remark observe reply respond answer
joke complain boast confess conclude caution testify affirm confirm allege estimate counter write tweet post agree
repeat lament muse wonder hint propose recommend protest opine posit speculate retort charge brag
swear vow pledge promise theorize surmise reckon comment blog relate rule
deny recount reason advise threaten mention ask demand request imply ponder
""".split()
_ADDRESSEE = "tell inform assure remind warn advise notify ask promise inform brief lecture teach".split()
_QUOTE_ONLY = """
shout yell scream cry chant whisper mutter murmur quip exclaim laugh sigh snap begin interrupt thunder growl deadpan
bark bellow gush rage fume scoff offer continue read implore plead press urge reassure intone proclaim pronounce sing
recite order ruminate marvel grumble gripe enthuse volunteer venture vent elaborate summarize object interject inquire rejoin chuckle
start scold sneer roar chide lecture beg tease crow crack croon declaim rail sniff drawl email e-mail text message
""".split()
_THOUGHT = """
believe think hope fear expect know feel doubt worry realize understand suspect assume learn anticipate figure guess
imagine find show decide discover determine prove dispute calculate
underscore underline guarantee signal indicate demonstrate
""".split()
_INFINITIVE = "promise pledge vow threaten offer agree refuse decline propose swear volunteer".split()
_OBJECT_INFINITIVE = (
    "urge ask tell order advise encourage press warn invite beg implore instruct direct request".split()
)
_LABEL = """
call describe brand label dub term denounce slam blast decry deride characterize characterise criticize criticise praise
thank introduce hail dismiss tout condemn mock accuse cite portray ridicule rip bemoan applaud fault defend welcome
promise invoke reference quote compare caution complain reject oppose demand liken invoke salute credit declare
deem consider blame paint trumpet attribute mention echo extol lambaste scold welcome question challenge laud ascribe
claim offer express voice refer speak talk pronounce pan bash berate disparage lash
""".split()

_PAST = {
    "say": "said",
    "tell": "told",
    "write": "wrote",
    "swear": "swore",
    "think": "thought",
    "know": "knew",
    "feel": "felt",
    "find": "found",
    "understand": "understood",
    "read": "read",
    "sing": "sang",
    "begin": "began",
    "show": "showed",
    "teach": "taught",
    "beg": "begged",
    "quip": "quipped",
    "snap": "snapped",
    "brag": "bragged",
    "admit": "admitted",
    "refer": "referred",
    "blog": "blogged",
    "slam": "slammed",
    "rip": "ripped",
    "plan": "planned",
    "dub": "dubbed",
    "pan": "panned",
    "crow": "crowed",
    "learn": "learned",
    "speak": "spoke",
    "extol": "extolled",
}
_PERFECT = {
    "write": "written",
    "swear": "sworn",
    "know": "known",
    "sing": "sung",
    "begin": "begun",
    "show": "shown",
    "speak": "spoken",
}

#: Verb + particle that together report speech, by the verb's forms.
PARTICLES = {
    **dict.fromkeys(("point", "points", "pointed", "pointing"), ("out",)),
    **dict.fromkeys(("go", "goes", "went", "going"), ("on",)),
    **dict.fromkeys(("make", "makes", "made", "making"), ("clear",)),
    **dict.fromkeys(("put", "puts", "putting"), ("it",)),
    **dict.fromkeys(("fire", "fires", "fired", "shoot", "shoots", "shot"), ("back",)),
    **dict.fromkeys(("chime", "chimes", "chimed"), ("in",)),
}
#: Forms that are as often nouns: they report only when what stands before them can be a subject.
NOUN_FORMS = frozenset(
    """
    report reports claim claims call calls state states note notes answer answers demand demands promise promises pledge
    pledges vow vows tweet tweets post posts remark remarks comment comments hope hopes fear fears charge charges offer
    offers request requests show shows find finds protest protests press order orders doubt doubts estimate estimates
    joke jokes rule rules reason reasons text texts message messages figure figures quote quotes question
    questions challenge challenges praise counter read reads cry cries laugh term terms label labels brand brands
    reference thought thoughts blog blogs email emails signal signals boast boasts threat objects object begin laughs
    crack cracks crow warrants direct mock blame fault credit labels claims refer rail press snap worry worries question
    brief briefs lecture lectures lash dispute disputes
    """.split()
)


class Verb(NamedTuple):
    """A verb form: its lemma, whether it is an -ing form, and what its verb takes."""

    lemma: str
    participle: bool
    quote: bool
    clause: bool
    addressee: bool
    thought: bool
    infinitive: bool
    object_infinitive: bool
    label: bool

    @property
    def speech(self) -> bool:
        """Whether words are spoken or written, not only thought or judged."""
        return self.quote or self.addressee


def _past(lemma: str) -> str:
    if lemma in _PAST:
        return _PAST[lemma]
    if lemma.endswith("e"):
        return lemma + "d"
    return lemma[:-1] + "ied" if _consonant_y(lemma) else lemma + "ed"


def _third(lemma: str) -> str:
    if _consonant_y(lemma):
        return lemma[:-1] + "ies"
    return lemma + ("es" if lemma.endswith(("s", "sh", "ch", "x")) else "s")


def _ing(lemma: str) -> str:
    if lemma.endswith("e") and not lemma.endswith("ee"):
        return lemma[:-1] + "ing"
    past = _PAST.get(lemma, "")
    doubled = past.endswith("ed") and len(past) == len(lemma) + 3
    return lemma + (lemma[-1] if doubled or lemma == "begin" else "") + "ing"


def _consonant_y(lemma: str) -> bool:
    return lemma.endswith("y") and lemma[-2] not in "aeiou"


def _forms() -> dict[str, Verb]:
    sets = [
        set(words) for words in (_CLAUSE, _ADDRESSEE, _QUOTE_ONLY, _THOUGHT, _INFINITIVE, _OBJECT_INFINITIVE, _LABEL)
    ]
    clause, addressee, quote, thought, infinitive, object_infinitive, label = sets
    forms: dict[str, Verb] = {}
    for lemma in sorted(set().union(*sets)):
        traits = (
            lemma in clause or lemma in quote or lemma in addressee,
            lemma in clause or lemma in thought or lemma in addressee,
            lemma in addressee,
            lemma in thought and lemma not in clause,
            lemma in infinitive,
            lemma in object_infinitive,
            lemma in label,
        )
        finite = {lemma, _third(lemma), _past(lemma), _PERFECT.get(lemma, lemma)}
        forms.update(dict.fromkeys(finite, Verb(lemma, False, *traits)))
        forms[_ing(lemma)] = Verb(lemma, True, *traits)
    return forms


#: Every form of every verb above.
FORMS = _forms()
