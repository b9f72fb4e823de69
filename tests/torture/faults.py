"""One operation in a process of its own in which one system call fails, or which is killed at that call.

A server imports the program once, with `faults.c` loaded before the C library, and forks a process for each run.
`python -m tests.torture.faults` is that server: it reads a line of JSON for each run.
"""

from __future__ import annotations

import atexit
import errno
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import traceback
from collections.abc import Callable
from functools import cache
from pathlib import Path

from sto_desktop.domain.errors import PasswordNeededError, StoError
from sto_desktop.domain.log.change import Erasure
from sto_desktop.domain.privacy.naming.naming import NameMode
from sto_desktop.domain.privacy.sharing import SharedScope, Sharing
from sto_desktop.storage.log.incoming import Incoming
from sto_desktop.storage.working.check import check
from sto_desktop.storage.working.working_copy import WorkingCopy
from sto_desktop.workplace import Workplace
from sto_desktop.workplace.files import merge_files
from tests.passwords import set_password
from tests.storage.desk import Computer, made_panel, note, text_of
from tests.torture.looking import holding

ROOT = Path(__file__).resolve().parents[2]
ERRORS = (0, errno.ENOSPC, errno.EIO, errno.EACCES)
"""What the call gives; 0 kills the process there."""
FURTHEST = {
    "backup": 600,
    "capture": 700,
    "command": 1_400,
    "erase": 1_600,
    "first": 1_100,
    "merge": 850,
    "password": 4_200,
    "publish": 850,
    "put_away": 850,
    "share": 950,
}
"""Calls that write in each operation, with opening before and closing after it, as `power.recorded` counts them."""
WORD, PASSWORD = "geheimwoord", "paarse fiets"
CONFIRMED = "CONFIRMED"
MADE, FIRST = "samen.sto", "Almelo.sto"


def compiler() -> str | None:
    """Return the C compiler of this computer, if it has one."""
    return shutil.which("cc") or shutil.which("gcc")


# In the process in which the call fails


def _confirm(what: str) -> None:
    print(CONFIRMED, what, flush=True)


def _noted(copy: WorkingCopy, number: int) -> None:
    copy.dossier.apply(note(f"bevestigd {number}", f"C{number}"))
    _confirm(f"C{number}")


def _capture(copy: WorkingCopy, _folder: Path) -> None:
    for number in range(4):
        _noted(copy, number)


def _publish(copy: WorkingCopy, _folder: Path) -> None:
    for number in range(2):
        _noted(copy, number)
        copy.publish()


def _merge(copy: WorkingCopy, folder: Path) -> None:
    copy.merging.merge([folder / "van Piet.sto"])
    _confirm("PIET")
    _noted(copy, 0)


def _share(copy: WorkingCopy, folder: Path) -> None:
    copy.share(folder / "gedeeld.sto", Sharing(SharedScope.ALL, NameMode.ROLE))
    _noted(copy, 0)


def _password(copy: WorkingCopy, _folder: Path) -> None:
    _noted(copy, 0)
    set_password(copy, PASSWORD)
    _confirm("password")


def _backup(copy: WorkingCopy, _folder: Path) -> None:
    _noted(copy, 0)
    copy.backup()


def _erase(copy: WorkingCopy, _folder: Path) -> None:
    _noted(copy, 0)
    copy.erase([Erasure("note", "WORD", "text")])
    _confirm("erased")


def _put_away(copy: WorkingCopy, folder: Path) -> None:
    beside = folder / "Hengelo (1).sto"
    (merged,) = copy.merging.merge_apart([Incoming(beside)])
    copy.merging.put_away_copy(merged)
    _confirm("PIET")


def _command(copy: WorkingCopy, folder: Path) -> None:
    jan = Computer(folder)
    merge_files(Workplace(jan.who, jan.copies), [folder / "van Piet.sto"], folder / MADE)
    _noted(copy, 0)


def _first(_copy: WorkingCopy, folder: Path) -> None:
    new = Computer(folder, "Nieuw")
    made = new.create(folder / FIRST)
    made.dossier.apply(made_panel())
    made.publish()
    made.dossier.apply(note("het eerste woord", "FIRST"))
    _confirm("FIRST")
    made.backup()
    made.close()


OPERATIONS: dict[str, Callable[[WorkingCopy, Path], None]] = {
    "capture": _capture,
    "command": _command,
    "publish": _publish,
    "merge": _merge,
    "share": _share,
    "password": _password,
    "backup": _backup,
    "erase": _erase,
    "first": _first,
    "put_away": _put_away,
}


def _run_here(operation: str, folder: Path, fault: str, opened_first: bool) -> None:
    if not opened_first:
        os.access(fault, os.F_OK)
    copy = Computer(folder).open(folder / "Hengelo.sto")
    if opened_first:
        os.access(fault, os.F_OK)
    OPERATIONS[operation](copy, folder)
    copy.close()


def _serve() -> None:
    answers = os.fdopen(os.dup(1), "w")
    for line in sys.stdin:
        told = json.loads(line)
        process = os.fork()
        if not process:
            out = os.open(told["out"], os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            os.dup2(out, 1)
            os.dup2(out, 2)
            sys.stdout = open(1, "w", encoding="utf-8", closefd=False)  # noqa: SIM115
            code = 0
            try:
                _run_here(told["operation"], Path(told["folder"]), told["fault"], told["opened_first"])
            except StoError as refused:
                print("refused:", refused, flush=True)
            except BaseException:
                code = 3
                os.write(1, traceback.format_exc().encode())
            os._exit(code)
        _, status = os.waitpid(process, 0)
        answers.write(f"{os.waitstatus_to_exitcode(status)}\n")
        answers.flush()


# In the process that looks at what is left


@cache
def _server(place: Path) -> subprocess.Popen[str]:
    library = place / "faults.so"
    found = compiler()
    assert found is not None
    source = Path(__file__).with_name("faults.c")
    subprocess.run([found, "-shared", "-fPIC", "-O1", "-w", "-o", library, source, "-ldl"], check=True)
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.torture.faults"],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "LD_PRELOAD": str(library)},
    )
    assert process.stdin is not None
    atexit.register(process.wait)
    atexit.register(process.stdin.close)
    return process


