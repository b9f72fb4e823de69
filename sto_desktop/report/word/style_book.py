"""The styles of a template by name; styles that it lacks are copied from the house style when they are first needed.

Word stores the English name of a built-in style in every language ("heading 1" in a Dutch Word too), only its id
differs; so styles are looked up by name, ignoring case.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sto_desktop.domain.typed import whole_number
from sto_desktop.report.look.markup import W

_VARIANTS = frozenset({"sto kop 1 zonder nummer", "sto kop 2 zonder nummer", "sto bijlage", "sto kop 1 doorlopend"})
"""Styles that must look like the heading that they are based on, also if that is the template's own."""

_OTHER_NAMES = {
    "heading 1": ("kop 1", "kop1", "hoofdstuk", "hoofdstuktitel"),
    "heading 2": ("kop 2", "kop2", "paragraaf", "paragraafkop"),
    "heading 3": ("kop 3", "kop3", "subparagraaf", "tussenkop"),
    "normal": ("standaard", "platte tekst", "tekst", "basistekst"),
    "title": ("titel", "documenttitel"),
    "subtitle": ("ondertitel", "subtitel"),
    "list bullet": ("lijst opsom.teken", "lijstopsomteken", "opsomming", "opsommingsteken", "bullets"),
    "list number": ("lijst nummering", "lijstnummering", "genummerde lijst", "nummering"),
    "quote": ("citaat", "blokcitaat", "intense quote"),
    "caption": ("bijschrift", "figuurbijschrift", "tabelbijschrift"),
    "strong": ("zwaar", "vet"),
    "toc heading": ("kopvaninhoudsopgave", "kop van inhoudsopgave", "inhoudsopgave kop"),
    "toc 1": ("inhopg 1", "inhopg1", "inhoudsopgave 1"),
    "toc 2": ("inhopg 2", "inhopg2", "inhoudsopgave 2"),
    "toc 3": ("inhopg 3", "inhopg3", "inhoudsopgave 3"),
    "sto inleiding": ("inleiding", "intro", "introductie", "lead"),
    "sto inzicht": ("inzicht", "kader", "kadertekst", "uitgelicht"),
    "sto toelichting": ("toelichting", "kleine tekst", "noot"),
    "sto citaatbron": ("citaatbron", "bron"),
    "sto tabelkop": ("tabelkop", "tabel kop", "tabelkoptekst"),
    "sto tabeltekst": ("tabeltekst", "tabel tekst"),
    "sto tabel": ("huisstijltabel", "tabel huisstijl", "huisstijl tabel", "tabelhuisstijl"),
    "sto bijlage": ("bijlage", "bijlagekop", "kop bijlage", "bijlage kop"),
    "sto kop 1 zonder nummer": ("kop 1 zonder nummer", "kop 1 ongenummerd", "kop zonder nummer"),
    "sto kop 2 zonder nummer": ("kop 2 zonder nummer", "kop 2 ongenummerd"),
}
"""Alternative names of a style: its Dutch name as some programs write it, or common names in house styles."""
_KINDS = {"strong": "character", "sto tabel": "table"}
"""Kinds of styles that are not paragraph styles."""

_TEXT_STYLE = re.compile(r"(heading|kop|toc|inhopg) ?\d|toc heading|kopvaninhoudsopgave", re.IGNORECASE)
_LEVELS = 9
"""Levels of a list in Word."""
LONGEST_CHAIN = 100
"""Styles based on each other, of which a damaged template may have any number; Word's own go three deep."""
_MOST_LISTS = 100_000_000
"""Numbers of lists from here on are ignored when a free one is sought: a damaged file can have any number."""
_LOOKS = ("pBdr", "shd", "spacing", "ind", "jc", "pageBreakBefore")

Element = Any
"""An lxml element; some are of python-docx's own classes."""


def w(name: str) -> str:
    """Return a name in the WordprocessingML namespace, in lxml's notation."""
    return f"{{{W}}}{name}"


def value(element: Element, path: str) -> str | None:
    """Return the attribute w:val of the element at a path of names below `element`, or None."""
    target = element.find("/".join(w(name) for name in path.split("/")))
    return None if target is None else target.get(w("val"))


def styles_by_id(styles: Element) -> dict[str, Element]:
    """Return the styles below an element by their id; without an id a style can't be used, so it is left out."""
    styles_found = ((style.get(w("styleId")), style) for style in styles.iter(w("style")))
    return {str(identity): style for identity, style in styles_found if identity}


@dataclass(frozen=True)
class StyleParts:
    """The roots of the two parts that hold styles and numberings."""

    styles: Element
    numbering: Element


@dataclass(frozen=True, slots=True)
class HeadingNumber:
    """How Word numbers a heading style: list, level, text ("%1.%2"), and `gap`, the separator after the number.

    `forms` are the number formats of the levels up to and including this one.
    """

    number: str
    level: int
    text: str
    gap: str
    forms: tuple[str, ...]


