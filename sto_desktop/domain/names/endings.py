"""What letters behind a name make of it: a diminutive, a plural or a possessive of the name, or another word."""

from __future__ import annotations

import re

from sto_desktop.domain.names.context import AROUND, DETERMINED, begins_sentence, particles_before
from sto_desktop.domain.names.grades import NameForm
from sto_desktop.domain.names.ordinary_words import ORDINARY, is_listed, is_word
from sto_desktop.domain.people import fold, without_particles
from sto_desktop.patterns import lazy_re

_SHORTEST_GROWN = 3
"""Minimum letters of a name with a plural or southern ending, and with any that makes a word: "beetje" is no Bé."""
_PLURAL = "en"
VOWEL_AT_END = lazy_re("[aeiouy]$")
GROWN = rf"(?i:(?:[bdfgklmnprst]?et|[aou]?t|[epk])?jes?|s?kes?|[bdfgklmnprst]?ie|[bdfgklmnprst]?{_PLURAL})"
"""Endings that may be attached to a name: a diminutive ("Jannetje", "Evaatje", "Sjefke"), a plural ("de Vriesen")."""
_DIMINUTIVE = lazy_re("jes?$")
_SOUTHERN = ("ke", "ske")


def is_another_word(match: re.Match[str], form: NameForm) -> bool:
    """Return whether a name with letters attached is another word or name: "Bo" in "bos"."""
    if match["grown"] is None and match["whose"] is None:
        return False
    whole, name = fold(match[0]), fold(match["name"])
    grown, possessive = fold(match["grown"] or ""), fold(match["whose"] or "")
    if grown:
        plural, short = grown.endswith(_PLURAL), len(name) < _SHORTEST_GROWN
        if grown.removesuffix("s") in _SOUTHERN:
            # "Lieske" (from Lies) is a name of its own, and "marke" (from Mar) a word.
            listed = is_word(whole, compound=False) or is_listed(whole.removesuffix("s").capitalize())
            return listed or form is not NameForm.FIRST or short
        # "Jannetje" and "Evaatje" repeat the last letter.
        if re.sub(rf"(?:(?:e?t)?jes?|ie|{_PLURAL})$", "", grown) not in ("", "e", "p", "k", name[-1]):
            return True
        half = form is NameForm.PART and not is_word(name, compound=False)  # "Willempje", of Jan Willem
        if not half and form not in ((NameForm.SURNAME, NameForm.FIRST) if plural else (NameForm.FIRST,)):
            return True
        if (short and _is_of_a_word(name, grown)) or (plural and (short or _is_no_plural(match, whole))):
            return True
    return (grown != "" or possessive == "s") and whole in ORDINARY and not is_a_family(match)


def _is_of_a_word(name: str, grown: str) -> bool:
    """Return whether a name of two letters with an ending can only be a word: "beetje" and "pakje", with Bé and Pa."""
    whole = name + grown
    larger = _DIMINUTIVE.sub("", whole)
    # A vowel has a "t" behind it: "botje" and "bootje" may be Bo.
    misfit = VOWEL_AT_END.search(name) is not None and not re.match("[aou]?t", grown)
    return larger == whole or (misfit and larger != name and is_word(larger, compound=False))


def larger_of(match: re.Match[str]) -> str:
    """Return the folded name of a match with an ending; if it has two letters, the word that may be made smaller there:
    "bot" of "botje", with Bo.
    """
    name = fold(without_particles(match["name"]))
    return _DIMINUTIVE.sub("", fold(match["name"] + match["grown"])) if len(name) < _SHORTEST_GROWN else name


def is_rare_word(match: re.Match[str]) -> bool:
    """Return whether a name of two letters made smaller is a word that notes rarely hold, by its article or plural:
    "een abtje", with Ab.
    """
    larger, name = larger_of(match), fold(match["name"])
    if larger == name or not is_listed(larger):
        return False
    before = match.string[max(0, match.start() - AROUND) : match.start()]
    return match["grown"].endswith(("s", "S")) or DETERMINED.search(before) is not None


def is_a_family(match: re.Match[str]) -> bool:
    """Return whether an article stands before a plural with a capital of its own: "de Vriesen", "de Kamers"."""
    capital = match["name"].split()[-1][:1].isupper()
    begin = particles_before(match.string, match.start())
    article = begin < match.start() or " " in match["name"]
    several = fold(match["grown"] or "").endswith(_PLURAL) or fold(match["whose"] or "") == "s"
    return several and capital and article and not begins_sentence(match.string, begin)


def _is_no_plural(match: re.Match[str], whole: str) -> bool:
    """Return whether a name with a plural ending is really a word: "samen" (from Sam), also if it starts a sentence."""
    return (
        match["name"].islower()
        or match[0].isupper()
        or (begins_sentence(match.string, match.start()) and is_word(whole))
    )
