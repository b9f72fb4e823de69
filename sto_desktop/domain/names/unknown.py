"""Finds names behind an @ that are nobody's: of another program's file, or of a colleague who knows more people.

Whoever typed an @ meant a person; only who is meant is unknown. In which case a name is written says nothing here.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from sto_desktop.domain.capture.language import Captured, newcomer
from sto_desktop.domain.model import Panelist
from sto_desktop.domain.names.grades import Grade, NameForm
from sto_desktop.domain.names.mentions import Mention
from sto_desktop.domain.names.ordinary_words import is_rather_a_word
from sto_desktop.domain.people import EVERYBODY, fold, is_particle
from sto_desktop.patterns import lazy_re

_SURNAME = r"(?:[ \u00a0](?i:van|de|der|den|ten|ter|te|’t|'t))*[ \u00a0][A-ZÀ-ÖØ-Þ][^\W\d_’'-]+(?:-[^\W\d_]+)?"
# "@Wietske van Dam" is a name in full; in lower case nothing tells a surname from the next word.
_AT = lazy_re(rf"(?<![\w@.:/#+-])@(?P<name>[^\W\d_](?:[\w.’'-]*\w)?)(?P<rest>(?<=[^\W_]){_SURNAME})?")
_POSSESSIVE = lazy_re("['’]s$")


def unknown_in(text: str) -> tuple[Mention, ...]:
    """Return the names behind an @ in a text, in order, whoever they are."""
    return tuple(_mentions(match) for match in _AT.finditer(text) if fold(match["name"]) != EVERYBODY)


def _mentions(match: re.Match[str]) -> Mention:
    end = match.end()
    if not match["rest"] and (owns := _POSSESSIVE.search(match["name"])):
        end -= len(owns[0])
    name = match.string[match.start() + 1 : end]
    return Mention(match.start(), end, name, NameForm.UNKNOWN, (), grade=Grade.LIKELY)


def newcomer_in(captured: Captured, panelists: Sequence[Panelist]) -> str:
    """Return the name after an `@` that no member has, with the surname behind it: "@Piet Jansen wil een bus"; empty if
    there is none. A word with a capital that is no name begins what was said: "@Piet Ouders weten het niet".
    """
    name = newcomer(captured, panelists)
    for mention in unknown_in(captured.text) if name else ():
        first, *surname = mention.name.split()
        if not surname or fold(first) != fold(name) or is_particle(surname[-1]):
            continue
        if is_particle(surname[0]) or not is_rather_a_word(fold(surname[-1])):
            return f"{name} {' '.join(surname)}"
    return name
