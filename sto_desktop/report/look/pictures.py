"""Kind and size of a picture, read from its first bytes: PNG (RFC 2083) and JPEG (ITU-T T.81)."""

from __future__ import annotations

import struct
from dataclasses import dataclass

_PNG = b"\x89PNG\r\n\x1a\n"
_JPEG = b"\xff\xd8\xff"
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
"""JPEG's start-of-frame markers, whose segment holds the size."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture: `kind` is its file extension ("png", "jpeg"); sizes in px."""

    kind: str
    width: int
    height: int


def picture(data: bytes) -> Picture | None:
    """Return kind and size of a picture; None if it is of another kind, or damaged."""
    image = _png(data) if data.startswith(_PNG) else _jpeg(data) if data.startswith(_JPEG) else None
    return image if image and image.width and image.height else None


def _png(data: bytes) -> Picture | None:
    # After the signature of 8 bytes comes IHDR: length, type, width, height (PNG specification).
    if len(data) < 24 or data[12:16] != b"IHDR":
        return None
    return Picture("png", *struct.unpack(">II", data[16:24]))


def _jpeg(data: bytes) -> Picture | None:
    at = 2
    # Skip the segments (marker, length, data) up to the frame header.
    while at + 9 <= len(data) and data[at] == 0xFF:
        marker = data[at + 1]
        if marker in _FRAMES:
            height, width = struct.unpack(">HH", data[at + 5 : at + 9])
            return Picture("jpeg", width, height)
        at += 2 + int(struct.unpack(">H", data[at + 2 : at + 4])[0])
    return None
