"""Imports a REFI-QDA project into a dossier: texts become panels, selections notes, codes properties of notes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from sto_desktop.domain.actions.panels import title_for
from sto_desktop.domain.capture.language import tag_name
from sto_desktop.domain.identity import alias_of, derived_id
from sto_desktop.domain.log.change import Edit, put
from sto_desktop.domain.model import Panel, Panelist
from sto_desktop.domain.names.forms import called_in_list
from sto_desktop.domain.panel.consent import CONSENT_QUESTIONS
from sto_desktop.domain.panel.content import GuideContent, PanelContent, ThemeContent
from sto_desktop.domain.panel.matching import find_question, find_theme
from sto_desktop.domain.people import NameIndex, fold, in_order, squeeze, surname_of
from sto_desktop.domain.privacy.naming.crowd import takes_part
from sto_desktop.domain.privacy.naming.roles import MEMBER
from sto_desktop.domain.vocabulary import SUBREGIONS, Consent, NoteKind, Stance
from sto_desktop.exchange.notes.import_report import ImportReport
from sto_desktop.exchange.notes.lines.spoken import MARK_WORDS, UNASSIGNED, NotesFile, Section, Spoken
from sto_desktop.exchange.notes.notes_import import plan_import
from sto_desktop.exchange.notes.notes_table import kind_of
from sto_desktop.exchange.refi.refi_codes import BY_QUESTION, KINDS, LABELS, MARKS, SPEAKERS, STANCES
from sto_desktop.exchange.refi.refi_findings import finding_edits, homes
from sto_desktop.exchange.refi.refi_read import RefiCase, RefiCode, RefiProject, RefiSelection, RefiSource
from sto_desktop.exchange.refi.refi_xml import refi_guid
from sto_desktop.language import counted, forms, listed, tr

_LEFT = {
    "afbeelding": forms("{n} afbeelding", "{n} afbeeldingen"),
    "pdf": forms("{n} pdf", "{n} pdf's"),
    "geluidsopname": forms("{n} geluidsopname", "{n} geluidsopnames"),
    "video": forms("{n} video", "{n} video's"),
    "memo": forms("{n} memo", "{n} memo's"),
    "inzicht of aanbeveling": forms("{n} inzicht of aanbeveling", "{n} inzichten en aanbevelingen"),
    "verband": forms("{n} verband", "{n} verbanden"),
    "schema": forms("{n} schema", "{n} schema's"),
    "verzameling": forms("{n} verzameling", "{n} verzamelingen"),
    "tekst buiten het bestand": forms("{n} tekst buiten het bestand", "{n} teksten buiten het bestand"),
    "lege tekst": forms("{n} lege tekst", "{n} lege teksten"),
    "regel zonder code": forms("{n} regel zonder code", "{n} regels zonder code"),
    "selectie buiten de tekst": forms("{n} selectie buiten de tekst", "{n} selecties buiten de tekst"),
    "selectie zonder woorden": forms("{n} selectie zonder woorden", "{n} selecties zonder woorden"),
}
_MOST_NAMED = 8


@dataclass(frozen=True, slots=True)
class RefiReport:
    """The result of an import: `panels` titles by id, `count` new notes, `messages` for the user."""

    panels: Mapping[str, str] = field(default_factory=dict)
    count: int = 0
    messages: tuple[str, ...] = ()


@dataclass
class _Meaning:
    """The properties of a note that the codes of its selection give."""

    theme: str = ""
    question: str = ""
    kind: NoteKind | None = None
    marks: set[str] = field(default_factory=set)
    tags: list[str] = field(default_factory=list)
    voices: list[tuple[str, Stance]] = field(default_factory=list)


def plan_project(
    project: RefiProject,
    panels: Iterable[Panel],
    content_of: Callable[[str], PanelContent | None],
    guide: GuideContent,
) -> tuple[tuple[Edit, ...], RefiReport]:
    """Return the edits that import a project into a dossier, and a report.

    Ids are derived from the GUIDs, so that importing a project twice changes nothing, and exports of this dossier are
    recognised. Existing notes are unchanged.

    Args:
        project: the project as read.
        panels: every panel of the dossier.
        content_of: returns the content of a panel by id, None if there is no such panel.
        guide: the guide for new panels, to which their codes are matched.
    """
    # It may be an export of a copy without names, which has another id for the panel.
    known = {refi_guid("panel", row): panel.id for panel in panels for row in (panel.id, alias_of(panel.id))}
    plan = _Plan(project, known, content_of, guide)
    for source in project.sources:
        plan.add(source)
    return tuple(plan.edits), plan.report()


class _Plan:
    """Collects edits and counts, source by source."""

    def __init__(
        self,
        project: RefiProject,
        known: Mapping[str, str],
        content_of: Callable[[str], PanelContent | None],
        guide: GuideContent,
    ) -> None:
        self.edits: list[Edit] = []
        self._project = project
        self._cases_by_guid = {case.guid for case in project.cases}
        self._known = known
        self._content_of = content_of
        self._guide = guide
        self._reports: list[ImportReport] = []
        self._panels: dict[str, str] = {}
        self._findings: dict[str, bool] = {}
        self._homes = homes(project)
        self._new = 0
        self._labels: dict[str, None] = {}
        self._doubles = 0
        contents = [content for row in dict.fromkeys(known.values()) if (content := content_of(row)) is not None]
        refusing = [member for content in contents for member in content.panelists if refused_by(member)]
        self._refusing = NameIndex(refusing)
        self._same: dict[str, None] = {}
        self._perhaps: dict[str, None] = {}

    def add(self, source: RefiSource) -> None:
        """Add one text."""
        row = self._known.get(source.guid) or self._alike(source) or derived_id("panel", "refi", source.guid)
        content = self._content_of(row)
        if content is None:
            content = self._make(row, source)
        self._panels[row] = content.panel.title
        members: dict[str, tuple[RefiCase, str]] = {}
        # No members are added to a panel of our own: a missing one was removed, or has another name here.
        for case in self._cases(source):
            content, member = self._member(case, source, content, add=row not in self._known.values())
            if member:
                members[case.guid] = (case, member)
        sections: dict[tuple[str, str], list[Spoken]] = {}
        note_ids = {refi_guid("note", note.id): note.id for note in content.typed_notes()}
        for selection in source.selections:
            meaning = self._meaning(selection, content.guide)
            spoken = self._spoken(selection, meaning, row, note_ids, members)
            sections.setdefault((meaning.theme, meaning.question), []).append(spoken)
        file = NotesFile(sections=tuple(Section(*place, tuple(notes)) for place, notes in sections.items()))
        edits, report = plan_import(file, content)
        self.edits += edits
        self._reports.append(report)
        theirs = [one for one in self._project.findings if self._homes.get(one.guid) == source.guid]
        for guid, found in finding_edits(theirs, source, content, edits, self._place_in(content)):
            self._findings[guid] = bool(found)
            self.edits += found

    def _alike(self, source: RefiSource) -> str | None:
        """Return the panel of this dossier that a text is, by title and words: programs give other GUIDs."""
        texts = [squeeze(selection.text) for selection in source.selections]
        for row in self._known.values():
            content = self._content_of(row)
            if content is None or fold(title_for(content.panel)) != fold(source.name):
                continue
            here = {squeeze(note.text) for note in content.typed_notes()}
            if sum(text in here for text in texts) * 2 > len(texts):
                return row
        return None

    def _place_in(self, content: PanelContent) -> Callable[[str], tuple[str, str]]:
        """Return what finds the theme and the question that a code (GUID) is."""

        def found(guid: str) -> tuple[str, str]:
            meaning = _Meaning()
            code = self._project.codes.get(guid)
            if code is not None:
                self._in_guide(code, content.guide, meaning)
            return meaning.theme, meaning.question

        return found

    def _make(self, row: str, source: RefiSource) -> PanelContent:
        stated = source.values.get("subregio", "")
        subregion = next((name for name in SUBREGIONS if fold(name) == fold(stated)), stated)
        title = source.name or self._project.name or "Panelgesprek"
        panel = Panel(row, title=title, guide=self._guide.guide.id, subregion=subregion)
        self.edits.append(put("panel", row, title=title, guide=self._guide.guide.id, subregion=subregion))
        self._new += 1
        return PanelContent(panel, self._guide)

    def _cases(self, source: RefiSource) -> Iterator[RefiCase]:
        ours = {source.guid, *(guid for selection in source.selections for guid in selection.guids)}
        guids = {code for selection in source.selections for code in selection.codes}
        codes = [self._project.codes[guid] for guid in guids if guid in self._project.codes]
        named = {fold(name) for code in codes for name in _voice(code)}
        for case in self._project.cases:
            # QualCoder writes cases without what is theirs; codes of voices tell of which panel they are.
            if case.name and (not ours.isdisjoint(case.members) or (not case.members and fold(case.name) in named)):
                yield case

    def _member(
        self, case: RefiCase, source: RefiSource, content: PanelContent, *, add: bool
    ) -> tuple[PanelContent, str | None]:
        """Return the panel with the member for a case, and the member's id; None if the case is no member."""
        name = case.name.removesuffix(f" ({source.name})")
        row = derived_id("panelist", "refi", content.panel.id, case.guid)
        matches = [
            member.id
            for member in content.panelists
            if member.id == row or refi_guid("member", member.id) == case.guid or fold(member.name) == fold(name)
        ]
        if matches or not add or fold(name) == MEMBER.singular:
            return content, matches[0] if matches else None
        seat = max((member.seat or 0 for member in content.panelists), default=0) + 1
        sector = case.values.get("sector", "")
        values: dict[str, Any] = {"name": name, "first_name": called_in_list(name), "seat": seat, "sector": sector}
        values |= self._refused_elsewhere(name)
        member = Panelist(row, panel=content.panel.id, **values)
        self.edits.append(put("panelist", row, panel=content.panel.id, **values))
        return replace(content, panelists=(*content.panelists, member)), row

    def _refused_elsewhere(self, name: str) -> dict[str, Any]:
        """Return what a member of this name refuses in another panel of the dossier: with the same whole name it is the
        same person, as far as is known; with part of it they may be.
        """
        found = self._refusing.meant(name)
        same = [member for member in found if squeeze(in_order(member.name)) == squeeze(in_order(name))]
        told = self._same if same and surname_of(name) else self._perhaps
        if not all(map(takes_part, found)):
            told[name] = None
        if told is self._perhaps:
            return {}
        return {field: Consent.NO for member in same for field in refused_by(member)}

    def _spoken(
        self,
        selection: RefiSelection,
        meaning: _Meaning,
        panel: str,
        note_ids: Mapping[str, str],
        members: Mapping[str, tuple[RefiCase, str]],
    ) -> Spoken:
        existing = next((note_ids[guid] for guid in selection.guids if guid in note_ids), None)
        speakers = [
            (member, Stance.SAYS) for case, member in members.values() if not case.members.isdisjoint(selection.guids)
        ]
        return Spoken(
            selection.text,
            meaning.kind,
            (*speakers, *meaning.voices),
            tuple(dict.fromkeys(meaning.tags)),
            star="star" in meaning.marks,
            parked="parked" in meaning.marks,
            set_aside="set_aside" in meaning.marks,
            # In other programs this is the time of coding, not of speaking.
            at=selection.at if self._project.ours else None,
            row=existing or derived_id("note", "refi", panel, selection.guids[0]),
        )

    # The meaning of codes

    def _meaning(self, selection: RefiSelection, guide: GuideContent) -> _Meaning:
        meaning = _Meaning()
        for guid in selection.codes:
            code = self._project.codes.get(guid)
            if guid in self._cases_by_guid:
                # Who says it: a code of a case.
                continue
            if code is not None and not (_in_group(code, meaning) or self._in_guide(code, guide, meaning)):
                self._as_label(code, meaning)
        theme = find_theme(meaning.theme, guide)
        if theme is not None and not meaning.question and meaning.kind is not None:
            # Coded with a theme and a kind but no question: take the theme's question that asks for that kind.
            question = find_question(meaning.kind.word, theme, guide)
            meaning.question = question.text if question else ""
        return meaning

    def _in_guide(self, code: RefiCode, guide: GuideContent, meaning: _Meaning) -> bool:
        """Read a code as a question, a theme, or a kind of note; return whether it is one."""
        for name in _readings(code.name):
            theme = next((above_theme for above in reversed(code.above) if (above_theme := _theme(above, guide))), None)
            question = find_question(name, theme, guide, own_words=theme is None)
            if question is not None:
                within = guide.theme_of(question.id)
                self._place(meaning, within.title if within else "", question.text)
                return True
            as_theme = find_theme(name, guide)
            if as_theme is not None:
                if not meaning.theme:
                    meaning.theme = as_theme.title
                return True
            if (kind := kind_of(name)) is not None:
                meaning.kind = kind
                return True
        return False

    def _place(self, meaning: _Meaning, theme: str, question: str) -> None:
        if meaning.question:
            self._doubles += 1
            return
        meaning.theme, meaning.question = theme, question

    def _as_label(self, code: RefiCode, meaning: _Meaning) -> None:
        label = tag_name(code.name)
        self._labels[code.name] = None
        if label:
            meaning.tags.append(label)

    # The report

    def report(self) -> RefiReport:
        """Return the report of the import."""
        return RefiReport(self._panels, sum(report.count for report in self._reports), tuple(self._messages()))

    def _messages(self) -> Iterator[str]:
        if self._new:
            yield f"{counted(self._new, '{n} panel', '{n} panels')} toegevoegd."
        if not self._project.sources:
            yield tr("In dit project staat geen tekst met selecties.")
        whole = ImportReport(
            sum(report.count for report in self._reports),
            sum(report.present for report in self._reports),
            sum(report.completed for report in self._reports),
            _summed(report.unplaced for report in self._reports),
            _summed(report.unknown for report in self._reports),
            left_out=sum(report.left_out for report in self._reports),
            strangers=_summed(report.strangers for report in self._reports),
        )
        if self._reports:
            yield from whole.messages
        yield from self._about_refusing()
        if self._labels:
            names = [f"«{name}»" for name in self._labels]
            more = [f"{len(names) - _MOST_NAMED} andere"] if len(names) > _MOST_NAMED else []
            became = forms(
                "De code {names} heeft hier geen tegenhanger en is een label geworden.",
                "De codes {names} hebben hier geen tegenhanger en zijn labels geworden.",
            )
            yield counted(len(names), *became, names=listed([*names[:_MOST_NAMED], *more]))
        if self._doubles:
            yield counted(
                self._doubles,
                "{n} keer stond een notitie onder meer vragen; de eerste geldt.",
                "{n} keer stond een notitie onder meer vragen; de eerste geldt.",
            )
        new = sum(self._findings.values())
        if new:
            yield counted(new, "{n} inzicht of aanbeveling overgenomen.", "{n} inzichten en aanbevelingen overgenomen.")
        untaken = len(self._project.findings) - len(self._findings)
        left = {**self._project.left, **({"inzicht of aanbeveling": untaken} if untaken else {})}
        ignored = [counted(count, *_LEFT[kind]) for kind, count in left.items()]
        if ignored:
            yield tr("Niet overgenomen: {left}.", left=listed(ignored))

    def _about_refusing(self) -> Iterator[str]:
        if self._same:
            yield counted(
                len(self._same),
                "{names} doet in een ander panel van dit dossier niet mee (deelname: nee); dat geldt hier ook. Is het "
                "iemand anders, verander dan het antwoord en importeer nog eens.",
                "{names} doen in een ander panel van dit dossier niet mee (deelname: nee); dat geldt hier ook. Zijn "
                "het anderen, verander dan hun antwoord en importeer nog eens.",
                names=listed(self._same),
            )
        if self._perhaps:
            yield counted(
                len(self._perhaps),
                "{names} kan iemand zijn die in een ander panel van dit dossier niet meedoet (deelname: nee). Vul het "
                "antwoord in voor u iets doorgeeft.",
                "{names} kunnen mensen zijn die in een ander panel van dit dossier niet meedoen (deelname: nee). Vul "
                "hun antwoord in voor u iets doorgeeft.",
                names=listed(self._perhaps),
            )


