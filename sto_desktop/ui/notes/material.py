"""The current panel's content, kept in step with the dossier by reading only what changed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from sto_desktop.domain.actions.notes import note_tag_id
from sto_desktop.domain.live.schedule import minutes_used
from sto_desktop.domain.log.change import Changed
from sto_desktop.domain.model import Panelist
from sto_desktop.domain.panel.content import NoteContent, PanelContent
from sto_desktop.domain.panel.progress import Progress, progress, used_notes
from sto_desktop.domain.panel.voices import Voices
from sto_desktop.storage.working.dossier import Dossier

FRAME = ("guide", "theme", "question", "panel", "panel_question", "panelist", "probe")
"""Tables whose changes cause everything to be read again."""
NOTES = ("note", "voice", "note_tag", "tag")
INSIGHTS = ("insight", "insight_note", "insight_insight")
RECOMMENDATIONS = (
    "recommendation",
    "recommendation_note",
    "recommendation_insight",
    "recommendation_theme",
)

NOTES_AT_ONCE = 500
"""Above this number of changed notes, reading all notes is as fast."""


class Material:
    """One panel's content with derived data; `content` is None if there is no panel."""

    def __init__(self, dossier: Callable[[], Dossier], *, report: bool = False) -> None:
        """`report`: also follow data that only the verslag shows, such as the time used."""
        self._dossier = dossier
        self._report = report
        self.content: PanelContent | None = None
        self.by_id: dict[str, NoteContent] = {}
        self.used: frozenset[str] = frozenset()
        """Notes that insights and recommendations rest on."""
        self.voices: Voices | None = None
        self.progress = Progress(0, 0, 0)

    def notes(self, ids: Iterable[str]) -> list[NoteContent]:
        """Return these notes in this order, including those of other panels."""
        wanted = list(ids)
        of_other_panels = [note for note in wanted if note not in self.by_id]
        others_by_id = (
            {content.id: content for content in self._dossier().read.notes.some(of_other_panels)}
            if of_other_panels
            else {}
        )
        contents = (self.by_id.get(note) or others_by_id.get(note) for note in wanted)
        return [content for content in contents if content is not None]

    def members_of(self, note: NoteContent) -> Sequence[Panelist]:
        """Return the members of the panel in which a note was made."""
        content = self.content
        if content is not None and content.panel.id == note.note.panel:
            return content.panelists
        return self._dossier().read.members.of_panel(note.note.panel or "")

    def load(self, panel: str | None) -> None:
        """Read a panel in full."""
        self.content = self._dossier().read.panel_content(panel) if panel else None
        self._derive()

    def follow(self, changed: Changed) -> bool:
        """Update the content after a change; return whether anything of this panel may look different."""
        content = self.content
        if content is None:
            return False
        if changed.everything or changed.touches(*FRAME):
            self.load(content.panel.id)
            return True
        read, panel = self._dossier().read, content.panel.id
        if changed.touches(*NOTES):
            content = replace(content, notes=self._changed_notes(content, changed))
        if changed.touches(*INSIGHTS):
            content = replace(content, insights=tuple(read.findings.insights(panel)))
        if changed.touches(*RECOMMENDATIONS):
            content = replace(content, recommendations=tuple(read.findings.recommendations(panel)))
        if changed.touches("debrief"):
            content = replace(content, debriefs=tuple(read.course.debriefs(panel)))
        if self._report and changed.touches("playback", "time_span", "planned_part"):
            spans = tuple(read.course.time_spans(panel))
            playbacks = tuple(read.course.playbacks(panel))
            content = replace(
                content,
                playbacks=playbacks,
                time_spans=spans,
                minutes_used=minutes_used(spans),
                plan=tuple(read.course.plan(panel)),
            )
        if content is self.content:
            return False
        self.content = content
        self._derive()
        return True

    def _changed_notes(self, content: PanelContent, changed: Changed) -> tuple[NoteContent, ...]:
        read, panel = self._dossier().read, content.panel.id
        if len(changed.rows) > NOTES_AT_ONCE:
            return tuple(read.notes.of_panel(panel))
        owner = {voice.id: note.id for note in content.notes for voice in note.all_voices}
        voices, links, named = changed.ids("voice"), changed.ids("note_tag"), changed.ids("note")
        wanted = set(named) | {owner[voice] for voice in voices if voice in owner}
        if links:
            wanted |= {note.id for note in content.notes if not links.isdisjoint(_links((note,)))}
        # The bundle that a note leaves changes too.
        wanted |= {note.id for note in content.notes if note.bundled and not named.isdisjoint(note.ids)}
        loaded = [note for note in read.notes.some(wanted) if note.note.panel == panel]
        wanted |= {note_id for note in loaded for note_id in note.ids}
        known_voices = owner.keys() | {voice.id for note in loaded for voice in note.all_voices}
        known_links = _links(loaded) | _links(self.by_id[note_id] for note_id in wanted if note_id in self.by_id)
        tags = {tag.id for note in loaded for part in note.parts for tag in part.tags}
        if not (voices <= known_voices and links <= known_links and changed.ids("tag") <= tags):
            # `changed` does not name the note to which a voice or label was added; only the dossier knows it.
            return tuple(read.notes.of_panel(panel))
        unchanged = [note for note in content.notes if note.id not in wanted]
        return tuple(sorted((*unchanged, *loaded), key=lambda note: (note.note.position.key, note.id)))

    def _derive(self) -> None:
        content = self.content
        self.by_id = {note.id: note for note in content.notes} if content else {}
        self.used = used_notes((*content.insights, *content.recommendations)) if content else frozenset()
        self.voices = Voices(content) if content else None
        self.progress = progress(content) if content else Progress(0, 0, 0)


def _links(notes: Iterable[NoteContent]) -> set[str]:
    return {note_tag_id(part.id, tag.id) for note in notes for part in note.parts for tag in part.tags}
