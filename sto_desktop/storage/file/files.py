"""Files visible to others: identifying them, reading them without a trace, and replacing them atomically."""

from __future__ import annotations

import contextlib
import errno
import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from sto_desktop.domain.errors import (
    DossierError,
    NotADossierError,
    PasswordNeededError,
    PublishError,
    reason,
)
from sto_desktop.language import tr, tr_later
from sto_desktop.own_files import copy_file, open_file
from sto_desktop.scratch import scratch
from sto_desktop.storage.file.database import (
    FULL,
    IO_ERROR,
    Raw,
    SqliteError,
    code_of,
    connect,
    damaged,
    is_busy,
    salt_of,
    translated,
)

_KEPT = tr_later("Alles staat veilig in de werkkopie op deze computer.")
_SAVE_AS = tr_later("Kies «Opslaan als…» of herstel de plek; het programma probeert het opnieuw.")
# A file that changed during three copies is being written: give up and tell the user.
_ATTEMPTS = 3
_BUSY_MILLISECONDS = 2000
# The size of SQLite's header (https://sqlite.org/fileformat.html).
_HEADER_BYTES = 100
_MAGIC = b"SQLite format 3\x00"
_UNTOUCHED = tr_later("Er is niets in het bestand gewijzigd.")
_OTHER_KINDS = {
    b"PK\x03\x04": tr_later("een Word-, Excel- of zipbestand"),
    b"%PDF": tr_later("een pdf"),
    b"\xd0\xcf\x11\xe0": tr_later("een oud Office-bestand"),
    b"\xff\xd8\xff": tr_later("een foto"),
    b"\x89PNG": tr_later("een afbeelding"),
}


@dataclass(frozen=True)
class Fingerprint:
    """The state of a file when we last read or wrote it; a different one means that somebody else wrote it."""

    size: int
    modified_ns: int
    inode: int

    @classmethod
    def of(cls, path: Path) -> Fingerprint | None:
        """Return a file's fingerprint, or None if there is no file."""
        try:
            status = path.stat()
        except OSError:
            return None
        return cls(status.st_size, status.st_mtime_ns, status.st_ino)

    def __str__(self) -> str:
        return f"{self.size}:{self.modified_ns}:{self.inode}"


def check_header(path: Path, password: str | None) -> None:
    """Check the first bytes only, and raise in words for the user if this is no database, or needs a password."""
    name = f"«{path.name}»"
    try:
        # Read the header directly: SQLite might leave files next to it.
        with open_file(path) as file:
            head = file.read(_HEADER_BYTES)
    except OSError as error:
        raise NotADossierError(*_unreadable(path, error)) from error
    if not head:
        raise NotADossierError(
            tr("Het bestand {name} is leeg.", name=name), _UNTOUCHED, tr("Kies een ander bestand of een reservekopie.")
        )
    if not head.startswith(_MAGIC):
        kind = _other_kind(head)
        if kind:
            raise NotADossierError(
                tr("{name} is geen dossier, maar {kind}.", name=name, kind=kind),
                _UNTOUCHED,
                tr("Kies een bestand dat op .sto eindigt."),
            )
        if not password:
            raise PasswordNeededError(
                tr(
                    "De inhoud van {name} is niet leesbaar: er zit een wachtwoord op, of het bestand is beschadigd.",
                    name=name,
                ),
                _UNTOUCHED,
                tr("Geef het wachtwoord, of open een reservekopie."),
            )
    elif len(head) < _HEADER_BYTES:
        raise NotADossierError(
            tr("Het bestand {name} is afgebroken.", name=name),
            _UNTOUCHED,
            tr("Vraag het opnieuw, of open een reservekopie."),
        )
    elif not _is_whole(head):
        raise damaged(path)


def _is_whole(head: bytes) -> bool:
    """Return whether SQLite accepts a plain header; of any other it says the same as of one with a password."""
    page = int.from_bytes(head[16:18])
    sizes = {1, *(512 << place for place in range(7))}
    return page in sizes and max(head[18:20]) <= 2 and head[21:24] == b"\x40\x20\x20"


