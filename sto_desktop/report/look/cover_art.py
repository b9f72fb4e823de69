"""The first page of the house style: a band with the brand and a table with its seats, drawn as shapes.

It is the header of the first page, so that a user's own template replaces it. Shapes are DrawingML for
WordprocessingML (Word 2010 and later, LibreOffice): ECMA-376 part 1, 20.4, and [MS-DOCX] 2.4 and 2.5.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

from sto_desktop.language import tr, tr_later
from sto_desktop.report.look.look import Look, mix
from sto_desktop.report.look.markup import XML_DECLARATION, R, W, attribute, paragraph, run
from sto_desktop.report.look.pictures import picture

_CM = 360_000
# Slightly larger than the page, so that rounding leaves no white line at the edges.
_PAGE_WIDTH = 21.2
_EDGE = 0.1
_BAND = 9.4
_NAMESPACES = (
    f'xmlns:w="{W}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:wpg="http://schemas.microsoft.com/office/word/2010/wordprocessingGroup" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
)
_GROUP = "http://schemas.microsoft.com/office/word/2010/wordprocessingGroup"
_PICTURE = "http://schemas.openxmlformats.org/drawingml/2006/picture"
_SIDE = 2.5
_LOGO_ROOM = (5.5, 2.4)
"""Width and height within which a logo is fitted, in cm."""
LOGO_RELATION = "rId1"
BAND_DESCRIPTION = tr_later("Versiering: een band met een ronde tafel en tien stoelen, van boven gezien.")


def _emu(centimetres: float) -> int:
    return round(centimetres * _CM)


@dataclass(frozen=True, slots=True)
class _Shape:
    """A rectangle or (`round`) an ellipse; its box is in cm from the corner of the drawing."""

    x: float
    y: float
    width: float
    height: float
    fill: str
    round: bool = False


def _disc(x: float, y: float, radius: float, fill: str) -> _Shape:
    return _Shape(x - radius, y - radius, 2 * radius, 2 * radius, fill, round=True)


def _shapes(look: Look) -> Iterator[_Shape]:
    x, y = 15.6, _BAND / 2
    yield _Shape(0, 0, _PAGE_WIDTH, _BAND, look.primary)
    yield _disc(x, y, 2.0, mix(look.primary, "FFFFFF", 0.12))
    yield _disc(x, y, 1.72, look.primary)
    for seat in range(10):
        angle = math.tau * (seat / 10 - 0.25)
        # One seat is lighter: that of the person who is speaking.
        fill = mix(look.primary, "FFFFFF", 0.85 if seat == 8 else 0.28)
        yield _disc(x + 3.0 * math.cos(angle), y + 3.0 * math.sin(angle), 0.52, fill)


def _shape_xml(number: int, shape: _Shape) -> str:
    x, y, width, height = (_emu(value) for value in (shape.x, shape.y, shape.width, shape.height))
    return (
        f'<wps:wsp><wps:cNvPr id="{number}" name="Vorm {number}"/><wps:cNvSpPr/><wps:spPr>'
        f'<a:xfrm><a:off x="{x}" y="{y}"/><a:ext cx="{width}" cy="{height}"/></a:xfrm>'
        f'<a:prstGeom prst="{"ellipse" if shape.round else "rect"}"><a:avLst/></a:prstGeom>'
        f'<a:solidFill><a:srgbClr val="{shape.fill}"/></a:solidFill>'
        "<a:ln><a:noFill/></a:ln></wps:spPr><wps:bodyPr/></wps:wsp>"
    )


def band_svg(look: Look) -> str:
    """Return the band with the table as an SVG document in mm, to be placed with its corner on that of the page."""
    drawn = "".join(
        f'<{"ellipse" if shape.round else "rect"} fill="#{shape.fill}" '
        + (
            f'cx="{shape.x + shape.width / 2:.3f}" cy="{shape.y + shape.height / 2:.3f}" '
            f'rx="{shape.width / 2:.3f}" ry="{shape.height / 2:.3f}"/>'
            if shape.round
            else f'x="{shape.x}" y="{shape.y}" width="{shape.width}" height="{shape.height}"/>'
        )
        for shape in _shapes(look)
    )
    width, height = _PAGE_WIDTH - _EDGE, _BAND - _EDGE
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}cm" height="{height}cm" '
        f'viewBox="{_EDGE} {_EDGE} {width} {height}">{drawn}</svg>'
    )


def logo_box(look: Look) -> tuple[float, float, float] | None:
    """Return width and height of the logo and its distance from the top of the page, in cm; None without one."""
    image = picture(look.logo)
    if image is None:
        return None
    scale = min(_LOGO_ROOM[0] / image.width, _LOGO_ROOM[1] / image.height)
    return image.width * scale, image.height * scale, _BAND + 0.9 if look.banded else 1.6


def first_header_xml(look: Look) -> str:
    """Return the header part of the first page; its relation to a logo is `LOGO_RELATION`."""
    drawings = (_band(look) if look.banded else "") + (_logo(look) if look.logo else "")
    # The brand is header text over the band: LibreOffice shows a text box inside a group twice.
    words = run(look.brand) if look.banded or not look.logo else ""
    style = "STOMerk" if words or not look.logo else "Header"
    return f"{XML_DECLARATION}<w:hdr {_NAMESPACES}>{paragraph(style, drawings + words)}</w:hdr>"


def _logo(look: Look) -> str:
    """Return the logo as a picture on the right: below the band, or at the top of the page."""
    box = logo_box(look)
    if box is None:
        return ""
    width, height, y = (_emu(side) for side in box)
    x = _emu(_PAGE_WIDTH - 2 * _EDGE - _SIDE) - width
    drawn = (
        f'<pic:pic xmlns:pic="{_PICTURE}"><pic:nvPicPr><pic:cNvPr id="2" name="Logo"/><pic:cNvPicPr/></pic:nvPicPr>'
        f'<pic:blipFill><a:blip xmlns:r="{R}" r:embed="{LOGO_RELATION}"/><a:stretch><a:fillRect/></a:stretch>'
        f'</pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{width}" cy="{height}"/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic>'
    )
    words = attribute(tr("Logo van {brand}", brand=look.brand))
    described = f'<wp:docPr id="2" name="Logo" descr="{words}"/>'
    anchor = _anchor(x, y, width, height, described, _PICTURE, drawn)
    return f"<w:r><w:drawing>{anchor}</w:drawing></w:r>"


def _band(look: Look) -> str:
    """Return the band with the table, as a group of shapes."""
    width, height = _emu(_PAGE_WIDTH), _emu(_BAND)
    shapes = "".join(_shape_xml(number, shape) for number, shape in enumerate(_shapes(look), 10))
    group = (
        "<wpg:wgp><wpg:cNvGrpSpPr/><wpg:grpSpPr><a:xfrm>"
        f'<a:off x="0" y="0"/><a:ext cx="{width}" cy="{height}"/>'
        f'<a:chOff x="0" y="0"/><a:chExt cx="{width}" cy="{height}"/></a:xfrm></wpg:grpSpPr>'
        f"{shapes}</wpg:wgp>"
    )
    described = f'<wp:docPr id="1" name="Omslag" descr="{attribute(tr(BAND_DESCRIPTION))}"/>'
    anchor = _anchor(-_emu(_EDGE), -_emu(_EDGE), width, height, described, _GROUP, group)
    return (
        f'<w:r><mc:AlternateContent><mc:Choice Requires="wpg"><w:drawing>{anchor}</w:drawing></mc:Choice>'
        "</mc:AlternateContent></w:r>"
    )


def _anchor(x: int, y: int, width: int, height: int, described: str, kind: str, graphic: str) -> str:
    return (
        '<wp:anchor distT="0" distB="0" distL="0" distR="0" simplePos="0" relativeHeight="1" behindDoc="1" '
        'locked="0" layoutInCell="1" allowOverlap="1"><wp:simplePos x="0" y="0"/>'
        f'<wp:positionH relativeFrom="page"><wp:posOffset>{x}</wp:posOffset></wp:positionH>'
        f'<wp:positionV relativeFrom="page"><wp:posOffset>{y}</wp:posOffset></wp:positionV>'
        f'<wp:extent cx="{width}" cy="{height}"/><wp:effectExtent l="0" t="0" r="0" b="0"/><wp:wrapNone/>'
        f"{described}<wp:cNvGraphicFramePr/>"
        f'<a:graphic><a:graphicData uri="{kind}">{graphic}</a:graphicData></a:graphic></wp:anchor>'
    )
