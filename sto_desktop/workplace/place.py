"""Opens and creates dossiers on this computer, and finds a panel in them."""

from __future__ import annotations

import getpass
import os
import platform
import stat
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sto_desktop.domain.actions import panels
from sto_desktop.domain.dutch import long_date
from sto_desktop.domain.errors import DossierError, PublishError, UsageError
from sto_desktop.domain.log.change import Action, Writer
from sto_desktop.domain.model import Panel
from sto_desktop.domain.panel.content import PanelContent
from sto_desktop.exchange.guides import builtin_changes, builtin_writer_id
from sto_desktop.language import tr
from sto_desktop.own_files import program_folder
from sto_desktop.storage.file.files import private_place
from sto_desktop.storage.whole_file.backup import Backup, backups
from sto_desktop.storage.working.copies_home import Identity
from sto_desktop.storage.working.dossier import Dossier, wall_clock
from sto_desktop.storage.working.shared_place import PlaceKind, place_of
from sto_desktop.storage.working.working_copies import Seed, WorkingCopies
from sto_desktop.storage.working.working_copy import WorkingCopy

ENDING = ".sto"


def example_path() -> Path:
    """Return the path of the window's copy of the example."""
    return program_folder() / "voorbeeld" / "Voorbeeld STO Twente.sto"


def person_here(name: str = "") -> Identity:
    """Return the user's identity: the name from the settings, or else the account name, and this device."""
    return Identity(name or getpass.getuser(), platform.node())


def builtin_seed() -> Seed:
    """Return the built-in guide, the same in every dossier, as initial changes of a dossier."""
    return Seed(builtin_changes(), Writer(builtin_writer_id(), "STO Twente", "", ""))


@dataclass(frozen=True)
class Workplace:
    """Opens and creates dossiers for one person on this computer."""

    who: Identity
    copies: WorkingCopies

    @classmethod
    def here(cls, name: str = "", clock: Callable[[], datetime] = wall_clock) -> Workplace:
        """Return the workplace of the user of this computer."""
        return cls(person_here(name), WorkingCopies(program_folder(), clock))

    def create(self, path: Path, password: str | None = None) -> WorkingCopy:
        """Create a dossier with the built-in guide and publish it at once, so that after a crash it is at `path`.

        Raises:
            DossierError: `path` exists already or can't be written; then nothing is created.
        """
        copy = self.copies.create(path, self.who, builtin_seed(), password)
        try:
            copy.publish()
        except DossierError as error:
            copy.discard()
            raise not_made(error) from error
        return copy

    def open(self, path: Path, password: str | None = None) -> WorkingCopy:
        """Open a dossier, and add the current built-in guide to it."""
        return self.copies.open(path, self.who, password, builtin_seed())

    @contextmanager
    def reading_or_none(self, path: Path) -> Iterator[WorkingCopy | None]:
        """Open a dossier read-only as `reading` does; None if there is none yet."""
        if not path.exists():
            yield None
            return
        with self.reading(path) as copy:
            yield copy

    @contextmanager
    def reading(self, path: Path, password: str | None = None) -> Iterator[WorkingCopy]:
        """Open a dossier read-only: neither the file nor the working copy of an open window is written."""
        with self.copies.reading(path, self.who, password, builtin_seed()) as copy:
            yield copy

    def is_open(self, path: Path) -> bool:
        """Return whether there is a working copy of the dossier at a path: of an open window, or left by a crash."""
        return path.resolve() in {leftover.path.resolve() for leftover in self.copies.leftovers()}

    def add(self, path: Path, actions: Sequence[Action], password: str | None = None) -> None:
        """Apply actions to the dossier at a path. If a working copy exists, whoever opens it or has it open publishes
        them: its other work is not for us to publish.

        Raises:
            DossierError: the dossier can't be written; no working copy is left that was not there.
        """
        waiting = self.is_open(path)
        copy = self.open(path, password)
        try:
            for action in actions:
                copy.dossier.apply(action)
            if not waiting:
                copy.publish()
        except DossierError:
            if waiting:
                copy.dossier.close()
            else:
                copy.discard()
            raise
        if waiting:
            copy.dossier.close()
        else:
            copy.close()

    @contextmanager
    def making(self, path: Path) -> Iterator[WorkingCopy]:
        """Make a dossier with the built-in guide: it appears at `path` whole, at the end of the block, or not at all.

        Raises:
            DossierError: `path` exists already, has a working copy, or can't be written; then nothing is created.
        """
        if self.is_open(path):
            raise DossierError(
                tr("Van «{file}» staat nog een werkkopie op deze computer.", file=path.name),
                tr("Daarin is niets gewijzigd."),
                tr("Open het dossier met die naam, of kies een andere."),
            )
        with private_place(self.copies.home) as place:
            copy = WorkingCopies(place, self.copies.now).create(path, self.who, builtin_seed())
            try:
                yield copy
                try:
                    copy.publish()
                except PublishError as error:
                    raise not_made(error) from error
            finally:
                copy.dossier.close()

    @contextmanager
    def writing(self, path: Path) -> Iterator[WorkingCopy]:
        """Open the dossier at a path, or make it if there is none; it is published once, at the end of the block."""
        waiting = self.is_open(path)
        if not waiting and not path.exists():
            with self.making(path) as copy:
                yield copy
            return
        copy = self.open(path)
        try:
            yield copy
        except BaseException:
            # What waited is for whoever opens it.
            copy.dossier.close() if waiting else copy.discard()
            raise
        copy.close()

    def backups_of(self, path: Path) -> list[Backup]:
        """Return the backups of the dossier at a path, newest first."""
        return backups(self.copies.backups_of(path))

    def free_path(self, folder: Path, name: str) -> Path:
        """Return a path for a new dossier that neither exists nor belongs to an unpublished working copy."""
        waiting = {leftover.path for leftover in self.copies.leftovers()}
        return free_path(folder, name, taken=lambda path: path.exists() or path.resolve() in waiting)


