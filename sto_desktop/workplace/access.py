"""Gathers all that a dossier holds of one person: member, moderator, note taker, or somebody who is mentioned."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sto_desktop.domain.actions.consent import consent_given_id
from sto_desktop.domain.actions.panels import title_for
from sto_desktop.domain.actions.reports import ONE_PERSON
from sto_desktop.domain.dutch import capital, clock, clock_time, long_date
from sto_desktop.domain.model import Debrief, Panel, Panelist
from sto_desktop.domain.names.said_by import may_say, named_in, speakers_in_words, without_words_of
from sto_desktop.domain.panel.consent import CONSENT_QUESTIONS
from sto_desktop.domain.panel.content import NoteContent, PanelContent
from sto_desktop.domain.panel.terms import TERMS, ends_on
from sto_desktop.domain.people import by_name_only, fold
from sto_desktop.domain.privacy.erasing import Trace, member
from sto_desktop.domain.privacy.naming.crowd import takes_part
from sto_desktop.domain.privacy.naming.naming import NameMode, Naming
from sto_desktop.domain.privacy.naming.roles import SOMEBODY
from sto_desktop.domain.privacy.redaction import Redactor
from sto_desktop.domain.record import FieldSpec, FieldType, InvalidValue, spec_of
from sto_desktop.domain.tables import tables
from sto_desktop.domain.vocabulary import DebriefAuthor, Stance
from sto_desktop.language import counted, listed, tr, tr_later
from sto_desktop.report.blocks.issued import naming_in, said_made, said_naming, said_output
from sto_desktop.report.rights.access_package import AccessPackage, InPanel, Passage
from sto_desktop.storage.whole_file.withholding import withheld_of
from sto_desktop.storage.working.dossier import Dossier
from sto_desktop.storage.working.traces import ever_said_by, find_traces, panels_of
from sto_desktop.workplace.consent import holds_members, proofs
from sto_desktop.workplace.due import with_day

_STANCES = {
    Stance.SAYS: tr_later("u zei dit"),
    Stance.AGREES: tr_later("u stemde in"),
    Stance.DISAGREES: tr_later("u was het oneens"),
    Stance.ABOUT: tr_later("het gaat over u"),
}
_LEADING = (("moderator", tr_later("gespreksleider")), ("note_taker", tr_later("notulist")))
"""Fields of a panel with the name of somebody who is no member."""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody whom a dossier knows by name, and as what."""

    name: str
    known_as: str


def people_of(dossier: Dossier) -> list[Person]:
    """Return everybody whom the dossier has as member, moderator or note taker, by name."""
    read = dossier.read
    titles = {panel.id: title_for(panel) for panel in read.panels.every()}
    known: dict[str, tuple[str, dict[str, None]]] = {}

    def add(name: str, known_as: str) -> None:
        if name.strip():
            known.setdefault(fold(name), (name.strip(), {}))[1][known_as] = None

    for panelist in read.members.every():
        add(panelist.name, titles.get(panelist.panel or "", ""))
    for panel in read.panels.every():
        for field, word in _LEADING:
            add(getattr(panel, field), f"{tr(word)}, {titles[panel.id]}")
    for person in dossier.people_who_wrote():
        add(person, tr("schreef in dit dossier"))
    people = [Person(name, listed(list(roles))) for name, roles in known.values()]
    return sorted(people, key=lambda person: fold(person.name))


def access_package(dossier: Dossier, name: str, today: dt.date) -> AccessPackage:
    """Return all that a dossier holds of the person with this name."""
    return _Gathering(dossier, name).package(today)


_MOST_ACTIONS = 100_000


