"""Resolves how the styles of a template look: from the styles that each is based on, the defaults, and the theme.

ECMA-376 part 1: style inheritance 17.7.2, theme colours and fonts 20.1.6. Rare properties (tints of theme colours,
line heights in points) are approximated, which is enough for a preview.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Any

from lxml import etree

from sto_desktop.archive import parse_xml
from sto_desktop.domain.errors import ExchangeError
from sto_desktop.domain.typed import whole_number
from sto_desktop.report.look.look import Look, mix
from sto_desktop.report.word.style_book import LONGEST_CHAIN, Element, styles_by_id, value, w

_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_THEME_NAMES = {
    "text1": "dk1", "dark1": "dk1", "text2": "dk2", "dark2": "dk2", "background1": "lt1", "light1": "lt1",
    "background2": "lt2", "light2": "lt2", "hyperlink": "hlink", "followedHyperlink": "folHlink",
}  # fmt: skip
_HEX = re.compile("[0-9A-Fa-f]{6}")
_SIZES = range(2, 401)
"""Accepted font sizes in half points: at 200 points a word fills a page."""
_GAPS = range(0, 7201)
"""Accepted spacing above and below a paragraph in twips: up to 12.7 cm."""
_LINES = range(60, 2401)
"""Accepted line heights in 240ths of the font's own: from a quarter to ten times."""
_OFFICE_SIZE = 10.0
"""Word's default font size in points."""


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
        """Return the look of the style with an id."""
        chain: dict[str, Element] = {}
        at: str | None = identity
        # A cycle of styles based on each other ends the chain, and so does a length that no template needs.
        while at in self._styles and at not in chain and len(chain) < LONGEST_CHAIN:
            chain[at] = self._styles[at]
            at = value(self._styles[at], "basedOn")
        look = StyleLook()
        if self._defaults is not None:
            for kind in ("rPrDefault/rPr", "pPrDefault/pPr"):
                properties = self._defaults.find("/".join(w(part) for part in kind.split("/")))
                look = self._apply(look, properties)
        # From the base style to the style itself, whose own properties win (ECMA-376, 17.7.2).
        for style in reversed(chain.values()):
            look = self._apply(self._apply(look, style.find(w("rPr"))), style.find(w("pPr")))
        return look

    def with_run(self, look: StyleLook, properties: Element) -> StyleLook:
        """Return a look with the properties of a run (w:rPr, or None)."""
        return self._apply(look, properties)

    def accents(self) -> tuple[str, str]:
        """Return the first two accent colours of the theme, "" for a missing one."""
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
            # A line height in points (exact or at least) can't be given as a multiple of the font's, so it is ignored.
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
        theme_colour = self._theme.get(_THEME_NAMES.get(name, name), "") if name else ""
        if theme_colour:
            # Shade and tint are the shares of the colour that remain, in 1/255.
            shade, tint = colour.get(w("themeShade")), colour.get(w("themeTint"))
            if shade and re.fullmatch("[0-9A-Fa-f]{2}", shade):
                return mix("000000", theme_colour, int(shade, 16) / 255)
            if tint and re.fullmatch("[0-9A-Fa-f]{2}", tint):
                return mix("FFFFFF", theme_colour, int(tint, 16) / 255)
            return theme_colour
        literal = colour.get(w("val")) or ""
        return literal.upper() if _HEX.fullmatch(literal) else ""


def template_look(reader: StyleReader, body: str, heading: str, base: Look) -> Look:
    """Return a look that matches a template, for the styles that it lacks: with its font, sizes and colours.

    `body` and `heading` are the style ids of its running text and its first heading; `base` is the fallback.
    """
    text, head = reader.read(body), reader.read(heading)
    first, second = reader.accents()
    ink = text.colour or "000000"
    primary = head.colour if head.colour not in ("", ink) else first or ink
    coloured = base.coloured(primary, second or primary)
    return replace(
        coloured, name=base.name, ink=ink, font=text.font or base.font, size=text.size, banded=False, logo=b""
    )


def _number(text: str | None, sensible: range) -> int | None:
    """Return a number from a template; None if it is missing, no number, or not in the sensible range."""
    number = whole_number(text, -1)
    return number if number in sensible else None


def _theme_of(theme_xml: bytes) -> dict[str, str]:
    """Return the colours of a theme by name, and its fonts as "major" and "minor"."""
    try:
        root = parse_xml(theme_xml, "")
    except ExchangeError:
        return {}
    entries: dict[str, str] = {}
    for scheme in root.iter(f"{_A}clrScheme"):
        for slot in scheme:
            for colour in slot:
                # lastClr has the actual value of a system colour such as windowText.
                hex_value = colour.get("lastClr") or colour.get("val") or ""
                if _HEX.fullmatch(hex_value):
                    entries[etree.QName(slot).localname] = hex_value.upper()
    for kind in ("major", "minor"):
        latin = root.find(f".//{_A}{kind}Font/{_A}latin")
        if latin is not None:
            entries[kind] = latin.get("typeface", "")
    return entries
