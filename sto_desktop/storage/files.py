"""Files that others can see: what they are, how they are read without touching them, and how one is put in place whole."""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
import struct
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from sto_desktop.domain.errors import (
    DossierError,
    NewerFormatError,
    NotADossierError,
    PasswordNeededError,
    PublishError,
)
from sto_desktop.storage.database import connect, errors_of
from sto_desktop.storage.schema import APPLICATION_ID, LOG_FORMAT

_MAGIC = b"SQLite format 3\x00"
_UNTOUCHED = "Er is niets in het bestand gewijzigd."
_OTHER_KINDS = {
    b"PK\x03\x04": "een Word-, Excel- of zipbestand",
    b"%PDF": "een pdf",
    b"\xd0\xcf\x11\xe0": "een oud Office-bestand",
    b"\xff\xd8\xff": "een foto",
    b"\x89PNG": "een afbeelding",
}


@dataclass(frozen=True)
class Fingerprint:
    """How a file looked when we last read or wrote it; another one means that somebody else wrote it."""

    size: int
    modified_ns: int
    inode: int

    @classmethod
    def of(cls, path: Path) -> Fingerprint | None:
        """Return a file's fingerprint, or None where there is no such file."""
        try:
            found = path.stat()
        except OSError:
            return None
        return cls(found.st_size, found.st_mtime_ns, found.st_ino)

    def __str__(self) -> str:
        return f"{self.size}:{self.modified_ns}:{self.inode}"


def check_header(path: Path, password: str | None) -> None:
    """Look at the first bytes only, and raise in words for the user where this can't be a dossier to open."""
    name = f"«{path.name}»"
    try:
        with path.open("rb") as file:
            head = file.read(100)
    except OSError as error:
        raise NotADossierError(*_unreadable(path, error)) from error
    if not head:
        raise NotADossierError(
            f"Het bestand {name} is leeg.", _UNTOUCHED, "Kies een ander bestand of een reservekopie."
        )
    if not head.startswith(_MAGIC):
        for magic, kind in _OTHER_KINDS.items():
            if head.startswith(magic):
                raise NotADossierError(
                    f"{name} is geen dossier, maar {kind}.",
                    _UNTOUCHED,
                    "Kies een bestand dat op .sto eindigt.",
                )
        if _is_text(head):
            raise NotADossierError(
                f"{name} is geen dossier, maar tekst.", _UNTOUCHED, "Kies een bestand dat op .sto eindigt."
            )
        if password is None:
            raise PasswordNeededError(
                f"De inhoud van {name} is niet leesbaar: er zit een wachtwoord op, of het bestand is beschadigd.",
                _UNTOUCHED,
                "Geef het wachtwoord, of open een reservekopie.",
            )
        return
    if len(head) < 100:
        raise NotADossierError(
            f"Het bestand {name} is afgebroken.", _UNTOUCHED, "Vraag het opnieuw, of open een reservekopie."
        )
    user_version, application_id = struct.unpack(">I", head[60:64])[0], struct.unpack(">I", head[68:72])[0]
    check_identity(name, application_id, user_version)


def check_identity(name: str, application_id: int, user_version: int) -> None:
    """Raise where a database is another program's, or of a log that this program does not know."""
    if application_id != APPLICATION_ID:
        raise NotADossierError(
            f"{name} is een database van een ander programma.",
            _UNTOUCHED,
            "Kies een dossier van STO Desktop.",
        )
    if user_version > LOG_FORMAT:
        raise NewerFormatError(
            f"{name} is gemaakt met een nieuwere versie van STO Desktop die deze versie niet kan lezen.",
            _UNTOUCHED,
            "Werk het programma bij, of vraag een kopie in het oude formaat.",
        )


def _is_text(head: bytes) -> bool:
    try:
        text = head.decode("utf-8", errors="strict")
    except UnicodeDecodeError as error:
        # A cut at 100 bytes may split the last character.
        if error.start < len(head) - 3:
            return False
        text = head[: error.start].decode("utf-8")
    return all(sign.isprintable() or sign in "\r\n\t" for sign in text)


