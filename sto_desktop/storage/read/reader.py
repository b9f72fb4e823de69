"""The readers of one dossier together, and everything of one panel at once."""

from __future__ import annotations

from sto_desktop.domain.live.schedule import minutes_used
from sto_desktop.domain.panel.content import PanelContent
from sto_desktop.domain.panel.same import one_member_each
from sto_desktop.storage.file.database import Raw, errors_of, reading
from sto_desktop.storage.read.course import CourseReader
from sto_desktop.storage.read.findings import FindingReader
from sto_desktop.storage.read.guides import GuideReader
from sto_desktop.storage.read.members import MemberReader
from sto_desktop.storage.read.note_list import NoteLists
from sto_desktop.storage.read.notes import NoteReader
from sto_desktop.storage.read.panels import PanelReader
from sto_desktop.storage.read.rows import Rows
from sto_desktop.storage.read.tags import TagReader


class Reader:
    """One reader for each subject, all on the same connection."""

    def __init__(self, raw: Raw) -> None:
        self.rows = Rows(raw)
        self.panels = PanelReader(self.rows)
        self.guides = GuideReader(self.rows, self.panels)
        self.members = MemberReader(self.rows, self.panels)
        self.tags = TagReader(self.rows)
        self.notes = NoteReader(self.rows, self.panels, self.guides, self.members, self.tags)
        self.lists = NoteLists(self.rows, self.notes)
        self.findings = FindingReader(self.rows, self.panels, self.guides, self.notes)
        self.course = CourseReader(self.rows, self.panels, self.guides)

    def panel_content(self, panel: str) -> PanelContent | None:
        """Return everything of one panel from a single snapshot, or None if there is no such panel."""
        with errors_of(None), reading(self.rows.raw):
            return self._panel_content(panel)

    def _panel_content(self, panel: str) -> PanelContent | None:
        record = self.panels.get(panel)
        if record is None:
            return None
        spans = self.course.time_spans(panel)
        members = self.members.of_conversation(panel)
        return PanelContent(
            record,
            self.guides.content(record.guide, panel),
            tuple(one_member_each(members, self.panels.sameness())),
            tuple(self.notes.of_panel(panel)),
            tuple(self.findings.insights(panel)),
            tuple(self.findings.recommendations(panel)),
            tuple(self.course.playbacks(panel)),
            tuple(self.course.debriefs(panel)),
            tuple(spans),
            minutes_used(spans),
            tuple(self.members.top_choices(panel)),
            tuple(self.course.plan(panel)),
            elsewhere=self.members.elsewhere(members),
        )
