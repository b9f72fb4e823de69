"""ZIP files and XML of strangers: what could do harm is refused before anything is unpacked or followed.

Whatever opens a file of a user that is a ZIP (Word, Excel, REFI-QDA, a template) does so through here: `exchange` takes
in what such files say, `report` their house style, and neither may know of the other.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Mapping, Sequence
from typing import Any

from sto_desktop.domain.errors import DamagedFileError, ExchangeError
from sto_desktop.language import tr, tr_later

MOST_ENTRIES = 10_000
LARGEST_UNPACKED = 200_000_000
LARGEST_XML = 60_000_000
MOST_TAGS = 3_000_000
"""Tags in one piece of XML: each costs far more memory than the few bytes in which it can be written."""
_UNTOUCHED = tr_later("Er is niets overgenomen.")
_OLD_OFFICE = b"\xd0\xcf\x11\xe0"
_PACKED = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
"""The ways of packing that files of Office and REFI-QDA may use (ECMA-376 part 2, annex B)."""
_BROKEN = (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, OSError, ValueError)
"""What `zipfile` raises on files that are no sound archive."""


def is_archive(content: bytes) -> bool:
    """Tell whether a file's content is a ZIP or an old Office file, whatever it is called."""
    return content.startswith((b"PK\x03\x04", b"PK\x05\x06", _OLD_OFFICE))


def damaged(name: str) -> DamagedFileError:
    """Return the error for a file that is not what it should be inside."""
    return DamagedFileError(
        tr("«{name}» is beschadigd en kan niet worden gelezen.", name=name),
        _UNTOUCHED,
        tr("Open het in het programma waar het vandaan komt, bewaar het opnieuw en probeer het nog eens."),
    )


def refuse_old_office(content: bytes, name: str) -> None:
    """Raise ExchangeError where a file is an Office file of before 2007, or one behind a password."""
    if not content.startswith(_OLD_OFFICE):
        return
    if "EncryptedPackage".encode("utf-16-le") in content:
        raise ExchangeError(
            tr("«{name}» is beveiligd met een wachtwoord.", name=name),
            _UNTOUCHED,
            tr(
                "Open het in Word of Excel, haal bij Bestand, Info het wachtwoord eraf, bewaar het en "
                "probeer het opnieuw."
            ),
        )
    raise ExchangeError(
        tr("«{name}» heeft de vorm van een oude versie van Office (.doc of .xls).", name=name),
        _UNTOUCHED,
        tr("Open het in Word of Excel, kies Opslaan als, en bewaar het als .docx of .xlsx."),
    )


