"""What the program remembers of its user between sessions: every setting declared once, typed, in one JSON file."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from enum import StrEnum
from pathlib import Path
from typing import Any

from sto_desktop.domain.errors import StoError, reason
from sto_desktop.language import tr
from sto_desktop.own_files import make_folder, write_whole

APP_NAME = "STO Desktop"
"""Name of the folders in which the program keeps its own things."""

RECENT_LIMIT = 12


class ThemeChoice(StrEnum):
    """Light or dark: as the system has it, or always one of them."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


class SettingsError(StoError):
    """The settings can't be written."""


@dataclass(frozen=True, slots=True)
class RecentDossier:
    """A dossier that was open: `hint` says what was going on, `stage` (a code) where to go on; `when` is local time."""

    path: Path
    title: str
    when: dt.datetime
    hint: str = ""
    stage: str = ""


@dataclass(frozen=True, slots=True)
class Settings:
    """Every setting with its default. `user_name` is the person whose name stands with their changes; `time_sound`:
    a soft sound when a theme's time runs out."""

    theme: ThemeChoice = ThemeChoice.SYSTEM
    language: str = "nl"
    user_name: str = ""
    speaker_stays: bool = False
    """After a note whose speaker was named, the next one is theirs too."""
    abbreviations: Mapping[str, str] | None = None
    """The user's own, by what is typed; None: those that come with the program."""
    last_folder: str = ""
    window_geometry: str = ""
    time_sound: bool = False
    room_screen: str = ""
    """The screen on which the room's window stood last, and below it the moderator's second one (`Screen.id`)."""
    moderator_screen: str = ""
    room_time: bool = False
    """What the room sees beside theme and question."""
    room_summary: bool = False
    room_notes: bool = False
    room_names: bool = False
    report_look: str = ""
    """The house style of documents: one of the program's own by name, its colours (hex, "" for its own), and the paths
    of a logo and of a Word template."""
    report_primary: str = ""
    report_accent: str = ""
    report_logo: str = ""
    report_template: str = ""
    own_words: str = ""
    """Words that are right for this user though the dictionary has them not, with spaces between."""
    recent: tuple[RecentDossier, ...] = ()


class SettingsStore:
    """The settings on disk. A file that is missing or damaged gives the defaults; a setting that this program
    does not know stays in the file."""

    def __init__(self, path: Path | None = None) -> None:
        self.path = path if path is not None else default_path()
        self.current = _settings(self._read())

    def change(self, **values: Any) -> Settings:
        """Set the named settings and write them; raises `SettingsError` (the values still hold in this session)."""
        raw = self._read()
        self.current = replace(self.current, **values)
        raw.update(_plain(self.current, only=values))
        self._write(raw)
        return self.current

    def remember(self, dossier: RecentDossier) -> None:
        """Put a dossier on top of the recent ones."""
        others = [one for one in self._recent_on_disk() if one.path != dossier.path]
        self.change(recent=(dossier, *others)[:RECENT_LIMIT])

    def forget(self, path: Path) -> None:
        """Take a dossier off the recent ones; the file stays."""
        self.change(recent=tuple(one for one in self._recent_on_disk() if one.path != path))

    def _recent_on_disk(self) -> tuple[RecentDossier, ...]:
        # A second window may have opened another dossier since this one read the file.
        return _settings(self._read()).recent

    def _read(self) -> dict[str, Any]:
        try:
            raw = json.loads(self.path.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return raw if isinstance(raw, dict) else {}

    def _write(self, raw: Mapping[str, Any]) -> None:
        text = json.dumps(raw, ensure_ascii=False, indent=1)
        try:
            make_folder(self.path.parent)
            write_whole(self.path, text.encode(), keep_mode=False, sync=False)
        except OSError as error:
            raise SettingsError(
                tr("De instellingen konden niet worden bewaard ({reason}).", reason=reason(error)),
                tr("Uw dossiers staan hier los van."),
                tr("Het programma werkt door; alleen deze voorkeur is de volgende keer vergeten."),
            ) from error


def default_path() -> Path:
    """Return where the settings of this user live."""
    import platformdirs

    return platformdirs.user_config_path(APP_NAME, appauthor=False) / "settings.json"


def _plain(settings: Settings, only: Mapping[str, Any]) -> dict[str, Any]:
    plain: dict[str, Any] = {name: getattr(settings, name) for name in only if name != "recent"}
    if "recent" in only:
        plain["recent"] = [
            {
                "path": str(one.path),
                "title": one.title,
                "when": one.when.isoformat(timespec="seconds"),
                "hint": one.hint,
                "stage": one.stage,
            }
            for one in settings.recent
        ]
    return plain


def _settings(raw: Mapping[str, Any]) -> Settings:
    values: dict[str, Any] = {}
    for field in fields(Settings):
        value = raw.get(field.name)
        if field.name == "recent":
            values["recent"] = _recent(value)
        elif field.name == "theme":
            values["theme"] = ThemeChoice(value) if value in list(ThemeChoice) else ThemeChoice.SYSTEM
        elif field.name == "abbreviations":
            if isinstance(value, dict):
                values["abbreviations"] = {key: text for key, text in value.items() if isinstance(text, str)}
        elif type(value) is type(field.default):
            values[field.name] = value
    return Settings(**values)


def _recent(value: object) -> tuple[RecentDossier, ...]:
    found = []
    for one in value if isinstance(value, list) else []:
        try:
            when = dt.datetime.fromisoformat(one["when"])
            found.append(
                RecentDossier(
                    Path(one["path"]),
                    str(one["title"]),
                    when.astimezone().replace(tzinfo=None) if when.tzinfo else when,
                    str(one.get("hint", "")),
                    str(one.get("stage", "")),
                )
            )
        except (KeyError, TypeError, ValueError, AttributeError):
            continue
    return tuple(found[:RECENT_LIMIT])
