"""The places for text in a user's template: content controls and bookmarks, found by name and filled in.

A template with such places has its own cover. The document is inserted at a place named "inhoud" or "verslag", and the
rest of the body stays; without that place only the cover stays, and the document follows. Content controls: ECMA-376
part 1, 17.5.2; bookmarks: 17.13.6.
"""

from __future__ import annotations

import copy
import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from itertools import islice

from sto_desktop.report.blocks.blocks import Cover, Document
from sto_desktop.report.look.markup import clean
from sto_desktop.report.look.running import mark_of
from sto_desktop.report.word.style_book import Element, value, w

BODY = "verslag"
"""The place of the document itself."""
# Names that people give to fields in Word, in Dutch and English, folded as in `place_name`.
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
MARKS = {name: mark_of(name) for name in _NAMES if name != BODY}
"""A mark for each place, for headers that are read before there is a document."""
# A short text such as "Locatie:" before a place; it is removed together with an empty place.
_LABEL = re.compile(r"[\w\s./()-]{0,30}:?\s*")
_MOST_PLACES, _LONGEST_PLACE = 200, 1000
"""Limits on places filled in one part of a template, and on elements in one place; no real cover has more."""
# Prefixes that house styles put before such names.
_PREFIXES = ("sto", "veld", "cc", "bm")


@lru_cache(maxsize=1000)
def place_name(text: str) -> str:
    """Return the place that a tag, title or bookmark names ("STO_Titel" is "titel"), or "" if it is unknown."""
    letters = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(character for character in letters if character.isalnum())
    for prefix in ("", *_PREFIXES):
        place = _KNOWN.get(bare.removeprefix(prefix))
        if place:
            return place
    return ""


def cover_values(document: Document) -> dict[str, str]:
    """Return the text for each place; places without text are left out."""
    cover = next((block for block in document.blocks if isinstance(block, Cover)), Cover(document.title))
    by_place = {place_name(label): words for label, words in cover.details}
    by_place |= {"titel": cover.title or document.title, "ondertitel": cover.subtitle, "status": cover.status}
    by_place.setdefault("auteur", document.properties.author)
    by_place.pop("", None)
    return {name: " ".join(clean(words).split()) for name, words in by_place.items() if words.strip()}


def places(root: Element) -> Iterator[tuple[str, Element]]:
    """Yield name and element (w:sdt or w:bookmarkStart) of the places below an element."""
    for element in root.iter(w("sdt"), w("bookmarkStart")):
        if element.tag == w("sdt"):
            names = (value(element, "sdtPr/tag"), value(element, "sdtPr/alias"))
        else:
            names = (element.get(w("name")), None)
        place = next((place for place in (place_name(name or "") for name in names) if place), "")
        if place:
            yield place, element


def keep_cover(body: Element, of_text: Callable[[str], bool]) -> None:
    """Remove a template's own text: what follows its cover, unless it says where the document goes.

    The cover ends at the first heading or contents after its first place, and at the end of the page with its last.
    `of_text` tells whether the style with an id is one of those.
    """
    blocks = [element for element in body if element.tag != w("sectPr")]
    named = [{name for name, _ in places(element)} for element in blocks]
    if any(BODY in names for names in named) or not any(named):
        return
    first = next(at for at, names in enumerate(named) if names)
    end = next(
        (at for at in range(first + 1, len(blocks)) if not named[at] and _is_text(blocks[at], of_text)), len(blocks)
    )
    last = max(at for at in range(end) if named[at])
    end = next((at + 1 for at in range(last, end) if _ends_page(blocks[at])), end)
    while end > last + 1 and _is_empty(blocks[end - 1]):
        end -= 1
    for block in blocks[end:]:
        body.remove(block)
    for page in list(blocks[end - 1].iter(w("br"))):
        # The page of the document begins anew by itself.
        if page.get(w("type")) == "page":
            _remove(page)


def _is_text(block: Element, of_text: Callable[[str], bool]) -> bool:
    if any(True for _ in block.iter(w("docPartGallery"))):
        return True
    styles = (value(paragraph, "pPr/pStyle") for paragraph in block.iter(w("p")))
    return any(of_text(style) for style in styles if style)


def _ends_page(block: Element) -> bool:
    """Return whether a page ends with a block of the body: it has a break, or the end of a section."""
    breaks = any(element.get(w("type")) == "page" for element in block.iter(w("br")))
    return breaks or next(block.iter(w("sectPr")), None) is not None


