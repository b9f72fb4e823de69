"""The places in a user's template that wait for words: content controls and bookmarks, found by name and filled.

A template with such places brings its own cover: its body stays, and the document comes where a place named "inhoud" or
"verslag" is, else behind it. Content controls: ECMA-376 part 1, 17.5.2; bookmarks: 17.13.6.
"""

from __future__ import annotations

import copy
import re
import unicodedata
from collections.abc import Iterator, Mapping
from itertools import islice

from sto_desktop.report.blocks.blocks import Cover, Document
from sto_desktop.report.look.markup import clean
from sto_desktop.report.word.style_book import Element, value, w

BODY = "verslag"
"""The place of the document itself."""
_NAMES = {
    "titel": ("titel", "title", "documenttitel", "documenttitle", "verslagtitel"),
    "ondertitel": ("ondertitel", "subtitel", "subtitle"),
    "status": ("status", "documentstatus"),
    "subregio": ("subregio", "regio", "subregion", "region"),
    "datum": ("datum", "date", "publicatiedatum", "publishdate", "gespreksdatum", "datumgesprek"),
    "locatie": ("locatie", "plaats", "location", "place"),
    "gespreksleider": ("gespreksleider", "moderator"),
    "notulist": ("notulist", "notetaker"),
    "panel": ("panel", "panelgesprek"),
    "versie": ("versie", "version"),
    "auteur": ("auteur", "author", "organisatie", "company", "bedrijf"),
    BODY: (BODY, "inhoud", "tekst", "body", "content", "documentinhoud"),
}
_KNOWN = {alias: name for name, aliases in _NAMES.items() for alias in aliases}
_LABEL = re.compile(r"[\w\s./()-]{0,30}:?\s*")
_MOST_PLACES, _LONGEST_PLACE = 200, 1000
"""Places in a part of a template that are filled, and elements that one holds; no cover has more."""
_PREFIXES = ("sto", "veld", "cc", "bm")


def place_name(text: str) -> str:
    """Return which place a tag, title or bookmark names ("STO_Titel" is "titel"), or "" for none that is known."""
    letters = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(sign for sign in letters if sign.isalnum())
    for prefix in ("", *_PREFIXES):
        found = _KNOWN.get(bare.removeprefix(prefix))
        if found:
            return found
    return ""


def cover_values(document: Document) -> dict[str, str]:
    """Return what each place gets; places of which the document says nothing are not in it."""
    cover = next((block for block in document.blocks if isinstance(block, Cover)), Cover(document.title))
    found = {place_name(label): words for label, words in cover.details}
    found |= {"titel": cover.title or document.title, "ondertitel": cover.subtitle, "status": cover.status}
    found.setdefault("auteur", document.properties.author)
    found.pop("", None)
    return {name: " ".join(clean(words).split()) for name, words in found.items() if words.strip()}


def places(root: Element) -> Iterator[tuple[str, Element]]:
    """Yield name and element (w:sdt or w:bookmarkStart) of the places below an element."""
    for item in root.iter(w("sdt"), w("bookmarkStart")):
        if item.tag == w("sdt"):
            names = (value(item, "sdtPr/tag"), value(item, "sdtPr/alias"))
        else:
            names = (item.get(w("name")), None)
        found = next((place for place in (place_name(name or "") for name in names) if place), "")
        if found:
            yield found, item


def fill(root: Element, values: Mapping[str, str]) -> None:
    """Put words in every place below an element; a place without words goes, with the label in front of it."""
    for name, item in list(islice(places(root), _MOST_PLACES)):
        # What stood within another place went with what that said.
        if name == BODY or item.getparent() is None:
            continue
        words = values.get(name, "")
        if item.tag == w("sdt"):
            _fill_control(item, words)
        else:
            _fill_bookmark(item, words)
        if not words:
            _take_away(item)


def _fill_control(control: Element, words: str) -> None:
    properties, content = control.find(w("sdtPr")), control.find(w("sdtContent"))
    if content is None:
        return
    for name in ("showingPlcHdr", "dataBinding"):
        # A binding would have Word put back what the template's own data says.
        for item in [] if properties is None else properties.findall(w(name)):
            _remove(item)
    for date in [] if properties is None else properties.findall(w("date")):
        date.attrib.pop(w("fullDate"), None)
    runs = list(content.iter(w("r")))
    if not runs:
        home = next(content.iter(w("p")), content)
        runs = [home.makeelement(w("r"), {})]
        home.append(runs[0])
    _say(runs[0], words)
    for style in runs[0].iterfind(f"{w('rPr')}/{w('rStyle')}"):
        # Grey as what waits for words: "Tekst van tijdelijke aanduiding" in a Dutch Word.
        if any(word in (style.get(w("val")) or "").casefold() for word in ("placeholder", "tijdelijke")):
            _remove(style)
    around = list(runs[0].iterancestors())
    for item in (*runs[1:], *(paragraph for paragraph in list(content.iter(w("p"))) if paragraph not in around)):
        _remove(item)


def _fill_bookmark(start: Element, words: str) -> None:
    identity = start.get(w("id"))
    runs = []
    for item in islice(start.itersiblings(), _LONGEST_PLACE):
        if item.tag == w("bookmarkEnd") and item.get(w("id")) == identity:
            break
        if item.tag == w("r"):
            runs.append(item)
    if not runs:
        run = start.makeelement(w("r"), {})
        beside = next((item for item in start.itersiblings(w("r"), preceding=True)), None)
        shape = None if beside is None else beside.find(w("rPr"))
        if shape is not None:
            run.append(copy.deepcopy(shape))
        start.addnext(run)
        runs = [run]
    _say(runs[0], words)
    for run in runs[1:]:
        _remove(run)


def _remove(item: Element) -> None:
    """Take an element away, unless that happened with what it stood in."""
    if item.getparent() is not None:
        item.getparent().remove(item)


def _say(run: Element, words: str) -> None:
    for item in list(run):
        if item.tag != w("rPr"):
            run.remove(item)
    text = run.makeelement(w("t"), {"{http://www.w3.org/XML/1998/namespace}space": "preserve"})
    text.text = words
    run.append(text)


def _take_away(item: Element) -> None:
    paragraph = item if item.tag == w("p") else next(item.iterancestors(w("p")), None)
    if paragraph is None:
        paragraph = next(item.iter(w("p")), None)
    drawn = paragraph is not None and next(paragraph.iter(w("drawing")), None) is not None
    if paragraph is None or drawn or not _LABEL.fullmatch(_text(paragraph)):
        return
    row = next(paragraph.iterancestors(w("tr")), None)
    if row is not None and all(_LABEL.fullmatch(_text(cell)) for cell in row.iter(w("tc"))):
        # A row of one label and one place; the last row of a table stays, for there is no table without.
        if row.getparent() is not None and len(row.getparent().findall(w("tr"))) > 1:
            _remove(row)
        return
    home = item if item.tag == w("sdt") and item.find(f"{w('sdtContent')}/{w('p')}") is not None else paragraph
    among = [] if home.getparent() is None else home.getparent().findall(w("p"))
    if len(among) > (home.tag == w("p")) and home.find(f"{w('pPr')}/{w('sectPr')}") is None:
        _remove(home)


def _text(element: Element) -> str:
    return "".join(item.text or "" for item in element.iter(w("t")))
