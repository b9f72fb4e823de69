"""A Word template opened: its styles, its pages, its cover, and the file that comes of it with another body."""

from __future__ import annotations

import copy
import io
import zipfile
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Any, cast

import docx
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part, XmlPart
from docx.oxml.parser import parse_xml

from sto_desktop.domain.errors import reason
from sto_desktop.report.blocks import Document
from sto_desktop.report.errors import TemplateError
from sto_desktop.report.house_style import house_style
from sto_desktop.report.look import HouseStyle, Look
from sto_desktop.report.markup import W, clean, whole_number
from sto_desktop.report.package import zip_parts
from sto_desktop.report.style_book import Element, StyleBook, StyleParts, w
from sto_desktop.report.style_reading import StyleReader, template_look
from sto_desktop.report.template_fields import BODY, cover_values, fill, places

_LONGEST_PROPERTY = 255
"""Characters: more python-docx refuses."""
_TEMPLATE_TYPE = b"wordprocessingml.template.main+xml"
_DOCUMENT_TYPE = b"wordprocessingml.document.main+xml"
_MACRO_TYPE = b".macroEnabled"
_CHART_TYPE = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
_SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_HEADERS = (RELATIONSHIP_TYPE.HEADER, RELATIONSHIP_TYPE.FOOTER)
_KEPT = frozenset({"styles", "numbering", "settings", "fontTable", "theme", "webSettings", "footnotes", "endnotes"})
"""Kinds of relation of which the document says nothing by id, and that a document has all the same."""
_UNWANTED = ("trackRevisions", "mailMerge", "attachedTemplate", "documentProtection")
"""Settings of a template that would follow who receives the document."""
_AWAY = "Kies een ander sjabloon, of laat de keuze leeg voor een huisstijl van het programma."


def _open(source: Path) -> Any:
    try:
        data = source.read_bytes()
    except OSError as error:
        raise TemplateError(
            f"Het sjabloon {source.name} kan niet worden gelezen ({reason(error)}).",
            "Er is geen verslag gemaakt.",
            _AWAY,
        ) from error
    if _holds_macros(data):
        raise TemplateError(
            f"{source.name} is een Word-bestand met macro's.",
            "Er is geen verslag gemaakt.",
            "Bewaar het in Word als .docx of .dotx en kies dat: zonder de macro's is het een goed sjabloon.",
        )
    try:
        document = docx.Document(io.BytesIO(_as_document(data)))
        if document.element.body is None:
            raise ValueError("no body")
        return document
    # What python-docx raises on files that are something else depends on where it stumbles.
    except (
        zipfile.BadZipFile,
        KeyError,
        ValueError,
        AttributeError,
        TypeError,
        SyntaxError,
        NotImplementedError,
        RuntimeError,
        zlib.error,
    ) as error:
        raise TemplateError(
            f"{source.name} is geen Word-document (.docx) of is beschadigd.", "Er is geen verslag gemaakt.", _AWAY
        ) from error


def _holds_macros(data: bytes) -> bool:
    """Tell whether this is a .docm or .dotm."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return _MACRO_TYPE in archive.read("[Content_Types].xml")
    except (zipfile.BadZipFile, KeyError, OSError, NotImplementedError, RuntimeError):
        return False


def _as_document(data: bytes) -> bytes:
    """Return a Word template (.dotx) as the document that Word makes of it; anything else as it is."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        types = archive.read("[Content_Types].xml")
        if _TEMPLATE_TYPE not in types:
            return data
        parts = {name: archive.read(name) for name in archive.namelist()}
    return zip_parts({**parts, "[Content_Types].xml": types.replace(_TEMPLATE_TYPE, _DOCUMENT_TYPE)})


def _numbering(document: Any) -> Element:
    try:
        part = document.part.part_related_by(RELATIONSHIP_TYPE.NUMBERING)
    except KeyError:
        name = PackURI("/word/numbering.xml")
        root = cast(Any, parse_xml(f'<w:numbering xmlns:w="{W}"/>'))
        part = XmlPart(name, CONTENT_TYPE.WML_NUMBERING, root, document.part.package)
        document.part.relate_to(part, RELATIONSHIP_TYPE.NUMBERING)
    return part.element


