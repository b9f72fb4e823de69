"""Writes Word files: reproducible ZIP archives, which replace the target whole or not at all."""

from __future__ import annotations

import errno
import io
import os
import zipfile
from collections.abc import Mapping
from pathlib import Path

from sto_desktop.domain.errors import reason
from sto_desktop.language import tr
from sto_desktop.own_files import write_whole
from sto_desktop.report.blocks.errors import ReportError

# The earliest date that a ZIP can hold: the real one would make the bytes differ.
_ZIP_DATE = (1980, 1, 1, 0, 0, 0)
_CONTENT_TYPES = "[Content_Types].xml"
# The user waits while the file is written, and level 6 takes twice as long as level 3 here.
_COMPRESSION_LEVEL = 3


def _place(name: str) -> tuple[bool, bool, str]:
    # By convention the content types come first, then the package relations; the rest is sorted by name.
    return name != _CONTENT_TYPES, not name.startswith("_rels/"), name


def zip_parts(parts: Mapping[str, bytes]) -> bytes:
    """Return a ZIP of parts by name; the same parts give the same bytes at any time, on any system."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=_COMPRESSION_LEVEL) as archive:
        for name in sorted(parts, key=_place):
            info = zipfile.ZipInfo(name, _ZIP_DATE)
            info.compress_type = zipfile.ZIP_DEFLATED
            # Fixed values: the platform's own would make the bytes differ.
            info.create_system = 0
            info.external_attr = 0
            archive.writestr(info, parts[name])
    return buffer.getvalue()


def replace_file(target: Path, data: bytes) -> None:
    """Write a file next to `target`, sync it and rename it over `target`.

    Raises ReportError if that fails; an existing file at `target` is then untouched.
    """
    try:
        if target.exists() and not target.is_file():
            raise IsADirectoryError(errno.EISDIR, tr("geen bestand"))
        write_whole(target, data)
    except OSError as error:
        raise write_error(target, error) from error


def write_error(target: Path, error: OSError) -> ReportError:
    """Return the error, in Dutch: why a file could not be written, and what to do instead."""
    free_path = another_name(target)
    unchanged = tr("Het dossier is niet veranderd en aan het bestaande bestand is niets gewijzigd.")
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        return ReportError(
            tr("De map {parent} bestaat niet (meer).", parent=target.parent), unchanged, tr("Kies een andere map.")
        )
    if isinstance(error, IsADirectoryError):
        happened = tr("{target} is een map of een apparaat, geen bestand.", target=target)
        return ReportError(happened, unchanged, tr("Kies een andere naam, bijvoorbeeld {name}.", name=free_path.name))
    if isinstance(error, PermissionError):
        return ReportError(
            tr(
                "{file} kan niet worden geschreven: het is open in een ander programma, bijvoorbeeld "
                "Word, of u mag niet schrijven in {parent}.",
                file=target.name,
                parent=target.parent,
            ),
            unchanged,
            tr(
                "Sluit het daar, of bewaar het verslag onder een andere naam, bijvoorbeeld {name}.", name=free_path.name
            ),
        )
    return ReportError(
        tr("{file} kan niet worden geschreven ({reason}).", file=target.name, reason=reason(error)),
        unchanged,
        tr("Bewaar het verslag op een andere plek of onder een andere naam, bijvoorbeeld {name}.", name=free_path.name),
    )


def another_name(target: Path) -> Path:
    """Return a free name in the folder of `target`: "verslag (2).docx"."""
    number = 2
    while True:
        candidate = target.with_name(f"{target.stem} ({number}){target.suffix}")
        if not os.path.lexists(candidate):
            return candidate
        number += 1