class _Gathering:
    """The person's rows, and the texts that tell of them, without the names of others."""

    def __init__(self, dossier: Dossier, name: str) -> None:
        self._dossier = dossier
        self._read = dossier.read
        self._name = " ".join(name.split())
        every = self._read.members.every()
        same = self._read.panels.sameness()
        named = (panelist for panelist in every if self._is_me(panelist.name))
        self._ids = frozenset(row for panelist in named for row in same.group("panelist", panelist.id))
        self._mine = [panelist for panelist in every if panelist.id in self._ids]
        self._panels = {panel.id: panel for panel in self._read.panels.every()}
        self._led = [panel for panel in self._panels.values() if any(self._roles(panel))]
        where = dict.fromkeys([*(panelist.panel for panelist in self._mine), *(panel.id for panel in self._led)])
        contents = {panel: self._read.panel_content(panel or "") for panel in where}
        # Panels that are one conversation have one content.
        self._contents = list({content.panel.id: content for content in contents.values() if content}.values())
        self._traces = find_traces(dossier.raw, member(by_name_only(self._name)))
        self._withheld = self._words_of_refusing()
        self._refusing = [other for other in every if other.id not in self._ids and not takes_part(other)]
        self._everybody = tuple(every)
        self._others = [other for other in every if other not in self._refusing]
        self._to_check: dict[str, None] = {}
        self._redact = self._redactor(every).redact

    def _is_me(self, name: str) -> bool:
        return bool(name.strip()) and fold(name) == fold(self._name)

    def _words_of_refusing(self) -> frozenset[str]:
        """Return the rows (ids) with words of others who do not take part: these are in no output."""
        goes = withheld_of(self._read)
        refusing = goes.members - self._ids
        gone = self._read.notes.withheld()
        if not refusing:
            return gone
        # Who does not take part either has a right to what rests on their own words.
        findings = goes.findings if goes.members == refusing else ()
        return frozenset((*gone, *goes.notes, *findings, *refusing, *ever_said_by(self._dossier.raw, refusing)))

    def _roles(self, panel: Panel) -> list[str]:
        return [tr(word) for field, word in _LEADING if self._is_me(getattr(panel, field))]

    def _redactor(self, members: Sequence[Panelist]) -> Redactor:
        """Return what removes the names of everybody else who may be in the texts."""
        leading = [getattr(panel, field) for panel in self._panels.values() for field, _ in _LEADING]
        others = [panelist for panelist in members if panelist.id not in self._ids]
        others += [by_name_only(name) for name in leading if not self._is_me(name)]
        texts = fold(" ".join(self._texts()))
        # Of thousands only those whose name occurs: making the pattern of all names takes minutes.
        near = [
            other for other in others if any(part in texts for part in fold(f"{other.name} {other.first_name}").split())
        ]
        # Of whatever panel: anybody but the reader is somebody.
        somebody = [replace(other, id=f"{at}", role=SOMEBODY.singular) for at, other in enumerate(near)]
        return Redactor(Naming((), NameMode.FULL, leading=somebody), doubtful=True, reader=self._name)

    def _texts(self) -> Iterator[str]:
        yield from (trace.text for trace in self._traces)
        for content in self._contents:
            yield from (note.text for note in content.typed_notes())
            yield from (choice.text for choice in content.top_choices)
        debriefs = [debrief for content in self._contents for debrief in content.debriefs]
        for record in (*self._mine, *self._led, *debriefs):
            yield from (
                value for name in spec_of(type(record)).fields if isinstance(value := getattr(record, name), str)
            )

    def _redacted(self, text: str) -> str:
        """Return the words of the reader without names of others, to be checked if who does not take part may speak in
        them too.
        """
        words = self._redact(text)
        if self._refusing and (speakers_in_words(text, self._refusing) or may_say(text, self._everybody)):
            self._to_check[words] = None
        return words

    def _about(self, text: str) -> str:
        """Return a text of others without names, and without what somebody says in it who does not take part; empty if
        it no longer names the reader.
        """
        kept = without_words_of(text, self._refusing, self._others) if self._refusing else text
        here = kept == text or named_in(kept, [by_name_only(self._name)])
        return self._redacted(kept) if here else ""

    def package(self, today: dt.date) -> AccessPackage:
        return AccessPackage(
            self._name,
            today,
            (*map(self._as_member, self._mine), *map(self._as_leader, self._led), *self._as_writer()),
            tuple(self._said()),
            tuple(self._agreed()),
            tuple(self._mentions(sure=True)),
            tuple(self._mentions(sure=False)),
            tuple(self._history()),
            tuple(self._recipients()),
            tuple(self._to_check),
        )

    # The person's own rows

    def _as_member(self, panelist: Panelist) -> InPanel:
        fields = spec_of(Panelist).fields.values()
        answers = {question.field for question in CONSENT_QUESTIONS}
        data = [
            (capital(tr(field.label)), self._redact(words, but_addresses=True))
            for field in fields
            if field.name not in answers and (words := _said_value(field, getattr(panelist, field.name)))
        ]
        consent = tuple(proof.how for proof in proofs(self._dossier, panelist))
        panel = self._panels.get(panelist.panel or "")
        return InPanel(title_for(panel) if panel else "", tuple(data), consent, self._kept(panel))

    def _as_leader(self, panel: Panel) -> InPanel:
        data = [(capital(role), self._name) for role in self._roles(panel)]
        if self._is_me(panel.moderator) and panel.moderator_role:
            field = spec_of(Panel).fields["moderator_role"]
            data.append((capital(tr(field.label)), self._redact(panel.moderator_role)))
        return InPanel(title_for(panel), tuple(data), (), self._kept(panel))

    def _as_writer(self) -> Iterator[InPanel]:
        deeds = [past for past in self._dossier.past(limit=_MOST_ACTIONS) if self._is_me(past.person)]
        if deeds:
            devices = listed(sorted({past.device for past in deeds if past.device}))
            words = counted(
                len(deeds),
                "{n} handeling, van {first} tot {last}",
                "{n} handelingen, van {first} tot {last}",
                first=_day(deeds[-1].at),
                last=_day(deeds[0].at),
            )
            yield InPanel(tr("dit dossier"), ((tr("Wat u deed"), words), (tr("Uw computer"), devices)))

    # Texts

    def _said(self) -> Iterator[Passage]:
        for content in self._contents:
            for note in content.typed_notes():
                if not self._ids.isdisjoint(note.speakers):
                    together = len(note.speakers) > 1
                    place = _place(content, note, tr("samen met anderen") if together else "")
                    yield Passage(place, self._redacted(note.text))
            for choice in content.top_choices:
                if choice.panelist in self._ids and choice.text:
                    place = f"{title_for(content.panel)} · {tr('top drie')} {choice.rank}"
                    yield Passage(place, self._redact(choice.text))
            yield from self._debriefs(content)

    def _debriefs(self, content: PanelContent) -> Iterator[Passage]:
        names = {DebriefAuthor.MODERATOR: content.panel.moderator, DebriefAuthor.NOTE_TAKER: content.panel.note_taker}
        for debrief in content.debriefs:
            if self._is_me(names[debrief.author]):
                for field in spec_of(Debrief).fields.values():
                    if field.kind is FieldType.TEXT and (text := getattr(debrief, field.name)):
                        yield Passage(f"{title_for(content.panel)} · {tr(field.label)}", self._redacted(text))

    def _agreed(self) -> Iterator[Passage]:
        for content in self._contents:
            for note in content.typed_notes():
                stances = {voice.stance for voice in note.voices if voice.panelist in self._ids}
                if Stance.SAYS not in stances and stances and note.id not in self._withheld:
                    words = listed([tr(_STANCES[stance]) for stance in stances])
                    yield Passage(_place(content, note, words), self._redacted(note.text))

    def _mentions(self, *, sure: bool) -> Iterator[Passage]:
        told = {note.id for content in self._contents for note in content.typed_notes() if self._is_in(note)}
        told |= self._ids | self._withheld
        leading = {(panel.id, field) for panel in self._led for field, _ in _LEADING}
        for trace in self._traces:
            shown = trace.sure is sure and trace.row not in told and (trace.row, trace.field) not in leading
            if shown and (words := self._words_of(trace)):
                yield Passage(_where(trace), words)

    def _is_in(self, note: NoteContent) -> bool:
        return any(voice.panelist in self._ids for voice in note.voices)

    def _words_of(self, trace: Trace) -> str:
        if not trace.spans:
            return tr("In een eerdere versie van deze tekst staat uw naam.")
        if tables()[trace.table].own_work:
            # Decisions and settings are no text to read.
            return ", ".join(dict.fromkeys(f"«{trace.text[start:end]}»" for start, end in trace.spans))
        return self._about(trace.text)

    # What happened to it

    def _history(self) -> list[str]:
        deeds = list(self._leading_since())
        for panelist in self._mine:
            rows = [("panelist", panelist.id)]
            rows += [("consent_given", consent_given_id(panelist.id, question.field)) for question in CONSENT_QUESTIONS]
            for table, row in rows:
                fields = tables()[table].fields
                for entry in self._dossier.history(table, row):
                    values = [
                        f"{tr(fields[name].label)}: {self._redact(words, but_addresses=True)}"
                        for name, value in entry.change.values.items()
                        if name in fields and (words := _said_value(fields[name], _decoded(fields[name], value)))
                    ]
                    if values:
                        deeds.append((entry.at, "; ".join(values)))
        return [f"{_day(at)}: {words}" for at, words in sorted(deeds)]

    def _leading_since(self) -> Iterator[tuple[str, str]]:
        for panel in self._led:
            for entry in self._dossier.history("panel", panel.id):
                for field, word in _LEADING:
                    if self._is_me(str(entry.change.values.get(field) or "")):
                        yield entry.at, f"{tr(word)}: {self._name} ({title_for(panel)})"

    def _recipients(self) -> Iterator[tuple[str, str, str, str]]:
        panels = {content.panel.id: None for content in self._contents}
        panels |= dict.fromkeys(panels_of(self._dossier.raw, self._traces))
        issued = {output.id: output for panel in panels for output in self._read.course.issued(panel)}
        for output in issued.values():
            # A package of somebody else holds nothing of this person, and its recipient is in nobody else's.
            of_another = output.naming == ONE_PERSON and not self._is_me(output.recipient)
            if holds_members(output) and not of_another:
                naming, recipient = said_naming(naming_in(output)), output.recipient or tr("niet ingevuld")
                yield capital(said_output(output)), said_made(output), naming, recipient

    def _kept(self, panel: Panel | None) -> tuple[str, ...]:
        if panel is None:
            return ()
        ground, dated = panel.processing_ground, with_day(self._dossier, panel)
        kept = (
            tr("{what}: tot en met {day}", what=capital(tr(term.what)), day=long_date(day))
            for term in TERMS
            if (day := ends_on(dated, term))
        )
        named = (
            tr("Verantwoordelijk: {who}", who=panel.responsible.strip()) if panel.responsible.strip() else "",
            tr("Functionaris gegevensbescherming: {contact}", contact=contact)
            if (contact := panel.privacy_contact.strip())
            else "",
        )
        return (
            *filter(None, named),
            tr("Grondslag: {ground}", ground=ground) if ground else tr("Er is geen grondslag ingevuld."),
            *(tuple(kept) or (tr("Er is geen bewaartermijn ingevuld."),)),
        )


