"""Strict Word files (ISO/IEC 29500-1, annex A) in the names and measures of ordinary ones."""

from __future__ import annotations

import re
from collections.abc import Mapping

_STRICT = b"http://purl.oclc.org/ooxml/"
_NAME = re.compile(rb"http://purl\.oclc\.org/ooxml/(\w+)/")
_TWIPS = re.compile(rb'(\sw:\w+=")(-?\d+(?:\.\d+)?)pt"')
"""A measure in points, which Strict files have where others have twips."""
_SIDES = re.compile(rb"(<w:(?:ind|tab|jc)\b[^>]*>)")
_START_END = ((b"w:start=", b"w:left="), (b"w:end=", b"w:right="), (b'"start"', b'"left"'), (b'"end"', b'"right"'))


def as_transitional(parts: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return the parts of a file; those of a Strict one in the names, measures and sides of an ordinary one."""
    return {name: _part(content) if _STRICT in content else content for name, content in parts.items()}


def _part(content: bytes) -> bytes:
    content = _NAME.sub(rb"http://schemas.openxmlformats.org/\1/2006/", content)
    content = _TWIPS.sub(lambda found: b'%s%d"' % (found[1], round(float(found[2]) * 20)), content)
    return _SIDES.sub(lambda found: _sided(found[1]), content)


def _sided(tag: bytes) -> bytes:
    for strict, ordinary in _START_END:
        tag = tag.replace(strict, ordinary)
    return tag
