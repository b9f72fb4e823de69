"""What the program recognises in a user's template, to be shown before anything is made with it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from sto_desktop.language import tr, tr_later
from sto_desktop.report.look.dress import Dress, Page, dress_of
from sto_desktop.report.look.look import STO_TWENTE, HouseStyle, Look
from sto_desktop.report.look.style_sheet import Style
from sto_desktop.report.word.style_reading import StyleLook, StyleReader
from sto_desktop.report.word.template import Template
from sto_desktop.report.word.template_pages import page_of

PURPOSES = {
    "heading 1": "Hoofdstuk",
    "heading 2": "Paragraaf",
    "heading 3": "Kopje",
    "Normal": "Gewone tekst",
    "STO Inleiding": tr_later("Inleiding van een hoofdstuk"),
    "STO Inzicht": "Inzicht",
    "List Bullet": "Opsomming",
    "List Number": "Genummerde lijst",
    "Quote": "Citaat",
    "caption": "Bijschrift",
    "STO Tabel": "Tabel",
    "Title": tr_later("Titel op het omslag"),
    "Subtitle": "Ondertitel",
    "toc 1": "Inhoudsopgave",
}
"""What styles are for that a user knows, by their name in the program's own house style."""

_IN_WORD = {
    "heading 1": "Kop 1",
    "heading 2": "Kop 2",
    "heading 3": "Kop 3",
    "normal": "Standaard",
    "list bullet": "Lijst opsom.teken",
    "list number": "Lijstnummering",
    "quote": "Citaat",
    "caption": "Bijschrift",
    "title": "Titel",
    "subtitle": "Ondertitel",
    "toc 1": "Inhopg 1",
}
"""What a Dutch Word calls its own styles, whose names are English in every file."""


@dataclass(frozen=True, slots=True)
class RecognisedStyle:
    """A style: what it is for, and what it is called in the template; "" where it will be added."""

    purpose: str
    name: str
    look: StyleLook | None = None


@dataclass(frozen=True)
class Recognised:
    """What there is in a template: pages as sections, parts of headers and footers, places for words, styles."""

    name: str
    page: Page
    sections: int
    headers: int
    footers: int
    places: tuple[str, ...]
    styles: tuple[RecognisedStyle, ...]
    numbered: bool
    dress: Dress

    @property
    def landscape(self) -> bool:
        """Tell whether the text lies on its side."""
        return self.page.width > self.page.height


def recognise(template: Path, look: Look = STO_TWENTE) -> Recognised:
    """Open a template and tell what is in it; TemplateError if it is none."""
    opened = Template(HouseStyle(look, template))
    reader = opened.reader()
    found = []
    for name, purpose in PURPOSES.items():
        own = opened.styles.own(name)
        called = _IN_WORD.get(own[1].lower(), own[1]) if own else ""
        found.append(RecognisedStyle(tr(purpose), called, reader.read(own[0]) if own else None))
    headers, footers = opened.headers()
    page = page_of(opened.section)
    return Recognised(
        template.name,
        page,
        opened.sections,
        headers,
        footers,
        tuple(opened.places()),
        tuple(found),
        _numbered(opened),
        _dress(opened, reader, page),
    )


def dress_for(style: HouseStyle | None = None) -> Dress:
    """Return how a house style shows outside Word; TemplateError if its template is none."""
    chosen = style or HouseStyle()
    if chosen.template is None:
        return dress_of(chosen.look)
    # The same file read again is the same dress; a file that was changed is another.
    return _dress_of_template(chosen.template, _stamp(chosen.template), chosen.look)


def _stamp(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except OSError:
        return 0.0


@lru_cache(maxsize=4)
def _dress_of_template(template: Path, _changed: float, look: Look) -> Dress:
    return recognise(template, look).dress


def _dress(opened: Template, reader: StyleReader, page: Page) -> Dress:
    base = dress_of(opened.look)
    shown: dict[str, Style] = {}
    for name, style in base.styles.items():
        own = opened.styles.own(name)
        if own is None:
            shown[name] = style
            continue
        look = reader.read(own[0])
        shown[name] = Style(
            name,
            style.id,
            look.size,
            colour=look.colour or opened.look.ink,
            bold=look.bold,
            italic=look.italic,
            before=look.before,
            after=look.after,
            line=look.line,
        )
    return Dress(opened.look, shown, page, own=False, numbered=_numbered(opened))


def _numbered(opened: Template) -> bool:
    """Tell whether chapters will have a number: as the template has it, or the program's own where it has no style."""
    return not opened.styles.own("heading 1") or opened.styles.heading_number("heading 1") is not None
