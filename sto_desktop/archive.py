"""Foreign ZIP files and XML: dangerous content is refused before anything is unpacked or followed.

Every user file that is a ZIP (Word, Excel, REFI-QDA, a template) is opened through this module: `exchange` reads their
content, `report` their house style, and neither may depend on the other.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Mapping, Sequence
from functools import partial
from tempfile import NamedTemporaryFile
from typing import TYPE_CHECKING, Any

from sto_desktop.domain.errors import DamagedFileError, ExchangeError
from sto_desktop.language import tr, tr_later
from sto_desktop.own_files import program_folder
from sto_desktop.scratch import lasting

if TYPE_CHECKING:  # slow to import, and most documents need none
    from openpyxl import Workbook

# Limits far above those of any real document, so that a damaged or hostile file can't exhaust memory.
MOST_ENTRIES = 10_000
LARGEST_UNPACKED = 200_000_000
LARGEST_XML = 60_000_000
MOST_NODES = 4_000_000
"""Maximum number of tags and attributes in one XML document: each takes far more memory than the few bytes that it
occupies in the file.
"""
_ENCODINGS = re.compile(rb"utf-?(?:8|16(?:le|be)?)|us-ascii|iso-8859-\d{1,2}|windows-125\d|latin-?1", re.IGNORECASE)
"""Encodings in which a tag begins with "<"; UTF-7 and those of mainframes hide it."""
_DECLARED = re.compile(rb"<\?xml[^>]{0,100}?encoding\s*=\s*[\"']([^\"']*)", re.IGNORECASE)
_BEGINS = (b"<", b"\xef\xbb\xbf<", b"\xff\xfe<\0", b"\xfe\xff\0<", b"<\0", b"\0<")
_UNTOUCHED = tr_later("Er is niets overgenomen.")
# The start of an OLE container, the format of Office before 2007 and of encrypted files.
OLD_OFFICE = b"\xd0\xcf\x11\xe0"
_PACKED = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
"""Compression methods that Office and REFI-QDA files may use (ECMA-376 part 2, annex B)."""
_BROKEN = (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, OSError, ValueError)
"""Exceptions that `zipfile` raises for invalid archives."""


def new_workbook(*, write_only: bool = False) -> Workbook:
    """Return an empty workbook to write.

    openpyxl writes each sheet to a temporary file first. It has no setting for where; here it is a folder that is swept
    should the program be killed, and not that of the system.
    """
    from openpyxl import Workbook
    from openpyxl.worksheet import _writer

    vars(_writer)["NamedTemporaryFile"] = partial(NamedTemporaryFile, dir=lasting(program_folder()))
    return Workbook(write_only=write_only)


def is_archive(content: bytes) -> bool:
    """Return whether a file's content is a ZIP or an old Office file, whatever its name."""
    return content.startswith((b"PK\x03\x04", b"PK\x05\x06", OLD_OFFICE))


def damaged(name: str) -> DamagedFileError:
    """Return the error for a file with invalid content."""
    return DamagedFileError(
        tr("«{name}» is beschadigd en kan niet worden gelezen.", name=name),
        _UNTOUCHED,
        tr("Open het in het programma waar het vandaan komt, bewaar het opnieuw en probeer het nog eens."),
    )


def locked(name: str) -> ExchangeError:
    """Return the error for a file with a password."""
    return ExchangeError(
        tr("«{name}» is beveiligd met een wachtwoord.", name=name),
        _UNTOUCHED,
        tr("Open het in Word of Excel, haal bij Bestand, Info het wachtwoord eraf, bewaar het en probeer het opnieuw."),
    )


def refuse_locked(content: bytes, name: str) -> None:
    """Raise ExchangeError for an Office file with a password."""
    # Office stores an encrypted file as an OLE container with this stream.
    if content.startswith(OLD_OFFICE) and "EncryptedPackage".encode("utf-16-le") in content:
        raise locked(name)


def refuse_old_office(content: bytes, name: str) -> None:
    """Raise ExchangeError for an Office file from before 2007, or one with a password."""
    if not content.startswith(OLD_OFFICE):
        return
    refuse_locked(content, name)
    raise ExchangeError(
        tr("«{name}» heeft de vorm van een oude versie van Office (.doc of .xls).", name=name),
        _UNTOUCHED,
        tr("Open het in Word of Excel, kies Opslaan als, en bewaar het als .docx of .xlsx."),
    )


class Archive:
    """A checked ZIP; `name` is its file name, for messages."""

    def __init__(self, content: bytes, name: str, largest: int = LARGEST_UNPACKED) -> None:
        """Check the directory of a ZIP; `largest`: maximum number of unpacked bytes.

        Raises:
            ExchangeError: it is not a valid ZIP, has a password, names files outside itself, or unpacks too large.
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
        """The names of its files."""
        return [entry for entry in self._zip.namelist() if not entry.endswith("/")]

    def read(self, entry: str) -> bytes | None:
        """Return the content of an entry, None if it is absent. An entry that unpacks to more than its stated size is
        damaged.
        """
        try:
            stated = self._zip.getinfo(entry).file_size
        except KeyError:
            return None
        try:
            with self._zip.open(entry) as stream:
                # Without a limit, zipfile unpacks everything, even if that is far more than the stated size.
                return stream.read(stated + 1)
        except _BROKEN as error:
            raise damaged(self.name) from error

    def parts(self) -> dict[str, bytes]:
        """Return the content of every entry, by name.

        Raises:
            ExchangeError: an entry is damaged, or occurs twice, since programs may read either one.
        """
        entries = self.entries
        # Windows and macOS ignore case: names that differ only in case would overwrite each other.
        if len({entry.lower() for entry in entries}) < len(entries):
            raise damaged(self.name)
        return {entry: self.read(entry) or b"" for entry in entries}

    def repacked(self) -> bytes:
        """Return the same files as an uncompressed ZIP, for programs that would unpack the original without a limit."""
        return packed(self.parts())

    def has_macros(self) -> bool:
        """Return whether an Office file contains macros."""
        types = self.read("[Content_Types].xml") or b""
        return b".macroEnabled" in types or any(
            entry.rpartition("/")[2].lower() == "vbaproject.bin" for entry in self.entries
        )

    def refuse_doctypes(self) -> None:
        """Raise ExchangeError if its XML declares entities or external references, to protect later parsers.

        Each entry is read up to its first element only.
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
                continue  # a picture, or content that its reader will refuse
            except _BROKEN as error:
                raise damaged(self.name) from error


def packed(parts: Mapping[str, bytes]) -> bytes:
    """Return an uncompressed ZIP of files by name."""
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
    # `zipfile` may support more methods, but no valid file uses them.
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


def nodes_in(xml: bytes) -> int:
    """Return the number of tags and attributes in XML, or a few more: a text may hold such signs too."""
    return xml.count(b"<") + xml.count(b"=")


def parse_xml(content: bytes, name: str) -> Any:
    """Return the root of an XML document, without resolving anything on disk or elsewhere.

    Raises:
        ExchangeError: it is too large, invalid, or declares entities.
    """
    from lxml import etree

    declared = _DECLARED.match(content.removeprefix(b"\xef\xbb\xbf"))
    if not content.lstrip().startswith(_BEGINS) or (declared and not _ENCODINGS.fullmatch(declared[1])):
        raise damaged(name)
    # Checked before parsing, since lxml builds the whole tree in memory.
    if len(content) > LARGEST_XML or nodes_in(content) > MOST_NODES:
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