def _is_empty(block: Element) -> bool:
    shown = block.iter(w("drawing"), w("pict"), w("object"), w("sectPr"), w("tbl"))
    return not _text(block).strip() and next(shown, None) is None


def fill(root: Element, values: Mapping[str, str]) -> None:
    """Fill every place below an element; a place without text is removed, with the label in front of it."""
    # A list, since filling changes the tree that `places` walks.
    for name, element in list(islice(places(root), _MOST_PLACES)):
        # A place inside another one was removed when the outer one was filled.
        if name == BODY or element.getparent() is None:
            continue
        words = values.get(name, "")
        if element.tag == w("sdt"):
            _fill_control(element, words)
        else:
            _fill_bookmark(element, words)
        if not words:
            _take_away(element)


def _fill_control(control: Element, words: str) -> None:
    properties, content = control.find(w("sdtPr")), control.find(w("sdtContent"))
    if content is None:
        return
    for name in ("showingPlcHdr", "dataBinding"):
        # With a data binding, Word would restore the value from the template's own data.
        for element in [] if properties is None else properties.findall(w(name)):
            _remove(element)
    for date in [] if properties is None else properties.findall(w("date")):
        date.attrib.pop(w("fullDate"), None)
    runs = list(content.iter(w("r")))
    if not runs:
        home = next(content.iter(w("p")), content)
        runs = [home.makeelement(w("r"), {})]
        home.append(runs[0])
    _say(runs[0], words)
    for style in runs[0].iterfind(f"{w('rPr')}/{w('rStyle')}"):
        # Remove the grey placeholder style: "Tekst van tijdelijke aanduiding" in a Dutch Word.
        if any(word in (style.get(w("val")) or "").casefold() for word in ("placeholder", "tijdelijke")):
            _remove(style)
    around = list(runs[0].iterancestors())
    for element in (*runs[1:], *(paragraph for paragraph in list(content.iter(w("p"))) if paragraph not in around)):
        _remove(element)


def _fill_bookmark(start: Element, words: str) -> None:
    identity = start.get(w("id"))
    runs = []
    for sibling in islice(start.itersiblings(), _LONGEST_PLACE):
        if sibling.tag == w("bookmarkEnd") and sibling.get(w("id")) == identity:
            break
        if sibling.tag == w("r"):
            runs.append(sibling)
    if not runs:
        # An empty bookmark has no run: make one that looks like the text before it.
        run = start.makeelement(w("r"), {})
        beside = next((sibling for sibling in start.itersiblings(w("r"), preceding=True)), None)
        shape = None if beside is None else beside.find(w("rPr"))
        if shape is not None:
            run.append(copy.deepcopy(shape))
        start.addnext(run)
        runs = [run]
    # The first run gets all the text, in its own formatting.
    _say(runs[0], words)
    for run in runs[1:]:
        _remove(run)


def _remove(element: Element) -> None:
    """Remove an element, unless it was removed before, with its parent."""
    if element.getparent() is not None:
        element.getparent().remove(element)


def _say(run: Element, words: str) -> None:
    for child in list(run):
        if child.tag != w("rPr"):
            run.remove(child)
    text = run.makeelement(w("t"), {"{http://www.w3.org/XML/1998/namespace}space": "preserve"})
    text.text = words
    run.append(text)


def _take_away(place: Element) -> None:
    paragraph = place if place.tag == w("p") else next(place.iterancestors(w("p")), None)
    if paragraph is None:
        paragraph = next(place.iter(w("p")), None)
    drawn = paragraph is not None and next(paragraph.iter(w("drawing")), None) is not None
    # Only a paragraph that consists of a label is removed; one with other text or a drawing stays.
    if paragraph is None or drawn or not _LABEL.fullmatch(_text(paragraph)):
        return
    row = next(paragraph.iterancestors(w("tr")), None)
    if row is not None and all(_LABEL.fullmatch(_text(cell)) for cell in row.iter(w("tc"))):
        # Remove the whole row of a label and a place, but a table must keep at least one row.
        if row.getparent() is not None and len(row.getparent().findall(w("tr"))) > 1:
            _remove(row)
        return
    home = place if place.tag == w("sdt") and place.find(f"{w('sdtContent')}/{w('p')}") is not None else paragraph
    among = [] if home.getparent() is None else home.getparent().findall(w("p"))
    if len(among) > (home.tag == w("p")) and home.find(f"{w('pPr')}/{w('sectPr')}") is None:
        _remove(home)


def _text(element: Element) -> str:
    return "".join(text_element.text or "" for text_element in element.iter(w("t")))
