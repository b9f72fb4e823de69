"""A Word template opened: its styles, its page, and the file that comes of it with another body."""

from __future__ import annotations

import copy
import io
import zipfile
from functools import lru_cache
from pathlib import Path
from typing import Any, cast

import docx
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import XmlPart
from docx.oxml.parser import parse_xml

from sto_desktop.report.blocks import Document
from sto_desktop.report.errors import TemplateError
from sto_desktop.report.markup import W, clean
from sto_desktop.report.package import zip_parts
from sto_desktop.report.style_book import Element, StyleBook, StyleParts, w
from sto_desktop.resources import resource

HOUSE_STYLE = resource("templates", "sto-twente.docx")
_LONGEST_PROPERTY = 255
"""Characters: more python-docx refuses."""


def _open(source: Path) -> Any:
    try:
        return docx.Document(io.BytesIO(source.read_bytes()))
    except OSError as error:
        raise TemplateError(
            f"Het sjabloon {source.name} kan niet worden gelezen ({error.strerror or error}).",
            "Er is geen verslag gemaakt.",
            "Kies een ander sjabloon, of laat de keuze leeg voor de huisstijl van STO Twente.",
        ) from error
    # What python-docx raises on files that are something else depends on where it stumbles.
    except (
        zipfile.BadZipFile,
        KeyError,
        ValueError,
        AttributeError,
        TypeError,
        SyntaxError,
        NotImplementedError,
    ) as error:
        raise TemplateError(
            f"{source.name} is geen Word-document (.docx) of is beschadigd.",
            "Er is geen verslag gemaakt.",
            "Kies een ander sjabloon, of laat de keuze leeg voor de huisstijl van STO Twente.",
        ) from error


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


@lru_cache(maxsize=1)
def _house_parts() -> StyleParts:
    # Only ever copied from, never changed.
    return _parts(_open(HOUSE_STYLE))


class Template:
    """One template, opened for one document."""

    def __init__(self, path: Path | None = None) -> None:
        """Open a .docx, or the house style that comes with the program; TemplateError if it is none."""
        self._docx = _open(path or HOUSE_STYLE)
        self.styles = StyleBook(_parts(self._docx), _house_parts)

    def section(self) -> Element:
        """Return the page: size, margins, headers and footers of the last section."""
        return copy.deepcopy(self._docx.element.body.get_or_add_sectPr())

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
        core.created = core.modified = about.made
        core.revision = 1
        self._speak(document.language)
        self._fill_title(document.title)

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
            if relation.reltype not in (RELATIONSHIP_TYPE.HEADER, RELATIONSHIP_TYPE.FOOTER):
                continue
            for field in relation.target_part.element.iter(w("fldSimple")):
                if (field.get(w("instr")) or "").split()[:1] == ["TITLE"]:
                    for text in field.iter(w("t")):
                        text.text = " ".join(clean(title).split())

    def file(self, body: bytes) -> bytes:
        """Return the file with `body` as its main part."""
        main = str(self._docx.part.partname).lstrip("/")
        element = self._docx.element.body
        for child in list(element):
            if child.tag != w("sectPr"):
                element.remove(child)
        buffer = io.BytesIO()
        self._docx.save(buffer)
        with zipfile.ZipFile(buffer) as archive:
            parts = {name: archive.read(name) for name in archive.namelist()}
        return zip_parts({**parts, main: body})
