"""Looks for a planted word in every file of a folder: as text in UTF-8 and UTF-16, and inside ZIP and PDF streams."""

from __future__ import annotations

import contextlib
import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

_STREAM = re.compile(rb"stream\r?\n(.*?)endstream", re.DOTALL)


def holding(word: str, *places: Path) -> list[str]:
    """Return the files in these folders that hold a word."""
    forms = [word.encode(), word.encode("utf-16-le"), word.encode("utf-16-be")]
    files = sorted(file for place in places for file in place.rglob("*") if file.is_file())
    return [str(file) for file in files if any(form in part for part in _parts(file.read_bytes()) for form in forms)]


def _parts(content: bytes) -> Iterator[bytes]:
    yield content
    if content.startswith(b"PK"):
        with contextlib.suppress(zipfile.BadZipFile), zipfile.ZipFile(io.BytesIO(content)) as packed:
            for name in packed.namelist():
                yield from _parts(packed.read(name))
    if content.startswith(b"%PDF"):
        for stream in _STREAM.findall(content):
            with contextlib.suppress(zlib.error):
                yield zlib.decompress(stream)
