"""Who may be named how: by name, by role, or only as a panel member.

The rules, which hold for everything that leaves the program to be read:

- Who did not say yes to being named is never named; "onbekend" counts as no. Their full name and surname are
  also taken out of texts. A first name alone is not: it can be an ordinary word, and wants a human eye.
- Who did not say yes to being quoted is always "een panellid", and never quoted word for word.
- By role ("een docent vmbo") only where at least two members who were there share that role within that sector,
  so that the words do not point at one person.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from enum import StrEnum
from functools import cache
from typing import Any, TypeVar

from sto_desktop.domain.content import NoteContent, PanelContent
from sto_desktop.domain.model import Panelist
from sto_desktop.domain.people import first_name_of, fold, surname_of
from sto_desktop.domain.record import FieldType
from sto_desktop.domain.vocabulary import Consent

FEWEST_ALIKE = 2
_SHORTEST_SURNAME = 3
_NICKNAME = re.compile(r"[\"“”„«»][^\"“”„«»]*[\"“”„«»]|\([^()]*\)")

_PLURALS: Mapping[str, str] = {
    "adviseur": "adviseurs",
    "bedrijfsleider": "bedrijfsleiders",
    "beleidsadviseur": "beleidsadviseurs",
    "beleidsmedewerker": "beleidsmedewerkers",
    "bestuurder": "bestuurders",
    "coördinator": "coördinatoren",
    "decaan": "decanen",
    "directeur": "directeuren",
    "docent": "docenten",
    "eigenaar": "eigenaren",
    "instructeur": "instructeurs",
    "leerkracht": "leerkrachten",
    "leraar": "leraren",
    "manager": "managers",
    "medewerker": "medewerkers",
    "mentor": "mentoren",
    "ondernemer": "ondernemers",
    "opleider": "opleiders",
    "praktijkbegeleider": "praktijkbegeleiders",
    "praktijkopleider": "praktijkopleiders",
    "programmaleider": "programmaleiders",
    "programmamanager": "programmamanagers",
    "projectleider": "projectleiders",
    "rector": "rectoren",
    "schoolleider": "schoolleiders",
    "teamleider": "teamleiders",
    "wethouder": "wethouders",
}
"""Roles that stand for a line of work: what follows ("docent PIE") is left away when people are grouped."""

_SECTOR_PHRASES: Mapping[str, str] = {
    "bedrijf": "van een bedrijf",
    "bedrijfsvakschool": "van een bedrijfsvakschool",
    "gemeente": "van een gemeente",
    "technolab": "van het Technolab",
    "overig": "",
}


class NameMode(StrEnum):
    """How members appear where they spoke."""

    FULL = "FULL"
    ROLE = "ROLE"


@dataclass(frozen=True, slots=True)
class Label:
    """How a member is called, and how several who are called the same."""

    one: str
    many: str


MEMBER = Label("een panellid", "panelleden")
"""What anybody can be called."""


def may_be_named(panelist: Panelist) -> bool:
    """Tell whether a member may stand in a document by name."""
    return panelist.consent_name is Consent.YES and bool(panelist.name.strip())


def may_be_quoted(panelist: Panelist) -> bool:
    """Tell whether a member's words may be given as theirs."""
    return panelist.consent_quote is Consent.YES


def _line_of_work(role: str) -> str:
    words = role.split()
    first = words[0].lower().strip(",.") if words else ""
    return first if first in _PLURALS else " ".join(words).lower()


def _alike(panelist: Panelist) -> tuple[str, str]:
    return fold(_line_of_work(panelist.role)), fold(panelist.sector)


def _role_label(panelist: Panelist) -> Label:
    work = _line_of_work(panelist.role)
    sector = panelist.sector.strip()
    phrase = _SECTOR_PHRASES.get(sector.lower(), sector)
    if fold(sector) in fold(work).split():
        phrase = ""
    many = _PLURALS.get(work)
    one = " ".join(part for part in ("een", work, phrase) if part)
    return Label(one, " ".join(part for part in (many, phrase) if part) if many else MEMBER.many)


class Naming:
    """How the members of one panel are called in one document."""

    def __init__(self, panelists: Iterable[Panelist], mode: NameMode = NameMode.ROLE) -> None:
        self._panelists = {item.id: item for item in panelists}
        present = [item for item in self._panelists.values() if item.present]
        self._alike = Counter(_alike(item) for item in present)
        self._mode = mode
        self._labels = {identity: self._find(item) for identity, item in self._panelists.items()}
        self._hidden = _pattern(item for item in self._panelists.values() if not may_be_named(item))

    def label(self, panelist: str | None) -> Label:
        """Return how a member (id) is called where they spoke."""
        return self._labels.get(panelist or "", MEMBER)

    def of(self, panelist: str | None) -> str:
        """Return how one member (id) is called: a name, "een docent vmbo" or "een panellid"."""
        return self.label(panelist).one

    def quotable(self, panelists: Iterable[str]) -> bool:
        """Tell whether words of these members (ids) may be quoted; no when nobody is known to have said them."""
        found = [self._panelists.get(item) for item in panelists]
        return bool(found) and all(item is not None and may_be_quoted(item) for item in found)

    def redact(self, text: str) -> str:
        """Return a text without the names of those who may not be named."""
        if self._hidden is None or not self._hidden.search(text):
            return text
        return self._hidden.sub(_replacement, text)

    @property
    def redacts(self) -> bool:
        """Whether there is anybody who may not be named."""
        return self._hidden is not None

    def _find(self, panelist: Panelist) -> Label:
        if not may_be_quoted(panelist):
            return MEMBER
        if self._mode is NameMode.FULL and may_be_named(panelist):
            return Label(panelist.name, panelist.name)
        if not panelist.role.strip() or not panelist.sector.strip():
            return MEMBER
        if self._alike[_alike(panelist)] < FEWEST_ALIKE:
            return MEMBER
        return _role_label(panelist)


