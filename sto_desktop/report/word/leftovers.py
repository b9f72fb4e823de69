"""What stays of a user's template in each document: the texts of its headers, footers and own cover, of which some tell
of a person, and what nobody sees, which is removed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum

from sto_desktop.domain.names.clues import Clue, clues_in
from sto_desktop.language import listed, tr, tr_later
from sto_desktop.report.word.style_book import Element, w
from sto_desktop.report.word.template_fields import places

_DRAWN = "{http://schemas.openxmlformats.org/drawingml/2006/"
_PICTURES = (f"{_DRAWN}wordprocessingDrawing}}docPr", f"{_DRAWN}picture}}cNvPr")
_DELETED = ("del", "moveFrom", "rPrChange", "pPrChange", "sectPrChange", "tblPrChange", "trPrChange", "tcPrChange",
            "tblGridChange", "tblPrExChange", "numberingChange", "commentRangeStart", "commentRangeEnd",
            "commentReference", "moveFromRangeStart", "moveFromRangeEnd", "moveToRangeStart", "moveToRangeEnd",
            "cellIns", "cellDel", "cellMerge", "footnoteReference", "endnoteReference")  # fmt: skip
"""What tracked changes and comments leave (ECMA-376 part 1, 17.13.4 and 17.13.5): they name who made them. And the
references to notes, of which a cover has no use.
"""
_INSERTED = (w("ins"), w("moveTo"))
_BEGIN, _END = "begin", "end"
_PICTURE_NAME = "Afbeelding"


class Where(Enum):
    """The part of a page on which a text stands; the value is its Dutch word."""

    HEADER = tr_later("Koptekst")
    FOOTER = tr_later("Voettekst")
    COVER = tr_later("Omslag")


@dataclass(frozen=True, slots=True)
class TemplateText:
    """A text of the template that stays, and what it looks like; no clues: it may stay."""

    where: Where
    text: str
    clues: tuple[Clue, ...]

    def said(self) -> str:
        """Return the text with its place and what it looks like, in words."""
        where = tr(self.where.value)
        if not self.clues:
            return tr("{where}: «{text}»", where=where, text=self.text)
        looks = listed(tr(clue.value) for clue in self.clues)
        return tr("{where}: «{text}», dat lijkt op {looks}", where=where, text=self.text, looks=looks)


def leftovers_in(root: Element, where: Where) -> Iterator[TemplateText]:
    """Yield the texts below an element that nothing fills in, each with what it looks like."""
    for texts in _lines_in(root):
        words = _said_by(texts)
        if words:
            yield TemplateText(where, words, clues_in(words))
    for picture in root.iter(*_PICTURES):
        words = " ".join(f"{picture.get('title') or ''} {picture.get('descr') or ''}".split())
        if words:
            yield TemplateText(where, words, clues_in(words))


def empty_clues(root: Element) -> None:
    """Remove the texts below an element that look like a person, an address, a number or a date."""
    for texts in list(_lines_in(root)):
        if clues_in(_said_by(texts)):
            for text in texts:
                text.text = ""
                link = next(text.iterancestors(w("hyperlink")), None)
                if link is not None and link.getparent() is not None:
                    link.getparent().remove(link)
    for picture in root.iter(*_PICTURES):
        for name in ("title", "descr"):
            if clues_in(picture.get(name) or ""):
                del picture.attrib[name]


def remove_hidden(root: Element) -> None:
    """Remove what nobody sees on paper: who changed or remarked what, deleted text, names of files of pictures."""
    for element in list(root.iter(*map(w, _DELETED))):
        if element.getparent() is not None:
            element.getparent().remove(element)
    for element in list(root.iter(*_INSERTED)):
        parent = element.getparent()
        if parent is not None:
            at = parent.index(element)
            # In w:rPr an insertion only marks the paragraph, and has no content.
            parent[at : at + 1] = list(element)
    for picture in root.iter(*_PICTURES):
        picture.set("name", _PICTURE_NAME)


def remove_notes(root: Element) -> None:
    """Remove all footnotes or endnotes but the lines that Word draws above them (17.11.10)."""
    for note in list(root.iter(w("footnote"), w("endnote"))):
        if note.get(w("type")) in (None, "normal"):
            note.getparent().remove(note)


def _lines_in(root: Element) -> Iterator[list[Element]]:
    """Yield the texts of each paragraph that are the template's own, without places and fields."""
    # The elements themselves and not their ids, which lxml gives to others as soon as nobody holds an element.
    filled = {text for _, place in places(root) for text in _texts_of_place(place)}
    for paragraph in root.iter(w("p")):
        texts = [text for text in _own_texts(paragraph) if text not in filled]
        if texts:
            yield texts


def _said_by(texts: Iterable[Element]) -> str:
    return " ".join("".join(text.text or "" for text in texts).split())


def _texts_of_place(place: Element) -> Iterator[Element]:
    if place.tag == w("sdt"):
        yield from place.iter(w("t"))
        return
    for sibling in place.itersiblings():
        if sibling.tag == w("bookmarkEnd") and sibling.get(w("id")) == place.get(w("id")):
            return
        yield from sibling.iter(w("t"))


def _own_texts(paragraph: Element) -> Iterator[Element]:
    """Yield the texts of a paragraph outside fields, whose results Word works out."""
    depth = 0
    for element in paragraph.iter(w("t"), w("fldChar")):
        if next(element.iterancestors(w("p")), None) is not paragraph:
            continue
        if element.tag == w("fldChar"):
            kind = element.get(w("fldCharType"))
            depth += (kind == _BEGIN) - (kind == _END)
        elif depth <= 0 and next(element.iterancestors(w("fldSimple")), None) is None:
            yield element
