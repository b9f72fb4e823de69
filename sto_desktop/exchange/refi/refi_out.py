"""Writes panels as a REFI-QDA project (`.qdpx`) or code book (`.qdc`), for ATLAS.ti, MAXQDA, NVivo and QualCoder.

A panel is a text with a paragraph for each note; each note is a selection with its codes. GUIDs are derived from row
ids, so that the same dossier always gives the same ones. Positions are code points, as in Python.
"""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import sto_desktop
from sto_desktop.domain.actions.panels import title_for
from sto_desktop.domain.dutch import capital
from sto_desktop.domain.errors import ExchangeError
from sto_desktop.domain.panel.content import InsightContent, NoteContent, RecommendationContent
from sto_desktop.domain.vocabulary import Stance
from sto_desktop.exchange.out.outgoing import Outgoing
from sto_desktop.exchange.refi.refi_check import problems
from sto_desktop.exchange.refi.refi_codes import CodeBook
from sto_desktop.exchange.refi.refi_xml import (
    ABOUT_ASPECT,
    ABOUT_THEME,
    ABOUT_THEMES,
    CODEBOOK,
    DISSENT,
    DISSENT_BELOW,
    GOES_ON,
    INTERNAL,
    NARROWER,
    OF_PANEL,
    OPPOSED,
    PROJECT,
    UniqueNames,
    add,
    moment,
    refi_guid,
    root_of,
)
from sto_desktop.language import tr

_ORIGIN = f"STO Desktop {sto_desktop.__version__}"
_LONGEST_NAME = 60
# A fixed date: the real one is private, and would make the file differ each time.
_ZIP_DATE = (1980, 1, 1, 0, 0, 0)


def _short(text: str) -> str:
    text_line = " ".join(text.split())
    return text_line if len(text_line) <= _LONGEST_NAME else text_line[: _LONGEST_NAME - 1] + "…"


@dataclass
class _Case:
    """A member, or all members of a panel with the same label, with the selections of what they said."""

    name: str
    sector: str
    panel: Outgoing
    selections: list[str] = field(default_factory=list)


