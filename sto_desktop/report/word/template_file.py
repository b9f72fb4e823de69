"""Opens and checks the file of a user's template: a harmless ZIP, well-formed XML, a complete Word document."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, cast

import docx
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.oxml import serialize_part_xml
from docx.opc.packuri import PackURI
from docx.opc.part import XmlPart
from docx.oxml.parser import parse_xml as parse_word_xml

from sto_desktop.archive import Archive, damaged, nodes_in, packed, parse_xml
from sto_desktop.domain.errors import DamagedFileError, ExchangeError, reason
from sto_desktop.language import tr, tr_later
from sto_desktop.own_files import open_file
from sto_desktop.report.blocks.errors import TemplateError
from sto_desktop.report.look.markup import W
from sto_desktop.report.word.leftovers import remove_hidden, remove_notes
from sto_desktop.report.word.strict import as_transitional
from sto_desktop.report.word.style_book import Element, w

_FETCHING = re.compile(r"\b(DDE|DDEAUTO|INCLUDETEXT|INCLUDEPICTURE|IMPORT|LINK|RD|DATABASE)\b", re.IGNORECASE)
"""Fields that fetch something (ECMA-376 part 1, 17.16.5)."""
LARGEST = 50_000_000
"""Bytes of the file; unpacked it may be twice that."""
MOST_NODES = 1_500_000
"""Tags and attributes in all parts together: a house style has thousands, a report of 10,000 notes 500,000."""
_NOTES = (RELATIONSHIP_TYPE.FOOTNOTES, RELATIONSHIP_TYPE.ENDNOTES)
_TYPES = "[Content_Types].xml"
_DOCUMENT_TYPE = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_OTHER_TYPES = (
    b"application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml",
    b"application/vnd.ms-word.template.macroEnabledTemplate.main+xml",
    b"application/vnd.ms-word.document.macroEnabled.main+xml",
)
"""Of a template (.dotx), and of files with macros (.dotm, .docm): python-docx opens only documents."""
_PROGRAMS = ("/vbaProject", "/keyMapCustomizations", "/attachedToolbars", "/control")
"""Ends of the types of relations that lead to macros, their keys and buttons, and ActiveX."""
_KEPT = tr_later("Er is geen verslag gemaakt.")
_AWAY = tr_later("Kies een ander sjabloon, of laat de keuze leeg voor een huisstijl van het programma.")
_ROOTS = {
    RELATIONSHIP_TYPE.STYLES: "styles",
    RELATIONSHIP_TYPE.NUMBERING: "numbering",
    RELATIONSHIP_TYPE.SETTINGS: "settings",
    RELATIONSHIP_TYPE.HEADER: "hdr",
    RELATIONSHIP_TYPE.FOOTER: "ftr",
}
"""The root element of each part that the program reads or fills, by the type of the relation to it."""
_ONCE = (RELATIONSHIP_TYPE.STYLES, RELATIONSHIP_TYPE.NUMBERING, RELATIONSHIP_TYPE.SETTINGS, RELATIONSHIP_TYPE.THEME)
"""Relations that a document must have at most one of; of two, it is undefined which one Word uses."""


def open_template(source: Path) -> tuple[Any, bool]:
    """Return a template as a document of python-docx without macros, and whether it had some.

    TemplateError if it can't be read, could do harm, or is no valid Word document.
    """
    name = source.name
    try:
        archive = Archive(_read(source), name, 2 * LARGEST)
        return _document(archive), archive.has_macros()
    except DamagedFileError as error:
        raise TemplateError(
            tr("{name} is geen Word-document (.docx) of is beschadigd.", name=name), _KEPT, _AWAY
        ) from error
    except ExchangeError as error:
        raise TemplateError(error.happened, _KEPT, _AWAY) from error


def _read(source: Path) -> bytes:
    try:
        if source.stat().st_size > LARGEST:
            raise _too_large(source.name)
        with open_file(source) as file:
            return file.read()
    except OSError as error:
        happened = tr("Het sjabloon {file} kan niet worden gelezen ({reason}).", file=source.name, reason=reason(error))
        raise TemplateError(happened, _KEPT, _AWAY) from error


def _document(archive: Archive) -> Any:
    parts = archive.parts()
    types = parts.get(_TYPES, b"")
    for other in _OTHER_TYPES:
        types = types.replace(other, _DOCUMENT_TYPE)
    parts[_TYPES] = types
    _check_xml(parts, archive.name)
    parts = as_transitional(parts)
    try:
        document = docx.Document(io.BytesIO(packed(parts)))
        _leave_properties(document)
        _leave_programs(document)
        if not _is_whole(document):
            raise ValueError("lacks what a Word document has")
        _check_outside(document, archive.name)
        _remove_hidden(document)
    # python-docx raises different exceptions on invalid files, depending on where it fails.
    except (KeyError, ValueError, AttributeError, TypeError, SyntaxError, NotImplementedError, RuntimeError) as error:
        raise damaged(archive.name) from error
    return document


def _check_xml(parts: Mapping[str, bytes], name: str) -> None:
    """Refuse XML that is damaged, declares entities, or is far larger than a template needs."""
    types = parse_xml(parts[_TYPES], name)
    # A part is XML by its content type, whatever its name.
    xml_names = {
        str(override.get("PartName")).lower()
        for override in types
        if str(override.get("ContentType")).strip().endswith("xml")
    }
    xml_parts = [
        part
        for entry, part in parts.items()
        if entry.lower().endswith((".xml", ".rels")) or f"/{entry}".lower() in xml_names
    ]
    if sum(map(nodes_in, xml_parts)) > MOST_NODES:
        raise _too_large(name)
    for part in xml_parts:
        parse_xml(part, name)


def _check_outside(document: Any, name: str) -> None:
    """Refuse a template that fetches something when its report is opened: a picture, a text, another program's data."""
    settings = document.part._settings_part
    for part in document.part.package.iter_parts():
        # Targets of the settings are left out of the report, and a link does nothing until it is clicked.
        for relation in part.rels.values() if part is not settings else ():
            if relation.is_external and relation.reltype != RELATIONSHIP_TYPE.HYPERLINK:
                raise _fetches(name, str(relation.target_ref))
        if isinstance(part, XmlPart):
            _refuse_fetching(part.element, name)


