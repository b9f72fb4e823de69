"""Translation of visible text: one `tr` for window, documents and commands, on gettext catalogues. Dutch is the source.

Catalogues are in resources/translations, one folder per language; there is none yet. This module does not import Qt, so
that the domain and the documents can use it too.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Protocol

from sto_desktop.resources import resource

SOURCE = "nl"
"""The language of the source texts, which needs no catalogue."""

DOMAIN = "sto"
"""Name of the catalogues: resources/translations/LANGUAGE/LC_MESSAGES/sto.mo."""

TRANSLATIONS = resource("translations")


class _Catalogue(Protocol):
    def gettext(self, message: str) -> str: ...
    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str: ...


class _Spoken:
    """The current language: global to the process, as in gettext itself."""

    catalogue: _Catalogue | None = None


def speak(language: str, folder: Path = TRANSLATIONS) -> bool:
    """Switch to a language; False, and Dutch, if there is no catalogue for it."""
    # Dutch is the fallback as long as no catalogue is loaded.
    _Spoken.catalogue = None
    if language == SOURCE:
        return True
    import gettext  # Dutch needs none of it

    try:
        _Spoken.catalogue = gettext.translation(DOMAIN, folder, [language])
    except OSError:
        return False
    return True


def available_languages(folder: Path = TRANSLATIONS) -> tuple[str, ...]:
    """Return the codes of the available languages: Dutch, and those with a compiled catalogue."""
    return (SOURCE, *sorted(file.parts[-3] for file in folder.glob(f"*/LC_MESSAGES/{DOMAIN}.mo")))


def tr(text: str, /, **values: object) -> str:
    """Return `text` in the current language; `values` fill its `{names}`."""
    # For an empty text gettext returns the catalogue's header.
    translated = _Spoken.catalogue.gettext(text) if text and _Spoken.catalogue else text
    return translated.format(**values) if values else translated


def tr_later(text: str) -> str:
    """Return a source text unchanged, marked for the catalogues: `tr` translates it where it is shown."""
    return text


def forms(one: str, many: str) -> tuple[str, str]:
    """Return the two forms of a source text for `counted`, marked for the catalogues."""
    return one, many


def plural(count: int, one: str, many: str) -> str:
    """Return the form of a source text for `count`, with its `{n}` unfilled."""
    if _Spoken.catalogue is None:
        return one if count == 1 else many
    return _Spoken.catalogue.ngettext(one, many, count)


def counted(count: int, one: str, many: str, /, **values: object) -> str:
    """Return "1 notitie" or "3 notities": `one` and `many` are source texts with `{n}` for the number.

    `values` fill their other `{names}`.
    """
    return plural(count, one, many).format(n=count, **values)


def listed(parts: Iterable[str], *, alternatives: bool = False) -> str:
    """Return "a, b en c", or "a, b of c" for alternatives; empty parts are left out."""
    words = [part for part in parts if part]
    if len(words) < 2:
        return "".join(words)
    first, last = ", ".join(words[:-1]), words[-1]
    if alternatives:
        return tr("{first} of {last}", first=first, last=last)
    return tr("{first} en {last}", first=first, last=last)
