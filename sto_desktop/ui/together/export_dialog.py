"""The dialog that asks what goes into an export for another program, and the choices that it shares with sharing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import cast

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from sto_desktop.domain.actions.reports import AS_IT_IS
from sto_desktop.domain.model import Panelist
from sto_desktop.domain.privacy.naming.naming import NameMode
from sto_desktop.domain.privacy.titles import title_without_names
from sto_desktop.language import tr, tr_later
from sto_desktop.ui.look.roles import ColourRole, TextStyle
from sto_desktop.ui.look.theme import Appearance
from sto_desktop.ui.widgets import Dialog, FormField, LineEdit, PrimaryButton, Segmented, TextLabel

XLSX, CSV, MD, QDPX, QDC = "xlsx", "csv", "md", "qdpx", "qdc"
ALL, PANEL = "ALL", "PANEL"

_ABOUT_FORM = {
    XLSX: tr_later(
        "Vier bladen met filters: notities, inzichten met draagvlak en tegengeluid, aanbevelingen en panelleden."
    ),
    CSV: tr_later("Eén tabel, voor Excel en andere programma's."),
    MD: tr_later("De notities van één panel als tekst; weer te importeren, met «Alles» precies zoals ze waren."),
    QDPX: tr_later("Een REFI-QDA-project: onderzoekers gaan ermee verder in ATLAS.ti, MAXQDA, NVivo of QualCoder."),
    QDC: tr_later("Alleen thema's, vragen, soorten en labels, als REFI-QDA-codeboek."),
}
STILL_PERSONAL = tr_later("Met een pseudoniem zijn het nog steeds persoonsgegevens.")
_ABOUT_NAMES = {
    AS_IT_IS: tr_later("Alles zoals het in het dossier staat, ook van wie niet genoemd wil worden. Alleen voor uzelf."),
    NameMode.FULL: tr_later("Met naam staat er alleen wie dat goed vindt; de andere namen gaan ook uit de teksten."),
    NameMode.ROLE: tr_later("Niemand staat er met naam, ook niet in teksten. Wat naar één mens wijst, blijft weg."),
    NameMode.PSEUDONYM: tr_later("Ieder heet «Panellid A», «Panellid B» en zo verder, ook in teksten."),
}


def name_choices() -> list[tuple[object, str]]:
    """Return how panel members may be called in an export or a copy, with the word for it."""
    return [
        (AS_IT_IS, tr("Alles")),
        (NameMode.FULL, tr("Voluit")),
        (NameMode.ROLE, tr("Rol")),
        (NameMode.PSEUDONYM, tr("Pseudoniem")),
    ]


def recipient_field() -> LineEdit:
    """Return a field for whom an export or a copy is for; it is told nowhere but in the list of what was made."""
    return LineEdit(placeholder=tr("Mag leeg blijven; staat daarna bij Uitgifte"), name=tr("Voor wie"))


@dataclass(frozen=True)
class ExportAnswers:
    """What to write, whether of all panels, the file name without extension, and whom it is for."""

    form: str
    subject: str | None
    names: NameMode | None
    all_panels: bool
    name: str
    recipient: str


class ExportDialog(Dialog):
    """The dialog: a few questions with defaults; the line below each explains its answer."""

    def __init__(
        self,
        theme: Appearance,
        title: str,
        subject: str,
        members: Sequence[Panelist],
        parent: QWidget | None = None,
        *,
        heed: Callable[[NameMode | None], str] = lambda _naming: "",
    ) -> None:
        """`title` is the panel's (empty: there is none), `subject` the dossier's; both are used in the file name,
        without the names of `members` (of all panels) that the file hides. `heed`: what to know first, under a naming.
        """
        super().__init__(theme, tr("Exporteren"), parent=parent, heading=tr("Naar een ander programma"))
        self._title = title
        self._subject = subject
        self._members = members
        self._fields: dict[Segmented, FormField] = {}
        self.setMinimumWidth(620)
        forms = [
            (XLSX, tr("Excel")),
            (CSV, tr("csv")),
            (MD, tr("Markdown")),
            (QDPX, tr("REFI-QDA")),
            (QDC, tr("Codeboek")),
        ]
        self.form = self._ask(tr("Vorm"), forms, XLSX)
        self._form_note = self._note()
        self.scope = self._ask(tr("Van"), self._scopes(), PANEL if title else ALL)
        subjects = [
            ("NOTES", tr("Notities")),
            ("INSIGHTS", tr("Inzichten")),
            ("RECOMMENDATIONS", tr("Aanbevelingen")),
            ("MEMBERS", tr("Panelleden")),
        ]
        self.subject = self._ask(tr("Tabel"), subjects, "NOTES")
        # Names are hidden by default: anyone with access to the folder can read an exported file.
        self.naming = self._ask(tr("Namen van panelleden"), name_choices(), NameMode.ROLE)
        self._naming_note = self._note()
        self._heed = heed
        self._heed_note = TextLabel(theme, "", TextStyle.SECONDARY, ColourRole.WARN_TEXT)
        self.body.addWidget(self._heed_note)
        self.recipient = recipient_field()
        self.body.addWidget(FormField(theme, tr("Voor wie"), self.recipient))
        self.save_button = PrimaryButton(theme, tr("Opslaan…"), hint="Enter", on_click=self.accept)
        self.add_buttons(self.save_button)
        for choice in (self.form, self.scope, self.subject, self.naming):
            choice.selected.connect(self._refresh)
        self._refresh()
        self.form.setFocus(Qt.FocusReason.OtherFocusReason)

    def _scopes(self) -> list[tuple[object, str]]:
        everything: list[tuple[object, str]] = [(ALL, tr("Alle panels"))]
        return [(PANEL, tr("Dit panel")), *everything] if self._title else everything

    def _ask(self, asked: str, options: Sequence[tuple[object, str]], value: object) -> Segmented:
        choice = Segmented(self._theme, options, name=asked, value=value)
        self._fields[choice] = FormField(self._theme, asked, choice)
        self.body.addWidget(self._fields[choice])
        return choice

    def _note(self) -> TextLabel:
        note = TextLabel(self._theme, "", TextStyle.SECONDARY, ColourRole.MUTED)
        self.body.addWidget(note)
        return note

    def _refresh(self) -> None:
        form = self.form.value()
        # Markdown holds one panel only.
        if form == MD and self._title:
            self.scope.set_value(PANEL)
        self.scope.setEnabled(form != MD)
        self._fields[self.subject].setVisible(form == CSV)
        self._form_note.setText(tr(_ABOUT_FORM[str(form)]))
        naming = cast("NameMode", self.naming.value())
        still = (tr(STILL_PERSONAL),) if naming is NameMode.PSEUDONYM else ()
        self._naming_note.setText(" ".join((tr(_ABOUT_NAMES[naming]), *still)))
        self._heed_note.setText(self._heed(self.answers().names) if form != QDC else "")
        self._heed_note.setVisible(bool(self._heed_note.text()))
        self.adjustSize()

    def answers(self) -> ExportAnswers:
        """Return the answers."""
        form, naming = str(self.form.value()), self.naming.value()
        names = naming if isinstance(naming, NameMode) else None
        whole = self.scope.value() == ALL
        about = self._subject if whole else self._title
        return ExportAnswers(
            form,
            str(self.subject.value()) if form == CSV else None,
            names,
            whole,
            _name_of(title_without_names(about, self._members, names), names),
            self.recipient.text(),
        )


def _name_of(about: str, names: NameMode | None) -> str:
    """Return the name of a file, which tells whether names are in it."""
    if names is None:
        return tr("{name}, met alle namen", name=about)
    return about if names is NameMode.FULL else tr("{name}, zonder namen", name=about)
