"""The styles and numberings of a house style as data, and as the two Word parts that hold them.

Sizes are in points, distances in twentieths of a point (twips), as in Word. Only the document defaults name a font:
every style inherits it, so that a style added to a user's own template gets the font of that template.
Parts follow ECMA-376 part 1, 17.7 (styles) and 17.9 (numbering).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from sto_desktop.report.look.look import STO_TWENTE, Look
from sto_desktop.report.look.markup import XML_DECLARATION, W, attribute

TEXT_WIDTH = 9070
"""Twips between the margins of an A4 page: 16 cm, about 90 characters of body text."""
PAGE_WIDTH = 11906
PAGE_HEIGHT = 16838
MARGIN = (PAGE_WIDTH - TEXT_WIDTH) // 2

CHAPTER_NUMBERS, ANNEX_NUMBERS, BULLETS, ORDINALS = 1, 2, 3, 4


@dataclass(frozen=True, slots=True)
class Style:
    """A style. `line` is the line height in 240ths of the font's own; `numbering` a (number, level) pair, 0 for none.

    `frame` (borders, shading and tabs, in that order) and `indent` are paragraph properties as XML; `tight` leaves out
    the spacing between paragraphs of this style; `tracking` is the letter spacing.
    """

    name: str
    id: str
    size: float
    kind: str = "paragraph"
    based_on: str = "Normal"
    next: str = ""
    colour: str = ""
    bold: bool | None = None
    italic: bool | None = None
    before: int = 0
    after: int = 0
    line: int = 288
    keep_next: bool = False
    keep_lines: bool = False
    new_page: bool | None = None
    outline: int | None = None
    numbering: tuple[int, int] | None = None
    frame: str = ""
    indent: str = ""
    tight: bool = False
    caps: bool = False
    tracking: int = 0
    quick: bool = True


def _rule(side: str, size: int, space: int, colour: str) -> str:
    return f'<w:{side} w:val="single" w:sz="{size}" w:space="{space}" w:color="{colour}"/>'


def _tab(kind: str, position: int) -> str:
    return f'<w:tabs><w:tab w:val="{kind}" w:pos="{position}"/></w:tabs>'


def _head_size(look: Look) -> float:
    """Return the base size of headings: in large print they grow less than the text."""
    return (look.size + STO_TWENTE.size) / 2


def _small_size(look: Look) -> float:
    """Return the size of tables and small print, which must stay large in large print."""
    return look.size * (0.86 if look.size < 14 else 0.95)


def _headings(look: Look) -> Iterable[Style]:
    size, big = look.size, _head_size(look)
    chapter = Style(
        "heading 1", "Heading1", big * 2, colour=look.primary, bold=True, before=480, after=200, line=252,
        keep_next=True, keep_lines=True, outline=0, numbering=(CHAPTER_NUMBERS, 0), next="Normal",
    )  # fmt: skip
    section = replace(
        chapter, name="heading 2", id="Heading2", size=big * 1.35, before=360, after=100, line=259, outline=1,
        numbering=(CHAPTER_NUMBERS, 1),
    )  # fmt: skip
    yield chapter
    yield section
    yield replace(
        section, name="heading 3", id="Heading3", size=size, colour=look.ink, before=200, after=60, outline=2,
        numbering=None,
    )  # fmt: skip
    yield replace(chapter, name="STO Kop 1 zonder nummer", id="STOKop1", based_on="Heading1", numbering=(0, 0))
    yield replace(chapter, name="STO Bijlage", id="STOBijlage", based_on="Heading1", numbering=(ANNEX_NUMBERS, 0))
    yield replace(section, name="STO Kop 2 zonder nummer", id="STOKop2", based_on="Heading2", numbering=(0, 0))
    yield replace(
        chapter, name="STO Kop 1 doorlopend", id="STOKop1Doorlopend", based_on="Heading1", size=big * 1.35,
        before=260, after=80, line=259, new_page=False, numbering=(0, 0),
    )  # fmt: skip


def _front(look: Look) -> Iterable[Style]:
    size, big = look.size, _head_size(look)
    yield Style(
        "Title", "Title", big * 3, colour=look.primary, bold=True, before=5800 if look.banded else 2600,
        after=120, line=228, keep_lines=True, next="Subtitle",
    )  # fmt: skip
    yield Style(
        "STO Titel", "STOTitel", big * 2, colour=look.primary, bold=True, after=60, line=240, keep_lines=True,
        keep_next=True, next="STOKenmerken",
    )  # fmt: skip
    # A letter goes on with a greeting, which is none of these lines.
    yield Style(
        "STO Kenmerken", "STOKenmerken", size * 0.95, colour=look.muted, after=200, line=259, tight=True, next="Normal"
    )
    yield Style("Subtitle", "Subtitle", big * 1.6, colour=look.muted, after=720, line=264, next="Normal")
    yield Style(
        "STO Omslag", "STOOmslag", size * 1.05, after=80, line=276,
        indent='<w:ind w:left="2268" w:hanging="2268"/>', frame=_tab("left", 2268),
    )  # fmt: skip
    yield Style(
        "STO Merk", "STOMerk", size * 1.35, colour=look.on_primary if look.banded else look.primary, bold=True,
        tracking=10, before=240, line=240, quick=False,
    )  # fmt: skip
    yield Style(
        "STO Status", "STOStatus", size, colour=look.primary, bold=True, before=480, line=264,
        caps=True, tracking=30,
    )  # fmt: skip
    yield Style(
        "TOC Heading", "TOCHeading", big * 2, colour=look.primary, bold=True, before=480, after=200, line=252,
        keep_next=True, new_page=True, next="Normal",
    )  # fmt: skip
    # Tight, so that the contents of a report with every annex fit on one page.
    for level, (before, after, left, hang) in enumerate(
        ((110, 20, 454, 454), (0, 10, 1021, 567), (0, 10, 1588, 567)), 1
    ):
        yield Style(
            f"toc {level}", f"TOC{level}", size if level == 1 else size * 0.95, bold=level == 1,
            before=before, after=after, line=245, colour=look.primary if level == 1 else look.ink, next="Normal",
            quick=False, frame=_tab("left", left), indent=f'<w:ind w:left="{left}" w:right="567" w:hanging="{hang}"/>',
        )  # fmt: skip


def _body(look: Look) -> Iterable[Style]:
    size, small = look.size, _small_size(look)
    yield Style("STO Inleiding", "STOInleiding", size * 1.1, colour=look.muted, after=200, line=288, next="Normal")
    yield Style("STO Vraag", "STOVraag", size, colour=look.muted, italic=True, after=120, keep_next=True, next="Normal")
    box = "".join(_rule(side, 4, 7, look.soft) for side in ("top", "left", "bottom", "right"))
    yield Style(
        "STO Inzicht", "STOInzicht", size, before=60, after=140, keep_lines=True, next="Normal",
        frame=f'<w:pBdr>{box}</w:pBdr><w:shd w:val="clear" w:color="auto" w:fill="{look.soft}"/>',
        indent='<w:ind w:left="150" w:right="150"/>',
    )  # fmt: skip
    yield Style("STO Toelichting", "STOToelichting", small, colour=look.muted, before=120, after=120, line=264)
    yield Style("STO Na tabel", "STONaTabel", size, before=200, after=120, next="Normal")
    yield Style("List Bullet", "ListBullet", size, after=140, tight=True, numbering=(BULLETS, 0))
    yield Style("List Number", "ListNumber", size, after=140, tight=True, numbering=(ORDINALS, 0))
    rule = f"<w:pBdr>{_rule('left', 24, 12, look.accent)}</w:pBdr>"
    indent = '<w:ind w:left="340" w:right="567"/>'
    yield Style(
        "Quote", "Quote", size * 1.05, colour=look.ink, italic=True, before=160, keep_next=True, keep_lines=True,
        next="STOCitaatbron", frame=rule, indent=indent,
    )  # fmt: skip
    yield Style(
        "STO Citaatbron", "STOCitaatbron", size * 0.9, colour=look.muted, after=200, line=276, next="Normal",
        frame=rule, indent=indent,
    )  # fmt: skip
    yield Style(
        "caption", "Caption", size * 0.9, colour=look.muted, bold=True, before=240, after=100, line=264,
        keep_next=True, keep_lines=True, next="Normal",
    )  # fmt: skip
    yield Style("STO Figuur", "STOFiguur", size, before=200, line=240, keep_next=True, next="Caption")
    yield Style("STO Tabelkop", "STOTabelkop", small, colour=look.on_primary, bold=True, line=259, keep_next=True)
    yield Style("STO Tabeltekst", "STOTabeltekst", small, line=259)
    yield Style("header", "Header", min(small, size * 0.82), colour=look.muted, line=240, quick=False)
    line = f"<w:pBdr>{_rule('top', 4, 8, look.line)}</w:pBdr>{_tab('right', TEXT_WIDTH)}"
    yield Style("footer", "Footer", min(small, size * 0.82), colour=look.muted, line=240, frame=line, quick=False)
    yield Style("Strong", "Strong", 0, kind="character", bold=True)
    yield Style("STO Spreker", "STOSpreker", 0, kind="character", colour=look.muted)


def styles(look: Look) -> tuple[Style, ...]:
    """Return every style of the house style but Word's four defaults, each before the styles based on it."""
    unscaled = (*_headings(look), *_front(look), *_body(look))
    return tuple(replace(style, line=round(style.line * look.lines / 288)) for style in unscaled)