def _parts(document: Any) -> StyleParts:
    return StyleParts(document.styles.element, _numbering(document))


@lru_cache(maxsize=4)
def _house_parts(look: Look) -> StyleParts:
    # Only ever copied from, never changed.
    return _parts(docx.Document(io.BytesIO(house_style(look))))


@dataclass(frozen=True)
class Front:
    """A cover of the template's own: elements of the body ahead of the document, and behind it."""

    ahead: tuple[Element, ...]
    behind: tuple[Element, ...]


class Template:
    """One template, opened for one document."""

    def __init__(self, style: HouseStyle | None = None) -> None:
        """Open the user's template, or that of a look of the program's own; TemplateError if it is none."""
        chosen = style or HouseStyle()
        self.own = chosen.template is not None
        self._docx = (
            docx.Document(io.BytesIO(house_style(chosen.look))) if chosen.template is None else _open(chosen.template)
        )
        self.styles = StyleBook(_parts(self._docx), lambda: _house_parts(self.look))
        self.look = chosen.look if chosen.template is None else self._look_along(chosen.look)
        self.sections = 1
        self.cover_section, self.section = self._sections()

    def reader(self) -> StyleReader:
        """Return what reads how the styles look, as they are now."""
        theme = next(
            (
                item.target_part.blob
                for item in self._docx.part.rels.values()
                if item.reltype == RELATIONSHIP_TYPE.THEME
            ),
            b"",
        )
        return StyleReader(self._docx.styles.element, theme)

    def _look_along(self, base: Look) -> Look:
        """Return a look for what the template lacks, in the template's own font and colours."""
        body, heading = self.styles.own("Normal"), self.styles.own("heading 1")
        return template_look(self.reader(), body[0] if body else "", heading[0] if heading else "", base)

    def _sections(self) -> tuple[Element, Element]:
        """Return the pages (w:sectPr) of a cover and of the text.

        A template of several sections gives its first to the cover, and its second to the text if that lies the same
        way: a lying section behind a standing one is for what its owner puts there.
        """
        body = self._docx.element.body
        body.get_or_add_sectPr()
        found = [copy.deepcopy(item) for item in body.iter(w("sectPr"))]
        for before, after in pairwise(found):
            _inherit(before, after)
        first = found[0]
        self.sections = len(found)
        text = found[1] if len(found) > 1 and _lies(found[1]) == _lies(first) else first
        return first, copy.deepcopy(text)

    def front(self, document: Document) -> Front | None:
        """Return the template's own cover, filled; None where it has no places for words."""
        values = cover_values(document)
        for relation in self._docx.part.rels.values():
            if relation.reltype in _HEADERS:
                fill(relation.target_part.element, values)
        body = self._docx.element.body
        if not self.own or next(places(body), None) is None:
            return None
        fill(body, values)
        blocks = [item for item in body if item.tag != w("sectPr")]
        here = next((at for at, item in enumerate(blocks) if any(name == BODY for name, _ in places(item))), None)
        ahead = blocks if here is None else blocks[:here]
        behind = [] if here is None else blocks[here + 1 :]
        return Front(tuple(ahead), tuple(behind))

    def places(self) -> Iterable[str]:
        """Yield the names of the places that this template has for words, each once."""
        roots = [self._docx.element.body]
        roots += [
            relation.target_part.element for relation in self._docx.part.rels.values() if relation.reltype in _HEADERS
        ]
        yield from dict.fromkeys(name for root in roots for name, _ in places(root))

    def headers(self) -> tuple[int, int]:
        """Return how many headers and footers there are with anything in them."""
        counts = dict.fromkeys(_HEADERS, 0)
        for relation in self._docx.part.rels.values():
            if relation.reltype in _HEADERS:
                element = relation.target_part.element
                counts[relation.reltype] += bool(
                    "".join(element.itertext()).strip() or next(element.iter(w("drawing"), w("pict")), None) is not None
                )
        return counts[RELATIONSHIP_TYPE.HEADER], counts[RELATIONSHIP_TYPE.FOOTER]

    def add_chart(self, chart: bytes, workbook: bytes) -> str:
        """Take a chart with its workbook into the file and return the id of the relation to it."""
        main = self._docx.part
        package = main.package
        part = Part(package.next_partname("/word/charts/chart%d.xml"), _CHART_TYPE, chart, package)
        identity = str(main.relate_to(part, RELATIONSHIP_TYPE.CHART))
        name = package.next_partname("/word/embeddings/Microsoft_Excel_Sheet%d.xlsx")
        part.relate_to(Part(name, _SHEET_TYPE, workbook, package), RELATIONSHIP_TYPE.PACKAGE)
        return identity

    def describe(self, document: Document) -> None:
        """Set what the file says about itself: title, author, language, dates."""
        about = document.properties
        core = self._docx.core_properties
        texts = {
            "title": document.title,
            "author": about.author,
            "last_modified_by": about.author,
            "subject": about.subject,
            "keywords": about.keywords,
            "comments": "",
            "language": document.language,
        }
        for name, text in texts.items():
            setattr(core, name, " ".join(clean(text).split())[:_LONGEST_PROPERTY])
        for name in ("category", "content_status"):
            if getattr(core, name):
                setattr(core, name, "")
        core.created = core.modified = about.made
        core.revision = 1
        for printed in core._element.findall(f"{{{core._element.nsmap['cp']}}}lastPrinted"):
            core._element.remove(printed)
        self._speak(document.language)
        self._fill_title(document.title)
        self._settle()

    def _speak(self, language: str) -> None:
        root = self._docx.styles.element
        for text in root.iterfind(f"{w('docDefaults')}/{w('rPrDefault')}/{w('rPr')}"):
            tag = text.find(w("lang"))
            if tag is None:
                tag = text.makeelement(w("lang"), {})
                text.append(tag)
            tag.set(w("val"), language)

    def _fill_title(self, title: str) -> None:
        # Word and LibreOffice work the field out themselves; other programs show what was put in it last.
        for relation in self._docx.part.rels.values():
            if relation.reltype not in _HEADERS:
                continue
            for field in relation.target_part.element.iter(w("fldSimple")):
                if (field.get(w("instr")) or "").split()[:1] == ["TITLE"]:
                    for text in field.iter(w("t")):
                        text.text = " ".join(clean(title).split())

    def _settle(self) -> None:
        settings = self._docx.settings.element
        for name in _UNWANTED:
            for item in settings.findall(w(name)):
                settings.remove(item)
        own = self._docx.part._settings_part.rels
        for identity in [key for key, relation in own.items() if relation.is_external]:
            del own[identity]

    def file(self, body: bytes) -> bytes:
        """Return the file with `body` as its main part; what the template's old body alone referred to is left out."""
        main = self._docx.part
        for identity, relation in list(main.rels.items()):
            if relation.reltype.rsplit("/", 1)[-1] not in _KEPT and f'"{identity}"'.encode() not in body:
                del main.rels[identity]
        name = str(main.partname).lstrip("/")
        element = self._docx.element.body
        for child in list(element):
            if child.tag != w("sectPr"):
                element.remove(child)
        buffer = io.BytesIO()
        self._docx.save(buffer)
        with zipfile.ZipFile(buffer) as archive:
            parts = {part: archive.read(part) for part in archive.namelist()}
        return zip_parts({**parts, name: body})


def _lies(section: Element) -> bool:
    size = section.find(w("pgSz"))
    return size is not None and whole_number(size.get(w("w"))) > whole_number(size.get(w("h")))


def _inherit(before: Element, after: Element) -> None:
    """Give a section the headers and footers that it takes from the one before it."""
    for tag in (w("footerReference"), w("headerReference")):
        own = {item.get(w("type")) for item in after.findall(tag)}
        for item in reversed(before.findall(tag)):
            if item.get(w("type")) not in own:
                after.insert(0, copy.deepcopy(item))