def _place(content: PanelContent, note: NoteContent, more: str = "") -> str:
    asked = content.guide.question(note.question)
    at = note.note.captured_at
    parts = (
        title_for(content.panel),
        asked.short_text if asked else "",
        f"{long_date(at.astimezone().date())}, {clock_time(at)}" if at else "",
        more,
    )
    return " · ".join(filter(None, parts))


def _where(trace: Trace) -> str:
    spec = tables()[trace.table]
    words = f"{capital(tr(spec.label))}: {tr(spec.fields[trace.field].label)}"
    return words if trace.exists else tr("{place}, verwijderd", place=words)


def _decoded(field: FieldSpec, value: Any) -> Any:
    try:
        return field.decode(value)
    except InvalidValue:
        return None


def _day(at: str) -> str:
    try:
        return long_date(dt.datetime.fromisoformat(at).astimezone().date())
    except ValueError:
        return tr("onbekende dag")


_WORDS: Mapping[FieldType, Callable[[Any], str]] = {
    FieldType.TEXT: str,
    FieldType.INTEGER: str,
    FieldType.BOOLEAN: lambda on: tr("ja") if on else tr("nee"),
    FieldType.CODE: lambda code: tr(code.word),
    FieldType.DATE: long_date,
    FieldType.TIME: clock,
    FieldType.MOMENT: lambda at: f"{long_date(at.astimezone().date())}, {clock_time(at)}",
}
"""How a value is said; references and places say nothing by themselves."""


def _said_value(field: FieldSpec, value: Any) -> str:
    say = _WORDS.get(field.kind)
    return say(value) if say is not None and value is not None else ""