@cache
def _prepared(place: Path) -> Path:
    """Make the computer with which every run begins: a dossier, a backup, and copies of a colleague."""
    # Where every run is, since backups are found by the path of their dossier.
    folder = place / "run"
    folder.mkdir()
    jan, path = Computer(folder), folder / "Hengelo.sto"
    copy = jan.create(path)
    copy.dossier.apply(made_panel())
    for number in range(8):
        copy.dossier.apply(note(f"eerder {number}", f"E{number}"))
    copy.dossier.apply(note(WORD, "WORD"))
    copy.backup()
    copy.close()
    theirs = folder / "van Piet.sto"
    shutil.copyfile(path, theirs)
    piet = Computer(place / "piet", "Piet").open(theirs)
    piet.dossier.apply(note("van Piet", "PIET"))
    piet.close()
    shutil.copyfile(theirs, folder / "Hengelo (1).sto")
    folder.rename(place / "begin")
    return place / "begin"


def run(seed: int, place: Path) -> None:
    """Run the operation of a seed, and check what is left; AssertionError if anything is lost or readable."""
    drawn = random.Random(seed)
    operation = drawn.choice(sorted(OPERATIONS))
    call, error, sticky = drawn.randint(1, FURTHEST[operation]), drawn.choice(ERRORS), drawn.randint(0, 1)
    attempt(place, operation, f"{call}:{error}:{sticky}", opened_first=drawn.random() < 0.7)


def attempt(place: Path, operation: str, fault: str, *, opened_first: bool) -> int:
    """Run an operation with a fault, and check what is left; return the exit code, negative if it was killed.

    Args:
        fault: the number of the call, what it gives (0 kills), and whether all later ones give that too.
        opened_first: count only from when the dossier is open.
    """
    code, said = done(place, operation, f"/sto-fault:{fault}", opened_first=opened_first)
    about = f"{operation} {fault} {'opened first' if opened_first else ''}\n{said}"
    assert code in (0, -signal.SIGKILL), about
    checked(place / "run", said, about)
    return code


def done(place: Path, operation: str, armed: str, *, opened_first: bool) -> tuple[int, str]:
    """Do an operation in a process of its own; return its exit code and what it said.

    Args:
        armed: for `faults.c`: what fails, or where to record.
    """
    folder = begun(place)
    server = _server(place)
    assert server.stdin is not None
    assert server.stdout is not None
    out = folder.with_suffix(".out")
    told = {"operation": operation, "folder": str(folder), "fault": armed, "opened_first": opened_first}
    server.stdin.write(json.dumps({**told, "out": str(out)}) + "\n")
    server.stdin.flush()
    return int(server.stdout.readline()), out.read_text("utf-8", "replace")


def begun(place: Path) -> Path:
    """Put the computer back as it is when every run begins; return its folder."""
    begin, folder = _prepared(place), place / "run"
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(begin, folder)
    return folder


def checked(folder: Path, said: str, about: str) -> None:
    """Check what is left in a folder after an operation that said this; AssertionError, with what it is about."""
    confirmed = [line.split()[1] for line in said.splitlines() if line.startswith(CONFIRMED)]
    try:
        _check(folder, confirmed)
    except (AssertionError, StoError) as error:
        raise AssertionError(f"{about}\n{type(error).__name__}: {error}") from error


def _check(folder: Path, confirmed: list[str]) -> None:
    jan, path = Computer(folder), folder / "Hengelo.sto"
    assert path.exists(), "the dossier is gone"
    try:
        copy = jan.open(path)
    except PasswordNeededError:
        copy = jan.open(path, PASSWORD)
    with_password = copy.has_password
    try:
        lost = [row for row in confirmed if row[0] in "CP" and row[1:].isalnum() and row != "password"]
        lost = [row for row in lost if text_of(copy.dossier, row) is None]
        lost += [f"E{number}" for number in range(8) if text_of(copy.dossier, f"E{number}") is None]
        assert not lost, f"lost: {lost}"
        report = check(copy.dossier)
        assert report.ok, report.sentences
        if (folder / MADE).exists():
            made = Computer(folder / "elders").open(folder / MADE)
            assert text_of(made.dossier, "PIET") is not None, "a dossier at -o that is not whole"
            made.dossier.close()
        if "FIRST" in confirmed:
            made = Computer(folder, "Nieuw").open(folder / FIRST)
            assert text_of(made.dossier, "FIRST") is not None, "the first note on a computer is lost"
            made.close()
        if not (folder / "Hengelo (1).sto").exists():
            assert text_of(copy.dossier, "PIET") is not None, "put away, and not merged"
        assert "erased" not in confirmed or not text_of(copy.dossier, "WORD")
    except BaseException:
        copy.dossier.close()
        raise
    copy.publish()
    copy.back_up_if_due()
    copy.close()
    readable = [file for file in holding(WORD, jan.home) if not file.endswith(".json")]
    if "erased" in confirmed or ("password" in confirmed and with_password):
        assert not readable, f"readable in {readable}"


if __name__ == "__main__":
    _serve()