class _Project:
    """The parts of a project, collected panel by panel and then written in the order that the schema requires."""

    def __init__(self, panels: Sequence[Outgoing]) -> None:
        self.panels = panels
        self.book = CodeBook(panels)
        self.texts: dict[str, str] = {}
        self.cases: dict[str, _Case] = {}
        self.users: dict[str, str] = {}
        self.insights_of: dict[str, list[str]] = {}
        self.sectors = {panel.content.panel.id: _sectors(panel) for panel in panels}
        for panel in panels:
            # A moderator of several panels is one user.
            for name in (panel.content.panel.moderator, panel.content.panel.note_taker):
                if name.strip():
                    self.users.setdefault(refi_guid("user", name.strip()), name.strip())
            for insight in panel.content.insights:
                for note in insight.supports if insight.insight.text.strip() else ():
                    self.insights_of.setdefault(note, []).append(refi_guid("insight", insight.id))
            for recommendation in panel.content.recommendations:
                for note in recommendation.supports if recommendation.recommendation.text.strip() else ():
                    self.insights_of.setdefault(note, []).append(refi_guid("recommendation", recommendation.id))

    # The parts of the project

    def element(self, name: str, made_at: dt.datetime) -> Any:
        """Return the element `Project`; fills `self.texts` with the text files that belong to it."""
        root = root_of(PROJECT, "Project")
        root.set("name", name)
        root.set("origin", _ORIGIN)
        root.set("creationDateTime", moment(made_at))
        sources = root_of(PROJECT, "Sources")
        for panel in self.panels:
            self._source(sources, panel)
        if self.users:
            users = add(root, "Users")
            for guid, user in self.users.items():
                add(users, "User", guid=guid, name=user)
        self.book.write(root)
        self._variables(root)
        self._cases(root)
        if len(sources):
            root.append(sources)
        self._notes(root, made_at)
        self._sets(root)
        return root

    def _source(self, sources: Any, panel: Outgoing) -> None:
        record = panel.content.panel
        guid = refi_guid("panel", record.id)
        user = refi_guid("user", record.note_taker.strip()) if record.note_taker.strip() else None
        source = add(
            sources,
            "TextSource",
            guid=guid,
            name=title_for(record),
            plainTextPath=f"{INTERNAL}{guid}.txt",
            creatingUser=user,
        )
        text: list[str] = []
        at = 0
        for note in panel.notes():
            if not note.text.strip():
                continue
            self._selection(source, panel, note, at, user)
            text.append(note.text)
            at += len(note.text) + 1
        self.texts[f"{guid}.txt"] = "\n".join(text)
        if record.subregion.strip():
            self._value(source, "Subregio", record.subregion.strip())

    def _selection(self, source: Any, panel: Outgoing, note: NoteContent, at: int, user: str | None) -> None:
        guid = refi_guid("note", note.id)
        captured_at = note.note.captured_at
        selection = add(
            source,
            "PlainTextSelection",
            guid=guid,
            name=_short(note.text),
            startPosition=str(at),
            endPosition=str(at + len(note.text)),
            creatingUser=user,
            creationDateTime=moment(captured_at) if captured_at else None,
        )
        for code in self.book.codes_of(panel, note):
            coding = add(selection, "Coding", guid=refi_guid("coding", note.id, code), creatingUser=user)
            add(coding, "CodeRef", targetGUID=code)
        speakers = [self._case(panel, member) for member in note.panelists(Stance.SAYS) if panel.called(member)]
        # By role, two who say the same are one case.
        for case, gathered in dict(speakers).items():
            gathered.selections.append(guid)
            code = self.book.add_speaker(case, gathered.name)
            coding = add(selection, "Coding", guid=refi_guid("coding", note.id, code), creatingUser=user)
            add(coding, "CodeRef", targetGUID=code)
        # Behind all codings, as the schema has it.
        for insight in self.insights_of.get(note.id, ()):
            add(selection, "NoteRef", targetGUID=insight)

    def _case(self, panel: Outgoing, member: str) -> tuple[str, _Case]:
        """Return the GUID and the case of a member."""
        name = panel.called(member)
        # Without names, a case per label and not per member: the GUID of a member would link one person's statements.
        guid = refi_guid("member", *((member,) if panel.naming is None else (panel.content.panel.id, name)))
        sector = self.sectors[panel.content.panel.id].get(member, "")
        case = self.cases.setdefault(guid, _Case(name, sector, panel))
        # Members with one label but different sectors have no common value.
        case.sector = case.sector if case.sector == sector else ""
        return guid, case

    def _value(self, parent: Any, variable: str, text: str) -> None:
        value = add(parent, "VariableValue")
        add(value, "VariableRef", targetGUID=refi_guid("variable", variable))
        add(value, "TextValue", text)

    def _variables(self, root: Any) -> None:
        for panel in self.panels:
            for member in panel.members():
                if panel.called(member.id):
                    self._case(panel, member.id)
        variables = add(root, "Variables")
        for name in ("Sector", "Subregio"):
            add(variables, "Variable", guid=refi_guid("variable", name), name=name, typeOfVariable="Text")

    def _cases(self, root: Any) -> None:
        if not self.cases:
            return
        names, cases = UniqueNames(), add(root, "Cases")
        for guid, gathered in self.cases.items():
            record = gathered.panel.content.panel
            case = add(cases, "Case", guid=guid, name=names.free(gathered.name, title_for(record)))
            if gathered.sector.strip():
                self._value(case, "Sector", gathered.sector.strip())
            if record.subregion.strip():
                self._value(case, "Subregio", record.subregion.strip())
            add(case, "SourceRef", targetGUID=refi_guid("panel", record.id))
            for selection in dict.fromkeys(gathered.selections):
                add(case, "SelectionRef", targetGUID=selection)

    def _notes(self, root: Any, made_at: dt.datetime) -> None:
        notes, names = root_of(PROJECT, "Notes"), UniqueNames()
        for panel in self.panels:
            written = _Findings(panel, self.book, notes, (self.texts, names), made_at)
            for insight in panel.content.insights:
                written.insight(insight)
            for recommendation in panel.content.recommendations:
                written.recommendation(recommendation)
        if len(notes):
            root.append(notes)

    def _sets(self, root: Any) -> None:
        members: dict[str, list[str]] = {}
        for panel in self.panels:
            if panel.content.panel.subregion.strip():
                members.setdefault(panel.content.panel.subregion.strip(), []).append(panel.content.panel.id)
        if not members:
            return
        sets = add(root, "Sets")
        for subregion, panels in members.items():
            set_element = add(sets, "Set", guid=refi_guid("subregion", subregion), name=subregion)
            for panel_id in panels:
                add(set_element, "MemberSource", targetGUID=refi_guid("panel", panel_id))


def _sectors(panel: Outgoing) -> dict[str, str]:
    return {member.id: member.sector.strip() for member in panel.members()}


