"""Sets a password on a dossier in the same way as the window."""

from __future__ import annotations

from sto_desktop.storage.working.working_copy import WorkingCopy


def set_password(copy: WorkingCopy, password: str | None) -> None:
    """Encrypt working copy, backups and published file with a password; change or remove it."""
    copy.encrypt_files(copy.take_password(password))
    copy.publish()
