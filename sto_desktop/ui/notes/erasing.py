"""Definitief wissen in the window: what is erased, where else it occurs, and doing it; for a remark or a person."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QWidget

from sto_desktop.domain.actions.panels import title_for
from sto_desktop.domain.dutch import capital
from sto_desktop.domain.errors import StoError
from sto_desktop.domain.log.change import Erasure
from sto_desktop.domain.model import Panel, Panelist
from sto_desktop.domain.panel.content import NoteContent
from sto_desktop.domain.privacy.erasing import Target, Trace, belonging, member, members, own_words, remark, words_of
from sto_desktop.domain.record import spec_of
from sto_desktop.domain.tables import tables
from sto_desktop.language import counted, listed, tr
from sto_desktop.storage.working.traces import take_away
from sto_desktop.storage.working.working_copy import Erased
from sto_desktop.ui.base.background import Background
from sto_desktop.ui.base.doing import attempt
from sto_desktop.ui.base.session import Session
from sto_desktop.ui.base.stage import Notify
from sto_desktop.ui.look import plain
from sto_desktop.ui.look.roles import ColourRole, Space, TextStyle
from sto_desktop.ui.look.theme import Appearance
from sto_desktop.ui.widgets import Button, ButtonKind, Card, CheckBox, Dialog, ScrollColumn, SectionLabel, TextLabel
from sto_desktop.workplace.due import notes_target, said_erased
from sto_desktop.workplace.erasing import Chosen, proof_of, target_of

WIDTH = 600
MOST_IN_SIGHT = 6
AROUND = 36
"""Characters of context shown on both sides of an occurrence."""


def said_of(trace: Trace) -> str:
    """Return an occurrence with some of the text around it."""
    place = capital(tr(tables()[trace.table].label))
    if not trace.spans:
        kind = tr("{place}, in een oude versie", place=place)
        return f"{kind}: {_shortened(trace.text)}" if trace.exists and trace.text else kind
    if not trace.replaceable and trace.exists:
        place = tr("{place} (het hele veld wordt leeg)", place=place)
    elif trace.goes_whole:
        place = tr("{place} (er staat niets anders in)", place=place)
    start, end = trace.spans[0]
    before, after = trace.text[max(0, start - AROUND) : start], trace.text[end : end + AROUND]
    words = f"{'…' if start > AROUND else ''}{before}{trace.text[start:end]}{after}"
    words += "…" if end + AROUND < len(trace.text) else ""
    if not trace.exists:
        place = tr("{place}, verwijderd", place=place)
    return f"{place}: {' '.join(words.split())}"


def _shortened(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= 2 * AROUND else f"{words[: 2 * AROUND]}…"


class EraseDialog(Dialog):
    """Shows what is erased permanently, and other occurrences to choose. Esc, and Enter at once, cancel.

    `said`: how many notes and choices are a person's own words; their box is off until it is chosen. None: the target
    is no person, so that there is nothing to choose but occurrences.
    """

    def __init__(
        self,
        theme: Appearance,
        title: str,
        shown: Sequence[str],
        text: str,
        parent: QWidget | None,
        said: int | None = None,
    ) -> None:
        super().__init__(theme, title, parent=parent)
        self.boxes: list[tuple[CheckBox, Trace]] = []
        self.setMinimumWidth(WIDTH)
        card = Card(margin=Space.M)
        for line in shown:
            card.body.addWidget(TextLabel(theme, line, TextStyle.BODY, lines=4))
        self.body.addWidget(card)
        self.body.addWidget(TextLabel(theme, text, TextStyle.BODY, ColourRole.MUTED))
        self.words_box = CheckBox(
            counted(
                said or 0,
                "Ook wat alleen deze persoon zei: {n} notitie of keuze",
                "Ook wat alleen deze persoon zei: {n} notities en keuzes",
            )
        )
        self.words_box.setVisible(bool(said))
        self.mentions_box = CheckBox(tr("Ook waar deze persoon genoemd wordt"))
        self.mentions_box.setChecked(True)
        self.mentions_box.setVisible(said is not None)
        self.mentions_box.toggled.connect(self._show_places)
        self.body.addWidget(self.words_box)
        self.body.addWidget(self.mentions_box)
        self._elsewhere = SectionLabel(theme, tr("Waar het nog meer staat"))
        self._state = TextLabel(theme, tr("Zoeken…"), TextStyle.SECONDARY, ColourRole.MUTED)
        self._places = ScrollColumn()
        self._places.body.setSpacing(Space.XS)
        self._places.hide()
        for widget in (self._elsewhere, self._state, self._places):
            self.body.addWidget(widget)
        self.erase_button = Button(
            theme, tr("Voorgoed wissen"), kind=ButtonKind.DANGER, hint="Alt Delete", on_click=self.accept
        )
        self.add_buttons(self.erase_button)
        # Until the other occurrences are known.
        self.erase_button.setEnabled(False)
        # Pressing Enter at once must cancel and not erase.
        self.close_button.setFocus()

    def show_traces(self, traces: Sequence[Trace]) -> None:
        """Show the other occurrences; the certain ones are ticked."""
        self.erase_button.setEnabled(True)
        self._state.setText(
            tr("Aangevinkt gaat mee. Van een tekst die meer zegt, blijft de rest staan.")
            if traces
            else tr("Deze woorden staan nergens anders in het dossier.")
        )
        for trace in traces:
            text = said_of(trace)
            box = CheckBox()
            shown = box.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, WIDTH - 120)
            box.setText(shown)
            box.setAccessibleName(text)
            plain.set_tip(box, trace.text)
            box.setChecked(trace.sure)
            self._places.body.addWidget(box)
            self.boxes.append((box, trace))
        self._places.body.addStretch(1)
        self._places.setMinimumHeight(min(len(traces), MOST_IN_SIGHT) * 30)
        self._show_places()

    def _show_places(self) -> None:
        for widget in (self._elsewhere, self._places):
            widget.setVisible(bool(self.boxes) and self.mentions_box.isChecked())
        self._state.setVisible(self.mentions_box.isChecked())

    def chosen(self) -> list[Trace]:
        """Return the texts to be erased as well; without mentions, what is kept of the person all the same."""
        mentions = self.mentions_box.isChecked()
        return [trace for box, trace in self.boxes if (box.isChecked() if mentions else trace.is_data)]


class Eraser(QObject):
    """Asks and erases. `erased`: done in the dossier, in the backups, and at its path if that is writable.

    `person_erased` carries the `ErasureProof` of what was erased of people.
    """

    erased = Signal()
    person_erased = Signal(object)

    def __init__(self, session: Session, theme: Appearance, notify: Notify, owner: QWidget) -> None:
        super().__init__(owner)
        self._session = session
        self._theme = theme
        self._notify = notify
        self._owner = owner
        self._search: Background[list[Trace]] | None = None
        self._work: Background[Erased] | None = None

    def ask_about_note(self, note: NoteContent) -> EraseDialog:
        """Ask whether to erase a remark: it was made off the record."""
        shown = [part.text for part in note.parts if part.text] or [tr("Een gemarkeerd moment zonder tekst")]
        target = remark(note)
        return self._ask(
            counted(len(note.ids), "Deze notitie voorgoed wissen?", "Deze {n} notities voorgoed wissen?"),
            shown,
            target,
            lambda dialog: self._erase(target, dialog.chosen(), tr("De opmerking is voorgoed gewist.")),
        )

    def ask_about_member(self, panelist: Panelist) -> EraseDialog:
        """Ask whether to erase someone's name and data, and what more of them."""
        fields = (field for field in spec_of(Panelist).fields.values() if field.erases and field.heading)
        parts = (str(getattr(panelist, field.name) or "") for field in fields)
        title = tr("De gegevens van dit panellid voorgoed wissen?")
        shown = [", ".join(part for part in parts if part)]
        return self._ask_about_person(panelist.name, title, shown, member(panelist, self._belonging([panelist])))

    def ask_about_person(self, name: str) -> EraseDialog:
        """Ask whether to erase what the dossier has of everybody with this name: member, moderator, note taker, or
        somebody who is only mentioned."""
        target = target_of(self._session.dossier, name)
        return self._ask_about_person(name, tr("Deze persoon voorgoed wissen?"), [name], target)

    def _ask_about_person(
        self, name: str, title: str, shown: Sequence[str], target: Target, people: int = 1
    ) -> EraseDialog:
        rows = {row for _, row in target.rows}
        words = own_words(rows, self._session.dossier.read.rows.records, name)

        def erase(dialog: EraseDialog) -> None:
            wanted = replace(target, words=words) if dialog.words_box.isChecked() else target
            chosen = dialog.chosen()
            self._erase(wanted, chosen, person=Chosen.of(name, wanted, chosen, people))

        return self._ask(title, shown, target, erase, said=len(words))

    def ask_about_members(self, panelists: Sequence[Panelist]) -> EraseDialog:
        """Ask whether to erase the names and data of several people: the retention term has passed."""
        title = counted(
            len(panelists),
            "De gegevens van {n} panellid voorgoed wissen?",
            "De gegevens van {n} panelleden voorgoed wissen?",
        )
        target = members(panelists, self._belonging(panelists))
        name = counted(len(panelists), "{n} panellid", "{n} panelleden")
        shown = [panelist.name for panelist in panelists]
        return self._ask_about_person(name, title, shown, target, len(panelists))

    def ask_about_words(self, panelists: Sequence[Panelist]) -> EraseDialog:
        """Ask whether to erase what members said who do not take part; their data and answers stay."""
        target, texts = words_of(panelists, self._session.dossier.read.rows.records)
        more = len(texts) - MOST_IN_SIGHT
        shown = [*texts[:MOST_IN_SIGHT], *([tr("en nog {n}", n=more)] if more > 0 else [])]
        names = listed([panelist.name for panelist in panelists])

        def erase(dialog: EraseDialog) -> None:
            chosen = dialog.chosen()
            self._erase(
                target,
                chosen,
                person=replace(Chosen.of(names, target, chosen, len(panelists)), words=len(texts)),
            )

        return self._ask(tr("Wat {who} zei voorgoed wissen?", who=names), shown, target, erase)

    def ask_about_notes(self, panel: Panel) -> EraseDialog:
        """Ask whether to erase all that was noted in a panel: its term is over."""
        dossier = self._session.dossier
        target = notes_target(dossier, panel)
        notes = dossier.read.notes.of_panel(panel.id)
        texts = [text for note in notes for part in note.parts if (text := part.text.strip())]
        more = len(texts) - MOST_IN_SIGHT
        shown = [*texts[:MOST_IN_SIGHT], *([tr("en nog {n}", n=more)] if more > 0 else [])]
        title = tr("De notities van «{name}» voorgoed wissen?", name=title_for(panel))
        said = tr(
            "Ook de top drie, de schriftelijke inbreng en de terugblik. Inzichten, aanbevelingen en verslag blijven."
        )
        done = said_erased(len(target.words))
        return self._ask(title, [*shown, said], target, lambda dialog: self._erase(target, dialog.chosen(), done))

    def _belonging(self, panelists: Sequence[Panelist]) -> tuple[Erasure, ...]:
        return belonging({panelist.id for panelist in panelists}, self._session.dossier.read.rows.records)

    def ask_about_line(self, text: str, on_erased: Callable[[], object]) -> EraseDialog:
        """Ask whether to erase the text being typed; `on_erased` empties the line."""
        dialog = self._dialog(tr("Deze regel voorgoed wissen?"), [text])
        # The line being typed is not stored yet, so there is nothing to search for.
        dialog.show_traces(())
        dialog.accepted.connect(on_erased)
        dialog.accepted.connect(partial(self._wipe, (), tr("De regel is gewist, en nergens bewaard.")))
        dialog.open()
        return dialog

    def _dialog(self, title: str, shown: Sequence[str], said: int | None = None) -> EraseDialog:
        text = tr(
            "Dit kan niet ongedaan worden gemaakt. Het verdwijnt uit dit dossier met zijn geschiedenis, uit het "
            "bestand en uit de reservekopieën op deze computer; bij een collega zodra u samenvoegt. Wat al gemaild of "
            "afgedrukt is, verandert niet."
        )
        return EraseDialog(self._theme, title, shown, text, self._owner.window(), said)

    def _ask(
        self,
        title: str,
        shown: Sequence[str],
        target: Target,
        erase: Callable[[EraseDialog], object],
        said: int | None = None,
    ) -> EraseDialog:
        dialog = self._dialog(title, shown, said)
        self._look_for(dialog, target)
        dialog.accepted.connect(partial(erase, dialog))
        dialog.open()
        return dialog

    def _look_for(self, dialog: EraseDialog, target: Target) -> None:
        """Search the words of a target elsewhere, while the dialog is open."""
        copy = self._session.copy
        self._search = Background(lambda: copy.traces(target), dialog.show_traces, self._tell)
        dialog.finished.connect(self._stop_search)
        self._search.start()

    def _stop_search(self) -> None:
        search, self._search = self._search, None
        if search is not None:
            # Nothing shows the result any more, but the search must not outlive its dialog.
            search.wait()

    def _tell(self, error: StoError) -> None:
        self._notify(str(error), tone="late")

    def _erase(self, target: Target, traces: Sequence[Trace], done: str = "", person: Chosen | None = None) -> None:
        if attempt(self._tell, take_away, self._session.dossier, target, traces):
            self._wipe((*target.erasures, *(trace.erasure for trace in traces)), done, person)

    def _wipe(self, erasures: Collection[Erasure], done: str, person: Chosen | None = None) -> None:
        self.settle()
        copy = self._session.copy
        self._work = Background(
            lambda: copy.erase_apart(erasures), partial(self._done, done, person), self._tell, ended=self._ended
        )
        self._work.start()

    def _ended(self) -> None:
        self._work = None
        self._session.dossier.poll(always=True)

    def _done(self, message: str, person: Chosen | None, erased: Erased) -> None:
        self.erased.emit()
        if erased.unpublished is not None:
            text = tr("Gewist op deze computer. Het bestand zelf volgt zodra het weer geschreven kan worden.")
            self._notify(text, tone="warn")
        elif person is None:
            self._notify(message, tone="good")
        if erased.elsewhere and person is None:
            names = listed([f"«{path.name}»" for path in erased.elsewhere])
            also = counted(
                len(erased.elsewhere),
                "Een ander dossier op deze computer heeft dezelfde inhoud: {names}. Wis het daar ook.",
                "{n} andere dossiers op deze computer hebben dezelfde inhoud: {names}. Wis het daar ook.",
                names=names,
            )
            self._notify(also, tone="warn")
        if person is not None:
            # The wisbewijs says that it is done.
            self.person_erased.emit(proof_of(self._session.dossier, person, erased, self._session.now()))

    def settle(self) -> None:
        """Wait until a running erasure is done, before the dossier is closed."""
        if self._work is not None:
            self._work.wait()
