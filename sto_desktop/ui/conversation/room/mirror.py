"""Detects whether a projector shows the same picture as the laptop: what Windows calls "Dupliceren"."""

from __future__ import annotations

import struct
import sys
from collections.abc import Iterable

PATH_SIZE = 72
"""Bytes of a DISPLAYCONFIG_PATH_INFO; it starts with the adapter (a LUID of 8 bytes) and the number of its source."""
MODE_SIZE = 64
_SOURCE = struct.Struct("<QI")
_ONLY_ACTIVE = 2


def shares_a_source(paths: bytes) -> bool:
    """Return whether two displays show one source.

    Args:
        paths: the active DISPLAYCONFIG_PATH_INFO structures, concatenated, as Windows returns them
            (learn.microsoft.com/windows/win32/api/wingdi/ns-wingdi-displayconfig_path_info).
    """
    sources = [_SOURCE.unpack_from(paths, at) for at in range(0, len(paths) - PATH_SIZE + 1, PATH_SIZE)]
    return len(set(sources)) < len(sources)


def overlap(places: Iterable[tuple[int, int, int, int]]) -> bool:
    """Return whether two screens have the same origin: under X11 both screens of a mirrored pair are listed.

    Args:
        places: left, top, width and height of each screen, in px.
    """
    corners = [place[:2] for place in places]
    return len(set(corners)) < len(corners)


def duplicated_by_system() -> bool:
    """Ask Windows; on other systems the screens' positions show it (`overlap`)."""
    if sys.platform == "win32":
        return shares_a_source(_active_paths())
    return False


if sys.platform == "win32":

    def _active_paths() -> bytes:
        """Return the active paths from source to display; empty if Windows does not answer."""
        import ctypes

        user = ctypes.windll.user32
        path_count, mode_count = ctypes.c_uint32(), ctypes.c_uint32()
        counts = ctypes.byref(path_count), ctypes.byref(mode_count)
        if user.GetDisplayConfigBufferSizes(_ONLY_ACTIVE, *counts):
            return b""
        paths = ctypes.create_string_buffer(PATH_SIZE * max(1, path_count.value))
        modes = ctypes.create_string_buffer(MODE_SIZE * max(1, mode_count.value))
        if user.QueryDisplayConfig(_ONLY_ACTIVE, counts[0], paths, counts[1], modes, None):
            return b""
        return paths.raw[: PATH_SIZE * path_count.value]
