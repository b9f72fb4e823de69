"""An open Word template: its styles, its pages, its cover, and the file that results with another body."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import docx
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.part import Part

from sto_desktop.archive import Archive
from sto_desktop.domain.typed import whole_number
from sto_desktop.language import tr
from sto_desktop.report.blocks.blocks import Document
from sto_desktop.report.look.look import HouseStyle, Look
from sto_desktop.report.look.markup import clean
from sto_desktop.report.look.running import Running
from sto_desktop.report.word.house_style import house_style
from sto_desktop.report.word.leftovers import TemplateText, Where, empty_clues, leftovers_in
from sto_desktop.report.word.package import zip_parts
from sto_desktop.report.word.running_heads import RunningReader
from sto_desktop.report.word.style_book import Element, StyleBook, StyleParts, w
from sto_desktop.report.word.style_reading import StyleReader, template_look
from sto_desktop.report.word.template_fields import BODY, MARKS, cover_values, fill, keep_cover, places
from sto_desktop.report.word.template_file import numbering_of, open_template
from sto_desktop.report.word.template_pages import page_of, pages_of

_LONGEST_PROPERTY = 255
"""Characters; python-docx refuses more."""
_CHART_TYPE = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
_SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_WHERE = {RELATIONSHIP_TYPE.HEADER: Where.HEADER, RELATIONSHIP_TYPE.FOOTER: Where.FOOTER}
_HEADERS = tuple(_WHERE)
_KEPT = frozenset({"styles", "numbering", "settings", "fontTable", "theme", "webSettings", "footnotes", "endnotes"})
"""Kinds of relation that a document uses without referring to their id."""
_UNWANTED = (
    "trackRevisions", "mailMerge", "attachedTemplate", "documentProtection", "writeProtection", "docVars",
    "saveThroughXslt", "attachedSchema",
)  # fmt: skip
"""Settings of a template that must not reach the recipients of the document."""


def _parts(document: Any) -> StyleParts:
    return StyleParts(document.styles.element, numbering_of(document))


def _of_look(look: Look) -> Any:
    return docx.Document(io.BytesIO(house_style(look)))


@lru_cache(maxsize=4)
def _house_parts(look: Look) -> StyleParts:
    # Safe to cache: the parts are only copied from, never changed.
    return _parts(_of_look(look))


@dataclass(frozen=True)
class OwnCover:
    """The template's own cover: elements of its body before and after the document."""

    ahead: tuple[Element, ...]
    behind: tuple[Element, ...]


def _shows_something(header: Element) -> bool:
    # `itertext` would join the text of each paragraph and of each run below it again: python-docx overrides `text`.
    shown = header.iter(w("t"), w("instrText"), w("fldSimple"), w("drawing"), w("pict"))
    return any(element.tag not in (w("t"), w("instrText")) or (element.text or "").strip() for element in shown)