class Archive:
    """A ZIP that was looked at; `name` is what it is called, for messages."""

    def __init__(self, content: bytes, name: str, largest: int = LARGEST_UNPACKED) -> None:
        """Look at what a ZIP says of itself; `largest` is the most bytes that it may unpack to.

        Raises:
            ExchangeError: it is no sound ZIP, has a password, names files outside itself, or unpacks too large.
        """
        refuse_old_office(content, name)
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(content))
        except _BROKEN as error:
            raise damaged(name) from error
        self.name = name
        _refuse_harm(self._zip.infolist(), name, largest)

    @property
    def entries(self) -> list[str]:
        """The names of the files in it."""
        return [entry for entry in self._zip.namelist() if not entry.endswith("/")]

    def read(self, entry: str) -> bytes | None:
        """Return what is in an entry, None where it is absent; what unpacks to more than it states is damaged."""
        try:
            stated = self._zip.getinfo(entry).file_size
        except KeyError:
            return None
        try:
            with self._zip.open(entry) as stream:
                # Asked for all, zipfile first unpacks all, however much more that is than what the entry states.
                return stream.read(stated + 1)
        except _BROKEN as error:
            raise damaged(self.name) from error

    def parts(self) -> dict[str, bytes]:
        """Return what is in every entry, by its name.

        Raises:
            ExchangeError: an entry is damaged, or there twice, of which programs may read one or the other.
        """
        entries = self.entries
        if len({entry.lower() for entry in entries}) < len(entries):
            raise damaged(self.name)
        return {entry: self.read(entry) or b"" for entry in entries}

    def repacked(self) -> bytes:
        """Return the same files as a plain ZIP, for programs that would unpack the original without a limit."""
        return packed(self.parts())

    def has_macros(self) -> bool:
        """Tell whether a file of Office holds programs."""
        types = self.read("[Content_Types].xml") or b""
        return b".macroEnabled" in types or any(
            entry.rpartition("/")[2].lower() == "vbaproject.bin" for entry in self.entries
        )

    def refuse_doctypes(self) -> None:
        """Raise ExchangeError where XML in it declares entities or refers to elsewhere: for who parses it later.

        No more is read of an entry than its first element.
        """
        from lxml import etree

        for entry in self.entries:
            try:
                with self._zip.open(entry) as stream:
                    heads = etree.iterparse(
                        stream, events=("start",), resolve_entities=False, no_network=True, load_dtd=False
                    )
                    for _, root in heads:
                        _refuse_doctype(root, self.name)
                        break
            except etree.XMLSyntaxError:
                continue  # a picture, or what its reader will refuse
            except _BROKEN as error:
                raise damaged(self.name) from error


def packed(parts: Mapping[str, bytes]) -> bytes:
    """Return a ZIP of files by name, not made smaller."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as made:
        for entry, content in parts.items():
            made.writestr(zipfile.ZipInfo(entry), content)
    return buffer.getvalue()


def _refuse_harm(entries: Sequence[zipfile.ZipInfo], name: str, largest: int) -> None:
    if any(entry.flag_bits & 1 for entry in entries):
        raise ExchangeError(
            tr("«{name}» is een zipbestand met een wachtwoord.", name=name),
            _UNTOUCHED,
            tr("Bewaar het zonder wachtwoord."),
        )
    if any(not _safe(entry.filename) for entry in entries):
        raise ExchangeError(
            tr("«{name}» bevat bestanden met een onveilige naam en wordt niet geopend.", name=name),
            _UNTOUCHED,
            tr("Vraag de afzender om een nieuw bestand."),
        )
    if len(entries) > MOST_ENTRIES or sum(entry.file_size for entry in entries) > largest:
        raise ExchangeError(
            tr("«{name}» wordt bij het uitpakken te groot om in te lezen.", name=name),
            _UNTOUCHED,
            tr("Vraag de afzender om een kleiner bestand, zonder beeld en geluid."),
        )
    if any(entry.compress_type not in _PACKED for entry in entries):
        raise damaged(name)


def _safe(path: str) -> bool:
    parts = path.replace("\\", "/").split("/")
    return bool(path) and not path.startswith(("/", "\\")) and ".." not in parts and ":" not in parts[0]


def _refuse_doctype(root: Any, name: str) -> None:
    if root.getroottree().docinfo.doctype:
        raise ExchangeError(
            tr("«{name}» verwijst naar gegevens buiten zichzelf en wordt niet gelezen.", name=name),
            _UNTOUCHED,
            tr("Vraag de afzender om een bestand dat rechtstreeks uit het andere programma komt."),
        )


def parse_xml(content: bytes, name: str) -> Any:
    """Return the root of an XML document; nothing in it is looked up, on the disk or elsewhere.

    Raises:
        ExchangeError: it is too large, no sound XML, or declares entities.
    """
    from lxml import etree

    if len(content) > LARGEST_XML or content.count(b"<") > MOST_TAGS:
        raise ExchangeError(
            tr("«{name}» is te groot om in te lezen.", name=name), _UNTOUCHED, tr("Vraag om een kleiner bestand.")
        )
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise damaged(name) from error
    _refuse_doctype(root, name)
    return root