def _other_kind(head: bytes) -> str | None:
    for magic, kind in _OTHER_KINDS.items():
        if head.startswith(magic):
            return kind
    return tr("tekst") if _is_text(head) else None


def is_plain(path: Path) -> bool:
    """Return whether a file is a database without a password; false if there is no file."""
    return salt_of(path) == _MAGIC.hex()


def _is_text(head: bytes) -> bool:
    try:
        text = head.decode("utf-8", errors="strict")
    except UnicodeDecodeError as error:
        # The cut at 100 bytes may split the last character.
        if error.start < len(head) - 3:
            return False
        text = head[: error.start].decode("utf-8")
    return all(character.isprintable() or character in "\r\n\t" for character in text)


def is_full(error: BaseException) -> bool:
    """Return whether an OS error means a full disk."""
    return isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


def _unreadable(path: Path, error: OSError) -> tuple[str, str, str]:
    name = f"«{path.name}»"
    if is_full(error):
        # The disk of the temporary copy is full, not that of the file.
        return (
            tr("De schijf van deze computer is vol: er is geen plaats om {name} te lezen.", name=name),
            _UNTOUCHED,
            tr("Maak ruimte vrij en probeer het opnieuw."),
        )
    if isinstance(error, FileNotFoundError):
        return (
            tr("Het bestand {name} is er niet (meer).", name=name),
            "",
            tr("Kijk of de stick of de netwerkschijf er nog is."),
        )
    if isinstance(error, IsADirectoryError):
        return (tr("{name} is een map en geen dossier.", name=name), "", tr("Kies een bestand dat op .sto eindigt."))
    if isinstance(error, PermissionError):
        return (
            tr("U heeft geen toegang tot {name}.", name=name),
            "",
            tr("Vraag toegang, of kopieer het bestand naar uw eigen map."),
        )
    return (
        tr("Het bestand {name} kan niet gelezen worden ({reason}).", name=name, reason=reason(error)),
        "",
        tr("Probeer het opnieuw."),
    )


def _beside(path: Path, ending: str) -> Path:
    return path.with_name(path.name + ending)


def has_journal(path: Path) -> bool:
    """Return whether there is a journal next to a dossier: another program has it open, or crashed with it open."""
    return bool(_state(path).journals)


def content_digest(path: Path) -> str:
    """Return a hash of a closed file's content, independent of its name and times."""
    with open_file(path) as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def settled_digest(path: Path) -> str:
    """Return the same of a file that somebody else may write; empty if it has a journal, changed while it was read, or
    can't be read.
    """
    with contextlib.suppress(OSError):
        before = _state(path)
        digest = content_digest(path)
        if not before.journals and _state(path) == before:
            return digest
    return ""


def copy_for_reading(path: Path, target: Path, password: str | None) -> None:
    """Copy a dossier to a private place, with the journal that a crash of another program may have left.

    Neither the original nor anything next to it is written. The journal is copied too, and rolled back in the copy.

    Raises:
        DossierError: another program is writing it, or it can't be read.
    """
    try:
        # Retry when the file changed during the copy; each time copy the journals too.
        for _ in range(_ATTEMPTS):
            before = _state(path)
            with _shared_lock(path, before, password):
                for ending in ("", *before.journals):
                    copy_file(_beside(path, ending), _beside(target, ending))
            if _state(path) == before:
                return
            for ending in before.journals:
                _beside(target, ending).unlink()
    except OSError as error:
        raise DossierError(*_unreadable(path, error)) from error
    raise DossierError(
        tr("Een ander programma is aan het schrijven in «{file}».", file=path.name),
        _UNTOUCHED,
        tr("Wacht tot dat klaar is en probeer het opnieuw."),
    )


@dataclass(frozen=True)
class _State:
    """The state of a file and its journals."""

    file: Fingerprint | None
    journals: Mapping[str, Fingerprint]


def _state(path: Path) -> _State:
    journals = {ending: Fingerprint.of(_beside(path, ending)) for ending in ("-journal", "-wal")}
    # An empty journal is left over and holds nothing to roll back.
    return _State(
        Fingerprint.of(path),
        {ending: print for ending, print in journals.items() if print is not None and print.size},
    )


