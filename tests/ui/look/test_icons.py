import re
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter

from sto_desktop.domain.vocabulary import NoteKind, Shape
from sto_desktop.ui.base.stage import Stage
from sto_desktop.ui.look.icons import FOLDER, SIZE, IconSet
from sto_desktop.ui.look.theme import Appearance
from sto_desktop.ui.widgets import paint_kind_shape
from sto_desktop.ui.widgets.shapes import paint_shape

FILES = sorted(FOLDER.glob("*.svg"))
LINES = [file for file in FILES if file.stem not in ("app", "dot", "check-bold")]
SOURCE = Path(__file__).parents[3] / "sto_desktop" / "ui"


@pytest.mark.parametrize("file", LINES, ids=lambda file: file.stem)
def test_icons_are_lines_of_one_width_in_one_colour(file: Path) -> None:
    root = ET.fromstring(file.read_text(encoding="utf-8"))
    assert root.get("viewBox") == f"0 0 {SIZE} {SIZE}"
    assert root.get("stroke-width") == "1.7"
    assert root.get("stroke") == "currentColor"
    assert "#" not in file.read_text(encoding="utf-8")


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_every_icon_paints_something_inside_its_square(theme: Appearance, file: Path) -> None:
    image = IconSet().pixmap(file.stem, QColor("#FF0000"), size=44).toImage()
    painted = [(x, y) for x in range(44) for y in range(44) if image.pixelColor(x, y).alpha() > 128]
    assert painted
    if file.stem != "app":
        assert image.pixelColor(*painted[0]).red() > 200
        edge = [(x, y) for x, y in painted if x in (0, 43) or y in (0, 43)]
        assert edge == []


def test_icons_are_drawn_for_the_pixels_of_the_screen(theme: Appearance) -> None:
    icons = IconSet()
    for ratio, side in ((1.0, 22), (1.25, 28), (1.5, 33), (2.0, 44)):
        pixmap = icons.pixmap("search", QColor("black"), ratio=ratio)
        assert (pixmap.width(), pixmap.height()) == (side, side)
        assert pixmap.devicePixelRatio() == ratio
    sizes = {size.width() for size in icons.icon("search", QColor("black")).availableSizes()}
    assert sizes == {22, 33, 44}


def test_a_file_for_the_stylesheet_is_made_once_in_the_colour(theme: Appearance, tmp_path: Path) -> None:
    icons = IconSet(cache=tmp_path / "icons")
    file = icons.file("check", QColor("#0f5c63"))
    assert "#0f5c63" in file.read_text(encoding="utf-8")
    before = file.stat().st_mtime_ns
    assert icons.file("check", QColor("#0f5c63")) == file
    assert file.stat().st_mtime_ns == before
    assert icons.file("check", QColor("#ffffff")) != file


def test_without_a_place_for_files_they_go_to_a_folder_for_once(theme: Appearance, tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("")
    file = IconSet(cache=tmp_path / "taken" / "icons").file("check", QColor("#0f5c63"))
    assert file.exists()


def test_an_unknown_icon_is_a_bug_that_shows(theme: Appearance) -> None:
    with pytest.raises(FileNotFoundError):
        IconSet().pixmap("no-such-icon", QColor("black"))


def test_every_stage_has_its_icon() -> None:
    assert {stage.value for stage in Stage} <= {file.stem for file in FILES}


def test_every_icon_that_the_window_names_is_there() -> None:
    named: set[str] = set()
    for source in SOURCE.rglob("*.py"):
        text = source.read_text(encoding="utf-8")
        named |= set(re.findall(r'icon="([^"]+)"|IconButton\(\s*(?:self\._)?theme,\s*"([^"]+)"', text))
    flat = {name for pair in named for name in pair if name}
    assert flat
    assert flat <= {file.stem for file in FILES}


def _shape(kind: NoteKind, *, hollow: bool = False) -> QImage:
    image = QImage(40, 40, QImage.Format.Format_ARGB32)
    image.fill(QColor("white"))
    painter = QPainter(image)
    paint_kind_shape(painter, kind, QRectF(5, 5, 30, 30), QColor("black"), hollow=hollow)
    painter.end()
    return image


def test_every_shape_that_a_kind_can_have_is_drawn_in_its_own_way(theme: Appearance) -> None:
    drawn = {bytes(_drawn(shape).constBits()) for shape in Shape}
    assert len(drawn) == len(Shape)


def _drawn(shape: Shape) -> QImage:
    image = QImage(40, 40, QImage.Format.Format_ARGB32)
    image.fill(QColor("white"))
    painter = QPainter(image)
    paint_shape(painter, shape, QRectF(5, 5, 30, 30), QColor("black"))
    painter.end()
    return image


def test_every_kind_has_a_shape_of_its_own(theme: Appearance) -> None:
    shapes = [bytes(_shape(kind).constBits()) for kind in NoteKind]
    assert len(set(shapes)) == len(NoteKind)
    assert bytes(_shape(NoteKind.YIELD, hollow=True).constBits()) not in shapes
