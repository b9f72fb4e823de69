"""A figure on screen, from the same drawing as in documents, and its export: picture, table, clipboard."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMimeData, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFont,
    QFontInfo,
    QGuiApplication,
    QImage,
    QImageWriter,
    QPainter,
    QPaintEvent,
    QStandardItem,
    QStandardItemModel,
)
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QSizePolicy, QWidget

from sto_desktop.exchange.files.table_export import Row, table_csv, table_html, table_text, table_xlsx
from sto_desktop.exchange.files.text_file import write_bytes
from sto_desktop.language import tr
from sto_desktop.report.blocks.blocks import Figure
from sto_desktop.report.look.figure_art import figure_fonts, figure_size, figure_svg
from sto_desktop.report.look.look import STO_TWENTE
from sto_desktop.ui.base.doing import attempt
from sto_desktop.ui.look.roles import CARD_RADIUS, ColourRole, Space, TextStyle
from sto_desktop.ui.look.theme import Appearance
from sto_desktop.ui.widgets.asking import ChooseTarget, FileQuestion, ask_target
from sto_desktop.ui.widgets.buttons import Button
from sto_desktop.ui.widgets.frames import Card, row
from sto_desktop.ui.widgets.text import TextLabel

SHARP = 3.0
"""Pixels of a saved picture per px of the drawing: sharp in print."""
MARGIN = 16


def figure_rows(figure: Figure) -> list[Row]:
    """Return the numbers of a figure as a table with a header row."""
    head: Row = (figure.category_label, *(series.name for series in figure.series))
    decimals = figure.decimals
    rows: list[Row] = [head]
    for at, name in enumerate(figure.categories):
        values = (series.values[at] for series in figure.series)
        rows.append((name, *(round(value, decimals) if decimals else round(value) for value in values)))
    return rows


def figure_drawing(figure: Figure) -> bytes:
    """Return the SVG of a figure for Qt, which takes a list of fonts for the name of one, and would use any other."""
    font = QFont()
    font.setFamilies(list(figure_fonts(STO_TWENTE)))
    return figure_svg(figure, STO_TWENTE, QFontInfo(font).family()).encode()


def figure_image(figure: Figure, sharp: float = SHARP) -> QImage:
    """Return a figure as a picture on a white background."""
    width, height = figure_size(figure)
    size = QSize(round((width + 2 * MARGIN) * sharp), round((height + 2 * MARGIN) * sharp))
    image = QImage(size, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    inside = QRectF(MARGIN * sharp, MARGIN * sharp, width * sharp, height * sharp)
    QSvgRenderer(QByteArray(figure_drawing(figure))).render(painter, inside)
    painter.end()
    return image


def png(image: QImage) -> bytes:
    """Return a picture in PNG format."""
    content = QByteArray()
    buffer = QBuffer(content)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"png")).write(image)
    return bytes(content.data())


class FigureView(QWidget):
    """The drawing on white; it keeps its aspect ratio, and has a text description for screen readers."""

    def __init__(self, theme: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._renderer = QSvgRenderer(self)
        self._size = QSize(400, 100)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_figure(self, figure: Figure) -> None:
        """Show another figure."""
        width, height = figure_size(figure)
        self._size = QSize(round(width) + 2 * MARGIN, round(height) + 2 * MARGIN)
        self._renderer.load(QByteArray(figure_drawing(figure)))
        self.setAccessibleName(figure.caption)
        self.setAccessibleDescription(figure.description)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return self._size

    def heightForWidth(self, width: int) -> int:
        return round(self._size.height() * min(width, self._size.width()) / self._size.width())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        # White as on paper, also in dark mode.
        painter.setBrush(Qt.GlobalColor.white)
        painter.setPen(self._theme.color(ColourRole.LINE))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), CARD_RADIUS, CARD_RADIUS)
        scale = min(self.width(), self._size.width()) / self._size.width()
        margin = MARGIN * scale
        wide, high = (self._size.width() - 2 * MARGIN) * scale, (self._size.height() - 2 * MARGIN) * scale
        self._renderer.render(painter, QRectF((self.width() - wide) / 2, margin, wide, high))


class FigureCard(Card):
    """A figure with its caption, to copy and to save. `told` carries a message about the result, `failed` a
    `StoError`, `made` the caption and the file of what was copied or saved."""

    told = Signal(str)
    made = Signal(str, str)
    failed = Signal(object)

    def __init__(
        self,
        theme: Appearance,
        folder: Callable[[], Path],
        commands: tuple[str, str],
        *,
        ask: ChooseTarget = ask_target,
        parent: QWidget | None = None,
    ) -> None:
        """`commands`: the ids of those that copy and save the figure."""
        super().__init__(parent)
        copy, save = commands
        self._folder = folder
        self._ask = ask
        self.figure: Figure | None = None
        self._caption = TextLabel(theme, "", TextStyle.BODY_STRONG)
        self.view = FigureView(theme)
        self.copy_button = Button(theme, tr("Kopiëren"), icon="copy", command=copy, on_click=self.copy)
        self.save_button = Button(theme, tr("Opslaan als…"), icon="download", command=save, on_click=self.save)
        head = row(self._caption, self.copy_button, self.save_button, spacing=Space.S)
        head.setStretch(0, 1)
        self.body.addLayout(head)
        self.body.addWidget(self.view)

    def show_figure(self, figure: Figure) -> None:
        """Show another figure."""
        self.figure = figure
        self._caption.setText(figure.caption)
        self.view.show_figure(figure)

    def copy(self) -> None:
        """Copy the picture and its numbers to the clipboard: the receiving program takes the format it supports."""
        if self.figure is None:
            return
        data = mime_data()
        data.setImageData(figure_image(self.figure))
        data.setText(table_text(figure_rows(self.figure)))
        QGuiApplication.clipboard().setMimeData(data)
        self.made.emit(self.figure.caption, tr("(klembord)"))
        self.told.emit(tr("De figuur staat op het klembord, als afbeelding en als tabel."))

    def save(self) -> None:
        """Save as a picture or a table, depending on the chosen extension."""
        if self.figure is None:
            return
        suggested = self._folder() / f"{file_name(self.figure.caption)}.png"
        kinds = tr("Afbeelding (*.png);;Schaalbare afbeelding (*.svg);;Excel (*.xlsx);;Tabel (*.csv)")
        path = self._ask(self.window(), FileQuestion(tr("Opslaan als"), kinds), suggested)
        if path is None:
            return
        figure = self.figure
        if attempt(self.failed.emit, lambda: write_bytes(path, figure_file(figure, path.suffix))):
            self.made.emit(figure.caption, path.name)
            self.told.emit(tr("Opgeslagen: {name}", name=path.name))


def figure_file(figure: Figure, ending: str) -> bytes:
    """Return the content of a file with this extension: .svg, .csv, .xlsx, or a PNG picture for any other."""
    match ending.lower():
        case ".svg":
            return figure_svg(figure, STO_TWENTE).encode()
        case ".csv":
            return table_csv(figure_rows(figure))
        case ".xlsx":
            return table_xlsx(figure.caption, figure_rows(figure))
        case _:
            return png(figure_image(figure))


def mime_data() -> QMimeData:
    """Return an empty `QMimeData` that the clipboard may keep until the program exits.

    One created in Python crashes PySide when the clipboard releases it after Python has shut down (PySide 6.11); one
    that Qt created does not.
    """
    model = QStandardItemModel()
    model.appendRow(QStandardItem(""))
    data = model.mimeData([model.index(0, 0)])
    # Remove what the model added: only the class made by Qt is needed.
    for kind in data.formats():
        data.removeFormat(kind)
    return data


def table_mime(rows: list[Row]) -> QMimeData:
    """Return a table for the clipboard: as text for spreadsheets, as HTML for Word."""
    data = mime_data()
    data.setText(table_text(rows))
    data.setHtml(table_html(rows))
    return data


def file_name(caption: str) -> str:
    """Return a file name made from a caption, without characters that a system refuses."""
    allowed = "".join(character if character.isalnum() or character in " -×," else " " for character in caption)
    return " ".join(allowed.split())[:80] or "figuur"
