"""Word templates with a fault drawn by a seed: in the ZIP, in its parts, or in the content of the parts."""

from __future__ import annotations

import io
import random
import re
import zipfile
from collections.abc import Callable, Mapping

Parts = dict[str, bytes]
_ODD = (
    "", "-1", "0", "1", "9", "abc", "1.5", "1e9", "99999999999999999999", "-99999999999", "999999999", "²", "٣", " 7 ",
    "0x10", "NaN", "&quot;&amp;&lt;", "&#10;", "%1%2%3%4%5%6%7%8%9",
    "../../x", "\u202e", "true", "none", "ABCDEF", "00", "x" * 400,
)  # fmt: skip
"""Values that no attribute of a template should have."""
_ATTRIBUTE = re.compile(rb'(\s[\w:]+=")([^"]*)(")')
_ELEMENT = re.compile(rb"<[\w:]+(?:\s[^<>]*)?/>")
_TEXT_ENDINGS = (".xml", ".rels")


def mutated(template: bytes, seed: int) -> bytes:
    """Return a template with a fault: mostly in its content, otherwise in its parts or the ZIP."""
    drawn = random.Random(seed)
    with zipfile.ZipFile(io.BytesIO(template)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    kind = drawn.random()
    if kind < 0.6:
        for _ in range(drawn.randint(1, 6)):
            drawn.choice(_SAID)(parts, drawn)
    elif kind < 0.85:
        drawn.choice(_PARTS)(parts, drawn)
    data = _zipped(parts, drawn)
    return data if kind < 0.85 else drawn.choice(_PACKED)(data, drawn)


def _zipped(parts: Mapping[str, bytes], drawn: random.Random) -> bytes:
    buffer = io.BytesIO()
    kind = drawn.choice((zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED))
    with zipfile.ZipFile(buffer, "w", kind) as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name), content, kind)
    return buffer.getvalue()


def _text_part(parts: Parts, drawn: random.Random) -> str:
    names = sorted(name for name in parts if name.endswith(_TEXT_ENDINGS))
    # More often the parts that the program reads itself.
    for what, part in ((r"/(styles|numbering|document|header\d|footer\d)\.xml$", 0.7), (r"Types|rels$|settings", 0.6)):
        favoured = [name for name in names if re.search(what, name)]
        if favoured and drawn.random() < part:
            return drawn.choice(favoured)
    return drawn.choice(names or sorted(parts) or ["leeg.xml"])


def _bytes(content: bytes, drawn: random.Random) -> bytes:
    changed = bytearray(content)
    for _ in range(drawn.randint(1, 4)):
        if changed:
            changed[drawn.randrange(len(changed))] = drawn.randrange(256)
    return bytes(changed)


def _flip(parts: Parts, drawn: random.Random) -> None:
    name = _text_part(parts, drawn)
    parts[name] = _bytes(parts.get(name, b""), drawn)


def _cut(parts: Parts, drawn: random.Random) -> None:
    name = _text_part(parts, drawn)
    content = parts.get(name, b"")
    parts[name] = content[: drawn.randrange(len(content) + 1)]


def _remove(parts: Parts, drawn: random.Random) -> None:
    parts.pop(_text_part(parts, drawn), None)


def _empty(parts: Parts, drawn: random.Random) -> None:
    parts[_text_part(parts, drawn)] = drawn.choice((b"", b"<x/>", b'<?xml version="1.0"?><a xmlns="b"/>'))


def _swap(parts: Parts, drawn: random.Random) -> None:
    one, other = _text_part(parts, drawn), _text_part(parts, drawn)
    parts[one], parts[other] = parts.get(other, b""), parts.get(one, b"")


def _rename(parts: Parts, drawn: random.Random) -> None:
    name = _text_part(parts, drawn)
    parts[drawn.choice((name.upper(), f"x/{name}", f"{name}.bak", name.replace("/", "\\")))] = parts.pop(name, b"")


def _replaced(
    parts: Parts, drawn: random.Random, what: re.Pattern[bytes], by: Callable[[re.Match[bytes]], bytes]
) -> None:
    name = _text_part(parts, drawn)
    matches = list(what.finditer(parts.get(name, b"")))
    if not matches:
        return
    hit = drawn.choice(matches)
    parts[name] = parts[name][: hit.start()] + by(hit) + parts[name][hit.end() :]


