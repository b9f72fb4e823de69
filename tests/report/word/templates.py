"""Word templates like those of schools and municipalities; each function writes one into a folder. For tests."""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import docx
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.style import WD_STYLE_TYPE
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.oxml.parser import parse_xml
from docx.shared import Pt, RGBColor, Twips

from sto_desktop.report.look.markup import W as NAMESPACE
from sto_desktop.report.word.package import zip_parts
from tests.report.reading import W

R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def png(width: int, height: int) -> bytes:
    """Return a red picture of this many px."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = (b"\0" + b"\xc0\x30\x30" * width) * height
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


LOGO = png(10, 4)


def saved(document: Any, folder: Path, name: str = "huisstijl.docx") -> Path:
    """Save a document of python-docx and return its path."""
    target = folder / name
    document.save(str(target))
    return target


def rewritten(source: Path, changes: Mapping[str, Callable[[str], str]], name: str) -> Path:
    """Save a copy in which parts are changed as text."""
    with zipfile.ZipFile(source) as archive:
        parts = {part: archive.read(part) for part in archive.namelist()}
    for part, change in changes.items():
        parts[part] = change(parts.get(part, b"").decode()).encode()
    target = source.with_name(name)
    target.write_bytes(zip_parts(parts))
    return target


def english(folder: Path) -> Path:
    """As saved by an English Word, with a large heading of its own."""
    document = docx.Document()
    document.styles["Heading 1"].font.size = Pt(31)
    document.styles["Heading 1"].font.color.rgb = RGBColor(0x8A, 0x1C, 0x5B)
    document.styles["Normal"].font.name = "Verdana"
    return saved(document, folder)


def dutch(folder: Path) -> Path:
    """As saved by a Dutch Word: English names, Dutch ids."""

    def change(text: str) -> str:
        for own, other in (("Heading1", "Kop1"), ("Heading2", "Kop2"), ("ListBullet", "Lijstopsomteken")):
            text = text.replace(f'"{own}"', f'"{other}"')
        return text

    plain = saved(docx.Document(), folder)
    return rewritten(plain, {"word/styles.xml": change, "word/document.xml": change}, "nederlands.docx")


def dutch_names(folder: Path) -> Path:
    """As other programs save a Dutch house style: the names themselves are Dutch."""
    names = (
        ("heading 1", "Kop 1"), ("heading 2", "Kop 2"), ("Heading 1", "Kop 1"), ("Heading 2", "Kop 2"),
        ("List Bullet", "Lijst opsom.teken"), ("Quote", "Citaat"), ("Title", "Titel"), ("caption", "Bijschrift"),
        ("Caption", "Bijschrift"),
    )  # fmt: skip

    def change(text: str) -> str:
        for own, other in names:
            text = text.replace(f'<w:name w:val="{own}"/>', f'<w:name w:val="{other}"/>')
        return text

    return rewritten(saved(docx.Document(), folder), {"word/styles.xml": change}, "namen.docx")


def bare(folder: Path) -> Path:
    """A minimal template: no numbering, and no style but that of the body."""
    document = docx.Document()
    for style in list(document.styles.element.iter(f"{W}style")):
        if style.get(f"{W}styleId") != "Normal":
            document.styles.element.remove(style)
    part = document.part
    relation = next(key for key, item in part.rels.items() if item.reltype.endswith("/numbering"))
    del part.rels[relation]
    return saved(document, folder)


def landscape(folder: Path) -> Path:
    """A landscape page with wide margins, a footer, and text that must be removed."""
    document = docx.Document()
    section = document.sections[0]
    section.orientation, section.page_width, section.page_height = WD_ORIENT.LANDSCAPE, Twips(16838), Twips(11906)
    section.left_margin = section.right_margin = Twips(2835)
    section.footer.paragraphs[0].text = "Onze school"
    document.add_paragraph("Dit verdwijnt")
    return saved(document, folder)


def sections(folder: Path) -> Path:
    """A cover with a logo in its header, portrait pages with another header, and a landscape annex."""
    document = docx.Document()
    cover = document.sections[0]
    cover.left_margin = Twips(2000)
    cover.header.paragraphs[0].add_run().add_picture(io.BytesIO(LOGO), width=Pt(90))
    cover.header._element.find(".//{*}docPr").set("descr", "Logo van de school")
    text = document.add_section(WD_SECTION.NEW_PAGE)
    text.left_margin = Twips(1134)
    text.header.is_linked_to_previous = False
    text.header.paragraphs[0].text = "Vervolgpagina"
    wide = document.add_section(WD_SECTION.NEW_PAGE)
    wide.orientation, wide.page_width, wide.page_height = WD_ORIENT.LANDSCAPE, Twips(16838), Twips(11906)
    return saved(document, folder, "secties.docx")


def control(tag: str, inside: str, more: str = "") -> Any:
    """Return a content control with a place for text, as XML."""
    return parse_xml(
        f'<w:sdt xmlns:w="{NAMESPACE}"><w:sdtPr><w:alias w:val="{tag}"/><w:tag w:val="{tag}"/>{more}'
        f"<w:showingPlcHdr/></w:sdtPr><w:sdtContent>{inside}</w:sdtContent></w:sdt>"
    )


def _line(words: str, style: str = "Normal") -> str:
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr><w:r><w:t>{words}</w:t></w:r></w:p>'


def _spoken(words: str) -> Any:
    style = '<w:pPr><w:pStyle w:val="Normal"/></w:pPr>'
    return parse_xml(f'<w:p xmlns:w="{NAMESPACE}">{style}<w:r><w:t xml:space="preserve">{words}</w:t></w:r></w:p>')


def controls(folder: Path) -> Path:
    """A Word template (.dotx) with a cover of content controls, one of them in a header, and a colophon at the end."""
    document = docx.Document()
    body = document.element.body
    binding = '<w:dataBinding w:xpath="/x" w:storeItemID="{00000000-0000-0000-0000-000000000000}"/>'
    items = (
        control("Titel", _line("Klik om een titel te typen", "Title"), binding),
        _spoken("Datum: "),
        _spoken("Versie: "),
        control("verslag", _line("Hier komt het verslag")),
        parse_xml(_line("Colofon van de school").replace("<w:p>", f'<w:p xmlns:w="{NAMESPACE}">', 1)),
    )
    for at, item in enumerate(items):
        body.insert(at, item)
    body[1].append(control("STO_Datum", "<w:r><w:t>dag maand jaar</w:t></w:r>"))
    body[2].append(control("versie", "<w:r><w:t>1.0</w:t></w:r>"))
    header = document.sections[0].header
    header.paragraphs[0]._p.append(control("titel", "<w:r><w:t>titel</w:t></w:r>"))
    plain = saved(document, folder)
    kind = ("wordprocessingml.document.main+xml", "wordprocessingml.template.main+xml")
    return rewritten(plain, {"[Content_Types].xml": lambda text: text.replace(*kind)}, "sjabloon.dotx")


def bookmarks(folder: Path) -> Path:
    """A cover with bookmarks in a table, as in older templates."""
    document = docx.Document()
    title = document.add_paragraph(style="Title")
    title._p.append(parse_xml(f'<w:bookmarkStart xmlns:w="{NAMESPACE}" w:id="7" w:name="Titel"/>'))
    title.add_run("TITEL").bold = True
    title._p.append(parse_xml(f'<w:bookmarkEnd xmlns:w="{NAMESPACE}" w:id="7"/>'))
    table = document.add_table(2, 2)
    for row, (name, number) in zip(table.rows, (("Locatie", "8"), ("Opdrachtgever", "9")), strict=True):
        row.cells[0].text = f"{name}:"
        place = row.cells[1].paragraphs[0]._p
        place.append(parse_xml(f'<w:bookmarkStart xmlns:w="{NAMESPACE}" w:id="{number}" w:name="{name}"/>'))
        place.append(parse_xml(f'<w:bookmarkEnd xmlns:w="{NAMESPACE}" w:id="{number}"/>'))
    document.add_paragraph("Voor intern gebruik")
    return saved(document, folder, "bladwijzers.docx")


def cover_of_old(folder: Path) -> Path:
    """A verslag of another panel with a control for its title on the cover, and nothing that says where text goes."""
    document = docx.Document()
    body = document.element.body
    title = "<w:r><w:t>Verslag panel Borne</w:t></w:r>"
    body.insert(0, control("Titel", f'<w:p><w:pPr><w:pStyle w:val="Title"/></w:pPr>{title}</w:p>'))
    document.add_paragraph("Sterk Techniekonderwijs, [dd-mm-jjjj]")
    document.add_page_break()
    document.add_paragraph("Colofon: drukkerij De Pers")
    document.add_heading("Wat Borne vond", 1)
    document.add_paragraph("De bus was te laat.")
    document.add_section(WD_SECTION.NEW_PAGE)
    document.add_heading("Slot", 2)
    return saved(document, folder, "borne.docx")


def with_macros(folder: Path, ending: str = "dotm") -> Path:
    """A template with macros and keys for them, as Word saves it."""
    kind = {"docm": "document.macroEnabled.main", "dotm": "template.macroEnabledTemplate.main"}[ending]
    types = ("vnd.openxmlformats-officedocument.wordprocessingml.document.main", f"vnd.ms-word.{kind}")
    office = "http://schemas.microsoft.com/office/2006/relationships"
    relations = "".join(
        f'<Relationship Id="rMacro{at}" Type="{office}/{name}" Target="{target}"/>'
        for at, (name, target) in enumerate((("vbaProject", "vbaProject.bin"), ("keyMapCustomizations", "keys.xml")))
    )
    default = '<Default Extension="bin" ContentType="application/vnd.ms-office.vbaProject"/></Types>'
    return rewritten(
        controls(folder),
        {
            "[Content_Types].xml": lambda text: text.replace(*types).replace("</Types>", default),
            "word/_rels/document.xml.rels": lambda text: text.replace(
                "</Relationships>", f"{relations}</Relationships>"
            ),
            "word/vbaProject.bin": lambda _: "Sub AutoOpen",
            "word/keys.xml": lambda _: "<keys/>",
        },
        f"stijl.{ending}",
    )


def strict(folder: Path) -> Path:
    """The same cover in a Strict file, with measures in points."""

    def change(text: str) -> str:
        text = re.sub(r"http://schemas\.openxmlformats\.org/(\w+)/2006/", r"http://purl.oclc.org/ooxml/\1/", text)
        return text.replace('w:w="12240" w:h="15840"', 'w:w="595.3pt" w:h="841.9pt"')

    names = ("_rels/.rels", "word/document.xml", "word/styles.xml", "word/settings.xml", "word/numbering.xml",
             "word/header1.xml", "word/_rels/document.xml.rels")  # fmt: skip
    return rewritten(controls(folder), dict.fromkeys(names, change), "strikt.docx")


def own_words(folder: Path) -> Path:
    """A house style with its own names for styles, and a table style."""
    document = docx.Document()
    styles = document.styles
    for name in ("Inleiding", "Tabeltekst", "Bijlage"):
        styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH).font.size = Pt(13)
    styles.add_style("Huisstijltabel", WD_STYLE_TYPE.TABLE)
    return saved(document, folder, "eigen-woorden.docx")


TEMPLATES: Mapping[str, Callable[[Path], Path]] = {
    make.__name__: make
    for make in (
        english,
        dutch,
        dutch_names,
        bare,
        landscape,
        sections,
        controls,
        bookmarks,
        own_words,
        cover_of_old,
        strict,
    )
}


def old_document(folder: Path) -> Path:
    """A verslag of another panel that somebody uses as template: with names in header and footer, metadata, a picture
    of its first page, a signature, a change that was tracked, and a footnote.
    """
    document = docx.Document()
    section = document.sections[0]
    section.different_first_page_header_footer = True
    header = section.header.paragraphs[0]
    header.text = "Verslag panel Borne, 12 maart 2024 - contact: Ineke Tuinman, 053-4871234"
    header._p.append(parse_xml(f'<w:del xmlns:w="{NAMESPACE}" w:id="9" w:author="Ot Sien"><w:r><w:delText>Doorgehaald'
                               "</w:delText></w:r></w:del>"))  # fmt: skip
    header._p.append(
        parse_xml(f'<w:ins xmlns:w="{NAMESPACE}" w:id="8" w:author="Ot Sien"><w:r><w:t> </w:t></w:r></w:ins>')
    )
    first = section.first_page_header
    first.paragraphs[0].text = "Opgesteld door H. Wessels"
    first.paragraphs[0].add_run().add_picture(io.BytesIO(LOGO))
    drawn = next(element for element in first._element.iter() if element.tag.endswith("}docPr"))
    drawn.set("descr", "De handtekening van Bea Kok")
    drawn.set("name", "IMG_Ineke_handtekening.png")
    foot = section.footer
    foot.paragraphs[0].text = "STO Twente, pagina "
    foot.paragraphs[0]._p.append(parse_xml(f'<w:fldSimple xmlns:w="{NAMESPACE}" w:instr="PAGE"><w:r><w:t>1</w:t></w:r>'
                                           "</w:fldSimple>"))  # fmt: skip
    foot.add_paragraph("Hengelosestraat 51, 7514 AE Enschede")
    mail = foot.part.relate_to("mailto:i.tuinman@roc.nl", RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    link = f'<w:hyperlink xmlns:w="{NAMESPACE}" xmlns:r="{R}" r:id="{mail}"><w:r><w:t>i.tuinman@roc.nl</w:t></w:r>'
    foot.add_paragraph()._p.append(parse_xml(f"{link}</w:hyperlink>"))
    document.add_heading("Oud verslag", 1)
    document.add_paragraph("Jan Peters zei dat het goed ging.")
    document.core_properties.author = "Ineke Tuinman"
    office = R.removesuffix("/relationships")
    properties = f"{office}/{{kind}}-properties"
    notes = (f'<w:footnotes xmlns:w="{NAMESPACE}"><w:footnote w:type="separator" w:id="-1"><w:p/></w:footnote>'
             '<w:footnote w:id="2"><w:p><w:r><w:t>Voetnootman</w:t></w:r></w:p></w:footnote>'
             "</w:footnotes>")  # fmt: skip
    return rewritten(
        saved(document, folder, "los.docx"),
        {
            "docProps/app.xml": lambda _: (
                f'<Properties xmlns="{properties.format(kind="extended")}"><Manager>Ruud Chef</Manager><Company>ROC '
                "Geheim</Company><HyperlinkBase>http://intern.roc.nl</HyperlinkBase></Properties>"
            ),
            "[Content_Types].xml": lambda text: text.replace(
                "</Types>",
                f'<Override PartName="/docProps/custom.xml" ContentType="{CONTENT_TYPE.OFC_CUSTOM_PROPERTIES}"/>'
                f'<Override PartName="/word/footnotes.xml" ContentType="{CONTENT_TYPE.WML_FOOTNOTES}"/></Types>',
            ),
            "_rels/.rels": lambda text: text.replace(
                "</Relationships>",
                f'<Relationship Id="rId77" Type="{R}/custom-properties" Target="docProps/custom.xml"/></Relationships>',
            ),
            "word/_rels/document.xml.rels": lambda text: text.replace(
                "</Relationships>",
                f'<Relationship Id="rId78" Type="{RELATIONSHIP_TYPE.FOOTNOTES}" Target="footnotes.xml"/>'
                "</Relationships>",
            ),
            "word/settings.xml": lambda text: text.replace(
                "<w:compat>",
                '<w:docVars><w:docVar w:name="Behandelaar" w:val="Gerda Ambtenaar"/></w:docVars><w:compat>',
            ),
            "docProps/custom.xml": lambda _: (
                f'<Properties xmlns="{properties.format(kind="custom")}" xmlns:vt="{office}/docPropsVTypes"><property '
                'fmtid="{D5CDD505-2E9C-101B-9397-08002B2CF9AE}" pid="2" name="Behandelaar"><vt:lpwstr>Willemijn Douma'
                "</vt:lpwstr></property></Properties>"
            ),
            "word/footnotes.xml": lambda _: notes,
        },
        "oud.docx",
    )
