"""Bestanden en reservekopieën: every file that is kept on this computer, what is in it, and bringing it back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from sto_desktop.domain.dutch import clock, day_and_date, short_date
from sto_desktop.domain.errors import DossierError, PasswordNeededError, StoError
from sto_desktop.language import tr
from sto_desktop.storage.whole_file.backup import Reason
from sto_desktop.storage.whole_file.came_in import CameIn
from sto_desktop.storage.working.register import Kept
from sto_desktop.ui.base.keys import shown
from sto_desktop.ui.base.session import Session
from sto_desktop.ui.look.roles import ColourRole, TextStyle
from sto_desktop.ui.look.theme import Appearance
from sto_desktop.ui.widgets import Button, Dialog, PrimaryButton, TextLabel
from sto_desktop.workplace.keeping import Inside, bring_back, look_inside, said_kept, what_came_in
from sto_desktop.workplace.place import ENDING

if TYPE_CHECKING:
    from sto_desktop.workplace import Workplace


ROW_HEIGHT = 30
T = TypeVar("T")


class KeptFilesDialog(Dialog):
    """The list: first what is of this dossier, then what is of others, each newest first.

    Enter brings the chosen one back as a dossier of its own; `brought_back` carries its path. Nothing is replaced. A
    file that was imported is put beside the dossier.
    """

    brought_back = Signal(object)

    def __init__(
        self,
        theme: Appearance,
        session: Session,
        workplace: Workplace,
        kept: Sequence[Kept],
        parent: QWidget | None = None,
    ) -> None:
        about = (
            tr("Wat u terughaalt komt naast dit dossier, een dossier als eigen dossier. Er wordt niets vervangen.")
            if kept
            else tr("Er is nog geen reservekopie. Bij het sluiten, en tijdens het werk elk uur, komt er een.")
        )
        super().__init__(theme, tr("Bestanden en reservekopieën"), about, parent)
        self.resize(680, 560)
        self._session = session
        self._workplace = workplace
        own = [item for item in kept if item.path == session.path.resolve()]
        self._kept = [*own, *(item for item in kept if item not in own)]
        self.list = QListWidget()
        self.list.setAccessibleName(tr("Bestanden en reservekopieën"))
        self.list.setMinimumHeight(220)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for item in self._kept:
            line = QListWidgetItem(self._line(item))
            line.setSizeHint(QSize(0, ROW_HEIGHT))
            self.list.addItem(line)
        self.list.setCurrentRow(0)
        self.list.currentRowChanged.connect(self._chosen)
        self.list.itemDoubleClicked.connect(self._bring_back)
        self.body.addWidget(self.list, 1)
        self.inside = TextLabel(theme, "", TextStyle.BODY, ColourRole.MUTED)
        self.body.addWidget(self.inside)
        self.look_button = Button(theme, tr("Wat staat erin?"), hint=shown("Ctrl+I"), on_click=self._look)
        self.back_button = PrimaryButton(theme, tr("Terughalen"), hint="Enter", on_click=self._bring_back)
        self.add_buttons(self.back_button, close=tr("Sluiten"), beside=[self.look_button])
        self._chosen(0)
        self._closed = False
        self.finished.connect(self._close)
        self._name_what_came_in()
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _line(self, item: Kept, came: CameIn | None = None) -> str:
        when = f"{short_date(item.at, year=True)}, {clock(item.at)}"
        name = item.path.stem if item.path is not None else tr("onbekend dossier")
        said = said_kept(item, came)
        return " · ".join((when, said) if item.path == self._session.path.resolve() else (when, name, said))

    def _name_what_came_in(self) -> None:
        """Show the names of the files that came in, read on a worker: each stands inside, maybe under a password."""
        items = [item for item in self._kept if item.why is Reason.CAME_IN]

        def read(password: str | None) -> dict[Path, CameIn | None]:
            found = {}
            for item in items:
                # Under another password, or damaged: it keeps its line, and looking inside says so.
                with suppress(DossierError):
                    found[item.file] = what_came_in(item, password)
            return found

        def show_names(found: dict[Path, CameIn | None]) -> None:
            for place, item in enumerate(self._kept):
                if item.file in found:
                    self.list.item(place).setText(self._line(item, found[item.file]))

        if items:
            self._apart(read, show_names)

    def _apart(
        self, work: Callable[[str | None], T], done: Callable[[T], object], ended: Callable[[], object] | None = None
    ) -> None:
        """Run work with the password on a worker, and tell what came of it unless the dialog was closed meanwhile."""

        def here(tell: Callable[[Any], object]) -> Callable[[Any], object]:
            return lambda told: None if self._closed else tell(told)

        self._session.in_background(
            lambda: self._session.copy.with_password(work),
            here(done),
            here(self._failed),
            ended=lambda: None if ended is None or self._closed else ended(),
        )

    def _close(self) -> None:
        self._closed = True

    def _now(self) -> Kept | None:
        place = self.list.currentRow()
        return self._kept[place] if 0 <= place < len(self._kept) else None

    def _chosen(self, _place: int) -> None:
        item = self._now()
        for button in (self.look_button, self.back_button):
            button.setEnabled(item is not None)
        self._say(item.told if item is not None and item.told != "-" else "")

    def _say(self, text: str, role: ColourRole = ColourRole.MUTED) -> None:
        self.inside.set_role(role)
        self.inside.setText(text)

    def _look(self) -> None:
        item = self._now()
        if item is None:
            return
        self._say(tr("Even kijken…"))

        def done(inside: Inside) -> None:
            if item is self._now():
                changed = inside.changed
                last = (
                    [tr("Laatst gewijzigd: {when}.", when=f"{day_and_date(changed)}, {clock(changed)}")]
                    if changed
                    else []
                )
                self._say("\n".join((*inside.lines, *last)), ColourRole.INK)

        self._apart(lambda word: look_inside(self._workplace, item, word), done)

    def _bring_back(self) -> None:
        item = self._now()
        if item is None:
            return
        self._say(tr("Even geduld…"))
        self.back_button.setEnabled(False)
        beside = self._session.path

        def done(path: Path) -> None:
            if path.suffix != ENDING:
                self._say(tr("«{file}» staat naast het dossier.", file=path.name), ColourRole.INK)
                return
            self.accept()
            self.brought_back.emit(path)

        self._apart(lambda word: bring_back(self._workplace, item, beside, word), done, self._ended)

    def _ended(self) -> None:
        self.back_button.setEnabled(True)

    def _failed(self, error: StoError) -> None:
        other = isinstance(error, PasswordNeededError)
        text = tr("Hier zit een ander wachtwoord op, of het is beschadigd.") if other else str(error)
        self._say(text, ColourRole.LATE)
