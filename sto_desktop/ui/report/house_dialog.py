"""The house style of documents: a built-in one with own colours and logo, or the user's Word template."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QColorDialog, QHBoxLayout, QVBoxLayout, QWidget

from sto_desktop.domain.errors import StoError
from sto_desktop.language import counted, listed, tr, tr_later
from sto_desktop.report.content.sample import sample_document
from sto_desktop.report.look.dress import Dress
from sto_desktop.report.look.look import LOOKS, HouseStyle, contrast
from sto_desktop.report.word.leftovers import TemplateText
from sto_desktop.report.word.recognised import Recognised, dress_for, recognise
from sto_desktop.report.writers.pdf_writer import Pdf
from sto_desktop.ui.base.doing import attempt
from sto_desktop.ui.base.jobs import Jobs
from sto_desktop.ui.fields.side_column import SideColumn
from sto_desktop.ui.look.roles import ColourRole, Space, TextStyle
from sto_desktop.ui.look.theme import Appearance
from sto_desktop.ui.paper.files import SYSTEM_FILES, Files
from sto_desktop.ui.paper.page_view import PageView
from sto_desktop.ui.widgets import (
    Button,
    Dialog,
    ElidedLabel,
    IconButton,
    PrimaryButton,
    SectionLabel,
    Segmented,
    TextLabel,
    column,
    empty,
    row,
)
from sto_desktop.workplace.house import HouseChoice, read_logo

SIDE = 380
MOST_LEFTOVERS = 12
"""Number of texts of a template that are shown; more are counted."""
OWN = "eigen"
"""Value of the user's own template among the names of built-in styles."""
_PLACES = {
    "titel": tr_later("titel"),
    "ondertitel": tr_later("ondertitel"),
    "status": tr_later("status"),
    "subregio": tr_later("subregio"),
    "datum": tr_later("datum"),
    "locatie": tr_later("locatie"),
    "gespreksleider": tr_later("gespreksleider"),
    "notulist": tr_later("notulist"),
    "panel": tr_later("panel"),
    "versie": tr_later("versie"),
    "auteur": tr_later("auteur"),
    "verslag": tr_later("de plek van het verslag"),
}


class _Swatch(QWidget):
    """A filled square that shows a colour."""

    def __init__(self, theme: Appearance) -> None:
        super().__init__()
        self._theme = theme
        self.colour = QColor()
        self.setFixedSize(28, 28)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(self._theme.color(ColourRole.CONTROL))
        painter.setBrush(self.colour)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)


