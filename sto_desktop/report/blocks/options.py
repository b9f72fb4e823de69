"""The options of a verslag: its form, which parts in which order, and how people are named."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

from sto_desktop.domain.privacy.naming.naming import NameMode
from sto_desktop.language import tr, tr_later


class Form(StrEnum):
    """The three forms; the codes are stored in dossiers and must never change."""

    SHORT = "SHORT"
    EXTENDED = "EXTENDED"
    MINUTES = "MINUTES"


FORM_NAMES: Mapping[Form, str] = {
    Form.SHORT: tr_later("Kort"),
    Form.EXTENDED: tr_later("Uitgebreid"),
    Form.MINUTES: tr_later("Notulen"),
}


class Part(StrEnum):
    """The parts of a verslag; member names are stored in dossiers and must never change, the value is the title."""

    COVER = tr_later("Omslag")
    CONTENTS = tr_later("Inhoud")
    SUMMARY = tr_later("Samenvatting")
    METHOD = tr_later("Aanleiding en werkwijze")
    COMPOSITION = tr_later("Samenstelling van het panel")
    ACCOUNT = tr_later("Verantwoording")
    THEMES = tr_later("Thema’s en inzichten")
    CONCLUSIONS = tr_later("Conclusies")
    WRITTEN = tr_later("Schriftelijke inbreng")
    RECOMMENDATIONS = tr_later("Aanbevelingen")
    ACTIONS = tr_later("Afspraken")
    OPEN_QUESTIONS = tr_later("Open vragen")
    DEBRIEF = tr_later("Terugblik")
    GUIDE = tr_later("Gespreksleidraad")
    MEMBERS = tr_later("Panelleden")
    NOTES = tr_later("Alle notities")
    OBSERVATIONS = tr_later("Observaties van de notulist")
    TIME = tr_later("Tijdsverloop")


ANNEXES = frozenset({Part.GUIDE, Part.MEMBERS, Part.NOTES, Part.OBSERVATIONS, Part.TIME})
"""Parts that are annexes of the extended form."""
FIXED_TITLE = frozenset({Part.THEMES})
"""Parts without a heading of their own: the titles of the themes are the headings."""

_EXTENDED = tuple(Part)
_SHORT = (
    Part.COVER,
    Part.SUMMARY,
    Part.RECOMMENDATIONS,
    Part.ACTIONS,
    Part.OPEN_QUESTIONS,
    Part.COMPOSITION,
    Part.METHOD,
)
_MINUTES = (
    Part.COVER,
    Part.MEMBERS,
    Part.NOTES,
    Part.WRITTEN,
    Part.OBSERVATIONS,
    Part.ACTIONS,
    Part.OPEN_QUESTIONS,
)
PARTS: Mapping[Form, tuple[Part, ...]] = {Form.SHORT: _SHORT, Form.EXTENDED: _EXTENDED, Form.MINUTES: _MINUTES}
"""The parts that a form can have, in its default order."""

_ALWAYS_OFF = frozenset({Part.DEBRIEF, Part.OBSERVATIONS})
_OFF: Mapping[Form, frozenset[Part]] = {
    Form.SHORT: frozenset({Part.OPEN_QUESTIONS}),
    Form.EXTENDED: _ALWAYS_OFF | {Part.GUIDE, Part.NOTES},
    Form.MINUTES: _ALWAYS_OFF,
}
"""Parts that a form leaves out by default."""

_OWN_TITLES: Mapping[tuple[Form, Part], str] = {
    (Form.SHORT, Part.COVER): tr_later("Kop"),
    (Form.SHORT, Part.SUMMARY): tr_later("Wat het panel zegt"),
    (Form.SHORT, Part.COMPOSITION): tr_later("Wie er spraken"),
    (Form.SHORT, Part.METHOD): tr_later("Over dit verslag"),
    (Form.MINUTES, Part.COVER): tr_later("Kop"),
    (Form.MINUTES, Part.MEMBERS): tr_later("Aanwezig en afwezig"),
    (Form.MINUTES, Part.NOTES): tr_later("Verloop van het gesprek"),
}


def own_title(form: Form, part: Part) -> str:
    """Return the default title of a part."""
    return tr(_OWN_TITLES.get((form, part), str(part)))


@dataclass(frozen=True, slots=True)
class Room:
    """What fits on two pages of a house style: characters on a line, and the lines left for text (not headings, gaps
    and fixed parts) as a share of those in the program's own style.
    """

    signs: int = 88
    share: float = 1.0


@dataclass(frozen=True, slots=True)
class ReportOptions:
    """What goes into a verslag.

    `order`: all parts of the form in the order wanted; empty for the form's default. `without` and `with_also` are
    the parts that differ from the form's default; `titles` replaces titles of parts. `figures`: include figures;
    `counts`: include how many notes were made. `decisions` are those about names in texts (see
    `domain.privacy.redaction`). `made_on` is printed and stored in the file if given; the clock is never read, so the
    same content and options give the same file. `room` is that of the house style; only the short form uses it.
    """

    form: Form = Form.EXTENDED
    order: tuple[Part, ...] = ()
    without: frozenset[Part] = frozenset()
    with_also: frozenset[Part] = frozenset()
    titles: Mapping[Part, str] = field(default_factory=dict)
    naming: NameMode = NameMode.ROLE
    figures: bool = True
    counts: bool = False
    decisions: Mapping[str, bool | str] = field(default_factory=dict)
    made_on: dt.date | None = None
    room: Room = Room()

    @property
    def parts(self) -> tuple[Part, ...]:
        """Every part that the form can have, in the order of `order`; parts not named there come last."""
        offered = PARTS[self.form]
        named = tuple(dict.fromkeys(part for part in self.order if part in offered))
        return (*named, *(part for part in offered if part not in named))

    def includes(self, part: Part) -> bool:
        """Return whether a part is included."""
        if part not in PARTS[self.form] or part in self.without:
            return False
        return part in self.with_also or self._by_itself(part)

    def _by_itself(self, part: Part) -> bool:
        if part is Part.MEMBERS and self.form is Form.EXTENDED:
            # A list of names is on by default only if people are named.
            return self.naming is NameMode.FULL
        return part not in _OFF[self.form]

    def title(self, part: Part) -> str:
        """Return the title of a part."""
        return self.titles.get(part, "").strip() or own_title(self.form, part)

    def with_part(self, part: Part, wanted: bool) -> ReportOptions:
        """Return the options with a part in or out."""
        # Store only differences from the default, so that a stored setup does not fix the other parts.
        by_itself = self._by_itself(part)
        return replace(
            self,
            without=self.without | {part} if by_itself and not wanted else self.without - {part},
            with_also=self.with_also | {part} if wanted and not by_itself else self.with_also - {part},
        )

    def renamed(self, part: Part, title: str) -> ReportOptions:
        """Return the options with a part renamed; an empty title, or the default one, removes the renaming."""
        titles = {other: known_title for other, known_title in self.titles.items() if other is not part}
        if title.strip() and title.strip() != own_title(self.form, part):
            titles[part] = " ".join(title.split())
        return replace(self, titles=titles)

    def moved(self, part: Part, to: int) -> ReportOptions:
        """Return the options with a part moved; `to` is its index among the other parts."""
        parts = [other for other in self.parts if other is not part]
        parts.insert(to, part)
        return self.ordered(parts)

    def ordered(self, order: Sequence[Part]) -> ReportOptions:
        """Return the options with the parts in an order; an empty order, or the default one, removes the reordering."""
        return replace(self, order=() if tuple(order) == PARTS[self.form] else tuple(order))

    def with_decisions(self, decisions: Mapping[str, bool | str]) -> ReportOptions:
        """Return the options with these decisions about names in texts."""
        return replace(self, decisions=dict(decisions))

    def data(self) -> dict[str, Any]:
        """Return the options as JSON data for a dossier, which stores form and decisions separately."""
        return {
            "order": [part.name for part in self.order],
            "without": sorted(part.name for part in self.without),
            "with": sorted(part.name for part in self.with_also),
            "titles": {part.name: title for part, title in sorted(self.titles.items())},
            "naming": self.naming.value,
            "figures": self.figures,
            "counts": self.counts,
        }

    @classmethod
    def from_data(cls, form: Form, data: object) -> ReportOptions:
        """Read what `data` returned; anything not understood gets its default."""
        stored = data if isinstance(data, dict) else {}

        def parts(name: str) -> list[Part]:
            listed = stored.get(name)
            return (
                [Part[part_name] for part_name in listed if part_name in Part.__members__]
                if isinstance(listed, list)
                else []
            )

        stored_titles = stored.get("titles")
        titles = {
            Part[name]: title
            for name, title in (stored_titles.items() if isinstance(stored_titles, dict) else ())
            if name in Part.__members__ and isinstance(title, str)
        }
        naming = stored.get("naming")
        return cls(
            form=form,
            order=tuple(parts("order")),
            without=frozenset(parts("without")),
            with_also=frozenset(parts("with")),
            titles=titles,
            naming=NameMode(str(naming)) if naming in NameMode.__members__ else NameMode.ROLE,
            # Figures are left out only on an explicit false: the data may be damaged or of another version.
            figures=stored.get("figures") is not False,
            counts=stored.get("counts") is True,
        )
