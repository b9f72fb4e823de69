"""The page setups (w:sectPr) of a template: which one is for the cover and which for the text, with valid sizes.

ECMA-376 part 1, 17.6. Invalid sizes are corrected: Word would not open a document with them.
"""

from __future__ import annotations

import copy
from collections.abc import Collection
from itertools import islice

from sto_desktop.domain.typed import whole_number
from sto_desktop.report.look.dress import Page
from sto_desktop.report.word.style_book import Element, w

_LONGEST_SIDE = 31_680
"""Twips: 22 inches, Word's maximum."""
_LEAST_ROOM = 1440
"""Minimum width and height for text in twips: an inch."""
_SIDES = (("w", "h"), ("left", "right", "top", "bottom"))
_OTHER_MARGINS = {"header": 720, "footer": 720, "gutter": 0}
_REFERENCES = (w("headerReference"), w("footerReference"))
_KINDS = ("default", "first", "even")


def pages_of(body: Element, headers: Collection[str]) -> tuple[Element, Element, int]:
    """Return the page setups of cover and text, copied and corrected, and the number of sections.

    `headers` are the ids of relations to headers and footers. In a template of several sections the first is for the
    cover, and the second for the text if it has the same orientation: a landscape section after a portrait one is for
    the owner's own use.
    """
    body.get_or_add_sectPr()
    first, *more = (copy.deepcopy(section) for section in islice(body.iter(w("sectPr")), 2))
    for section in (first, *more):
        _mend(section, headers)
    for section in more:
        _inherit(first, section)
    text = next((section for section in more if _lies(section) == _lies(first)), first)
    return first, copy.deepcopy(text), sum(1 for _ in body.iter(w("sectPr")))


def page_of(section: Element) -> Page:
    """Return paper and margins of a section; default ones if its own leave no room for text."""
    standard = Page()
    size, margins = section.find(w("pgSz")), section.find(w("pgMar"))

    def measure(element: Element, name: str, otherwise: int) -> int:
        return abs(whole_number(None if element is None else element.get(w(name)), otherwise))

    page = Page(
        *(measure(size, name, otherwise) for name, otherwise in (("w", standard.width), ("h", standard.height))),
        *(
            measure(margins, name, otherwise)
            for name, otherwise in (
                ("left", standard.left),
                ("right", standard.right),
                ("top", standard.top),
                ("bottom", standard.bottom),
            )
        ),
    )
    room = min(page.width - page.left - page.right, page.height - page.top - page.bottom)
    return page if room >= _LEAST_ROOM and max(page.width, page.height) <= _LONGEST_SIDE else standard


def _mend(section: Element, headers: Collection[str]) -> None:
    page = page_of(section)
    sides = ((page.width, page.height), (page.left, page.right, page.top, page.bottom))
    for element, names, numbers in zip((section.find(w("pgSz")), section.find(w("pgMar"))), _SIDES, sides, strict=True):
        for name, number in zip(names, numbers, strict=True):
            # Compare absolute values: a negative margin is valid in Word, and means that text can't move it.
            if element is not None and abs(whole_number(element.get(w(name)), -1)) != number:
                element.set(w(name), str(number))
    margins = section.find(w("pgMar"))
    for name, otherwise in _OTHER_MARGINS.items():
        if margins is not None and not 0 <= whole_number(margins.get(w(name)), -1) <= _LONGEST_SIDE:
            margins.set(w(name), str(otherwise))
    references = set()
    for reference in section.findall(_REFERENCES[0]) + section.findall(_REFERENCES[1]):
        key = (reference.tag, reference.get(w("type")))
        identity = next((value for name, value in reference.items() if name.endswith("}id")), "")
        if key in references or key[1] not in _KINDS or identity not in headers:
            section.remove(reference)
        references.add(key)


def _lies(section: Element) -> bool:
    page = page_of(section)
    return page.width > page.height


def _inherit(before: Element, after: Element) -> None:
    """Give a section the headers and footers that it inherits from the previous one."""
    for tag in reversed(_REFERENCES):
        own_types = {reference.get(w("type")) for reference in after.findall(tag)}
        # Each is inserted at the front, so the last goes first.
        for reference in reversed(before.findall(tag)):
            if reference.get(w("type")) not in own_types:
                after.insert(0, copy.deepcopy(reference))