class HouseDialog(Dialog):
    """The dialog; `choice` is the user's choice once accepted."""

    def __init__(
        self, theme: Appearance, choice: HouseChoice, files: Files = SYSTEM_FILES, parent: QWidget | None = None
    ) -> None:
        super().__init__(theme, tr("Huisstijl"), parent=parent, heading="")
        self._files = files
        self.choice = choice
        self._found: Recognised | None = None
        # A template is read on a worker, which the window waits for when it closes, and this dialog does not.
        self._jobs = Jobs(parent or self)
        self._jobs.busy.connect(self._tell_busy)
        self._jobs.failed.connect(self._refuse)
        (parent or self).destroyed.connect(self._jobs.end)
        self.finished.connect(self._jobs.cancel)
        self.resize(940, 620)
        across = QHBoxLayout()
        across.setSpacing(0)
        self.side = side = SideColumn()
        side.setFixedWidth(SIDE)
        self.pages = PageView(theme)
        across.addWidget(side)
        across.addWidget(self.pages, 1)
        self._add_looks(side.body)
        self._add_colours(side.body)
        self._add_logo(side.body)
        self._add_template(side.body)
        side.body.addStretch(1)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(0)
        self.body.addLayout(across, 1)
        self.problem = TextLabel(theme, "", TextStyle.SECONDARY, ColourRole.LATE)
        self.use = PrimaryButton(theme, tr("Gebruiken"), on_click=self.accept)
        foot = self.add_buttons(self.use)
        foot.insertWidget(0, self.problem, 1)
        foot.setContentsMargins(Space.L, Space.M, Space.L, Space.M)
        self._show_choice()
        self._set(choice)

    def _add_looks(self, body: QVBoxLayout) -> None:
        body.addWidget(SectionLabel(self._theme, tr("Huisstijl")))
        self.looks = Segmented(
            self._theme,
            [*((look.name, tr(look.name)) for look in LOOKS), (OWN, tr("Eigen"))],
            name=tr("Huisstijl"),
        )
        self.looks.selected.connect(self._choose)
        body.addWidget(self.looks)

    def _add_colours(self, body: QVBoxLayout) -> None:
        self._swatches = {"primary": _Swatch(self._theme), "accent": _Swatch(self._theme)}
        self.primary = Button(self._theme, tr("Hoofdkleur…"), on_click=lambda: self._ask_colour("primary"))
        self.accent = Button(self._theme, tr("Steunkleur…"), on_click=lambda: self._ask_colour("accent"))
        self.own_colours = IconButton(
            self._theme, "undo", tr("Terug naar de kleuren van de huisstijl"), on_click=lambda: self._colour("", "")
        )
        self._colours = QWidget()
        line = row(
            self._swatches["primary"], self.primary, self._swatches["accent"], self.accent, self.own_colours, None
        )
        line.setContentsMargins(0, 0, 0, 0)
        self._colours.setLayout(line)
        body.addWidget(self._colours)

    def _add_logo(self, body: QVBoxLayout) -> None:
        self.logo_name = ElidedLabel(self._theme, "", TextStyle.SECONDARY, ColourRole.MUTED)
        self.choose_logo = Button(self._theme, tr("Logo kiezen…"), on_click=self._ask_logo)
        self.no_logo = IconButton(
            self._theme, "close", tr("Logo weghalen"), on_click=lambda: self._set(replace(self.choice, logo=None))
        )
        self._logo = QWidget()
        line = row(self.choose_logo, self.logo_name, self.no_logo)
        line.setStretch(1, 1)
        line.setContentsMargins(0, 0, 0, 0)
        self._logo.setLayout(line)
        body.addWidget(self._logo)

    def _add_template(self, body: QVBoxLayout) -> None:
        body.addSpacing(Space.M)
        body.addWidget(SectionLabel(self._theme, tr("Eigen Word-sjabloon")))
        self.template_name = ElidedLabel(self._theme, "", TextStyle.BODY)
        self.choose_template = Button(self._theme, tr("Sjabloon kiezen…"), on_click=self._ask_template)
        self.no_template = IconButton(
            self._theme,
            "close",
            tr("Sjabloon niet gebruiken"),
            on_click=lambda: self._set(replace(self.choice, template=None, emptied=False)),
        )
        line = row(self.choose_template, self.template_name, self.no_template)
        line.setStretch(1, 1)
        body.addLayout(line)
        about = tr(
            "Koppen, lijsten, kop- en voettekst, marges en logo komen uit uw sjabloon. Inhoudsbesturingselementen en "
            "bladwijzers als Titel, Datum en Subregio worden ingevuld. Wat ontbreekt, komt erbij als stijl."
        )
        self._about = TextLabel(self._theme, about, TextStyle.SECONDARY, ColourRole.MUTED)
        body.addWidget(self._about)
        self.stays = QWidget()
        self._staying = column(spacing=Space.XS)
        self.empty_template = Button(self._theme, "", on_click=self._empty_template)
        stays = column(spacing=Space.S)
        stays.addLayout(self._staying)
        stays.addLayout(row(self.empty_template, None))
        self.stays.setLayout(stays)
        body.addWidget(self.stays)
        self._recognised = QWidget()
        self._sentences = column(spacing=Space.XS)
        self._sentences.setContentsMargins(0, 0, 0, 0)
        self._recognised.setLayout(self._sentences)
        body.addWidget(self._recognised)

    # Choosing

    def _set(self, choice: HouseChoice) -> None:
        """Show a choice, and keep it if it can be used."""
        self._jobs.cancel()
        if choice.template is not None:
            self.use.setEnabled(False)
            self._jobs.start(tr("Het sjabloon wordt gelezen…"), partial(_read, choice), partial(self._keep, choice))
        else:
            attempt(self._refuse, lambda: self._keep(choice, _read(choice)))

    def _empty_template(self) -> None:
        self.choice = replace(self.choice, emptied=not self.choice.emptied)
        self._show_choice()

    def _choose(self, name: str) -> None:
        if name != OWN:
            self._set(replace(self.choice, look=name, template=None, emptied=False))
        elif self.choice.template is None:
            self._ask_template()
            # The button already reads "Eigen"; a cancelled file dialog must undo that.
            self.looks.set_value(OWN if self.choice.template else self.choice.look_chosen().name)

    def _colour(self, primary: str, accent: str) -> None:
        self._set(replace(self.choice, primary=primary, accent=accent))

    def _ask_colour(self, which: str) -> None:
        now = self._swatches[which].colour
        title = self.primary.text() if which == "primary" else self.accent.text()
        chosen = QColorDialog.getColor(now, self, title.rstrip("…"))
        if chosen.isValid():
            self.set_colour(which, chosen.name())

    def set_colour(self, which: str, colour: str) -> None:
        """Set "primary" or "accent" to a colour ("#0F5C63"); a primary too light for headings is refused."""
        name = colour.lstrip("#").upper()
        if which == "primary":
            # WCAG 2 (AA) requires a contrast of 4.5 for text.
            if contrast(name, "FFFFFF") < 4.5:
                self._tell(tr("Deze hoofdkleur is te licht: koppen zijn er op wit papier slecht in te lezen."))
                return
            self._colour(name, self.choice.accent)
        else:
            self._colour(self.choice.primary, name)

    def _ask_logo(self) -> None:
        chosen = self._files.ask_logo(self, self.choice.logo.parent if self.choice.logo else self._files.documents())
        if chosen is not None and attempt(lambda error: self._tell(str(error)), read_logo, chosen):
            self._set(replace(self.choice, logo=chosen))

    def _ask_template(self) -> None:
        own = self.choice.template
        chosen = self._files.ask_template(self, own.parent if own else self._files.documents())
        if chosen is not None:
            self._set(replace(self.choice, template=chosen, emptied=False))

    # Showing

    def _keep(self, choice: HouseChoice, found: tuple[Dress, Recognised | None]) -> None:
        dress, self._found = found
        self.choice = choice
        self._show_pages(dress)
        self._tell("")
        self.use.setEnabled(True)
        self._show_choice()

    def _refuse(self, error: StoError) -> None:
        """Say why a choice can't be used; the one before it stays."""
        self._tell(str(error))
        self.use.setEnabled(True)
        if self.pages.sheets is None:
            self._show_pages(dress_for(HouseStyle()))
        self._show_choice()

    def _show_pages(self, dress: Dress) -> None:
        def work() -> Pdf:
            from sto_desktop.report.writers.pdf_writer import make_pdf

            return make_pdf(sample_document(), dress)

        self.pages.make(work)

    def _show_choice(self) -> None:
        recognised = self._found
        look, own = self.choice.look_chosen(), self.choice.template
        self.looks.set_value(OWN if own else look.name)
        self._swatches["primary"].colour = QColor(f"#{look.primary}")
        self._swatches["accent"].colour = QColor(f"#{look.accent}")
        for swatch in self._swatches.values():
            swatch.update()
        self.own_colours.setVisible(bool(self.choice.primary or self.choice.accent))
        self._colours.setVisible(own is None)
        self._logo.setVisible(own is None)
        self.logo_name.setText(self.choice.logo.name if self.choice.logo else tr("geen logo"))
        self.no_logo.setVisible(self.choice.logo is not None)
        self.template_name.setText(own.name if own else tr("geen sjabloon"))
        self.no_template.setVisible(own is not None)
        self._about.setVisible(recognised is None)
        self._show_leftovers(recognised.leftovers if recognised else ())
        self._show_found(recognised)

    def _show_found(self, recognised: Recognised | None) -> None:
        empty(self._sentences)
        self._recognised.setVisible(recognised is not None)
        if recognised is None:
            return
        self._sentences.addWidget(SectionLabel(self._theme, tr("Herkend")))
        for sentence in found_words(recognised):
            self._sentences.addWidget(TextLabel(self._theme, sentence, TextStyle.SECONDARY))
        known = [style for style in recognised.styles if style.name]
        added = [style for style in recognised.styles if not style.name]
        for style in known:
            size = f", {style.look.size:g} pt".replace(".", ",") if style.look else ""
            words = tr("{purpose}: {name}", purpose=tr(style.purpose), name=f"{style.name}{size}")
            self._sentences.addWidget(TextLabel(self._theme, words, TextStyle.SECONDARY, ColourRole.MUTED))
        if added:
            names = listed(tr(style.purpose).lower() for style in added)
            self._sentences.addWidget(
                TextLabel(self._theme, tr("Komt erbij: {names}.", names=names), TextStyle.SECONDARY, ColourRole.MUTED)
            )

    def _show_leftovers(self, leftovers: Sequence[TemplateText]) -> None:
        emptied = self.choice.emptied
        personal = [leftover for leftover in leftovers if leftover.clues]
        staying = [leftover for leftover in leftovers if not (emptied and leftover.clues)]
        empty(self._staying)
        self.stays.setVisible(bool(leftovers))
        if staying:
            self._staying.addWidget(SectionLabel(self._theme, tr("Tekst die in elk document blijft")))
        # What looks like somebody comes first: of an old document a whole page may stay.
        for leftover in sorted(staying, key=lambda one: not one.clues)[:MOST_LEFTOVERS]:
            colour = ColourRole.LATE if leftover.clues else ColourRole.MUTED
            self._staying.addWidget(TextLabel(self._theme, leftover.said(), TextStyle.SECONDARY, colour))
        if len(staying) > MOST_LEFTOVERS:
            more = counted(len(staying) - MOST_LEFTOVERS, "en nog {n} regel", "en nog {n} regels")
            self._staying.addWidget(TextLabel(self._theme, more, TextStyle.SECONDARY, ColourRole.MUTED))
        self.empty_template.setVisible(bool(personal))
        removes = counted(
            len(personal), "Rode regel weghalen uit documenten", "{n} rode regels weghalen uit documenten"
        )
        self.empty_template.setText(tr("Weggehaalde regels toch laten staan") if emptied else removes)

    def _tell_busy(self, text: str) -> None:
        self.problem.set_role(ColourRole.MUTED)
        self.problem.setText(text)

    def _tell(self, text: str) -> None:
        self.problem.set_role(ColourRole.LATE)
        self.problem.setText(text)


