"""Take English inflections off a word, so that "threatened" and "threatens" are one term.

Only inflection (plural, past, participle, -ing) goes; derivation stays, because "threat" in a headline and
"threaten" in a sentence are learnt apart well enough, while a full stemmer joins words of different stance
("general"/"generate", "organ"/"organisation" under Porter's rules). The steps are those of step 1 of
M. F. Porter, "An algorithm for suffix stripping", Program 14(3), 1980, with a final "e" always dropped in place
of Porter's restoration rules, and a table for the irregular verbs of this field.
"""

from __future__ import annotations

IRREGULAR = {
    form: stem
    for stem, forms in {
        "be": "am is are was were been being",
        "have": "has had having",
        "do": "does did done doing",
        "begin": "began begun",
        "break": "broke broken",
        "bring": "brought",
        "build": "built",
        "buy": "bought",
        "catch": "caught",
        "come": "came",
        "cut": "cuts cutting",
        "deal": "dealt",
        "draw": "drew drawn",
        "drive": "drove driven",
        "feel": "felt",
        "fight": "fought",
        "find": "found",
        "flee": "fled",
        "forget": "forgot forgotten",
        "forgiv": "forgave forgiven",
        "get": "got gotten getting",
        "giv": "gave given",
        "go": "went gone goes",
        "grow": "grew grown",
        "hang": "hung",
        "hear": "heard",
        "hit": "hits hitting",
        "hold": "held",
        "keep": "kept",
        "know": "knew known",
        "lead": "led",
        "leav": "left",
        "lend": "lent",
        "los": "lost",
        "mak": "made",
        "mean": "meant",
        "meet": "met",
        "pay": "paid",
        "put": "puts putting",
        "ris": "rose risen",
        "run": "ran running",
        "say": "said says",
        "see": "saw seen",
        "seek": "sought",
        "sell": "sold",
        "send": "sent",
        "shak": "shook shaken",
        "shoot": "shot",
        "sink": "sank sunk",
        "sit": "sat sitting",
        "speak": "spoke spoken",
        "spend": "spent",
        "stand": "stood",
        "steal": "stole stolen",
        "strik": "struck stricken",
        "swear": "swore sworn",
        "tak": "took taken",
        "teach": "taught",
        "tell": "told",
        "think": "thought",
        "throw": "threw thrown",
        "win": "won winning",
        "withdraw": "withdrew withdrawn",
        "writ": "wrote written",
        # Dropping the "e" would make another word of these.
        "use": "uses used using",
        "die": "dies died dying",
        "lie": "lies lied lying",
        "tie": "ties tied tying",
        "note": "notes noted noting",
        "none": "none",
        "here": "here",
        "hate": "hates hated hating",
        "hope": "hopes hoped hoping",
        "care": "cares cared caring",
        "rate": "rates rated rating",
        "scare": "scares scared scaring",
        "plane": "planes",
        "site": "sites",
        "fate": "fates",
        "wine": "wines",
        "child": "children",
        "man": "men",
        "woman": "women",
        "crisi": "crises",
    }.items()
    for form in (stem, *forms.split())
}

#: Words that only look inflected.
UNCHANGED = frozenset(
    """
    this thus us as is was has his its always perhaps across business congress progress press process access less
    unless pass cross loss class mass success illness news series species politics ethics physics mathematics gas
    bus virus crisis basis thesis analysis plus status campus corps abuse during nothing something anything
    everything morning evening string spring king ring thing bring sing wing sting being red bed need feed seed
    speed deed indeed bleed breed freed exceed proceed succeed hundred sacred naked wicked embed
    """.split()
)

_VOWELS = frozenset("aeiouy")


def stem(word: str) -> str:
    """Take the inflection off one lower-case word.

    Parameters
    ----------
    word : lower-case, non-empty

    Returns
    -------
    str
        The stem, at least two characters long for words of three or more; words that are not English come
        back as they are or without an English-looking ending.

    Examples
    --------
    >>> [stem(w) for w in ("threatened", "threatens", "threatening", "withdrew", "invading", "invade")]
    ['threaten', 'threaten', 'threaten', 'withdraw', 'invad', 'invad']
    """
    irregular = IRREGULAR.get(word)
    if irregular is not None:
        return irregular
    if len(word) <= 3 or word in UNCHANGED:
        return word
    return _drop_e(_drop_past_or_ing(_drop_plural(word)))


def _drop_plural(word: str) -> str:
    if not word.endswith("s") or word.endswith(("ss", "us", "is")):
        return word
    if word.endswith("ies"):
        return word[:-3] + "y" if len(word) > 4 else word[:-1]
    if word.endswith(("sses", "shes", "ches", "xes", "zes")):
        return word[:-2]
    return word[:-1]


def _drop_past_or_ing(word: str) -> str:
    if word in UNCHANGED:
        return word
    if word.endswith("ied") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith("eed"):  # agreed, but greed
        return word if _VOWELS.isdisjoint(word[:-3]) else word[:-1]
    for ending in ("ed", "ing"):
        if word.endswith(ending):
            body = word[: -len(ending)]
            if len(body) >= 2 and not _VOWELS.isdisjoint(body):
                return _undouble(body)
    return word


def _undouble(body: str) -> str:
    if len(body) > 3 and body[-1] == body[-2] and body[-1] in "bdgmnprt":
        return body[:-1]
    return body


def _drop_e(word: str) -> str:
    return word[:-1] if len(word) > 3 and word.endswith("e") else word
