"""For whom, or since when, a paper of the hours after a panel is; and what is in it, read anew each time."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QVBoxLayout, QWidget

from sto_desktop.language import tr, tr_later
from sto_desktop.report.papers.kinds import AFTERWARDS, FOR_SOMEBODY, NOTHING, Paper
from sto_desktop.ui.base.stage import StageContext
from sto_desktop.ui.look.roles import ColourRole, Space, TextStyle
from sto_desktop.ui.notes.names_check import ask_about_names
from sto_desktop.ui.widgets import ComboBox, TextLabel

if TYPE_CHECKING:  # slow to import, and only needed for these papers
    from sto_desktop.domain.bookkeeping import Issuance
    from sto_desktop.domain.panel.content import PanelContent
    from sto_desktop.domain.privacy.redaction import Found
    from sto_desktop.report.blocks.options import Form
    from sto_desktop.report.papers.afterwards import Afterwards

_ASKED = {
    Paper.AGREED: tr_later("Voor wie"),
    Paper.CHECK: tr_later("Voor wie"),
    Paper.CHANGES: tr_later("Sinds"),
}

_Read = tuple["PanelContent | None", Mapping[str, str], "Form", Sequence["Issuance"]]
"""What the dossier has of a panel, the setups of its verslag, the form on show, and what was made."""


def _afterwards(read: _Read) -> Afterwards | None:
    from sto_desktop.report.papers.afterwards import Afterwards

    content, setups, form, made = read
    return None if content is None else Afterwards(content, setups, form, made)


def _made_of(read: _Read, kind: Paper) -> tuple[Afterwards, Sequence[tuple[str, str]]] | None:
    after = _afterwards(read)
    return None if after is None else (after, after.choices(kind))


class ForWhom(QWidget):
    """The choice; `chosen` says that the paper has to be made anew."""

    chosen = Signal()

    def __init__(self, context: StageContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._kind = Paper.GUIDE
        self._panel = ""
        self._offered: Sequence[tuple[str, str]] = ()
        self._wanted: object = None
        self.after: Afterwards | None = None
        """The panel of the paper, if what was said is in it."""
        self.box = ComboBox()
        self.box.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.box.activated.connect(lambda _: self.chosen.emit())
        self._asked = TextLabel(context.theme, "", TextStyle.SECONDARY, ColourRole.MUTED, lines=1)
        self._asked.setBuddy(self.box)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(Space.XS)
        layout.addWidget(self._asked)
        layout.addWidget(self.box)
        self.hide()

    def show_kind(self, kind: Paper | None, panel: str) -> None:
        """Read what a paper of this panel (id) needs, and offer for whom it can be."""
        self.after = self._wanted = None
        if kind not in AFTERWARDS:
            self.hide()
            return
        if (kind, panel) != (self._kind, self._panel):
            self.box.clear()
        self._kind, self._panel = kind, panel
        self.setVisible(kind in FOR_SOMEBODY)
        if kind in _ASKED:
            self._asked.setText(tr(_ASKED[kind]))
            self.box.setAccessibleName(tr(_ASKED[kind]))
        read = self._wanted = self._read()
        # The documents are slow to import, and the choices follow from the whole of a verslag.
        self._context.session.in_background(partial(_made_of, read, kind), partial(self._offer, read))

    def _read(self) -> _Read:
        """Return the panel as the dossier has it now."""
        from sto_desktop.ui.paper.choices import SETTING, ReportChoices

        dossier = self._context.session.dossier
        course, form = dossier.read.course, ReportChoices.from_json(dossier.setting(SETTING)).options.form
        content = dossier.read.panel_content(self._panel)
        return content, course.report_setups(self._panel), form, course.issued(self._panel)

    def _offer(self, read: _Read, made: tuple[Afterwards, Sequence[tuple[str, str]]] | None) -> None:
        # Another paper may have been chosen meanwhile.
        if read is not self._wanted or made is None:
            return
        before, (self.after, self._offered) = self.choice, made
        self.box.clear()
        for identity, words in self._offered:
            self.box.addItem(words, identity)
        self.box.setCurrentIndex(max(self.box.findData(before), 0))
        self.box.setEnabled(len(self._offered) > 1)
        self.chosen.emit()

    @property
    def choice(self) -> str:
        """The chosen member, owner or verslag."""
        return self.box.currentData() or ""

    @property
    def has_each(self) -> bool:
        """Whether there are papers for somebody alone."""
        return any(identity for identity, _ in self._offered)

    @property
    def nothing(self) -> str:
        """Why there is no paper of this kind; empty if there is one, or nobody knows yet."""
        after = self.after
        if after is None:
            return ""
        content = after.shown
        some = self._offered if self._kind in FOR_SOMEBODY else (content.notes or content.insights)
        return "" if some else tr(NOTHING[self._kind])

    @property
    def ready(self) -> bool:
        """Whether there is a paper to make."""
        return self._wanted is None or (self.after is not None and not self.nothing)

    def when_looked_through(self, do: Callable[[Afterwards | None], object]) -> None:
        """Do something with the panel as it is once the names in its texts were decided about, as before a verslag."""
        after, kind = self.after, self._kind
        if after is None:
            do(None)
            return

        def found(names: Sequence[Found]) -> None:
            theme, session = self._context.theme, self._context.session
            ask_about_names(theme, session, names, tr(kind.value), self.window(), lambda: do(_afterwards(self._read())))

        self._context.session.in_background(partial(after.found, kind), found, self._context.tell_error)