def _toggle(name: str, value: bool | None) -> str:
    if value is None:
        return ""
    return f"<w:{name}/>" if value else f'<w:{name} w:val="0"/>'


def _text_properties(style: Style) -> str:
    size = f'<w:sz w:val="{round(style.size * 2)}"/><w:szCs w:val="{round(style.size * 2)}"/>' if style.size else ""
    colour = f'<w:color w:val="{style.colour}"/>' if style.colour else ""
    spacing = f'<w:spacing w:val="{style.tracking}"/>' if style.tracking else ""
    weight = _toggle("b", style.bold) + _toggle("bCs", style.bold)
    slant = _toggle("i", style.italic) + _toggle("iCs", style.italic)
    return f"<w:rPr>{weight}{slant}{_toggle('caps', style.caps or None)}{colour}{spacing}{size}</w:rPr>"


def _numbering_of(style: Style) -> str:
    if style.numbering is None:
        return ""
    number, level = style.numbering
    depth = f'<w:ilvl w:val="{level}"/>' if level else ""
    return f'<w:numPr>{depth}<w:numId w:val="{number}"/></w:numPr>'


def _paragraph_properties(style: Style) -> str:
    outline = "" if style.outline is None else f'<w:outlineLvl w:val="{style.outline}"/>'
    # Elements in the order that the schema requires: CT_PPrBase.
    return (
        "<w:pPr>"
        + _toggle("keepNext", style.keep_next or None)
        + _toggle("keepLines", style.keep_lines or None)
        + _toggle("pageBreakBefore", style.new_page)
        + "<w:widowControl/>"
        + _numbering_of(style)
        + style.frame
        + f'<w:spacing w:before="{style.before}" w:after="{style.after}" w:line="{style.line}" w:lineRule="auto"/>'
        + style.indent
        + _toggle("contextualSpacing", style.tight or None)
        + outline
        + "</w:pPr>"
    )