@contextlib.contextmanager
def _shared_lock(path: Path, state: _State, password: str | None) -> Iterator[None]:
    """Hold SQLite's lock on a file while it is read, if that leaves no trace next to it.

    SQLite would roll back a journal in the original, and create a -wal and -shm for a file in WAL mode. In those cases,
    with a password (which hides the mode), and on file systems without locks, the caller compares the file before and
    after instead.
    """
    if state.journals or password or _in_wal_mode(path):
        yield
        return
    raw = connect(path, mode="ro", busy=_BUSY_MILLISECONDS)
    try:
        _lock(raw, path)
        yield
    finally:
        raw.close()


def _lock(raw: Raw, path: Path) -> None:
    try:
        raw.execute("BEGIN")
        # Reads the header only, which takes the lock too.
        raw.execute("PRAGMA schema_version").fetchone()
    except SqliteError as error:
        if is_busy(error):
            raise translated(error, path) from error
        # Other errors surface when the copy is read.


def _in_wal_mode(path: Path) -> bool:
    """Return whether SQLite would read a file in WAL mode. Either of the two version bytes may be damaged, so check
    both.
    """
    with path.open("rb") as file:
        return b"\x02" in file.read(20)[18:20]


@contextlib.contextmanager
def private_copy(path: Path, password: str | None, home: Path | None = None) -> Iterator[Path]:
    """Give a copy of a dossier whose log may be read, and delete it afterwards.

    `home`: of the working copies that it is for; by default that of this user.
    """
    with private_place(home) as place, copy_in(place, path, password) as copy:
        yield copy


@contextlib.contextmanager
def copy_in(place: Path, path: Path, password: str | None) -> Iterator[Path]:
    """Give the same in a private place that is there already."""
    check_header(path, password)
    # A name of its own: that of the user may be as long as names can be, and a journal's is longer.
    target = place / "kopie.sto"
    try:
        copy_for_reading(path, target, password)
        yield target
    finally:
        # What can't be removed now goes with the place.
        with contextlib.suppress(DossierError):
            remove_with_journals(target)


@contextlib.contextmanager
def private_place(home: Path | None = None) -> Iterator[Path]:
    """Give a temporary folder (see `scratch`); DossierError if there is no room for it."""
    with contextlib.ExitStack() as entered:
        try:
            place = entered.enter_context(scratch(home))
        except OSError as error:
            raise no_room(error) from error
        yield place


@contextlib.contextmanager
def own_disk() -> Iterator[None]:
    """Raise what the disk of the program's own folder refuses, inside a block, as a DossierError."""
    try:
        yield
    except OSError as error:
        raise no_room(error) from error


def no_room(error: OSError) -> DossierError:
    """Return why the program's own folder on this computer could not be written, in words for the user."""
    if is_full(error):
        return DossierError(
            tr("De schijf van deze computer is vol: er is geen plaats voor een werkkopie."),
            tr("Er is niets gewijzigd."),
            tr("Maak ruimte vrij en probeer het opnieuw."),
        )
    return DossierError(
        tr("In de map van het programma op deze computer kan niet worden geschreven ({reason}).", reason=reason(error)),
        tr("Er is niets gewijzigd."),
        tr("Probeer het opnieuw."),
    )


def remove_with_journals(path: Path) -> None:
    """Remove a file of ours, and any journals that SQLite left; DossierError if that is refused."""
    remove_journals(path)
    _remove(path)


def remove_journals(path: Path) -> None:
    """Remove the journals that SQLite left next to a file of ours, discarding their content."""
    for ending in ("-journal", "-wal", "-shm"):
        _remove(_beside(path, ending))


def _remove(path: Path) -> None:
    try:
        path.unlink(missing_ok=True)
    except NotADirectoryError:
        return
    except OSError as error:
        raise DossierError(
            tr("Een tijdelijk bestand kan niet worden verwijderd ({reason}).", reason=reason(error)),
            tr("Wat al bewaard was, staat er nog."),
            tr("Probeer het opnieuw."),
        ) from error