def _refuse_fetching(root: Any, name: str) -> None:
    # Word may spread one instruction over several runs, also of the next paragraph, and a comment in the XML may part
    # its letters.
    spread: dict[Any, list[str]] = {}
    for code in root.iter(w("instrText")):
        text = _text_of(code)
        for home in (root, *code.iterancestors(w("p"))):
            spread.setdefault(home, []).append(text)
    codes = ["".join(parts) for parts in spread.values()]
    codes += [field.get(w("instr")) or "" for field in root.iter(w("fldSimple"))]
    fetching = next(filter(None, map(_FETCHING.search, codes)), None)
    if fetching is not None:
        raise _fetches(name, fetching.group().upper())


def _text_of(element: Any) -> str:
    return (element.text or "") + "".join(child.tail or "" for child in element)


def _fetches(name: str, fetched: str) -> TemplateError:
    return TemplateError(
        tr("{name} haalt iets van buiten op ({what}) zodra iemand het verslag opent.", name=name, what=fetched),
        _KEPT,
        tr("Haal dat in Word uit het sjabloon: voeg een plaatje in zonder koppeling. Of kies een ander sjabloon."),
    )


def _too_large(name: str) -> TemplateError:
    return TemplateError(tr("{name} is te groot voor een sjabloon.", name=name), _KEPT, _AWAY)


def _leave_properties(document: Any) -> None:
    """Remove what the file holds besides its document: metadata, whatever their names, and a picture of a page."""
    relations = document.part.package.rels
    for key, relation in list(relations.items()):
        if relation.reltype != RELATIONSHIP_TYPE.OFFICE_DOCUMENT:
            del relations[key]
    # The new document gets its own.
    document.core_properties.title = ""


def _leave_programs(document: Any) -> None:
    """Remove macros and controls that run a program: their parts are reached by relations only."""
    for part in list(document.part.package.iter_parts()):
        for key, relation in list(part.rels.items()):
            if relation.reltype.endswith(_PROGRAMS):
                del part.rels[key]
                if isinstance(part, XmlPart):
                    _without_control(part.element, key)


def _without_control(root: Any, relation: str) -> None:
    for control in list(root.iter(w("control"))):
        if relation in control.values():
            home = next(control.iterancestors(w("object")), control)
            home.getparent().remove(home)


def _remove_hidden(document: Any) -> None:
    for part in document.part.package.iter_parts():
        if isinstance(part, XmlPart):
            remove_hidden(part.element)
    for relation in document.part.rels.values():
        if relation.reltype in _NOTES and not isinstance(relation.target_part, XmlPart):
            parse_xml(relation.target_part.blob, "")
            root = cast(Any, parse_word_xml(relation.target_part.blob))
            remove_notes(root)
            relation.target_part._blob = serialize_part_xml(root)


def _is_whole(document: Any) -> bool:
    """Return whether a document has every part that the program reads, fills or writes; optional ones are added."""
    if document.element.tag != w("document") or document.element.body is None:
        return False
    # Accessing these parts adds the missing ones, under names that must be unused: hence the check of names below.
    numbering_of(document)
    roots = (document.styles.element.tag, document.settings.element.tag)
    package = document.part.package
    parts = list(package.iter_parts())
    names = {str(part.partname).lower() for part in parts}
    return (
        roots == (w("styles"), w("settings"))
        and len(names) == len(parts)
        and all(part.content_type for part in parts)
        and all(_is_sound(relation) for holder in (package, *parts) for relation in holder.rels.values())
        and all(_leads_to_what_it_says(relation) for relation in document.part.rels.values())
        and all(sum(relation.reltype == kind for relation in document.part.rels.values()) <= 1 for kind in _ONCE)
    )


def _is_sound(relation: Any) -> bool:
    return bool(relation.rId and relation.reltype and relation.target_ref)


def _leads_to_what_it_says(relation: Any) -> bool:
    root = _ROOTS.get(relation.reltype)
    if root is None:
        return relation.reltype != RELATIONSHIP_TYPE.THEME or not relation.is_external
    return (
        not relation.is_external
        and isinstance(relation.target_part, XmlPart)
        and relation.target_part.element.tag == w(root)
    )


def numbering_of(document: Any) -> Element:
    """Return the root of the part with the numberings, which is added if missing."""
    try:
        part = document.part.part_related_by(RELATIONSHIP_TYPE.NUMBERING)
    except KeyError:
        name = PackURI("/word/numbering.xml")
        root = cast(Any, parse_word_xml(f'<w:numbering xmlns:w="{W}"/>'))
        part = XmlPart(name, CONTENT_TYPE.WML_NUMBERING, root, document.part.package)
        document.part.relate_to(part, RELATIONSHIP_TYPE.NUMBERING)
    return part.element
