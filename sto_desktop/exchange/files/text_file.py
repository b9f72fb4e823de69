"""Reads text files of any encoding, and writes files whole or not at all."""

from __future__ import annotations

import re
from pathlib import Path

from sto_desktop.domain.errors import ExchangeError, reason
from sto_desktop.exchange.files.encodings import text_of
from sto_desktop.json_text import read_json
from sto_desktop.language import tr, tr_later
from sto_desktop.own_files import open_file, write_whole

LARGEST = 50_000_000
"""Maximum size in bytes, far more than any list of people or notes."""

_KINDS = (
    (b"PK\x03\x04", tr_later("een Word-, Excel- of zipbestand")),
    (b"\xd0\xcf\x11\xe0", tr_later("een oud of beveiligd Office-bestand")),
    (b"%PDF", tr_later("een pdf")),
    (b"SQLite format 3\x00", tr_later("een dossier")),
)
_UNTOUCHED = tr_later("Er is niets overgenomen.")
_MAIL = re.compile(r"(?:(?:[A-Z][\w-]*:.*|[ \t]+.*)\n){3,}", re.MULTILINE)
_MAIL_HEADS = ("mime-version:", "received:", "message-id:")
_CARDS = ("BEGIN:VCALENDAR", "BEGIN:VCARD")


def read_bytes(path: Path) -> bytes:
    """Return the bytes of a file.

    Raises:
        ExchangeError: it can't be read, is empty, or is larger than `LARGEST`.
    """
    name = f"«{path.name}»"
    try:
        if path.stat().st_size > LARGEST:
            raise ExchangeError(
                tr("{name} is te groot om in te lezen.", name=name), _UNTOUCHED, tr("Kies een ander bestand.")
            )
        with open_file(path) as file:
            content = file.read()
    except FileNotFoundError as error:
        raise ExchangeError(
            tr("{name} is niet gevonden.", name=name), _UNTOUCHED, tr("Controleer de naam en de map.")
        ) from error
    except IsADirectoryError as error:
        raise ExchangeError(
            tr("{name} is een map.", name=name), _UNTOUCHED, tr("Kies een bestand in de map.")
        ) from error
    except OSError as error:
        raise ExchangeError(
            tr("{name} kan niet worden gelezen ({reason}).", name=name, reason=reason(error)),
            _UNTOUCHED,
            tr("Sluit het in andere programma's, of kopieer het naar een andere map."),
        ) from error
    if not content:
        raise ExchangeError(tr("{name} is leeg.", name=name), _UNTOUCHED, tr("Kies een ander bestand."))
    return content


def decode(content: bytes, name: str, *, exact: bool = False) -> str:
    """Return the text in a file's bytes, whatever its encoding; see `encodings.text_of`.

    Raises:
        ExchangeError: it is no text.
    """
    kind = tr(next((kind for magic, kind in _KINDS if content.startswith(magic)), ""))
    text = None if kind else text_of(content, exact=exact)
    if text is None:
        raise ExchangeError(
            tr("«{name}» is geen tekst, maar {kind}.", name=name, kind=kind or tr("een ander soort bestand")),
            _UNTOUCHED,
            tr("Bewaar het in het andere programma als tekst en probeer het opnieuw."),
        )
    return text


def refuse_code(text: str, name: str) -> None:
    """Raise ExchangeError for text that only a program reads: its lines are no notes, and nobody's names."""
    start = text.lstrip("\ufeff \r\n\t")
    if start.startswith(("{", "[")):
        try:
            read_json(start)
        except ValueError:
            return
        raise ExchangeError(
            tr("«{name}» bevat gegevens voor een programma (JSON), geen notities.", name=name),
            _UNTOUCHED,
            tr("Is het een leidraad, kies dan in Voorbereiden Leidraad importeren."),
        )
    head = _MAIL.match(start)
    if head and any(line in head[0].casefold() for line in _MAIL_HEADS):
        raise ExchangeError(
            tr("«{name}» is een bewaarde e-mail.", name=name),
            _UNTOUCHED,
            tr("Open de e-mail, kopieer de tekst en plak die in een Word- of tekstbestand; importeer dat."),
        )
    if start.startswith(_CARDS):
        raise ExchangeError(
            tr("«{name}» is een bestand van een agenda of adresboek.", name=name),
            _UNTOUCHED,
            tr("Open het daar, kopieer de namen en plak die bij Panelleden, of typ ze."),
        )


def read_text(path: Path) -> str:
    """Return the text in a file, without its byte order mark.

    Raises:
        ExchangeError: the file can't be read, or is no text.
    """
    return decode(read_bytes(path), path.name)


def write_text(path: Path, text: str, encoding: str = "utf-8") -> None:
    """Write a text file, as `write_bytes` does."""
    write_bytes(path, text.encode(encoding, errors="replace"))


def write_bytes(path: Path, content: bytes) -> None:
    """Write a temporary file beside `path` and rename it, so that no partial file is left.

    Raises:
        ExchangeError: the folder is missing, full or read-only.
    """
    try:
        write_whole(path.resolve(), content)
    except OSError as error:
        raise ExchangeError(
            tr("«{file}» kan niet worden geschreven ({reason}).", file=path.name, reason=reason(error)),
            tr("Het dossier is niet veranderd."),
            tr("Kies een andere map, of sluit het bestand in andere programma's."),
        ) from error