def _unreadable(path: Path, error: OSError) -> tuple[str, str, str]:
    name = f"«{path.name}»"
    if isinstance(error, FileNotFoundError):
        return (
            f"Het bestand {name} is er niet (meer).",
            "",
            "Kijk of de stick of de netwerkschijf er nog is.",
        )
    if isinstance(error, IsADirectoryError):
        return (f"{name} is een map en geen dossier.", "", "Kies een bestand dat op .sto eindigt.")
    if isinstance(error, PermissionError):
        return (
            f"U heeft geen toegang tot {name}.",
            "",
            "Vraag toegang, of kopieer het bestand naar uw eigen map.",
        )
    return (f"Het bestand {name} kan niet gelezen worden ({error.strerror}).", "", "Probeer het opnieuw.")


def _beside(path: Path, ending: str) -> Path:
    return path.with_name(path.name + ending)


def copy_for_reading(path: Path, target: Path, password: str | None) -> None:
    """Copy a dossier, with the journal that a crash of another program left beside it, to a place of our own.

    SQLite's own lock is held meanwhile, so that no half-written state is read; the original is never written.
    """
    journals = [ending for ending in ("-journal", "-wal") if _beside(path, ending).exists()]
    try:
        if journals:
            # A read-only connection can't roll back a hot journal: the copy will.
            shutil.copyfile(path, target)
            for ending in journals:
                shutil.copyfile(_beside(path, ending), _beside(target, ending))
            return
        with errors_of(path):
            raw = connect(path, password=password, read_only=True, busy=2000)
            try:
                raw.execute("BEGIN")
                raw.execute("SELECT count(*) FROM sqlite_master").fetchone()
                shutil.copyfile(path, target)
            finally:
                raw.close()
    except OSError as error:
        raise DossierError(*_unreadable(path, error)) from error


@contextlib.contextmanager
def private_copy(path: Path, password: str | None, folder: Path | None = None) -> Iterator[Path]:
    """Give a copy of a dossier of which the log may be read, and take it away afterwards."""
    check_header(path, password)
    with tempfile.TemporaryDirectory(prefix="sto-", dir=folder) as place:
        target = Path(place) / "dossier.sto"
        copy_for_reading(path, target, password)
        yield target


def sync_file(path: Path) -> None:
    """Have the system write a file through to the disk."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def sync_folder(folder: Path) -> None:
    """Have the system write a folder's list of names through, where the system knows such a thing."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    except OSError as error:
        # Some network file systems can't; the file itself is on disk.
        if error.errno not in (errno.EINVAL, errno.ENOTSUP):
            raise
    finally:
        os.close(handle)


def put_in_place(temporary: Path, target: Path) -> None:
    """Sync a finished file and put it in the place of another, atomically."""
    sync_file(temporary)
    os.replace(temporary, target)
    sync_folder(target.parent)


def publish_error(path: Path, error: Exception) -> PublishError:
    """Return why a file could not be put at `path`, in words for the user."""
    name = f"«{path.name}»"
    kept = "Alles staat veilig in de werkkopie op deze computer."
    save_as = "Kies «Opslaan als…» of herstel de plek; het programma probeert het opnieuw."
    code = error.errno if isinstance(error, OSError) else None
    text = str(error).lower()
    if code == errno.ENOSPC or "full" in text:
        return PublishError(f"De schijf van {name} is vol.", kept, save_as)
    if not path.parent.exists():
        return PublishError(f"De map van {name} is er niet meer.", kept, save_as)
    if isinstance(error, PermissionError) or code in (errno.EROFS, errno.EACCES, errno.EPERM):
        return PublishError(
            f"In de map van {name} mag niet geschreven worden, of een ander programma houdt het bestand bezet.",
            kept,
            save_as,
        )
    return PublishError(f"{name} kon niet worden bijgewerkt ({error}).", kept, save_as)
