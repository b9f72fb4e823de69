"""A password on a dossier, as the window sets it."""

from __future__ import annotations

from sto_desktop.storage.working.working_copy import WorkingCopy


def set_password(copy: WorkingCopy, password: str | None) -> None:
    """Encrypt working copy, backups and published file with a password, change it, or remove it."""
    copy.encrypt_backups(copy.take_password(password))
    copy.publish()
