"""What to tell after a password was set: files that could not be given it, and backups of other paths to ask about."""

from __future__ import annotations

from pathlib import Path

from sto_desktop.language import counted, listed, tr
from sto_desktop.storage.working.register import Reached
from sto_desktop.ui.base.session import Session
from sto_desktop.ui.shell.main_window import MainWindow

ELSEWHERE = "elsewhere"
"""The topic of the question."""


def tell_reached(window: MainWindow, session: Session, message: str, reached: Reached) -> None:
    """Tell the outcome, and ask about backups of other paths."""
    if reached.unreached:
        window.notify(f"{message} {_said_unreached(reached.unreached)}", tone="warn", topic="unreached")
    else:
        window.notify(message, tone="good")
    dossiers = _said_dossiers(reached.dossiers) if reached.dossiers else ""
    if dossiers and not reached.elsewhere:
        window.notify(dossiers, tone="warn", topic=ELSEWHERE)
    if reached.elsewhere:
        window.notify(
            " ".join(filter(None, (_asked_elsewhere(reached), dossiers))),
            action=tr("Ook beveiligen"),
            on_action=lambda: _lock(window, session, reached),
            tone="warn",
            topic=ELSEWHERE,
        )


def _said_unreached(files: tuple[Path, ...]) -> str:
    return counted(
        len(files),
        "Eén bestand op deze computer is zonder wachtwoord gebleven: het is beschadigd. Zie «Bestanden en "
        "reservekopieën».",
        "{n} bestanden op deze computer zijn zonder wachtwoord gebleven: ze zijn beschadigd. Zie «Bestanden en "
        "reservekopieën».",
    )


def _said_dossiers(paths: tuple[Path, ...]) -> str:
    names = listed([f"«{path.name}»" for path in paths])
    return counted(
        len(paths),
        "Een ander dossier op deze computer heeft dezelfde inhoud, zonder wachtwoord: {names}. Geef het ook een.",
        "{n} andere dossiers op deze computer hebben dezelfde inhoud, zonder wachtwoord: {names}. Geef ze ook een.",
        names=names,
    )


def _asked_elsewhere(reached: Reached) -> str:
    names = listed([f"«{other.path.name}»" for other in reached.elsewhere if other.path is not None])
    number = sum(len(other.files) for other in reached.elsewhere)
    of = tr(" van {names}", names=names) if names else ""
    return counted(
        number,
        "Op deze computer staat nog {n} reservekopie{of} met dezelfde inhoud, zonder wachtwoord.",
        "Op deze computer staan nog {n} reservekopieën{of} met dezelfde inhoud, zonder wachtwoord.",
        of=of,
    )


def _lock(window: MainWindow, session: Session, reached: Reached) -> None:
    def done(unreached: tuple[Path, ...]) -> None:
        if unreached:
            window.notify(_said_unreached(unreached), tone="warn", topic="unreached")
        else:
            window.notify(tr("Ook die reservekopieën hebben nu dit wachtwoord."), tone="good")

    session.in_background(lambda: session.copy.encrypt_elsewhere(reached, None), done)
