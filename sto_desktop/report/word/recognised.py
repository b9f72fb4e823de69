"""What the program recognises in a user's template, shown to the user before the template is used."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from sto_desktop.language import tr, tr_later
from sto_desktop.report.look.dress import Dress, Page, dress_of
from sto_desktop.report.look.look import STO_TWENTE, HouseStyle, Look
from sto_desktop.report.look.style_sheet import Style
from sto_desktop.report.word.leftovers import TemplateText
from sto_desktop.report.word.style_reading import StyleLook, StyleReader
from sto_desktop.report.word.template import Template
from sto_desktop.report.word.template_pages import page_of

PURPOSES = {
    "heading 1": tr_later("Hoofdstuk"),
    "heading 2": tr_later("Paragraaf"),
    "heading 3": tr_later("Kopje"),
    "Normal": tr_later("Gewone tekst"),
    "STO Inleiding": tr_later("Inleiding van een hoofdstuk"),
    "STO Inzicht": tr_later("Inzicht"),
    "List Bullet": tr_later("Opsomming"),
    "List Number": tr_later("Genummerde lijst"),
    "Quote": tr_later("Citaat"),
    "caption": tr_later("Bijschrift"),
    "STO Tabel": tr_later("Tabel"),
    "Title": tr_later("Titel op het omslag"),
    "Subtitle": tr_later("Ondertitel"),
    "toc 1": tr_later("Inhoudsopgave"),
}
"""The purpose of styles that a user knows, by their name in the program's own house style."""

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
"""The names that a Dutch Word shows for built-in styles; in files their names are English."""


@dataclass(frozen=True, slots=True)
class RecognisedStyle:
    """A style: its purpose, and its name in the template; "" if the template lacks it and it will be added."""

    purpose: str
    name: str
    look: StyleLook | None = None


@dataclass(frozen=True)
class Recognised:
    """The contents of a template: page, number of sections, headers and footers, places for text, styles."""

    name: str
    page: Page
    sections: int
    headers: int
    footers: int
    places: tuple[str, ...]
    styles: tuple[RecognisedStyle, ...]
    numbered: bool
    dress: Dress
    leftovers: tuple[TemplateText, ...]
    """The texts that stay, also those that the user has removed from documents."""
    left_out: tuple[str, ...] = ()
    """Sentences on what is not taken along."""

    @property
    def landscape(self) -> bool:
        """Return whether the pages of the text are landscape."""
        return self.page.width > self.page.height


def recognise(template: Path, look: Look = STO_TWENTE) -> Recognised:
    """Open a template and return its contents; TemplateError if it can't be used."""
    opened = Template(HouseStyle(look, template))
    reader = opened.reader()
    recognised = []
    for name, purpose in PURPOSES.items():
        own_style = opened.styles.own(name)
        called = _IN_WORD.get(own_style[1].lower(), own_style[1]) if own_style else ""
        recognised.append(RecognisedStyle(tr(purpose), called, reader.read(own_style[0]) if own_style else None))
    headers, footers = opened.headers()
    page = page_of(opened.section)
    return Recognised(
        template.name,
        page,
        opened.sections,
        headers,
        footers,
        tuple(opened.places()),
        tuple(recognised),
        _numbered(opened),
        _dress(opened, reader, page),
        opened.leftovers(),
        opened.left_out,
    )


def dress_for(style: HouseStyle | None = None) -> Dress:
    """Return the dress of a house style; TemplateError if its template can't be used."""
    chosen = style or HouseStyle()
    if chosen.template is None:
        return dress_of(chosen.look)
    # The time of change is part of the cache key, so that a changed file is read again.
    return _dress_of_template(chosen.template, _stamp(chosen.template), chosen.look, chosen.emptied)


def _stamp(path: Path) -> float:
    try:
        return path.stat().st_mtime
    # A missing file is reported when it is opened.
    except OSError:
        return 0.0


# The cache key includes `_changed`, the time of the last change, so that an edited template is read again.
@lru_cache(maxsize=4)
def _dress_of_template(template: Path, _changed: float, look: Look, emptied: bool) -> Dress:
    # Opened anew: places in the headers get marks, and what is recognised is told without these.
    return replace(recognise(template, look).dress, running=Template(HouseStyle(look, template, emptied)).running())


def _dress(opened: Template, reader: StyleReader, page: Page) -> Dress:
    base = dress_of(opened.look)
    styles_by_name: dict[str, Style] = {}
    for name, style in base.styles.items():
        own_style = opened.styles.own(name)
        if own_style is None:
            styles_by_name[name] = style
            continue
        look = reader.read(own_style[0])
        styles_by_name[name] = Style(
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
    return Dress(opened.look, styles_by_name, page, own=False, numbered=_numbered(opened))


def _numbered(opened: Template) -> bool:
    """Return whether chapters will be numbered: by the template's heading style, or else by the program's own."""
    return not opened.styles.own("heading 1") or opened.styles.heading_number("heading 1") is not None