def _replacement(match: re.Match[str]) -> str:
    before = match.string[: match.start()].rstrip(" \t\"“„‘'(")
    return MEMBER.one if before and before[-1] not in ".!?:\n" else MEMBER.one.capitalize()


_ACCENTS = "[\u0300-\u036f]*"
_WITH_ACCENT: dict[str, str] = {}
for _code in range(0xC0, 0x180):
    _base = unicodedata.normalize("NFKD", chr(_code))[0]
    _WITH_ACCENT[_base] = _WITH_ACCENT.get(_base, "") + chr(_code)


def _signs(sign: str, any_case: bool) -> str:
    """Return the signs that may stand for one sign of a name, with or without its accent, as a class of a pattern."""
    for alike in ("'’‘`´", '"“”„«»'):
        if sign in alike:
            return f"[{alike}]"
    if sign == " ":
        return r"\s+"
    base = unicodedata.normalize("NFKD", sign)[0]
    forms = {sign, base}
    if any_case:
        forms |= {case for form in (sign, base) for case in (form.upper(), form.lower()) if len(case) == 1}
    both = "".join(sorted(forms | {accented for form in forms for accented in _WITH_ACCENT.get(form, "")}))
    return f"[{re.escape(both)}]"


def _spelled(name: str, any_case: bool) -> tuple[str, str]:
    """Return the first sign of a name and the rest of it, as patterns."""
    first, *others = (_signs(sign, any_case) for sign in unicodedata.normalize("NFC", " ".join(name.split())))
    return first, _ACCENTS.join(("", *others, ""))


def _forms(panelist: Panelist) -> Iterable[tuple[str, bool]]:
    """Return the ways in which a name is written, and whether capitals do not matter to recognise it."""
    surname = surname_of(panelist.name)
    names = {panelist.name, _NICKNAME.sub(" ", panelist.name), surname if " " in surname else ""}
    given = (panelist.first_name, first_name_of(panelist.name))
    names |= {f"{first} {surname}" for first in given if first and surname}
    for name in names:
        if name.strip():
            yield name, " " in name.strip()
    if " " not in surname and len(surname) >= _SHORTEST_SURNAME:
        yield surname, False


def _pattern(hidden: Iterable[Panelist]) -> re.Pattern[str] | None:
    forms = {form for panelist in hidden for form in _forms(panelist)}
    # The longest first, so that no half of a name is left standing.
    spelled = [_spelled(*form) for form in sorted(forms, key=lambda form: (-len(form[0]), form))]
    if not spelled:
        return None
    # A class of signs in front lets the search skip what can't begin a name: ten times as fast on long texts.
    begins = "".join(sorted({first[1:-1] for first, _ in spelled}))
    options = "|".join(f"(?<={first}){rest}" for first, rest in spelled)
    return re.compile(rf"[{begins}](?<!\w[\s\S])(?:{options})(?:['’]?s)?(?!\w)")


R = TypeVar("R")


@cache
def _text_fields(record: Any) -> tuple[str, ...]:
    return tuple(item.name for item in fields(record) if item.metadata.get("type") is FieldType.TEXT)


def _clean(record: R, naming: Naming) -> R:
    kind: Any = type(record)
    texts = {name: getattr(record, name) for name in _text_fields(kind)}
    changed = {name: new for name, old in texts.items() if old and (new := naming.redact(old)) is not old}
    return replace(record, **changed) if changed else record  # type: ignore[type-var]


def _clean_all(records: Iterable[R], naming: Naming) -> tuple[R, ...]:
    return tuple(_clean(record, naming) for record in records)


def _clean_note(item: NoteContent, naming: Naming) -> NoteContent:
    note = _clean(item.note, naming)
    tags = _clean_all(item.tags, naming) if item.tags else item.tags
    bundled = tuple(_clean_note(part, naming) for part in item.bundled)
    # There can be thousands, and few that name somebody.
    same = note is item.note and tags == item.tags and bundled == item.bundled
    return item if same else replace(item, note=note, tags=tags, bundled=bundled)


def redacted(content: PanelContent, naming: Naming) -> PanelContent:
    """Return the content with no text in which somebody is named who may not be; the members themselves stay.

    Every field of text of every record is looked at, so that what is added to the model later is too.
    """
    if not naming.redacts:
        return content
    themes = tuple(
        replace(
            theme,
            theme=_clean(theme.theme, naming),
            questions=tuple(
                replace(
                    item,
                    question=_clean(item.question, naming),
                    probes=_clean_all(item.probes, naming),
                    decided=_clean(item.decided, naming) if item.decided else None,
                )
                for item in theme.questions
            ),
        )
        for theme in content.guide.themes
    )
    return replace(
        content,
        panel=_clean(content.panel, naming),
        guide=replace(content.guide, themes=themes),
        notes=tuple(_clean_note(item, naming) for item in content.notes),
        insights=tuple(replace(item, insight=_clean(item.insight, naming)) for item in content.insights),
        recommendations=tuple(
            replace(item, recommendation=_clean(item.recommendation, naming)) for item in content.recommendations
        ),
        playbacks=_clean_all(content.playbacks, naming),
        debriefs=_clean_all(content.debriefs, naming),
    )
