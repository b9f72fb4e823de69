"""Makes the Word template of a look: styles, numbering, page, theme, header and footer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache

from sto_desktop.report.look.cover_art import first_header_xml
from sto_desktop.report.look.look import STO_TWENTE, Look
from sto_desktop.report.look.markup import XML_DECLARATION, R, W, attribute
from sto_desktop.report.look.pictures import picture
from sto_desktop.report.look.style_sheet import MARGIN, PAGE_HEIGHT, PAGE_WIDTH, numbering_xml, styles_xml
from sto_desktop.report.look.theme_part import theme_xml
from sto_desktop.report.word.package import zip_parts

_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "application/vnd.openxmlformats-officedocument"
_WORD = f"{_OFFICE}.wordprocessingml"

# Name of the part within word/, type of its relation from the document, and its content type.
_PARTS = (
    ("styles.xml", "styles", f"{_WORD}.styles+xml"),
    ("numbering.xml", "numbering", f"{_WORD}.numbering+xml"),
    ("settings.xml", "settings", f"{_WORD}.settings+xml"),
    ("fontTable.xml", "fontTable", f"{_WORD}.fontTable+xml"),
    ("theme/theme1.xml", "theme", f"{_OFFICE}.theme+xml"),
    ("header1.xml", "header", f"{_WORD}.header+xml"),
    ("footer1.xml", "footer", f"{_WORD}.footer+xml"),
)
_CORE_TYPE = "application/vnd.openxmlformats-package.core-properties+xml"
_PROPERTIES = (
    ("docProps/core.xml", f"{_PACKAGE}/relationships/metadata/core-properties", _CORE_TYPE),
    ("docProps/app.xml", f"{R}/extended-properties", f"{_OFFICE}.extended-properties+xml"),
)


def _relations(relations: list[tuple[str, str]]) -> str:
    rows = "".join(
        f'<Relationship Id="rId{number}" Type="{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(relations, 1)
    )
    return f'{XML_DECLARATION}<Relationships xmlns="{_PACKAGE}/relationships">{rows}</Relationships>'


def _content_types() -> str:
    kinds = [("word/document.xml", f"{_WORD}.document.main+xml")]
    kinds += [(f"word/{name}", kind) for name, _, kind in _PARTS]
    kinds += [(name, kind) for name, _, kind in _PROPERTIES]
    rows = "".join(f'<Override PartName="/{name}" ContentType="{kind}"/>' for name, kind in kinds)
    return (
        f'{XML_DECLARATION}<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="png" ContentType="image/png"/><Default Extension="jpeg" ContentType="image/jpeg"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{rows}</Types>'
    )


def _document() -> str:
    relation = {name: f"rId{number}" for number, (name, _, _) in enumerate(_PARTS, 1)}
    return (
        f'{XML_DECLARATION}<w:document xmlns:w="{W}" xmlns:r="{R}"><w:body>'
        '<w:p><w:pPr><w:pStyle w:val="Normal"/></w:pPr></w:p><w:sectPr>'
        f'<w:headerReference w:type="first" r:id="{relation["header1.xml"]}"/>'
        f'<w:footerReference w:type="default" r:id="{relation["footer1.xml"]}"/>'
        f'<w:pgSz w:w="{PAGE_WIDTH}" w:h="{PAGE_HEIGHT}"/>'
        f'<w:pgMar w:top="1474" w:right="{MARGIN}" w:bottom="1474" w:left="{MARGIN}" '
        'w:header="720" w:footer="680" w:gutter="0"/><w:titlePg/></w:sectPr></w:body></w:document>'
    )


def _settings() -> str:
    # Mode 15 is Word 2013 and later; without it Word opens the file in compatibility mode.
    mode = '<w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/>'
    return (
        f'{XML_DECLARATION}<w:settings xmlns:w="{W}"><w:zoom w:percent="100"/><w:defaultTabStop w:val="567"/>'
        f'<w:characterSpacingControl w:val="doNotCompress"/><w:compat>{mode}</w:compat>'
        '<w:themeFontLang w:val="nl-NL"/><w:decimalSymbol w:val=","/><w:listSeparator w:val=";"/></w:settings>'
    )


def _fonts(look: Look) -> str:
    # Carlito has the metrics of Calibri and comes with LibreOffice.
    return (
        f'{XML_DECLARATION}<w:fonts xmlns:w="{W}"><w:font w:name="{attribute(look.font)}"><w:altName w:val="Carlito"/>'
        '<w:panose1 w:val="020F0502020204030204"/><w:charset w:val="00"/><w:family w:val="swiss"/>'
        '<w:pitch w:val="variable"/></w:font></w:fonts>'
    )


def _footer() -> str:
    def field(code: str, cached: str) -> str:
        return f'<w:fldSimple w:instr=" {code} "><w:r><w:t>{cached}</w:t></w:r></w:fldSimple>'

    page = '<w:r><w:tab/><w:t xml:space="preserve">pagina </w:t></w:r>' + field("PAGE", "1")
    return (
        f'{XML_DECLARATION}<w:ftr xmlns:w="{W}"><w:p><w:pPr><w:pStyle w:val="Footer"/></w:pPr>'
        f"{field('TITLE', 'Titel')}{page}</w:p></w:ftr>"
    )


def _core(look: Look) -> str:
    # A fixed date, so that the same look gives the same bytes.
    moment = "2000-01-01T00:00:00Z"
    stamps = "".join(
        f'<dcterms:{name} xsi:type="dcterms:W3CDTF">{moment}</dcterms:{name}>' for name in ("created", "modified")
    )
    return (
        f'{XML_DECLARATION}<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>Huisstijl {look.name}</dc:title><dc:creator>STO Desktop</dc:creator>{stamps}"
        "<dc:language>nl-NL</dc:language></cp:coreProperties>"
    )


def _app() -> str:
    return (
        f'{XML_DECLARATION}<Properties xmlns="{R[: R.rindex("/")]}/extended-properties">'
        "<Application>STO Desktop</Application></Properties>"
    )


def house_style_parts(look: Look = STO_TWENTE) -> Mapping[str, bytes]:
    """Return the parts of the template by name; a logo that is no PNG or JPEG is left out."""
    logo = picture(look.logo)
    if logo is None:
        look = replace(look, logo=b"")
    texts = {
        "[Content_Types].xml": _content_types(),
        "_rels/.rels": _relations(
            [(f"{R}/officeDocument", "word/document.xml"), *((kind, name) for name, kind, _ in _PROPERTIES)]
        ),
        "word/_rels/document.xml.rels": _relations([(f"{R}/{kind}", name) for name, kind, _ in _PARTS]),
        "word/document.xml": _document(),
        "word/styles.xml": styles_xml(look),
        "word/numbering.xml": numbering_xml(look),
        "word/settings.xml": _settings(),
        "word/theme/theme1.xml": theme_xml(look),
        "word/fontTable.xml": _fonts(look),
        "word/header1.xml": first_header_xml(look),
        "word/footer1.xml": _footer(),
        "docProps/core.xml": _core(look),
        "docProps/app.xml": _app(),
    }
    parts = {name: text.encode() for name, text in texts.items()}
    if logo is not None:
        parts[f"word/media/logo.{logo.kind}"] = look.logo
        parts["word/_rels/header1.xml.rels"] = _relations([(f"{R}/image", f"media/logo.{logo.kind}")]).encode()
    return parts


@lru_cache(maxsize=8)
def house_style(look: Look = STO_TWENTE) -> bytes:
    """Return the template as a .docx file."""
    return zip_parts(house_style_parts(look))
