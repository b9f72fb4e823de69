"""Errors of the outside world, each with a Dutch message for the user; any other exception is a bug."""

from __future__ import annotations

import errno

from sto_desktop.language import tr, tr_later

_REASONS = {
    errno.ENOENT: tr_later("het bestaat niet (meer)"),
    errno.ENOTDIR: tr_later("de map bestaat niet (meer)"),
    errno.EISDIR: tr_later("het is een map"),
    errno.ENODEV: tr_later("het is geen gewoon bestand"),
    errno.EACCES: tr_later("u hebt er geen toegang toe"),
    errno.EPERM: tr_later("u hebt er geen toegang toe"),
    errno.EROFS: tr_later("er kan daar alleen worden gelezen"),
    errno.ENOSPC: tr_later("de schijf is vol"),
    errno.EDQUOT: tr_later("de schijf is vol"),
    errno.EFBIG: tr_later("de schijf is vol"),
    errno.EBUSY: tr_later("het is in gebruik"),
    errno.EIO: tr_later("de schijf geeft een fout"),
    errno.ENAMETOOLONG: tr_later("de naam is te lang"),
    errno.ETIMEDOUT: tr_later("het netwerk antwoordt niet"),
}


def reason(error: OSError) -> str:
    """Return in Dutch why the operating system refused something; its own message for other errors."""
    return tr(_REASONS.get(error.errno or 0, "")) or error.strerror or str(error)


class StoError(Exception):
    """Something outside the program went wrong: tells in Dutch what happened, what was kept and what to do."""

    def __init__(self, happened: str, kept: str = "", advice: str = "") -> None:
        super().__init__(happened, kept, advice)
        # Translate constants here, when raised; tr() leaves text that is already translated unchanged.
        self.happened = tr(happened)
        self.kept = tr(kept)
        self.advice = tr(advice)

    def __str__(self) -> str:
        return " ".join(part for part in (self.happened, self.kept, self.advice) if part)


class DossierError(StoError):
    """A dossier can't be opened, read, written or merged."""


class NotADossierError(DossierError):
    """The file is not a dossier: no database, or another program's."""


class PasswordNeededError(DossierError):
    """The header can't be read: a password is missing or wrong, or the file is damaged."""


class NewerFormatError(DossierError):
    """The log has a format that this program does not know."""


class DamagedDossierError(DossierError):
    """SQLite reports damage in the file."""


class PublishError(DossierError):
    """The user's file could not be replaced; all data is still in the working copy."""


class ExchangeError(StoError):
    """A file from outside (csv, xlsx, Markdown, guide) can't be used."""


class DamagedFileError(ExchangeError):
    """The content of a file from outside is not valid."""


class UsageError(StoError):
    """The request can't be carried out on this dossier: no such panel, nothing to undo."""


class ContradictionError(UsageError):
    """The request contradicts itself, whatever the dossier: carrying it out would silently ignore a part of it."""