def kept_here(happened: str, advice: str) -> PublishError:
    """Return the error of a publishing that was not done; everything is in the working copy."""
    return PublishError(happened, _KEPT, advice)


def publish_error(path: Path, error: Exception) -> PublishError:
    """Return why a file could not be written to `path`, in words for the user."""
    name = f"«{path.name}»"
    code = error.errno if isinstance(error, OSError) else None
    # The most specific cause first: a full disk can also look like a lost folder or missing rights.
    if is_full(error) or code_of(error) == FULL:
        return PublishError(tr("De schijf van {name} is vol.", name=name), _KEPT, _SAVE_AS)
    if not path.parent.is_dir():
        return PublishError(tr("De map van {name} is er niet meer.", name=name), _KEPT, _SAVE_AS)
    if isinstance(error, PermissionError) or code in (errno.EROFS, errno.EACCES, errno.EPERM):
        return PublishError(
            tr(
                "In de map van {name} mag niet geschreven worden, of een ander programma houdt het bestand bezet.",
                name=name,
            ),
            _KEPT,
            _SAVE_AS,
        )
    if isinstance(error, SqliteError):
        error = translated(error, path)
    if isinstance(error, DossierError):
        return PublishError(
            tr("{name} kon niet worden bijgewerkt: {happened}", name=name, happened=error.happened), _KEPT, _SAVE_AS
        )
    return PublishError(tr("{name} kon niet worden bijgewerkt ({error}).", name=name, error=error), _KEPT, _SAVE_AS)


def not_made(error: DossierError) -> PublishError:
    """Return the error of a new file that can't be put at its path: unlike work in a dossier, nothing stays."""
    advice = tr("Kies een andere plek, of maak deze eerst in orde.")
    return PublishError(error.happened, tr("Er is niets gemaakt."), advice)


def own_disk_error(path: Path, error: Exception) -> PublishError:
    """Return why publishing to `path` failed on the disk of the working copy, in words for the user."""
    kept = tr("«{name}» is niet gewijzigd, en wat eerder bewaard was staat er nog.", name=path.name)
    if is_full(error) or code_of(error) == FULL:
        return PublishError(
            tr("De schijf van deze computer is vol."), kept, tr("Maak ruimte vrij; het programma probeert het opnieuw.")
        )
    if isinstance(error, SqliteError) and code_of(error) != IO_ERROR:
        error = translated(error, path)
    if isinstance(error, DossierError):
        return PublishError(error.happened, kept, error.advice)
    said = reason(error) if isinstance(error, OSError) else tr("de schijf weigert het")
    return PublishError(
        tr("De werkkopie van «{name}» op deze computer geeft een fout ({reason}).", name=path.name, reason=said),
        kept,
        tr("Het programma probeert het opnieuw."),
    )


def settle(path: Path, password: str | None) -> None:
    """Ensure that a file whose content was merged can be replaced.

    First roll back a journal left by a crash of another program: otherwise it would be applied to the new file.

    Raises:
        PublishError: it is read-only, or another program is writing it; some systems would replace it anyway.
    """
    if path.stat().st_mode & 0o222 == 0:
        raise PublishError(tr("«{file}» is alleen-lezen.", file=path.name), _KEPT, _SAVE_AS)
    raw = connect(path, password=password, mode="rw", busy=_BUSY_MILLISECONDS)
    try:
        # The lock proves that nobody is writing; it is released at once.
        raw.execute("BEGIN IMMEDIATE")
        raw.execute("ROLLBACK")
        # Back to a rollback journal, so that the file is complete without a -wal and a -shm beside it.
        if _state(path).journals or raw.execute("PRAGMA journal_mode").fetchone()[0] == "wal":
            raw.execute("PRAGMA journal_mode = DELETE")
    except SqliteError as error:
        # Without a lock, or with a password we do not know, nothing indicates that the file is in use.
        if is_busy(error):
            raise PublishError(
                tr("Een ander programma houdt «{file}» bezet.", file=path.name), _KEPT, _SAVE_AS
            ) from error
    finally:
        raw.close()
