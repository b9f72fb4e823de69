"""What a user chooses about a verslag: its form, which parts in which order, and how people are called."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

from sto_desktop.domain.privacy.naming import NameMode
from sto_desktop.language import tr, tr_later


class Form(StrEnum):
    """The three forms; the codes are kept in dossiers and are for ever."""

    SHORT = "SHORT"
    EXTENDED = "EXTENDED"
    MINUTES = "MINUTES"


FORM_NAMES: Mapping[Form, str] = {
    Form.SHORT: tr_later("Kort"),
    Form.EXTENDED: tr_later("Uitgebreid"),
    Form.MINUTES: tr_later("Notulen"),
}


class Part(StrEnum):
    """The parts of a verslag; names are kept in dossiers and are for ever, the value is what it is called."""

    COVER = tr_later("Omslag")
    CONTENTS = tr_later("Inhoud")
    SUMMARY = tr_later("Samenvatting")
    METHOD = tr_later("Aanleiding en werkwijze")
    COMPOSITION = tr_later("Samenstelling van het panel")
    ACCOUNT = tr_later("Verantwoording")
    THEMES = tr_later("Thema’s en inzichten")
    CONCLUSIONS = tr_later("Conclusies")
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
"""Parts without a heading of their own: the themes are the headings."""

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
    Part.OBSERVATIONS,
    Part.ACTIONS,
    Part.OPEN_QUESTIONS,
)
PARTS: Mapping[Form, tuple[Part, ...]] = {Form.SHORT: _SHORT, Form.EXTENDED: _EXTENDED, Form.MINUTES: _MINUTES}
"""The parts that a form can have, in the order that it has them in by itself."""

_ALWAYS_OFF = frozenset({Part.DEBRIEF, Part.OBSERVATIONS})
_OFF: Mapping[Form, frozenset[Part]] = {
    Form.SHORT: frozenset({Part.OPEN_QUESTIONS}),
    Form.EXTENDED: _ALWAYS_OFF | {Part.GUIDE, Part.NOTES},
    Form.MINUTES: _ALWAYS_OFF | {Part.ACTIONS, Part.OPEN_QUESTIONS},
}
"""Parts that are in only when somebody asks for them."""

_OWN_TITLES: Mapping[tuple[Form, Part], str] = {
    (Form.SHORT, Part.COVER): tr_later("Kop"),
    (Form.SHORT, Part.SUMMARY): tr_later("Wat het panel zegt"),
    (Form.SHORT, Part.COMPOSITION): tr_later("Wie er spraken"),
    (Form.SHORT, Part.METHOD): tr_later("Over dit verslag"),
    (Form.MINUTES, Part.COVER): tr_later("Kop"),
    (Form.MINUTES, Part.MEMBERS): tr_later("Aanwezig"),
    (Form.MINUTES, Part.NOTES): tr_later("Verloop van het gesprek"),
}


def own_title(form: Form, part: Part) -> str:
    """Return what a part is called when nobody renamed it."""
    return tr(_OWN_TITLES.get((form, part), str(part)))


@dataclass(frozen=True, slots=True)
class Room:
    """What fits on two pages of a house style: signs on a line, and the share of what two pages of the program's own
    hold of lines that are not taken by headings and the like.
    """

    signs: int = 88
    share: float = 1.0


@dataclass(frozen=True, slots=True)
class ReportOptions:
    """What goes into a verslag.

    `order`: the parts of the form, all of them, in the order wanted; empty: the form's own. `without` and `with_also`
    say which parts are off or on against the form's own choice; `titles` what parts are called instead. `figures`:
    with figures; `counts`: also with how many notes were made. `decisions` are those about names in texts (see
    `domain.privacy.redaction`). `made_on` is printed and kept in the file where it is given: the same content and
    options give the same file. `room` is that of the house style; only the short form asks.
    """

    form: Form = Form.EXTENDED
    order: tuple[Part, ...] = ()
    without: frozenset[Part] = frozenset()
    with_also: frozenset[Part] = frozenset()
    titles: Mapping[Part, str] = field(default_factory=dict)
    naming: NameMode = NameMode.ROLE
    figures: bool = True
    counts: bool = False
    decisions: Mapping[str, bool] = field(default_factory=dict)
    made_on: dt.date | None = None
    room: Room = Room()

    @property
    def parts(self) -> tuple[Part, ...]:
        """Every part that the form can have, in the order wanted; one that the order does not name goes last."""
        offered = PARTS[self.form]
        named = tuple(dict.fromkeys(part for part in self.order if part in offered))
        return (*named, *(part for part in offered if part not in named))

    def includes(self, part: Part) -> bool:
        """Tell whether a part goes in."""
        if part not in PARTS[self.form] or part in self.without:
            return False
        return part in self.with_also or self._by_itself(part)

    def _by_itself(self, part: Part) -> bool:
        if part is Part.MEMBERS and self.form is Form.EXTENDED:
            # A list of names belongs where people are named.
            return self.naming is NameMode.FULL
        return part not in _OFF[self.form]

    def title(self, part: Part) -> str:
        """Return what a part is called."""
        return self.titles.get(part, "").strip() or own_title(self.form, part)

    def with_part(self, part: Part, wanted: bool) -> ReportOptions:
        """Return the options with a part in or out."""
        by_itself = self._by_itself(part)
        return replace(
            self,
            without=self.without | {part} if by_itself and not wanted else self.without - {part},
            with_also=self.with_also | {part} if wanted and not by_itself else self.with_also - {part},
        )

    def renamed(self, part: Part, title: str) -> ReportOptions:
        """Return the options with a part called otherwise; empty, or its own title: as it is called by itself."""
        titles = {known: said for known, said in self.titles.items() if known is not part}
        if title.strip() and title.strip() != own_title(self.form, part):
            titles[part] = " ".join(title.split())
        return replace(self, titles=titles)

    def moved(self, part: Part, to: int) -> ReportOptions:
        """Return the options with a part at another place among the parts, counted from 0 without it."""
        rest = [item for item in self.parts if item is not part]
        rest.insert(to, part)
        return self.ordered(rest)

    def ordered(self, order: Sequence[Part]) -> ReportOptions:
        """Return the options with the parts in an order; empty, or the form's own: as the form has them by itself."""
        return replace(self, order=() if tuple(order) == PARTS[self.form] else tuple(order))

    def with_decisions(self, decisions: Mapping[str, bool]) -> ReportOptions:
        """Return the options with what was decided about names in texts."""
        return replace(self, decisions=dict(decisions))

    def data(self) -> dict[str, Any]:
        """Return what is kept of the choice in a dossier, for JSON; the form and the decisions are kept apart."""
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
        """Read what `data` gave; what is not understood is as the form has it by itself."""
        known = data if isinstance(data, dict) else {}

        def parts(name: str) -> list[Part]:
            listed = known.get(name)
            return [Part[item] for item in listed if item in Part.__members__] if isinstance(listed, list) else []

        said = known.get("titles")
        titles = {
            Part[name]: title
            for name, title in (said.items() if isinstance(said, dict) else ())
            if name in Part.__members__ and isinstance(title, str)
        }
        naming = known.get("naming")
        return cls(
            form=form,
            order=tuple(parts("order")),
            without=frozenset(parts("without")),
            with_also=frozenset(parts("with")),
            titles=titles,
            naming=NameMode(str(naming)) if naming in NameMode.__members__ else NameMode.ROLE,
            figures=known.get("figures") is not False,
            counts=known.get("counts") is True,
        )
