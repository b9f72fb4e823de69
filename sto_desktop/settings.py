"""The user's settings, kept between sessions: every setting declared once, typed, in one JSON file."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from enum import StrEnum
from pathlib import Path
from typing import Any

from sto_desktop.domain.errors import StoError, reason
from sto_desktop.json_text import read_json
from sto_desktop.language import tr
from sto_desktop.own_files import APP_NAME, make_folder, write_whole

RECENT_LIMIT = 12


class AppearanceChoice(StrEnum):
    """Light or dark: as the system, or always one of them."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


class SettingsError(StoError):
    """The settings can't be written."""


@dataclass(frozen=True, slots=True)
class RecentDossier:
    """A recently opened dossier: `hint` describes its state, `stage` (a code) where to continue; `when` is local
    time.
    """

    path: Path
    title: str
    when: dt.datetime
    hint: str = ""
    stage: str = ""


@dataclass(frozen=True, slots=True)
class Settings:
    """Every setting with its default. `user_name`: the person stored with their changes; `time_sound`: play a soft
    sound when a theme's time runs out.
    """

    theme: AppearanceChoice = AppearanceChoice.SYSTEM
    language: str = "nl"
    user_name: str = ""
    speaker_stays: bool = False
    """Keep the speaker of a note for the next note."""
    signs_seen: int = 0
    """Number of notes typed while the characters are shown under the line; after some they are hidden until F1."""
    abbreviations: Mapping[str, str] | None = None
    """The user's own abbreviations by key; None: the built-in ones."""
    last_folder: str = ""
    window_geometry: str = ""
    time_sound: bool = False
    alone: bool = False
    """One person leads and writes: after each theme there is a minute to write down the rest."""
    room_screen: str = ""
    """Last screen of the room's window, and below it that of the moderator's second window (`Screen.id`)."""
    moderator_screen: str = ""
    room_time: bool = False
    """What the room's window shows besides theme and question."""
    room_summary: bool = False
    room_notes: bool = False
    room_names: bool = False
    report_look: str = ""
    """House style of documents: name of a built-in one, its colours (hex, "" for the built-in ones), and the paths of a
    logo and a Word template.
    """
    report_primary: str = ""
    report_accent: str = ""
    report_logo: str = ""
    report_template: str = ""
    report_template_emptied: bool = False
    own_words: str = ""
    """Words that this user added to the dictionary, separated by spaces."""
    without_password: str = ""
    """Paths of the dossiers with names for which a password was proposed, newest first, one a line."""
    import_choices: str = ""
    """What was chosen when files were imported, by their shape (a hash), as JSON."""
    recent: tuple[RecentDossier, ...] = ()


class SettingsStore:
    """The settings on disk. A missing or damaged file gives the defaults; settings unknown to this program stay in the
    file.
    """

    def __init__(self, path: Path | None = None) -> None:
        self.path = path if path is not None else default_path()
        self.current = _settings(self._read())
        self._kept = True

    def to_practise(self) -> SettingsStore:
        """Return the settings as they are now, whose changes are never written and reach nobody else."""
        apart = SettingsStore(self.path)
        apart.current, apart._kept = self.current, False
        return apart

    def change(self, **values: Any) -> Settings:
        """Change the named settings and write them; raises `SettingsError` (the values still hold in this session)."""
        self.current = replace(self.current, **values)
        if not self._kept:
            return self.current
        # Write only these settings: another window, or a newer program, may have changed others in the file.
        raw = self._read()
        raw.update(_plain(self.current, only=values))
        self._write(raw)
        return self.current

    def remember(self, dossier: RecentDossier) -> None:
        """Move a dossier to the top of the recent ones."""
        older = [recent for recent in self._recent_on_disk() if recent.path != dossier.path]
        self.change(recent=(dossier, *older)[:RECENT_LIMIT])

    def forget(self, path: Path) -> None:
        """Remove a dossier from the recent ones; the file stays."""
        self.change(recent=tuple(recent for recent in self._recent_on_disk() if recent.path != path))

    def _recent_on_disk(self) -> tuple[RecentDossier, ...]:
        # Read the file again: a second window may have opened another dossier since.
        return _settings(self._read()).recent

    def _read(self) -> dict[str, Any]:
        try:
            raw = read_json(self.path.read_text(encoding="utf-8"))
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
    """Return the path of this user's settings."""
    import platformdirs

    return platformdirs.user_config_path(APP_NAME, appauthor=False) / "settings.json"


def _plain(settings: Settings, only: Mapping[str, Any]) -> dict[str, Any]:
    plain: dict[str, Any] = {name: getattr(settings, name) for name in only if name != "recent"}
    if "recent" in only:
        plain["recent"] = [
            {
                "path": str(recent.path),
                "title": recent.title,
                "when": recent.when.isoformat(timespec="seconds"),
                "hint": recent.hint,
                "stage": recent.stage,
            }
            for recent in settings.recent
        ]
    return plain


def _settings(raw: Mapping[str, Any]) -> Settings:
    values: dict[str, Any] = {}
    for field in fields(Settings):
        value = raw.get(field.name)
        if field.name == "recent":
            values["recent"] = _recent(value)
        elif field.name == "theme":
            # A value of a newer program falls back to the default.
            values["theme"] = AppearanceChoice(value) if value in list(AppearanceChoice) else AppearanceChoice.SYSTEM
        elif field.name == "abbreviations":
            if isinstance(value, dict):
                values["abbreviations"] = {key: text for key, text in value.items() if isinstance(text, str)}
        # A wrong type (a file edited by hand) falls back to the default.
        elif type(value) is type(field.default):
            values[field.name] = value
    return Settings(**values)


def _recent(value: object) -> tuple[RecentDossier, ...]:
    recents = []
    for entry in value if isinstance(value, list) else []:
        try:
            when = dt.datetime.fromisoformat(entry["when"])
            recents.append(
                RecentDossier(
                    Path(entry["path"]),
                    str(entry["title"]),
                    # `when` is naive local time.
                    when.astimezone().replace(tzinfo=None) if when.tzinfo else when,
                    str(entry.get("hint", "")),
                    str(entry.get("stage", "")),
                )
            )
        except (KeyError, TypeError, ValueError, AttributeError):
            continue
    return tuple(recents[:RECENT_LIMIT])