class _Findings:
    """Writes a panel's insights and recommendations as notes of the project."""

    def __init__(
        self,
        panel: Outgoing,
        book: CodeBook,
        notes: Any,
        project: tuple[dict[str, str], UniqueNames],
        made_at: dt.datetime,
    ) -> None:
        """`project`: its text files by name, to which those of the notes are added, and the names of its notes."""
        self._made = moment(made_at)
        self._panel = panel
        self._book = book
        self._notes = notes
        self._files, self._names = project
        self._voices = panel.voices()
        self._texts = {note.id: note.text.strip() for note in panel.content.typed_notes()}
        self._insights = {insight.id: insight.insight.text.strip() for insight in panel.content.insights}

    def insight(self, insight: InsightContent) -> None:
        """Write an insight, with its support and dissent."""
        text = insight.insight.text.strip()
        if not text:
            return
        record, theme = insight.insight, self._panel.content.guide.theme(insight.insight.theme)
        supports, contradicts = self._panel.content.evidence(insight)
        backing = self._voices.backing(supports, contradicts)
        about = [
            f"{capital(backing.word)}." if backing.word else "",
            *self._told(ABOUT_THEME, (theme.title if theme else "",)),
            *self._told(ABOUT_ASPECT, (record.aspect.word if record.aspect else "",)),
            *self._told(NARROWER, map(self._insights.get, insight.insights)),
            *self._told(OPPOSED, map(self._insights.get, insight.against)),
            *self._told(DISSENT, map(self._texts.get, insight.contradicts)),
            *self._told(DISSENT_BELOW, (self._texts.get(n) for n in contradicts if n not in insight.contradicts)),
        ]
        note = self._note("insight", insight.id, f"Inzicht: {_short(text)}", text, about)
        code = self._book.code_of_question(self._panel, insight.insight.position.parent)
        if code:
            coding = add(note, "Coding", guid=refi_guid("coding", insight.id, code))
            add(coding, "CodeRef", targetGUID=code)

    def recommendation(self, recommendation: RecommendationContent) -> None:
        """Write a recommendation, with its fields in the plan and dissent."""
        record = recommendation.recommendation
        text = record.text.strip()
        if not text:
            return
        plan = (
            ("Schooljaren", record.school_years),
            ("Niveau", record.level.word if record.level else ""),
            ("Eigenaar", record.owner),
            ("Prioriteit", record.priority.word if record.priority else ""),
            ("Eerste stap", record.first_step),
            ("Borging", record.securing),
        )
        themes = map(self._panel.content.guide.theme, recommendation.themes)
        about = [
            *(line for label, value in plan for line in self._told(label, (value,))),
            *self._told(ABOUT_THEMES, (theme.title for theme in themes if theme)),
            *self._told(NARROWER, map(self._insights.get, recommendation.insights)),
            *self._told(DISSENT, map(self._texts.get, recommendation.contradicts)),
        ]
        self._note("recommendation", recommendation.id, f"Aanbeveling: {_short(text)}", text, about)

    def _note(self, table: str, row: str, name: str, text: str, about: Sequence[str]) -> Any:
        # Not linked to the text of its panel: QualCoder would take the note as an annotation, and drop it.
        about = [*filter(None, about), *self._told(OF_PANEL, (title_for(self._panel.content.panel),))]
        # Insights and recommendations have no time of their own, but QualCoder fails on a note without a time.
        times = {"creationDateTime": self._made, "modifiedDateTime": self._made}
        guid = refi_guid(table, row)
        # QualCoder reads a note as a journal only if its text is a file, and then leaves the description out.
        self._files[f"{guid}.txt"] = "\n\n".join((text, *about))
        path = f"{INTERNAL}{guid}.txt"
        note = add(self._notes, "Note", guid=guid, name=self._names.free(name, row[:8]), plainTextPath=path, **times)
        add(note, "Description", "\n".join(about))
        return note

    def _told(self, heading: str, values: Iterable[str | None]) -> Iterator[str]:
        """Yield a line for each value; further lines of its own are indented, so that they are read back with it."""
        return (f"{heading}: {value.strip()}".replace("\n", GOES_ON) for value in values if value and value.strip())


def _xml(root: Any) -> bytes:
    from lxml import etree

    written: bytes = etree.tostring(root, xml_declaration=True, encoding="utf-8")
    return written


def _sound(root: Any, texts: dict[str, str]) -> None:
    wrong = problems(root, texts)
    if wrong:
        # An invalid export is a bug, not a mistake of the user.
        raise AssertionError("; ".join(wrong[:5]))


def project_qdpx(name: str, panels: Sequence[Outgoing], made_at: dt.datetime, *, warning: str = "") -> bytes:
    """Return panels as a REFI-QDA project; `made_at` is the time of creation of the file and its notes.

    `warning` is the description of the project, which its readers show first.
    """
    project = _Project(panels)
    root = project.element(name, made_at)
    if warning:
        add(root, "Description", warning)
    _sound(root, project.texts)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(zipfile.ZipInfo("project.qde", _ZIP_DATE), _xml(root), zipfile.ZIP_DEFLATED)
        for file, text in project.texts.items():
            entry = zipfile.ZipInfo(f"sources/{file}", _ZIP_DATE)
            archive.writestr(entry, text.encode(), zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def texts_written(content: bytes) -> Iterator[str]:
    """Yield every text and attribute of a project or code book that was made here."""
    from lxml import etree

    parts = [content]
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = [archive.read(name) for name in archive.namelist()]
    for part in parts:
        # The text files of a project stand beside its XML.
        if not part.lstrip().startswith(b"<?xml"):
            yield part.decode()
            continue
        for element in etree.fromstring(part).iter():
            yield from (text for text in (element.text, *element.attrib.values()) if isinstance(text, str))


def codebook_qdc(panels: Sequence[Outgoing]) -> bytes:
    """Return themes, questions, kinds and labels of panels as a REFI-QDA code book."""
    holder = root_of(CODEBOOK, "Holder")
    root = CodeBook(panels).write(holder)
    if root is None:
        raise ExchangeError(
            tr("Er is nog geen leidraad of notitie om een codeboek van te maken."), "", tr("Kies een leidraad.")
        )
    root.set("origin", _ORIGIN)
    _sound(root, {})
    return _xml(root)