def refused_by(member: Panelist) -> tuple[str, ...]:
    """Return the questions of consent (fields) to which a member said no."""
    return tuple(name for question in CONSENT_QUESTIONS if getattr(member, name := question.field) is Consent.NO)


def _summed(counts: Iterable[Mapping[str, int]]) -> Mapping[str, int]:
    whole: Counter[str] = Counter()
    for count in counts:
        whole.update(count)
    return dict(whole)


def _readings(name: str) -> tuple[str, ...]:
    """Return a name, and also without a suffix in brackets, which our export adds to make names unique."""
    bare = name.rpartition(" (")[0] if name.endswith(")") else ""
    return (name, bare) if bare else (name,)


def _voice(code: RefiCode) -> tuple[str, ...]:
    """Return the names of the person of whom a code is a voice; none for another code."""
    groups = (*STANCES.values(), SPEAKERS)
    return _readings(code.name) if len(code.above) == 1 and code.above[0] in groups else ()


def _theme(name: str, guide: GuideContent) -> ThemeContent | None:
    return next((theme for reading in _readings(name) if (theme := find_theme(reading, guide))), None)


def _in_group(code: RefiCode, meaning: _Meaning) -> bool:
    """Read a code in one of our own groups; return whether it is in one."""
    names = _readings(code.name)
    if code.name == UNASSIGNED and not code.above:
        meaning.theme = UNASSIGNED
        return True
    group = code.above[0] if len(code.above) == 1 else ""
    if group == UNASSIGNED:
        meaning.theme, meaning.question = UNASSIGNED, code.name.removesuffix(f" ({UNASSIGNED.lower()})")
        return True
    if group == KINDS:
        # The kind that follows from the question is derived again here.
        if not code.name.endswith(BY_QUESTION):
            meaning.kind = next((kind for name in names if (kind := kind_of(name))), None)
        return True
    if group == MARKS:
        meaning.marks |= {mark for mark, word in MARK_WORDS.items() if word in names}
        return True
    for stance, title in (*STANCES.items(), (Stance.SAYS, SPEAKERS)):
        if group == title:
            meaning.voices.append((code.name.removesuffix(f" ({title.lower()})"), stance))
            return True
    if group == LABELS and (label := tag_name(code.name.removesuffix(f" ({LABELS.lower()})"))):
        meaning.tags.append(label)
        return True
    return False