def not_made(error: DossierError) -> DossierError:
    """Return the error of a new dossier that can't be put at its path: unlike one that is worked in, nothing stays."""
    return DossierError(
        error.happened, tr("Er is niets gemaakt."), tr("Kies een andere plek, of maak deze eerst in orde.")
    )


def free_path(folder: Path, name: str, ending: str = ENDING, taken: Callable[[Path], bool] = Path.exists) -> Path:
    """Return a free path in a folder: the name without characters that Windows forbids, if needed with a number."""
    safe = (
        "".join("-" if character in '<>:"/\\|?*' or ord(character) < 32 else character for character in name).strip(
            " ."
        )
        or "Dossier"
    )
    path = folder / f"{safe}{ending}"
    number = 2
    while taken(path):
        path = folder / f"{safe} ({number}){ending}"
        number += 1
    return path


def find_panel(dossier: Dossier, title: str = "", subregion: str = "", *, by_number: bool = True) -> Panel | None:
    """Return the panel with this title, or else of this subregion, or else the only one; None if there is none.

    `by_number`: a title that no panel has may be its number in the list, which tells panels of one title apart.

    Raises:
        UsageError: more than one panel matches.
    """
    every = matches = dossier.read.panels.listed()
    if title:
        wanted = _as_typed(title)
        matches = [panel for panel in every if wanted in (_as_typed(panel.title), _as_typed(panels.title_for(panel)))]
        if not matches and by_number and wanted.isdecimal():
            matches = every[int(wanted) - 1 : int(wanted)] if int(wanted) else []
    elif subregion:
        matches = [panel for panel in matches if panel.subregion.casefold() == subregion.casefold()]
    if len(matches) > 1:
        raise UsageError(
            tr("In dit dossier staan meer panels: {titles}.", titles=_told_apart(every, matches)),
            tr("Er is niets gewijzigd."),
            tr("Noem er één met --panel: de titel, of het nummer dat ervoor staat."),
        )
    return matches[0] if matches else None


def _as_typed(title: str) -> str:
    return " ".join(title.split()).casefold()


def _told_apart(every: Sequence[Panel], panels_asked: Sequence[Panel]) -> str:
    """Return the number, title, date and subregion of panels."""
    return "; ".join(
        ", ".join(
            filter(
                None, (f"{every.index(panel) + 1} «{panels.title_for(panel)}»", long_date(panel.date), panel.subregion)
            )
        )
        for panel in panels_asked
    )


def panel_asked(dossier: Dossier, title: str = "") -> Panel:
    """Return the panel with this title or number, or else of this subregion, or the only one; UsageError if there is
    none, with those there are, or more than one.
    """
    panel = find_panel(dossier, title) or find_panel(dossier, subregion=" ".join(title.split()))
    if panel is None:
        every = dossier.read.panels.listed()
        known = _told_apart(every, every)
        raise UsageError(
            tr("Er is geen panel «{title}» in dit dossier.", title=title)
            if title
            else tr("In dit dossier staat nog geen panel."),
            tr("Er is niets geschreven."),
            tr("Kies uit: {known}.", known=known) if known else tr("Maak er een met «importeer» of in het programma."),
        )
    return panel


def panel_content(dossier: Dossier, title: str = "") -> PanelContent:
    """Return the content of the panel with this title, or of the only one; UsageError if there is none."""
    content = dossier.read.panel_content(panel_asked(dossier, title).id)
    assert content is not None
    return content


def said_unprotected(who: str) -> str:
    """Return that a dossier with names has no password, with `who` can open the file."""
    return tr("In dit dossier staan namen, en het heeft geen wachtwoord. Het is te lezen voor {who}.", who=who)


def readers(path: Path) -> str:
    """Return who can open the folder of a file, as far as this computer knows; for a worker, since a share may be slow.

    Raises:
        OSError: the file or the list of file systems can't be read.
    """
    place = place_of(path)
    match place.kind:
        case PlaceKind.SYNCED:
            return tr("u, en iedereen met wie u deze map van {name} deelt", name=place.name)
        case PlaceKind.NETWORK:
            return tr("iedereen die bij deze netwerkmap mag")
        case PlaceKind.REMOVABLE:
            return tr("iedereen die deze stick in handen krijgt")
        case PlaceKind.LOCAL if os.name == "nt":
            return tr("iedereen die op deze computer bij deze map mag")
        case PlaceKind.LOCAL:
            return _local(path)


def _local(path: Path) -> str:
    if _may_read(path, stat.S_IROTH, stat.S_IXOTH):
        return tr("iedereen op deze computer")
    if _may_read(path, stat.S_IRGRP, stat.S_IXGRP):
        return tr("u, en wie in uw groep op deze computer zit")
    return tr("u alleen op deze computer, en wie een kopie of de schijf in handen krijgt")


def _may_read(path: Path, reads: int, passes: int) -> bool:
    """Return whether a file can be read by those of these modes, who must pass every folder above it."""
    return bool(path.stat().st_mode & reads) and all(folder.stat().st_mode & passes for folder in path.parents)
