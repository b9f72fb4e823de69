"""The user's choice of a house style for documents, as stored in the settings."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from sto_desktop.domain.errors import reason
from sto_desktop.language import tr
from sto_desktop.own_files import open_file
from sto_desktop.report.blocks.errors import ReportError
from sto_desktop.report.look.look import HouseStyle, Look, look_named
from sto_desktop.report.look.pictures import picture
from sto_desktop.settings import Settings

LARGEST_LOGO = 5_000_000
"""Bytes; limited because the logo is in every document."""


@dataclass(frozen=True, slots=True)
class HouseChoice:
    """One of the program's looks by name, its colours ("" for its own), a logo, and a Word template of the user's."""

    look: str = ""
    primary: str = ""
    accent: str = ""
    logo: Path | None = None
    template: Path | None = None
    emptied: bool = False
    """Whether what looks like a person, an address, a number or a date is removed from the template's own texts."""

    @classmethod
    def of(cls, settings: Settings) -> HouseChoice:
        """Return the choice in the settings."""
        return cls(
            settings.report_look,
            settings.report_primary,
            settings.report_accent,
            Path(settings.report_logo) if settings.report_logo else None,
            Path(settings.report_template) if settings.report_template else None,
            settings.report_template_emptied,
        )

    def settings(self) -> dict[str, str | bool]:
        """Return the values for `SettingsStore.change`."""
        return {
            "report_look": self.look,
            "report_primary": self.primary,
            "report_accent": self.accent,
            "report_logo": str(self.logo or ""),
            "report_template": str(self.template or ""),
            "report_template_emptied": self.emptied,
        }

    @property
    def name(self) -> str:
        """The name shown to the user."""
        return self.template.name if self.template else look_named(self.look).name

    def look_chosen(self) -> Look:
        """Return the look without its logo."""
        return look_named(self.look).coloured(self.primary, self.accent)

    def style(self) -> HouseStyle:
        """Return the house style; ReportError if the logo can't be read. A template is read when it is used."""
        look = self.look_chosen()
        # The logo is part of a look; a template brings its own.
        if self.logo is not None and self.template is None:
            look = replace(look, logo=read_logo(self.logo))
        return HouseStyle(look, self.template, self.emptied)


def read_logo(path: Path) -> bytes:
    """Return a picture for documents; ReportError if it is no PNG or JPEG, is too large, or can't be read."""
    unchanged = tr("Aan uw huisstijl is niets veranderd.")
    try:
        with open_file(path) as file:
            data = file.read(LARGEST_LOGO + 1)
    except OSError as error:
        raise ReportError(
            tr("Het logo {file} kan niet worden gelezen ({reason}).", file=path.name, reason=reason(error)),
            unchanged,
            tr("Kies het logo opnieuw bij Verslag, Huisstijl, of haal het daar weg."),
        ) from error
    if len(data) > LARGEST_LOGO or picture(data) is None:
        raise ReportError(
            tr("{file} is geen PNG of JPEG, of is groter dan 5 MB.", file=path.name),
            unchanged,
            tr("Bewaar het logo als PNG en kies dat."),
        )
    return data
