"""ZIP files that state false sizes, for tests."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib


def that_unpacks_to_more_than_it_states(content: bytes, entry: str, stated: int = 10) -> bytes:
    """Return a ZIP with one entry that states a few bytes, with the checksum of those, but unpacks to far more."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        at = archive.getinfo(entry).header_offset
        begin = zlib.crc32(archive.read(entry)[:stated])
    changed = bytearray(content)
    struct.pack_into("<L", changed, at + 14, begin)
    struct.pack_into("<L", changed, at + 22, stated)
    name = entry.encode()
    listed = changed.rindex(name) - 46
    struct.pack_into("<L", changed, listed + 16, begin)
    struct.pack_into("<L", changed, listed + 24, stated)
    return bytes(changed)
