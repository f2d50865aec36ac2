"""Words that hold a sentence together and say nothing about what is done in it. The list is our own writing."""

from __future__ import annotations

from stance.text.tokens import BREAK, units_of

_WORDS = """
a an the this that these those such same other another each every either some any all both few many much more most
several one two three first last next i me my mine myself we us our ours ourselves you your yours yourself he him his
himself she her hers herself it its itself they them their theirs themselves who whom whose which what when where why
how there here then now be am is are was were been being have has had having do does did doing will would shall should
can could may might must ought need let get got go going come came make made take took say says said tell told and or
but nor so if as than though although because since while until unless whether of to in on at by for from with without
about above across after against along among around before behind below beneath beside between beyond down during
except inside into like near off onto out outside over past per through throughout toward towards under up upon via
within not no yes too very also just only even still yet again ever never always often already almost quite rather
well back away mr mrs ms dr sir madam etc eg ie vs ok okay oh ah um hello hi vol no pp
"""

#: Written with a capital inside a sentence too (a full stop lost, an emphatic "NOT"), but names all the same.
_ALSO_NAMES = frozenset("us may will who it al".split())
NEVER_NAMES = frozenset(_WORDS.split()) - _ALSO_NAMES

#: As units.
FUNCTION_WORDS = frozenset(unit for word in _WORDS.split() for unit in units_of(word) if unit is not BREAK)