def _style_xml(style: Style) -> str:
    custom = ' w:customStyle="1"' if style.name.startswith("STO ") else ""
    follows = f'<w:next w:val="{style.next}"/>' if style.next else ""
    base = "DefaultParagraphFont" if style.kind == "character" else style.based_on
    return (
        f'<w:style w:type="{style.kind}"{custom} w:styleId="{style.id}"><w:name w:val="{style.name}"/>'
        f'<w:basedOn w:val="{base}"/>{follows}<w:uiPriority w:val="{9 if style.quick else 39}"/>'
        + ("<w:qFormat/>" if style.quick else "")
        + (_paragraph_properties(style) if style.kind == "paragraph" else "")
        + _text_properties(style)
        + "</w:style>"
    )


def _defaults(look: Look) -> str:
    size = round(look.size * 2)
    fonts = "".join(f' w:{script}="{attribute(look.font)}"' for script in ("ascii", "hAnsi", "eastAsia", "cs"))
    spacing = f'<w:spacing w:before="0" w:after="120" w:line="{look.lines}" w:lineRule="auto"/>'
    return (
        f"<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts{fonts}/>"
        f'<w:color w:val="{look.ink}"/><w:sz w:val="{size}"/><w:szCs w:val="{size}"/>'
        '<w:lang w:val="nl-NL" w:eastAsia="nl-NL" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>'
        f"<w:pPrDefault><w:pPr>{spacing}</w:pPr></w:pPrDefault></w:docDefaults>"
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/>'
        f"<w:pPr><w:widowControl/>{spacing}</w:pPr>"
        f'<w:rPr><w:sz w:val="{size}"/><w:szCs w:val="{size}"/></w:rPr></w:style>'
        '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
        '<w:name w:val="Default Paragraph Font"/><w:uiPriority w:val="1"/><w:semiHidden/></w:style>'
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>'
        '<w:uiPriority w:val="99"/><w:semiHidden/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar>'
        '<w:top w:w="0" w:type="dxa"/><w:left w:w="108" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/>'
        '<w:right w:w="108" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>'
        '<w:style w:type="numbering" w:default="1" w:styleId="NoList"><w:name w:val="No List"/>'
        '<w:uiPriority w:val="99"/><w:semiHidden/></w:style>'
    )