class StyleBook:
    """Ids of styles in one document; asking for the id of a style adds the style if it is missing."""

    def __init__(self, own: StyleParts, house: Callable[[], StyleParts]) -> None:
        """`own` are the document's parts, to which styles are added; `house` returns the house style's when needed."""
        self._own = own
        self._house = house
        self._by_id = styles_by_id(own.styles)
        self._names = {identity: value(style, "name") or "" for identity, style in self._by_id.items()}
        self._known = {name.lower(): identity for identity, name in self._names.items()}
        kinds = {identity: style.get(w("type"), "paragraph") for identity, style in self._by_id.items()}
        for name, aliases in _OTHER_NAMES.items():
            kind = _KINDS.get(name, "paragraph")
            fitting = (self._known[alias] for alias in aliases if alias in self._known)
            theirs = next((identity for identity in fitting if kinds[identity] == kind), None)
            if theirs is not None:
                self._known.setdefault(name, theirs)
        self._added: set[str] = set()
        self._visible: set[str] = set()
        self._brought: dict[str, str] = {}
        self._numbers: dict[str, HeadingNumber | None] = {}

    def own(self, name: str) -> tuple[str, str] | None:
        """Return id and name of the template's own style for one of our names; None if it has none."""
        identity = self._known.get(name.lower())
        if identity is None or identity in self._added:
            return None
        return identity, self._names[identity]

    def id(self, name: str) -> str:
        """Return the id of a style, which is copied from the house style if the template lacks it."""
        identity = self._known.get(name.lower())
        if identity is None:
            return self._bring(name)
        if identity not in self._visible:
            self._visible.add(identity)
            _unhide(self._by_id[identity])
        return identity

    def _bring(self, name: str) -> str:
        house = self._house()
        by_id = styles_by_id(house.styles)
        names = {identity: value(style, "name") or "" for identity, style in by_id.items()}
        source = next(by_id[identity] for identity, style_name in names.items() if style_name.lower() == name.lower())
        style = copy.deepcopy(source)
        original = identity = str(style.get(w("styleId")))
        # The template may use the id for a style with another name.
        while identity in self._names or identity in self._added:
            identity += "x"
        style.set(w("styleId"), identity)
        self._known[name.lower()] = identity
        self._added.add(identity)
        base = style.find(w("basedOn"))
        if base is not None:
            base_name = names[base.get(w("val"))]
            base_is_own = base_name.lower() in self._known
            base.set(w("val"), self.id(base_name))
            # A variant based on the template's own heading must not keep the look of the program's heading.
            if base_is_own and name.lower() in _VARIANTS:
                _look_like_base(style)
        self._retarget_next(style, names)
        self._bring_numbering(name, style, original, house.numbering)
        self._own.styles.append(style)
        self._by_id[identity] = style
        return identity

    def _retarget_next(self, style: Element, names: dict[str, str]) -> None:
        follows = style.find(w("next"))
        if follows is None:
            return
        identity = self._known.get(names[follows.get(w("val"))].lower())
        if identity is None:
            style.remove(follows)
        else:
            follows.set(w("val"), identity)

    def _bring_numbering(self, name: str, style: Element, original: str, house: Element) -> None:
        reference = style.find(f"{w('pPr')}/{w('numPr')}/{w('numId')}")
        if reference is None or reference.get(w("val")) == "0":
            return
        wanted = reference.get(w("val"))
        if wanted not in self._brought:
            self._brought[wanted] = self._instance(self._add_definition(_abstract_of(house, wanted)))
        reference.set(w("val"), self._brought[wanted])
        if name.lower().startswith("heading "):
            depth = int(name.split()[-1])
            if self._is_loose(depth, (self._brought[wanted], depth - 1)):
                _unnumber(style)
                return
        for link in _abstract_of(self._own.numbering, self._brought[wanted]).iter(w("pStyle")):
            if link.get(w("val")) == original:
                link.set(w("val"), style.get(w("styleId")))

    def _add_definition(self, source: Element) -> str:
        abstract = copy.deepcopy(source)
        number = self._free("abstractNum", "abstractNumId")
        abstract.set(w("abstractNumId"), number)
        # The schema (CT_Numbering) requires all definitions before all instances.
        first = self._own.numbering.find(w("num"))
        if first is None:
            self._own.numbering.append(abstract)
        else:
            first.addprevious(abstract)
        return number

    def _free(self, element: str, attribute: str) -> str:
        used = (whole_number(entry.get(w(attribute))) for entry in self._own.numbering.iter(w(element)))
        return str(max((number for number in used if number < _MOST_LISTS), default=0) + 1)

    def _instance(self, abstract: str, *, restart: bool = False) -> str:
        number = self._free("num", "numId")
        instance = self._own.numbering.makeelement(w("num"), {w("numId"): number})
        instance.append(instance.makeelement(w("abstractNumId"), {w("val"): abstract}))
        if restart:
            override = instance.makeelement(w("lvlOverride"), {w("ilvl"): "0"})
            override.append(override.makeelement(w("startOverride"), {w("val"): "1"}))
            instance.append(override)
        last = self._own.numbering.findall(w("num"))
        if last:
            last[-1].addnext(instance)
        else:
            self._own.numbering.append(instance)
        return number

    def numbering_of(self, name: str) -> tuple[str, int] | None:
        """Return the list (numId) and level by which Word numbers a paragraph style, or None."""
        identity: str | None = self.id(name)
        level = None
        visited: set[str] = set()
        # A damaged template can have styles that are based on each other in a cycle.
        while identity in self._by_id and identity not in visited and len(visited) < LONGEST_CHAIN:
            visited.add(identity)
            style = self._by_id[identity]
            level = level if level is not None else value(style, "pPr/numPr/ilvl")
            number = value(style, "pPr/numPr/numId")
            if number is not None:
                depth = whole_number(level)
                return (number, depth) if number != "0" and 0 <= depth < _LEVELS else None
            identity = value(style, "basedOn")
        return None

    def drop_loose_numbers(self) -> None:
        """Take the number from headings that would count on through all chapters: the chapter above has none, or one of
        another list.
        """
        for depth in range(2, _LEVELS + 1):
            own = self.own(f"heading {depth}")
            if own is not None and self._is_loose(depth, self.numbering_of(f"heading {depth}")):
                _unnumber(self._by_id[own[0]])

    def _is_loose(self, depth: int, numbering: tuple[str, int] | None) -> bool:
        """Return whether the number of a heading style tells of one above that is not counted in its list."""
        counted = None if numbering is None else self._counted(numbering)
        if counted is None or numbering is None:
            return False
        for above in range(1, depth):
            if f"%{above}" in counted.text and self.own(f"heading {above}") is not None:
                higher = self.numbering_of(f"heading {above}")
                if higher is None or higher[1] != above - 1 or not self._same_list(higher[0], numbering[0]):
                    return True
        return False

    def _same_list(self, one: str, other: str) -> bool:
        return _abstract_of(self._own.numbering, one) is _abstract_of(self._own.numbering, other)

    def is_of_text(self, identity: str) -> bool:
        """Return whether the style with an id is that of a heading or of contents: what follows a cover."""
        visited: set[str] = set()
        at: str | None = identity
        while at in self._by_id and at not in visited and len(visited) < LONGEST_CHAIN:
            visited.add(at)
            level = value(self._by_id[at], "pPr/outlineLvl")
            if _TEXT_STYLE.match(self._names.get(at, "")) or whole_number(level, _LEVELS) < _LEVELS:
                return True
            at = value(self._by_id[at], "basedOn")
        return False

    def new_list(self, name: str) -> str | None:
        """Return a new list (numId) that counts from 1, numbered as a list style is; None if that is not numbered."""
        numbering = self.numbering_of(name)
        abstract = None if numbering is None else _abstract_of(self._own.numbering, numbering[0])
        return None if abstract is None else self._instance(abstract.get(w("abstractNumId")), restart=True)

    def heading_number(self, name: str) -> HeadingNumber | None:
        """Return how Word numbers a heading style, or None if it does not."""
        if name not in self._numbers:
            self._numbers[name] = self._heading_number(name)
        return self._numbers[name]

    def _heading_number(self, name: str) -> HeadingNumber | None:
        numbering = self.numbering_of(name)
        return None if numbering is None else self._counted(numbering)

    def _counted(self, numbering: tuple[str, int]) -> HeadingNumber | None:
        number, level = numbering
        abstract = _abstract_of(self._own.numbering, number)
        if abstract is None:
            return None
        levels = {
            whole_number(level_element.get(w("ilvl")), -1): level_element for level_element in abstract.iter(w("lvl"))
        }
        text = value(levels[level], "lvlText") if level in levels else None
        if not text:
            return None
        # Levels that the list does not define count in decimals.
        forms = tuple(
            (value(levels[at], "numFmt") or "decimal") if at in levels else "decimal" for at in range(level + 1)
        )
        gap = " " if value(levels[level], "suff") == "space" else "\t"
        return HeadingNumber(number, level, text, gap, forms)


