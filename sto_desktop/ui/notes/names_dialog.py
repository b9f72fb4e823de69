"""Names and special words that occur in texts, each with its sentence and replacement; ticked ones are replaced."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from sto_desktop.domain.dutch import capital
from sto_desktop.domain.names.decisions import ADDED, Decisions
from sto_desktop.domain.names.grades import Grade, NameForm
from sto_desktop.domain.privacy.redaction import Found
from sto_desktop.domain.privacy.special import category_of
from sto_desktop.language import counted, listed, tr
from sto_desktop.ui.look.roles import ColourRole, Space, TextStyle
from sto_desktop.ui.look.theme import Appearance
from sto_desktop.ui.widgets import (
    Card,
    CheckBox,
    Dialog,
    FormField,
    LineEdit,
    PrimaryButton,
    ScrollColumn,
    TextLabel,
)


def in_texts(names: Sequence[Found]) -> str:
    """Say how many names and special words these are."""
    special = sum(name.mention.form is NameForm.SPECIAL for name in names)
    counts = (
        counted(len(names) - special, "{n} naam", "{n} namen") if len(names) > special else "",
        counted(special, "{n} bijzonder gegeven", "{n} bijzondere gegevens") if special else "",
    )
    return tr("{what} in de tekst", what=listed(filter(None, counts)))


class _Answer:
    """The answer about one name: whether it is replaced, and by what."""

    def __init__(self, found: Found) -> None:
        self._found = found
        words, becomes = found.words, found.becomes
        self.box = CheckBox()
        self.box.setAccessibleName(tr("«{name}» vervangen door «{becomes}»", name=words, becomes=becomes))
        self.box.setChecked(found.replaced)
        self.text = LineEdit(becomes, name=tr("Wat er in plaats van «{name}» komt", name=words))
        # A text of one's own is meant to be used.
        self.text.textEdited.connect(lambda: self.box.setChecked(True))

    @property
    def decision(self) -> bool | str:
        """The decision, as it is stored."""
        if not self.box.isChecked():
            return False
        words = self.text.text().strip()
        return words if words and (words != self._found.becomes or self._found.instead.fixed) else True


class NamesDialog(Dialog):
    """The dialog; `decisions` is the approved choice. A name that occurs twice in one text is listed once.

    V replaces the name that has the focus and L leaves it; both go on to the next.
    """

    def __init__(
        self, theme: Appearance, names: Sequence[Found], parent: QWidget | None = None, *, where: str = ""
    ) -> None:
        """`where`: what the names are in, in Dutch; empty: the verslag."""
        # One card per key, described by its first place.
        one_each = list({mention.key: mention for mention in reversed(names)}.values())[::-1]
        about = tr(
            "Wat is aangevinkt, wordt in {where} vervangen; in het dossier verandert niets. Haal het vinkje weg "
            "waar het over niemand gaat die verborgen moet blijven. V vervangt en gaat door, L laat staan en gaat "
            "door.",
            where=where or tr("dit verslag"),
        )
        heading = in_texts(one_each)
        super().__init__(theme, tr("Namen nakijken"), about, parent, heading=heading)
        self.resize(720, 560)
        self.answers: dict[str, _Answer] = {}
        column = ScrollColumn()
        for mention in one_each:
            column.body.addWidget(self._card(mention))
        column.body.addStretch(1)
        self._column = column
        self.body.addWidget(column, 1)
        self.added = LineEdit(name=tr("Ook verbergen"), placeholder=tr("mevrouw Tuinman, Henkjan"))
        self.body.addWidget(FormField(theme, tr("Ook verbergen, gescheiden door komma's"), self.added))
        self.approve = PrimaryButton(theme, tr("Akkoord"), on_click=self.accept)
        self.add_buttons(self.approve)
        if self.answers:
            next(iter(self.boxes.values())).setFocus()

    @property
    def boxes(self) -> dict[str, CheckBox]:
        """The box of each name, by the key of its place."""
        return {key: answer.box for key, answer in self.answers.items()}

    @property
    def decisions(self) -> Decisions:
        """What happens to each name, by the key of its place, and the names that were added."""
        added = (name.strip() for name in self.added.text().split(","))
        return {
            **{key: answer.decision for key, answer in self.answers.items()},
            **{f"{ADDED}{name}": True for name in added if name},
        }

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Answer with one key where a box has the focus."""
        if event.type() == QEvent.Type.KeyPress and isinstance(watched, CheckBox) and isinstance(event, QKeyEvent):
            steps: dict[int, Callable[[], object]] = {
                Qt.Key.Key_V: lambda: self._answered(watched, True),
                Qt.Key.Key_L: lambda: self._answered(watched, False),
                Qt.Key.Key_Down: lambda: self._go(watched, 1),
                Qt.Key.Key_Up: lambda: self._go(watched, -1),
            }
            if event.key() in steps and event.modifiers() == Qt.KeyboardModifier.NoModifier:
                steps[event.key()]()
                return True
        return super().eventFilter(watched, event)

    def _answered(self, box: CheckBox, replaced: bool) -> None:
        box.setChecked(replaced)
        self._go(box, 1)

    def _go(self, box: CheckBox, by: int) -> None:
        boxes = list(self.boxes.values())
        at = boxes.index(box) + by
        if 0 <= at < len(boxes):
            boxes[at].setFocus(Qt.FocusReason.TabFocusReason)
            self._column.ensureWidgetVisible(boxes[at])
        elif by > 0:
            self.approve.setFocus(Qt.FocusReason.TabFocusReason)

    def _card(self, name_found: Found) -> Card:
        theme = self._theme
        card = Card(margin=Space.M)
        answer = _Answer(name_found)
        answer.box.installEventFilter(self)
        self.answers[name_found.key] = answer
        words = QVBoxLayout()
        words.setSpacing(2)
        becomes = tr("{name} wordt «{becomes}»", name=name_found.words, becomes=name_found.becomes)
        words.addWidget(TextLabel(theme, becomes, TextStyle.BODY_STRONG))
        words.addWidget(TextLabel(theme, name_found.sentence, TextStyle.BODY, lines=2))
        words.addWidget(TextLabel(theme, self._about(name_found), TextStyle.SECONDARY, ColourRole.MUTED))
        words.addWidget(answer.text)
        across = QHBoxLayout()
        across.setSpacing(Space.M)
        across.addWidget(answer.box, 0, Qt.AlignmentFlag.AlignTop)
        across.addLayout(words, 1)
        card.body.addLayout(across)
        return card

    def _about(self, name_found: Found) -> str:
        if name_found.mention.form is NameForm.SPECIAL:
            category = category_of(name_found.words)
            return tr("Bijzonder gegeven: {category}. Laat het weg als het over één mens gaat.", category=category)
        form = capital(tr(name_found.mention.form.value))
        if name_found.mention.form is NameForm.BELOW:
            return tr("{form}. Zijn het die woorden, haal ze dan weg.", form=form)
        if name_found.mention.form in (NameForm.OUTSIDER, NameForm.STRANGER, NameForm.UNKNOWN, NameForm.FUNCTION):
            return f"{form}."
        if name_found.refuses:
            return tr("{form}. Dit panellid doet niet mee. Zijn het eigen woorden, haal ze dan weg.", form=form)
        if name_found.must and name_found.replaced:
            return tr("{form}. Dit panellid staat nergens met naam.", form=form)
        if name_found.mention.grade is not Grade.CERTAIN:
            return tr("{form}. Misschien is het een gewoon woord of iemand anders.", form=form)
        return f"{form}."