def _table_style(look: Look) -> str:
    lines = _rule("bottom", 4, 0, look.line) + _rule("insideH", 4, 0, look.line)
    margins = "".join(
        f'<w:{side} w:w="{width}" w:type="dxa"/>'
        for side, width in (("top", 70), ("left", 85), ("bottom", 70), ("right", 85))
    )
    return (
        '<w:style w:type="table" w:customStyle="1" w:styleId="STOTabel"><w:name w:val="STO Tabel"/>'
        '<w:basedOn w:val="TableNormal"/><w:uiPriority w:val="9"/><w:qFormat/>'
        '<w:pPr><w:spacing w:before="0" w:after="0" w:line="259" w:lineRule="auto"/></w:pPr>'
        f"<w:tblPr><w:tblBorders>{lines}</w:tblBorders><w:tblCellMar>{margins}</w:tblCellMar></w:tblPr>"
        '<w:tblStylePr w:type="firstRow"><w:tcPr>'
        f'<w:shd w:val="clear" w:color="auto" w:fill="{look.primary}"/><w:vAlign w:val="center"/>'
        "</w:tcPr></w:tblStylePr></w:style>"
    )


def styles_xml(look: Look) -> str:
    """Return the part word/styles.xml."""
    return (
        f'{XML_DECLARATION}<w:styles xmlns:w="{W}">{_defaults(look)}'
        + "".join(_style_xml(style) for style in styles(look))
        + _table_style(look)
        + "</w:styles>"
    )


def _level(depth: int, form: str, text: str, left: int, hang: int, style: str = "", more: str = "") -> str:
    link = f'<w:pStyle w:val="{style}"/>' if style else ""
    return (
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>{link}'
        + ('<w:suff w:val="space"/>' if not hang else "")
        + f'<w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/>'
        f'<w:pPr><w:ind w:left="{left}" w:hanging="{hang}"/></w:pPr>{more}</w:lvl>'
    )


def numbering_xml(look: Look) -> str:
    """Return the part word/numbering.xml: chapters, annexes, bullets and numbered lists, each linked to its style."""
    coloured = f'<w:rPr><w:b w:val="0"/><w:i w:val="0"/><w:color w:val="{look.primary}"/></w:rPr>'
    lists = (
        [_level(0, "decimal", "%1", 567, 567, "Heading1"), _level(1, "decimal", "%1.%2", 567, 567, "Heading2")],
        [_level(0, "upperLetter", "Bijlage %1.", 0, 0, "STOBijlage")],
        [_level(0, "bullet", "•", 340, 340, "ListBullet", coloured), _level(1, "bullet", "–", 680, 340, "", coloured)],
        [_level(0, "decimal", "%1.", 397, 397, "ListNumber", coloured)],
    )
    abstract = "".join(
        f'<w:abstractNum w:abstractNumId="{number}"><w:nsid w:val="5354{number:04X}"/>'
        f'<w:multiLevelType w:val="multilevel"/>{"".join(levels)}</w:abstractNum>'
        for number, levels in enumerate(lists, 1)
    )
    instances = "".join(
        f'<w:num w:numId="{number}"><w:abstractNumId w:val="{number}"/></w:num>' for number in range(1, len(lists) + 1)
    )
    return f'{XML_DECLARATION}<w:numbering xmlns:w="{W}">{abstract}{instances}</w:numbering>'
