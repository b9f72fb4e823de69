"""Commands on the selected notes, with the dialogs they need."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, QTimer, Signal

from sto_desktop.domain.log.versions import back_to
from sto_desktop.domain.panel.content import PanelContent
from sto_desktop.domain.privacy.naming.crowd import takes_part
from sto_desktop.domain.vocabulary import NoteKind
from sto_desktop.language import tr
from sto_desktop.ui.elaborate.notes.label_manager import LabelManager
from sto_desktop.ui.elaborate.notes.list_and_board import ListAndBoard
from sto_desktop.ui.elaborate.notes.note_work import NoteWork
from sto_desktop.ui.fields.agreed_dialog import NO_AGREEMENT, AgreedDialog, can_agree
from sto_desktop.ui.findings.work import Work
from sto_desktop.ui.look.theme import Appearance
from sto_desktop.ui.notes.history_dialog import NoteHistoryDialog
from sto_desktop.ui.notes.label_dialog import LabelDialog
from sto_desktop.ui.notes.material import Material
from sto_desktop.ui.notes.move_dialog import MoveDialog
from sto_desktop.ui.notes.speaker_dialog import SpeakerDialog


class ChosenNotes(QObject):
    """Runs the commands of list and board. `commanded` passes on commands that it does not handle, `told` carries the
    reason why one can't be done.
    """

    commanded = Signal(str)
    told = Signal(str)

    def __init__(self, theme: Appearance, work: Work, deeds: NoteWork, material: Material, views: ListAndBoard) -> None:
        super().__init__(views)
        self._theme = theme
        self._work = work
        self.deeds = deeds
        self._material = material
        self._views = views
        views.commanded.connect(self.command)
        views.kind_chosen.connect(self.set_kind)
        views.put.connect(self.put)
        views.edited.connect(self._rewrite)
        views.split_asked.connect(self._split)

    @property
    def _content(self) -> PanelContent:
        assert self._material.content is not None
        return self._material.content

    def command(self, name: str) -> None:
        """Run a command of the list on the selected notes."""
        chosen = self._views.selected()
        match name:
            case "confirm":
                self._work.confirm_kinds(chosen)
            case "star":
                self._work.turn_star(chosen)
            case "aside":
                self._work.turn_aside(chosen)
            case "move":
                self._move(chosen)
            case "bundle":
                self._bundle(chosen)
            case "speaker":
                self._assign(chosen)
            case "agree":
                self._agree(chosen)
            case "label":
                self._label(chosen)
            case "history":
                self._show_history(chosen)
            case "label_1" | "label_2" | "label_3":
                self.deeds.turn_last_label(chosen, int(name[-1]) - 1)
            case "delete":
                self._delete(chosen)
            case _:
                self.commanded.emit(name)

    def set_kind(self, kind: NoteKind) -> None:
        """Set the kind of the selected notes."""
        self._work.set_kind(self._views.selected(), kind)

    def _move(self, notes: Sequence[str]) -> None:
        if not notes:
            return
        current = next((note.question for note in self._material.notes(notes[:1])), None)
        dialog = MoveDialog(self._theme, self._content.guide, len(notes), current, self._views)
        question = dialog.question() if dialog.ask() else None
        if question is not None:
            self._work.move(notes, question)

    def _bundle(self, notes: Sequence[str]) -> None:
        contents = self._material.notes(notes)
        if len(contents) == 1 and not contents[0].bundled:
            self.told.emit(tr("Kies twee of meer notities om te bundelen."))
        elif self.deeds.bundle(notes):
            self._views.when_shown(lambda: self._views.view.show_note(notes[0]))

    def _split(self, note: str, text: str, place: int, seen: int) -> None:
        if not self.deeds.split(note, text, place, seen):
            return
        # The split already saved the text: close the editor without saving again.
        self._views.view.forget_editing()
        self._views.when_shown(lambda: self._views.view.show_note(note))

    def _assign(self, notes: Sequence[str]) -> None:
        contents = self._material.notes(notes)
        if not contents:
            return
        members = [member for member in self._material.members_of(contents[0]) if takes_part(member)]
        dialog = SpeakerDialog(self._theme, members, len(contents), self._views)
        if dialog.ask():
            self.deeds.assign(notes, dialog.panelist)
        self._views.view.take_keyboard()

    def _agree(self, notes: Sequence[str]) -> None:
        items = self._material.notes(notes[:1])
        if not items:
            return
        note = items[0]
        if not can_agree(note.note):
            self.told.emit(tr(NO_AGREEMENT))
            return
        members, today = self._material.members_of(note), self._work.today
        dialog = AgreedDialog(self._theme, note, members, today, seen=self._work.seq, parent=self._views)
        dialog.ask_until(lambda: self._work.apply(dialog.change()))
        self._views.view.take_keyboard()

    def _label(self, notes: Sequence[str]) -> None:
        contents = self._material.notes(notes)
        if not contents:
            return
        dialog = LabelDialog(self._theme, contents, self.deeds.labels(), self.deeds.counts(), self._views)
        if dialog.ask():
            self.deeds.label(notes, dialog.added, dialog.removed)
        self._views.view.take_keyboard()

    def _show_history(self, notes: Sequence[str]) -> None:
        # History is only shown for a single note.
        if len(notes) != 1:
            return
        (note,) = notes
        names = {question.id: question.text for _, question in self._content.guide.questions()}
        entries = self.deeds.history(note)
        dialog = NoteHistoryDialog(self._theme, entries, lambda _table, row: names.get(row, ""), self._views)
        if dialog.ask() and dialog.version is not None:
            self._work.apply(back_to("note", note, dialog.version))
        self._views.view.take_keyboard()

    def manage_labels(self) -> None:
        """Open the list of all labels."""
        LabelManager(self._theme, self.deeds, self._views).ask()
        self._views.view.take_keyboard()

    def put(self, notes: list[str], question: str | None, before: str | None) -> None:
        """Move notes to a question, before another note."""
        if self._work.move_to(notes, question, before):
            self._views.when_shown(lambda: self._show_moved(notes))

    def _show_moved(self, notes: list[str]) -> None:
        self._views.view.show_note(notes[0])
        # `show_note` selects only the first.
        self._views.view.keep_choice(notes)
        self._views.view.take_keyboard()

    def put_under_theme(self, theme: str, notes: list[str]) -> None:
        """Move notes to a theme."""
        if self._work.move_to_theme(notes, theme):
            self._views.view.take_keyboard()

    def _delete(self, notes: Sequence[str]) -> None:
        if not notes:
            return
        row = self._views.notes.currentIndex().row()
        self._work.delete_notes(notes)
        self._views.when_shown(lambda: self._views.go_on_after(row, len(notes)))

    def _rewrite(self, note: str, text: str, seen: int) -> None:
        if not self._work.rewrite(note, text, seen):
            # The dossier could not save it: open the editor again with the typed text.
            QTimer.singleShot(0, self, lambda: self._views.edit_again(note, text))
