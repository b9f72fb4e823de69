"""Says in sentences what came of an import of notes, and what was unclear."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from sto_desktop.domain.live.noting import said_below, said_named, said_not_taken
from sto_desktop.exchange.notes.findings import FindingsReport
from sto_desktop.exchange.notes.lines.spoken import UNASSIGNED
from sto_desktop.language import counted, listed, tr


@dataclass(frozen=True, slots=True)
class ImportReport:
    """The result of an import.

    `count` notes are new, `present` existed already, and for `completed` of these the speakers are now known.
    `unplaced` counts notes by heading without a matching question, `unknown` counts names without a matching member.
    `filled` names fields of the panel filled from the file, `kept` those in which the file differs. `left_out`
    counts notes of members who do not take part: these are not imported; `named` those that are, and name one; `below`
    those without a speaker below words that are not.
    `strangers` counts the notes of speakers who are no member, by name, and `untimed` those with a time code while
    begin or date of the panel is unknown.
    """

    count: int = 0
    present: int = 0
    completed: int = 0
    unplaced: Mapping[str, int] = field(default_factory=dict)
    unknown: Mapping[str, int] = field(default_factory=dict)
    filled: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()
    has_panelists: bool = True
    left_out: int = 0
    strangers: Mapping[str, int] = field(default_factory=dict)
    untimed: int = 0
    findings: FindingsReport = field(default_factory=FindingsReport)
    named: int = 0
    below: int = 0

    @property
    def messages(self) -> tuple[str, ...]:
        """Sentences for the user."""
        done = counted(self.count, "{n} notitie overgenomen.", "{n} notities overgenomen.")
        return (done, *self.about) if self.count else self.about

    @property
    def about(self) -> tuple[str, ...]:
        """The same sentences, without the number of new notes."""
        return (*self._about(), *self.findings.messages)

    def _about(self) -> Iterator[str]:
        if not (self.count or self.present or self.left_out or self.findings != FindingsReport()):
            yield tr("In dit bestand staan geen notities.")
        if self.present:
            yield counted(
                self.present,
                "{n} notitie was er al en is niet nog eens toegevoegd.",
                "{n} notities waren er al en zijn niet nog eens toegevoegd.",
            )
        if self.left_out:
            yield said_not_taken(self.left_out)
        if self.named:
            yield said_named(self.named)
        if self.below:
            yield said_below(self.below)
        if self.completed:
            yield said_found(self.completed)
        if self.unplaced:
            yield from self._about_unplaced()
        if self.unknown:
            yield from self._about_unknown()
        if self.strangers:
            yield from self._about_strangers()
        if (self.unknown or self.strangers) and not self.has_panelists:
            yield tr("Vul de panelleden in en importeer het bestand nog eens; dan worden de sprekers alsnog gevonden.")
        if self.untimed:
            yield counted(
                self.untimed,
                "De tijd van {n} notitie is niet overgenomen: van het panel ontbreken datum en begintijd.",
                "De tijden van {n} notities zijn niet overgenomen: van het panel ontbreken datum en begintijd.",
            )
        if self.filled:
            yield counted(
                len(self.filled),
                "Van het panel is {what} ingevuld.",
                "Van het panel zijn {what} ingevuld.",
                what=listed(map(tr, self.filled)),
            )
        if self.kept:
            yield tr(
                "Het bestand noemt iets anders als {kept} dan het panel; die van het panel is gehouden.",
                kept=listed(map(tr, self.kept)),
            )

    def _about_unplaced(self) -> Iterator[str]:
        total = sum(self.unplaced.values())
        headings = [f"«{heading}»" for heading in self.unplaced if heading]
        why = (
            tr("; geen vraag in de leidraad heet {headings}", headings=listed(headings, alternatives=True))
            if headings
            else ""
        )
        yield counted(
            total,
            "{n} notitie staat onder «{heading}»{why}.",
            "{n} notities staan onder «{heading}»{why}.",
            heading=UNASSIGNED,
            why=why,
        )

    def _about_strangers(self) -> Iterator[str]:
        yield counted(
            len(self.strangers),
            "{names} is geen panellid; bij de notities staat die naam als onbekende spreker.",
            "{names} zijn geen panellid; bij de notities staan die namen als onbekende sprekers.",
            names=listed(self.strangers),
        )

    def _about_unknown(self) -> Iterator[str]:
        names = listed(f"@{name}" for name in self.unknown)
        yield counted(
            len(self.unknown),
            "Niet duidelijk wie {names} is; dat staat nog in de tekst.",
            "Niet duidelijk wie {names} zijn; dat staat nog in de tekst.",
            names=names,
        )


def said_found(notes: int) -> str:
    """Return a sentence with the number of notes of which the speakers are known after all."""
    return counted(
        notes,
        "De sprekers van {n} notitie zijn alsnog gevonden.",
        "De sprekers van {n} notities zijn alsnog gevonden.",
    )