def _odd_value(parts: Parts, drawn: random.Random) -> None:
    odd = drawn.choice(_ODD).encode()
    _replaced(parts, drawn, _ATTRIBUTE, lambda hit: hit[1] + odd + hit[3])


def _odd_values(parts: Parts, drawn: random.Random) -> None:
    """Give every attribute of one name in one part the same odd value."""
    name, odd = _text_part(parts, drawn), drawn.choice(_ODD).encode()
    known = sorted({hit[1] for hit in _ATTRIBUTE.finditer(parts.get(name, b""))})
    if known:
        wanted = re.escape(drawn.choice(known))
        parts[name] = re.sub(wanted + rb'[^"]*"', lambda hit: hit[0].split(b'"')[0] + b'"' + odd + b'"', parts[name])


def _no_attribute(parts: Parts, drawn: random.Random) -> None:
    _replaced(parts, drawn, _ATTRIBUTE, lambda _hit: b"")


def _no_element(parts: Parts, drawn: random.Random) -> None:
    _replaced(parts, drawn, _ELEMENT, lambda _hit: b"")


def _twice(parts: Parts, drawn: random.Random) -> None:
    _replaced(parts, drawn, _ELEMENT, lambda hit: hit[0] * 2)


def _comment(parts: Parts, drawn: random.Random) -> None:
    said = drawn.choice((b"<!-- -->", b"<?iets anders?>", b"losse tekst", b"<x/>"))
    _replaced(parts, drawn, _ELEMENT, lambda hit: hit[0] + said)


def _doctype(parts: Parts, drawn: random.Random) -> None:
    name = _text_part(parts, drawn)
    content = re.sub(rb"^\s*<\?xml[^>]*\?>", b"", parts.get(name, b""))
    parts[name] = b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b SYSTEM "file:///etc/passwd">]>' + content


def _other_encoding(parts: Parts, drawn: random.Random) -> None:
    name = _text_part(parts, drawn)
    text = re.sub(r"^\s*<\?xml[^>]*\?>", "", parts.get(name, b"").decode("utf-8", "replace"))
    parts[name] = text.encode(drawn.choice(("utf-16", "utf-16-be", "latin-1")), "replace")


def _moved(parts: Parts, drawn: random.Random) -> None:
    """Move an element behind or into any other element."""
    name = _text_part(parts, drawn)
    matches = list(_ELEMENT.finditer(parts.get(name, b"")))
    if not matches:
        return
    one, hit = drawn.choice(matches)[0], drawn.choice(matches)
    tag = hit[0].split()[0].strip(b"<>/")
    inside = hit[0][:-2] + b">" + one + b"</" + tag + b">"
    by = drawn.choice((hit[0] + one, one + hit[0], inside))
    parts[name] = parts[name][: hit.start()] + by + parts[name][hit.end() :]


def _many(parts: Parts, drawn: random.Random) -> None:
    _replaced(parts, drawn, _ELEMENT, lambda hit: hit[0] * 3000)


_SAID = (
    _odd_value, _odd_value, _odd_values, _odd_values, _no_attribute, _no_element, _twice, _comment, _moved, _moved,
)  # fmt: skip
_PARTS = (_flip, _cut, _remove, _empty, _swap, _rename, _doctype, _other_encoding, _many)


def _end(data: bytes, drawn: random.Random) -> bytes:
    return data[: drawn.randrange(len(data))]


def _begin(data: bytes, drawn: random.Random) -> bytes:
    return data[drawn.randrange(1, 200) :]


def _directory(data: bytes, drawn: random.Random) -> bytes:
    """Change bytes in the directory of the ZIP, at its end."""
    at = max(data.rfind(b"PK\x01\x02"), 0) if drawn.random() < 0.5 else max(data.find(b"PK\x01\x02"), 0)
    return data[:at] + _bytes(data[at:], drawn)


_PACKED = (_bytes, _bytes, _directory, _directory, _end, _begin)