def _read(choice: HouseChoice) -> tuple[Dress, Recognised | None]:
    """Return the dress of a choice, and what was recognised in its template; StoError if it can't be used."""
    style = choice.style()
    if style.template is None:
        return dress_for(style), None
    recognised = recognise(style.template, style.look)
    return dress_for(style), recognised


def found_words(recognised: Recognised) -> list[str]:
    """Describe what was recognised in the template besides styles, in sentences."""
    page = tr("liggend") if recognised.landscape else tr("staand")
    width, height = (round(side / 567 * 10) / 10 for side in (recognised.page.width, recognised.page.height))
    sheet = f"{width:g} × {height:g} cm".replace(".", ",")
    words = [tr("Papier {sheet}, {page}.", sheet=sheet, page=page)]
    if recognised.sections > 1:
        words.append(
            counted(
                recognised.sections, "{n} sectie: de eerste voor het omslag.", "{n} secties: de eerste voor het omslag."
            )
        )
    parts = [
        counted(recognised.headers, "{n} koptekst", "{n} kopteksten") if recognised.headers else "",
        counted(recognised.footers, "{n} voettekst", "{n} voetteksten") if recognised.footers else "",
    ]
    both = recognised.headers + recognised.footers
    kept = counted(both, "{parts} blijft staan.", "{parts} blijven staan.", parts=listed(parts))
    words.append(kept if both else tr("Geen kop- of voettekst gevonden."))
    if both:
        words.append(tr("Kop- en voettekst staan ook in een PDF uit dit programma; getekende vormen alleen in Word."))
    if recognised.places:
        names = listed(tr(_PLACES[name]) for name in recognised.places)
        words.append(tr("Eigen omslag, met plek voor: {names}.", names=names))
    else:
        words.append(tr("Geen velden voor een omslag: het programma maakt het."))
    words.append(tr("Koppen krijgen een nummer.") if recognised.numbered else tr("Koppen hebben geen nummer."))
    return [*words, *recognised.left_out]
