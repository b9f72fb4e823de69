"""Keeps a file that was imported, so that the window of kept files lists it."""

from __future__ import annotations

from pathlib import Path

from sto_desktop.ui.base.stage import StageContext


def keep_file(context: StageContext, path: Path, account: str) -> None:
    """Keep a file that came in, on a worker; what can't be kept is told. `account`: what became of it, in Dutch."""
    from sto_desktop.workplace.keeping import keep_imports

    session = context.session

    def done(problem: str) -> None:
        if problem:
            context.notify(problem, tone="warn")

    session.in_background(lambda: keep_imports(session.copy, [path], account), done)
