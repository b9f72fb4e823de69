"""The panel that is worked out, kept in step with the dossier by reading only what changed."""

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
"""Tables after which everything is read again."""
NOTES = ("note", "voice", "note_tag", "tag")
INSIGHTS = ("insight", "insight_note", "insight_insight")
RECOMMENDATIONS = (
    "recommendation",
    "recommendation_note",
    "recommendation_insight",
    "recommendation_theme",
)

NOTES_AT_ONCE = 500
"""Above so many changed notes, reading them all is as quick."""


class Material:
    """One panel's content with what follows from it; `content` is None where there is no panel."""

    def __init__(self, dossier: Callable[[], Dossier], *, report: bool = False) -> None:
        """`report`: also follow what only the verslag shows, such as the time used."""
        self._dossier = dossier
        self._report = report
        self.content: PanelContent | None = None
        self.by_id: dict[str, NoteContent] = {}
        self.used: frozenset[str] = frozenset()
        """Notes that insights and recommendations point to."""
        self.voices: Voices | None = None
        self.progress = Progress(0, 0, 0)

    def notes(self, ids: Iterable[str]) -> list[NoteContent]:
        """Return these notes in this order, also those of another panel."""
        wanted = list(ids)
        others = [note for note in wanted if note not in self.by_id]
        known = {item.id: item for item in self._dossier().read.some_notes(others)} if others else {}
        found = (self.by_id.get(note) or known.get(note) for note in wanted)
        return [item for item in found if item is not None]

    def members_of(self, note: NoteContent) -> Sequence[Panelist]:
        """Return the members of the panel in which a note was made."""
        content = self.content
        if content is not None and content.panel.id == note.note.panel:
            return content.panelists
        return self._dossier().read.panelists(note.note.panel or "")

    def load(self, panel: str | None) -> None:
        """Read a panel in full."""
        self.content = self._dossier().read.panel_content(panel) if panel else None
        self._derive()

    def follow(self, changed: Changed) -> bool:
        """Take in what changed; tells whether anything of this panel may look different."""
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
            content = replace(content, insights=tuple(read.insights(panel)))
        if changed.touches(*RECOMMENDATIONS):
            content = replace(content, recommendations=tuple(read.recommendations(panel)))
        if changed.touches("debrief"):
            content = replace(content, debriefs=tuple(read.debriefs(panel)))
        if self._report and changed.touches("playback", "time_span"):
            spans = tuple(read.time_spans(panel))
            playbacks = tuple(read.playbacks(panel))
            content = replace(content, playbacks=playbacks, time_spans=spans, minutes_used=minutes_used(spans))
        if content is self.content:
            return False
        self.content = content
        self._derive()
        return True

    def _changed_notes(self, content: PanelContent, changed: Changed) -> tuple[NoteContent, ...]:
        read, panel = self._dossier().read, content.panel.id
        if len(changed.rows) > NOTES_AT_ONCE:
            return tuple(read.notes(panel))
        owner = {voice.id: item.id for item in content.notes for voice in item.all_voices}
        voices, links, named = changed.ids("voice"), changed.ids("note_tag"), changed.ids("note")
        wanted = set(named) | {owner[voice] for voice in voices if voice in owner}
        if links:
            wanted |= {item.id for item in content.notes if not links.isdisjoint(_links((item,)))}
        # A bundle that a note leaves looks different too.
        wanted |= {item.id for item in content.notes if item.bundled and not named.isdisjoint(item.ids)}
        loaded = [item for item in read.some_notes(wanted) if item.note.panel == panel]
        wanted |= {note for item in loaded for note in item.ids}
        known_voices = owner.keys() | {voice.id for item in loaded for voice in item.all_voices}
        known_links = _links(loaded) | _links(self.by_id[item] for item in wanted if item in self.by_id)
        tags = {tag.id for item in loaded for part in item.parts for tag in part.tags}
        if not (voices <= known_voices and links <= known_links and changed.ids("tag") <= tags):
            # A voice or label came to a note that is not named itself: only the dossier knows which.
            return tuple(read.notes(panel))
        kept = [item for item in content.notes if item.id not in wanted]
        return tuple(sorted((*kept, *loaded), key=lambda item: (item.note.position.key, item.id)))

    def _derive(self) -> None:
        content = self.content
        self.by_id = {item.id: item for item in content.notes} if content else {}
        self.used = used_notes((*content.insights, *content.recommendations)) if content else frozenset()
        self.voices = Voices(content) if content else None
        self.progress = progress(content) if content else Progress(0, 0, 0)


def _links(notes: Iterable[NoteContent]) -> set[str]:
    return {note_tag_id(part.id, tag.id) for item in notes for part in item.parts for tag in part.tags}
