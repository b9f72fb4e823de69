"""Names and special words that occur in texts, each with its sentence and replacement; ticked ones are replaced."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from sto_desktop.domain.dutch import capital
from sto_desktop.domain.names.grades import Grade, NameForm
from sto_desktop.domain.privacy.redaction import Found
from sto_desktop.domain.privacy.special import category_of
from sto_desktop.language import counted, listed, tr
from sto_desktop.ui.look.roles import ColourRole, Space, TextStyle
from sto_desktop.ui.look.theme import Appearance
from sto_desktop.ui.widgets import Card, CheckBox, Dialog, PrimaryButton, ScrollColumn, TextLabel


def in_texts(names: Sequence[Found]) -> str:
    """Say how many names and special words these are."""
    special = sum(name.mention.form is NameForm.SPECIAL for name in names)
    counts = (
        counted(len(names) - special, "{n} naam", "{n} namen") if len(names) > special else "",
        counted(special, "{n} bijzonder gegeven", "{n} bijzondere gegevens") if special else "",
    )
    return tr("{what} in de tekst", what=listed(filter(None, counts)))


class NamesDialog(Dialog):
    """The dialog; `decisions` is the approved choice. A name that occurs twice in one text is listed once."""

    def __init__(self, theme: Appearance, names: Sequence[Found], parent: QWidget | None = None) -> None:
        # One card per key, described by its first place.
        one_each = list({mention.key: mention for mention in reversed(names)}.values())[::-1]
        about = tr(
            "Wat is aangevinkt, wordt in dit verslag vervangen; in het dossier verandert niets. Haal het vinkje weg "
            "waar het over niemand gaat die verborgen moet blijven."
        )
        heading = in_texts(one_each)
        super().__init__(theme, tr("Namen in de tekst"), about, parent, heading=heading)
        self.resize(720, 560)
        self.boxes: dict[str, CheckBox] = {}
        column = ScrollColumn()
        for mention in one_each:
            column.body.addWidget(self._card(mention))
        column.body.addStretch(1)
        self.body.addWidget(column, 1)
        self.approve = PrimaryButton(theme, tr("Akkoord"), on_click=self.accept)
        self.add_buttons(self.approve)
        if self.boxes:
            next(iter(self.boxes.values())).setFocus()

    @property
    def decisions(self) -> dict[str, bool]:
        """Whether each name is replaced, by the key of its place."""
        return {key: box.isChecked() for key, box in self.boxes.items()}

    def _card(self, name_found: Found) -> Card:
        theme = self._theme
        card = Card(margin=Space.M)
        box = CheckBox()
        name = name_found.words
        box.setAccessibleName(tr("«{name}» vervangen door «{becomes}»", name=name, becomes=name_found.becomes))
        box.setChecked(name_found.replaced)
        self.boxes[name_found.key] = box
        words = QVBoxLayout()
        words.setSpacing(2)
        becomes = tr("{name} wordt «{becomes}»", name=name, becomes=name_found.becomes)
        words.addWidget(TextLabel(theme, becomes, TextStyle.BODY_STRONG))
        words.addWidget(TextLabel(theme, name_found.sentence, TextStyle.BODY, lines=2))
        words.addWidget(TextLabel(theme, self._about(name_found), TextStyle.SECONDARY, ColourRole.MUTED))
        across = QHBoxLayout()
        across.setSpacing(Space.M)
        across.addWidget(box, 0, Qt.AlignmentFlag.AlignTop)
        across.addLayout(words, 1)
        card.body.addLayout(across)
        return card

    def _about(self, name_found: Found) -> str:
        if name_found.mention.form is NameForm.SPECIAL:
            category = category_of(name_found.words)
            return tr("Bijzonder gegeven: {category}. Laat het weg als het over één mens gaat.", category=category)
        form = capital(tr(name_found.mention.form.value))
        if name_found.mention.form is NameForm.OUTSIDER:
            return f"{form}."
        if name_found.must and name_found.replaced:
            return tr("{form}. Dit panellid staat nergens met naam.", form=form)
        if name_found.mention.grade is not Grade.CERTAIN:
            return tr("{form}. Misschien is het een gewoon woord of iemand anders.", form=form)
        return f"{form}."