class Template:
    """One template, opened for one document."""

    def __init__(self, style: HouseStyle | None = None) -> None:
        """Open the user's template, or that of one of the program's own looks; TemplateError if it can't be used."""
        chosen = style or HouseStyle()
        self.own = chosen.template is not None
        self.left_out: tuple[str, ...] = ()
        """Sentences on what of the user's template is not in the documents."""
        if chosen.template is None:
            self._docx = _of_look(chosen.look)
        else:
            self._docx, macros = open_template(chosen.template)
            self.left_out = (tr("De macro's van het sjabloon zijn weggelaten."),) if macros else ()
        # The house style's parts are made only if the template lacks a style.
        self.styles = StyleBook(_parts(self._docx), lambda: _house_parts(self.look))
        self.look = chosen.look if chosen.template is None else self._look_along(chosen.look)
        headers = {key for key, relation in self._docx.part.rels.items() if relation.reltype in _HEADERS}
        self.cover_section, self.section, self.sections = pages_of(self._docx.element.body, headers)
        if self.own:
            self.styles.drop_loose_numbers()
            keep_cover(self._docx.element.body, self.styles.is_of_text)
        if chosen.emptied:
            for root, _ in self._kept_texts():
                empty_clues(root)

    def reader(self) -> StyleReader:
        """Return a reader of the looks of the styles as they are now."""
        theme = next(
            (
                relation.target_part.blob
                for relation in self._docx.part.rels.values()
                if relation.reltype == RELATIONSHIP_TYPE.THEME
            ),
            b"",
        )
        return StyleReader(self._docx.styles.element, theme)

    def _look_along(self, base: Look) -> Look:
        """Return a look for the styles that the template lacks, in the template's own font and colours."""
        body, heading = self.styles.own("Normal"), self.styles.own("heading 1")
        return template_look(self.reader(), body[0] if body else "", heading[0] if heading else "", base)

    def front(self, document: Document) -> OwnCover | None:
        """Return the template's own cover, filled in; None if it has no places for text."""
        values = cover_values(document)
        # Headers and footers have places too, also in a template without a cover of its own.
        for relation in self._docx.part.rels.values():
            if relation.reltype in _HEADERS:
                fill(relation.target_part.element, values)
        body = self._docx.element.body
        if not self.own or next(places(body), None) is None:
            return None
        fill(body, values)
        blocks = [element for element in body if element.tag != w("sectPr")]
        body_at = next(
            (at for at, element in enumerate(blocks) if any(name == BODY for name, _ in places(element))), None
        )
        # Without a place for the document, it follows the cover.
        ahead = blocks if body_at is None else blocks[:body_at]
        behind = [] if body_at is None else blocks[body_at + 1 :]
        return OwnCover(tuple(ahead), tuple(behind))

    def places(self) -> Iterable[str]:
        """Yield the names of the places for text in this template, each once."""
        roots = [self._docx.element.body]
        roots += [
            relation.target_part.element for relation in self._docx.part.rels.values() if relation.reltype in _HEADERS
        ]
        yield from dict.fromkeys(name for root in roots for name, _ in places(root))

    def leftovers(self) -> tuple[TemplateText, ...]:
        """Return the template's own texts that are in every document, each once."""
        return tuple(dict.fromkeys(one for root, where in self._kept_texts() for one in leftovers_in(root, where)))

    def _kept_texts(self) -> Iterator[tuple[Element, Where]]:
        """Yield the roots of what stays: the own cover, and the headers and footers that a section refers to."""
        if not self.own:
            return
        body = self._docx.element.body
        if next(places(body), None) is not None:
            yield body, Where.COVER
        used = {name for section in (self.cover_section, self.section) for part in section for name in part.values()}
        for identity, relation in self._docx.part.rels.items():
            if relation.reltype in _HEADERS and identity in used:
                yield relation.target_part.element, _WHERE[relation.reltype]

    def headers(self) -> tuple[int, int]:
        """Return the number of headers and of footers that are not empty."""
        counts = dict.fromkeys(_HEADERS, 0)
        for relation in self._docx.part.rels.values():
            if relation.reltype in _HEADERS:
                counts[relation.reltype] += _shows_something(relation.target_part.element)
        return counts[RELATIONSHIP_TYPE.HEADER], counts[RELATIONSHIP_TYPE.FOOTER]

    def add_chart(self, chart: bytes, workbook: bytes) -> str:
        """Add a chart with its workbook to the file and return the id of the relation to it."""
        main = self._docx.part
        package = main.package
        chart_part = Part(package.next_partname("/word/charts/chart%d.xml"), _CHART_TYPE, chart, package)
        identity = str(main.relate_to(chart_part, RELATIONSHIP_TYPE.CHART))
        name = package.next_partname("/word/embeddings/Microsoft_Excel_Sheet%d.xlsx")
        chart_part.relate_to(Part(name, _SHEET_TYPE, workbook, package), RELATIONSHIP_TYPE.PACKAGE)
        return identity

    def running(self) -> tuple[Running | None, ...]:
        """Return header and footer of the first page, and of the others; places in them are marks for a document."""
        if not self.own:
            return (None, None, None, None)
        page = page_of(self.section)
        reader = RunningReader(self._docx.styles.element, self.reader(), page, self.look.ink)
        found: list[Running | None] = []
        first = self.cover_section.find(w("titlePg")) is not None
        for section, kind in ((self.cover_section, "first" if first else "default"), (self.section, "default")):
            margins = section.find(w("pgMar"))
            for name in ("header", "footer"):
                reference = next(
                    (one for one in section.findall(w(f"{name}Reference")) if one.get(w("type")) == kind), None
                )
                identity = "" if reference is None else next(
                    (text for key, text in reference.items() if key.endswith("}id")), ""
                )  # fmt: skip
                relation = self._docx.part.rels.get(identity)
                edge = 36.0 if margins is None else whole_number(margins.get(w(name)), 720) / 20
                if relation is None or relation.is_external:
                    found.append(None)
                    continue
                fill(relation.target_part.element, MARKS)
                found.append(reader.read(relation.target_part, edge))
        return tuple(found)

    def describe(self, document: Document) -> None:
        """Set the metadata of the file: title, author, language, dates."""
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
        # Word and LibreOffice evaluate the field; other programs show its cached text.
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
            for setting in settings.findall(w(name)):
                settings.remove(setting)
        relations = self._docx.part._settings_part.rels
        for identity in [key for key, relation in relations.items() if relation.is_external]:
            del relations[identity]

    def file(self, body: bytes) -> bytes:
        """Return the file with `body` as its main part, without parts that only the template's old body used."""
        main = self._docx.part
        for identity, relation in list(main.rels.items()):
            if relation.reltype.rsplit("/", 1)[-1] not in _KEPT and f'"{identity}"'.encode() not in body:
                del main.rels[identity]
        for relation in main.rels.values():
            if relation.reltype in _HEADERS:
                part = relation.target_part
                # A link whose text was removed still holds its address.
                for unused in [key for key in part.rels if f'"{key}"'.encode() not in part.blob]:
                    del part.rels[unused]
        name = str(main.partname).lstrip("/")
        element = self._docx.element.body
        for child in list(element):
            if child.tag != w("sectPr"):
                element.remove(child)
        buffer = io.BytesIO()
        self._docx.save(buffer)
        parts = Archive(buffer.getvalue(), name).parts()
        return zip_parts({**parts, name: body})
