"""ZIP files and XML of strangers: what could do harm is refused before anything is unpacked or followed."""

from __future__ import annotations

import io
import zipfile
import zlib
from typing import Any

from sto_desktop.domain.errors import ExchangeError

MOST_ENTRIES = 10_000
LARGEST_UNPACKED = 200_000_000
LARGEST_XML = 60_000_000
_UNTOUCHED = "Er is niets overgenomen."
_OLD_OFFICE = b"\xd0\xcf\x11\xe0"
_BROKEN = (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, OSError, ValueError)
"""What `zipfile` raises on files that are no sound archive."""


def is_archive(content: bytes) -> bool:
    """Tell whether a file's content is a ZIP or an old Office file, whatever it is called."""
    return content.startswith((b"PK\x03\x04", b"PK\x05\x06", _OLD_OFFICE))


def damaged(name: str) -> ExchangeError:
    """Return the error for a file that is not what it should be inside."""
    return ExchangeError(
        f"«{name}» is beschadigd en kan niet worden gelezen.",
        _UNTOUCHED,
        "Open het in het programma waar het vandaan komt, bewaar het opnieuw en probeer het nog eens.",
    )


def refuse_old_office(content: bytes, name: str) -> None:
    """Raise ExchangeError where a file is an Office file of before 2007, or one behind a password."""
    if not content.startswith(_OLD_OFFICE):
        return
    if "EncryptedPackage".encode("utf-16-le") in content:
        raise ExchangeError(
            f"«{name}» is beveiligd met een wachtwoord.",
            _UNTOUCHED,
            "Open het in Word of Excel, haal bij Bestand, Info het wachtwoord eraf, bewaar het en probeer het opnieuw.",
        )
    raise ExchangeError(
        f"«{name}» heeft de vorm van een oude versie van Office (.doc of .xls).",
        _UNTOUCHED,
        "Open het in Word of Excel, kies Opslaan als, en bewaar het als .docx of .xlsx.",
    )


def open_archive(content: bytes, name: str) -> zipfile.ZipFile:
    """Return a ZIP whose entries may be read with `entry_of`.

    Raises:
        ExchangeError: it is no sound ZIP, has a password, names files outside itself, or unpacks too large.
    """
    refuse_old_office(content, name)
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
    except _BROKEN as error:
        raise damaged(name) from error
    entries = archive.infolist()
    if any(entry.flag_bits & 1 for entry in entries):
        raise ExchangeError(
            f"«{name}» is een zipbestand met een wachtwoord.", _UNTOUCHED, "Bewaar het zonder wachtwoord."
        )
    if any(not _safe(entry.filename) for entry in entries):
        raise ExchangeError(
            f"«{name}» bevat bestanden met een onveilige naam en wordt niet geopend.",
            _UNTOUCHED,
            "Vraag de afzender om een nieuw bestand.",
        )
    if len(entries) > MOST_ENTRIES or sum(entry.file_size for entry in entries) > LARGEST_UNPACKED:
        raise ExchangeError(
            f"«{name}» wordt bij het uitpakken te groot om in te lezen.",
            _UNTOUCHED,
            "Vraag de afzender om een kleiner bestand, zonder beeld en geluid.",
        )
    return archive


def _safe(path: str) -> bool:
    parts = path.replace("\\", "/").split("/")
    return bool(path) and not path.startswith(("/", "\\")) and ".." not in parts and ":" not in parts[0]


def entry_of(archive: zipfile.ZipFile, entry: str, name: str) -> bytes | None:
    """Return what is in an entry, None where it is absent; what unpacks to more than it states is damaged."""
    try:
        return archive.read(entry)
    except KeyError:
        return None
    except _BROKEN as error:
        raise damaged(name) from error


def parse_xml(content: bytes, name: str) -> Any:
    """Return the root of an XML document; nothing in it is looked up, on the disk or elsewhere.

    Raises:
        ExchangeError: it is too large, no sound XML, or declares entities.
    """
    from lxml import etree

    if len(content) > LARGEST_XML:
        raise ExchangeError(f"«{name}» is te groot om in te lezen.", _UNTOUCHED, "Vraag om een kleiner bestand.")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise damaged(name) from error
    tree: Any = root.getroottree()
    if tree.docinfo.doctype:
        raise ExchangeError(
            f"«{name}» verwijst naar gegevens buiten zichzelf en wordt niet gelezen.",
            _UNTOUCHED,
            "Vraag de afzender om een bestand dat rechtstreeks uit het andere programma komt.",
        )
    return root
