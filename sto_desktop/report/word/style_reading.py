"""Reads how the styles of a template look: through what each is based on, the defaults, and the theme.

ECMA-376 part 1: style inheritance 17.7.2, theme colours and fonts 20.1.6. What is rare (tints of theme colours, line
heights in points) is read as near as a preview needs.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Any

from lxml import etree

from sto_desktop.archive import parse_xml
from sto_desktop.domain.errors import ExchangeError
from sto_desktop.report.look.look import Look, mix
from sto_desktop.report.look.markup import whole_number
from sto_desktop.report.word.style_book import Element, styles_by_id, value, w

_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_THEME_NAMES = {
    "text1": "dk1", "dark1": "dk1", "text2": "dk2", "dark2": "dk2", "background1": "lt1", "light1": "lt1",
    "background2": "lt2", "light2": "lt2", "hyperlink": "hlink", "followedHyperlink": "folHlink",
}  # fmt: skip
_HEX = re.compile("[0-9A-Fa-f]{6}")
_SIZES = range(2, 401)
"""Half points: a letter of 200 points fills a page with a word."""
_GAPS = range(0, 7201)
"""Twips above and below a paragraph: up to 12.7 cm."""
_LINES = range(60, 2401)
"""240ths of a line's own height: from a quarter of it to ten times."""
_OFFICE_SIZE = 10.0
"""Points: what Word takes where nothing is said."""


@dataclass(frozen=True, slots=True)
class StyleLook:
    """How a style looks: font, size in points, colour (hex without #, "" for automatic), spacing in twips."""

    font: str = ""
    size: float = _OFFICE_SIZE
    colour: str = ""
    bold: bool = False
    italic: bool = False
    before: int = 0
    after: int = 0
    line: int = 240


class StyleReader:
    """The styles of one template."""

    def __init__(self, styles: Element, theme: bytes = b"") -> None:
        self._styles = styles_by_id(styles)
        self._defaults = styles.find(w("docDefaults"))
        self._theme = _theme_of(theme)

    def read(self, identity: str) -> StyleLook:
        """Return how the style with an id looks."""
        chain: dict[str, Element] = {}
        at: str | None = identity
        while at in self._styles and at not in chain:
            chain[at] = self._styles[at]
            at = value(self._styles[at], "basedOn")
        look = StyleLook()
        if self._defaults is not None:
            for kind in ("rPrDefault/rPr", "pPrDefault/pPr"):
                found = self._defaults.find("/".join(w(part) for part in kind.split("/")))
                look = self._apply(look, found)
        for style in reversed(chain.values()):
            look = self._apply(self._apply(look, style.find(w("rPr"))), style.find(w("pPr")))
        return look

    def accents(self) -> tuple[str, str]:
        """Return the first two accents of the theme, "" for what it does not say."""
        return self._theme.get("accent1", ""), self._theme.get("accent2", "")

    def _apply(self, look: StyleLook, properties: Element) -> StyleLook:
        if properties is None:
            return look
        changed: dict[str, Any] = {}
        size = _number(value(properties, "sz"), _SIZES)
        if size is not None:
            changed["size"] = size / 2
        for name, attribute in (("b", "bold"), ("i", "italic")):
            toggle = properties.find(w(name))
            if toggle is not None:
                changed[attribute] = toggle.get(w("val"), "1") not in ("0", "false", "off")
        font = self._font(properties.find(w("rFonts")))
        if font:
            changed["font"] = font
        colour = self._colour(properties.find(w("color")))
        if colour is not None:
            changed["colour"] = colour
        spacing = properties.find(w("spacing"))
        if spacing is not None:
            exact = spacing.get(w("lineRule"), "auto") != "auto"
            for name, sensible in (("before", _GAPS), ("after", _GAPS), ("line", _LINES)):
                number = _number(spacing.get(w(name)), sensible)
                if number is not None and not (name == "line" and exact):
                    changed[name] = number
        return replace(look, **changed)

    def _font(self, fonts: Element) -> str:
        if fonts is None:
            return ""
        theme = fonts.get(w("asciiTheme")) or fonts.get(w("hAnsiTheme")) or ""
        if theme:
            return self._theme.get("major" if theme.startswith("major") else "minor", "")
        return str(fonts.get(w("ascii")) or fonts.get(w("hAnsi")) or "")

    def _colour(self, colour: Element) -> str | None:
        if colour is None:
            return None
        name = colour.get(w("themeColor"))
        found = self._theme.get(_THEME_NAMES.get(name, name), "") if name else ""
        if found:
            shade, tint = colour.get(w("themeShade")), colour.get(w("themeTint"))
            if shade and re.fullmatch("[0-9A-Fa-f]{2}", shade):
                return mix("000000", found, int(shade, 16) / 255)
            if tint and re.fullmatch("[0-9A-Fa-f]{2}", tint):
                return mix("FFFFFF", found, int(tint, 16) / 255)
            return found
        said = colour.get(w("val")) or ""
        return said.upper() if _HEX.fullmatch(said) else ""


def template_look(reader: StyleReader, body: str, heading: str, base: Look) -> Look:
    """Return a look that goes with a template, for what the template lacks: its font, sizes and colours.

    `body` and `heading` are the ids of its running text and its first heading; `base` is what it falls back on.
    """
    text, head = reader.read(body), reader.read(heading)
    first, second = reader.accents()
    ink = text.colour or "000000"
    primary = head.colour if head.colour not in ("", ink) else first or ink
    found = base.coloured(primary, second or primary)
    return replace(found, name=base.name, ink=ink, font=text.font or base.font, size=text.size, banded=False, logo=b"")


def _number(text: str | None, sensible: range) -> int | None:
    """Return a number that a template says; None where it says none, or one that nobody could lay out."""
    number = whole_number(text, -1)
    return number if number in sensible else None


def _theme_of(part: bytes) -> dict[str, str]:
    """Return the colours of a theme by name, and its fonts as "major" and "minor"."""
    try:
        root = parse_xml(part, "")
    except ExchangeError:
        return {}
    found: dict[str, str] = {}
    for scheme in root.iter(f"{_A}clrScheme"):
        for item in scheme:
            for colour in item:
                said = colour.get("lastClr") or colour.get("val") or ""
                if _HEX.fullmatch(said):
                    found[etree.QName(item).localname] = said.upper()
    for kind in ("major", "minor"):
        latin = root.find(f".//{_A}{kind}Font/{_A}latin")
        if latin is not None:
            found[kind] = latin.get("typeface", "")
    return found