def _abstract_of(numbering: Element, number: str) -> Element:
    for instance in numbering.iter(w("num")):
        if instance.get(w("numId")) == number:
            wanted = value(instance, "abstractNumId")
            same = (
                definition
                for definition in numbering.iter(w("abstractNum"))
                if definition.get(w("abstractNumId")) == wanted
            )
            return next(same, None) if wanted is not None else None
    return None


def _unhide(style: Element) -> None:
    """Show the text of a style: one that Word hides would hide what is written in it."""
    for hidden in style.findall(f"{w('rPr')}/{w('vanish')}"):
        hidden.getparent().remove(hidden)


def _unnumber(style: Element) -> None:
    """Take the number from a heading style, also one that it would have of the style that it is based on."""
    properties = style.get_or_add_pPr()
    numbers = properties.get_or_add_numPr()
    for element in list(numbers):
        numbers.remove(element)
    numbers.append(numbers.makeelement(w("numId"), {w("val"): "0"}))


def _look_like_base(style: Element) -> None:
    text = style.find(w("rPr"))
    if text is not None:
        style.remove(text)
    properties = style.find(w("pPr"))
    for name in _LOOKS:
        for element in properties.findall(w(name)):
            # "No page break before" is the purpose of a variant, so it is kept.
            if name != "pageBreakBefore" or element.get(w("val")) != "0":
                properties.remove(element)
