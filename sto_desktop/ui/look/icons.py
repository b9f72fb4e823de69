"""The icons: the program's own line drawings, rendered in any colour and sharp at every scale."""

from __future__ import annotations

import zlib
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from sto_desktop.own_files import make_folder, write_whole
from sto_desktop.resources import resource

FOLDER = resource("icons")
SIZE = 22
"""Side of the drawing in px, at which lines are 1.7 px wide."""

if TYPE_CHECKING:
    from PySide6.QtGui import QIcon

RATIOS = (1.0, 1.5, 2.0)


class IconSet:
    """The icons of a folder. An unknown name is a bug and raises `FileNotFoundError`."""

    def __init__(self, folder: Path = FOLDER, cache: Path | None = None) -> None:
        self._folder = folder
        self._cache = cache
        self._renderers: dict[tuple[str, str], QSvgRenderer] = {}

    def paint(self, painter: QPainter, name: str, rect: QRectF, color: QColor) -> None:
        """Paint an icon into a square as vector lines: no pixels are scaled."""
        self._renderer(name, color).render(painter, rect)

    def pixmap(self, name: str, color: QColor, size: int = SIZE, ratio: float = 1.0) -> QPixmap:
        """Return an icon of `size` px for a screen with `ratio` device pixels to a px."""
        renderer = self._renderer(name, color)
        pixmap = QPixmap(round(size * ratio), round(size * ratio))
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        renderer.render(painter, QRectF(0, 0, pixmap.width(), pixmap.height()))
        painter.end()
        pixmap.setDevicePixelRatio(ratio)
        return pixmap

    def icon(self, name: str, color: QColor) -> QIcon:
        """Return an icon for use in Qt's own widgets."""
        from PySide6.QtGui import QIcon

        icon = QIcon()
        for ratio in RATIOS:
            icon.addPixmap(self.pixmap(name, color, ratio=ratio))
        return icon

    def file(self, name: str, color: QColor) -> Path:
        """Return a file with the icon in a colour, for the stylesheet, which accepts only files.

        Cached per user; in a temporary folder when the user's cache folder can't be written.
        """
        svg = self._svg(name, color)
        # The checksum is part of the name, so that a changed drawing or colour gets a new file.
        path = self._cache_folder() / f"{name}-{zlib.crc32(svg):08x}.svg"
        if path.exists():
            return path
        try:
            _put(path, svg)
        except OSError:
            import tempfile

            self._cache = Path(tempfile.mkdtemp(prefix="sto-"))
            path = self._cache / path.name
            _put(path, svg)
        return path

    def _cache_folder(self) -> Path:
        if self._cache is None:
            import platformdirs

            from sto_desktop.own_files import APP_NAME

            self._cache = platformdirs.user_cache_path(APP_NAME, appauthor=False) / "icons"
        return self._cache

    def _svg(self, name: str, color: QColor) -> bytes:
        return (self._folder / f"{name}.svg").read_bytes().replace(b"currentColor", color.name().encode())

    def _renderer(self, name: str, color: QColor) -> QSvgRenderer:
        key = (name, color.name())
        if key not in self._renderers:
            self._renderers[key] = QSvgRenderer(QByteArray(self._svg(name, color)))
        return self._renderers[key]


def _put(path: Path, content: bytes) -> None:
    make_folder(path.parent)
    # A cache can be made again, so there is no need to wait for the disk.
    write_whole(path, content, keep_mode=False, sync=False)
