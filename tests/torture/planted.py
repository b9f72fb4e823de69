"""A planted word after each operation, in any order: in no file under a password, in none after erasing, and in no copy
by role; in every file of the home, also inside ZIP and PDF streams."""

from __future__ import annotations

import random
import shutil
from pathlib import Path

from sto_desktop.domain.log.change import Erasure
from sto_desktop.domain.privacy.naming.naming import NameMode
from sto_desktop.domain.privacy.sharing import SharedScope, Sharing
from sto_desktop.storage.working.register import Reached
from sto_desktop.storage.working.working_copy import WorkingCopy
from tests.storage.desk import Computer, edited, made_panel, note
from tests.torture.looking import holding

WORD, PASSWORD = "Vreemdeling", "paarse fiets"


class _Desk:
    """One computer with one dossier, in which the word was typed once."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.jan = Computer(folder)
        self.path = folder / "Hengelo.sto"
        self.password: str | None = None
        self.erased = False
        self.told: set[str] = set()
        """Files of which was told that they could not be given the password."""
        self.copy: WorkingCopy = self.jan.create(self.path)
        self.copy.dossier.apply(made_panel())
        self.copy.dossier.apply(note(f"Een woord: {WORD}", "WORD"))
        self.copy.publish()
        self.steps = {
            "note": lambda: self.copy.dossier.apply(note("nog een", None)),
            "edit": lambda: self.copy.dossier.apply(edited("WORD", star=True)),
            "publish": self.copy_publish,
            "backup": lambda: self.copy.backup(),
            "reopen": self._reopen,
            "crash": self._crash,
            "damage": self._damage,
            "password": self._set_password,
            "erase": self._erase,
            "preview": self._preview,
            "merge": self._merge,
            "share": self._share,
            "older file": self._older,
        }

    def copy_publish(self) -> None:
        """Publish."""
        self.copy.publish()

    def _open(self) -> None:
        self.copy = self.jan.open(self.path, self.password)

    def _reopen(self) -> None:
        self.copy.close()
        self._open()

    def _crash(self) -> None:
        self.copy.dossier.close()
        self._open()

    def _damage(self) -> None:
        self.copy.publish()
        self.copy.dossier.close()
        file = self.copy.file.folder / "dossier.sto"
        content = bytearray(file.read_bytes())
        content[4096:8192] = b"\xa5" * 4096
        file.write_bytes(content)
        self._open()

    def _set_password(self) -> None:
        old, self.password = self.password, None if self.password else PASSWORD
        reached: Reached = self.copy.encrypt_files(self.copy.take_password(self.password))
        assert not reached.unreached or any("quarantaine" in str(file) for file in reached.unreached)
        self.copy.publish()
        self.told = {str(file) for file in reached.unreached}
        assert old != self.password

    def _erase(self) -> None:
        self.copy.erase([Erasure("note", "WORD", "text")])
        self.erased = True

    def _beside(self) -> Path:
        self.copy.publish()
        return Path(shutil.copyfile(self.path, self.folder / "Hengelo (1).sto"))

    def _preview(self) -> None:
        from sto_desktop.storage.log.incoming import Incoming

        self.copy.merging.preview([Incoming(self._beside(), self.password)])
        (self.folder / "Hengelo (1).sto").unlink()

    def _merge(self) -> None:
        self.copy.merging.merge([self._beside()], lambda _path: self.password)
        (self.folder / "Hengelo (1).sto").unlink()

    def _share(self) -> None:
        target = self.folder / "rol" / "gedeeld.sto"
        target.parent.mkdir(exist_ok=True)
        target.unlink(missing_ok=True)
        self.copy.share(target, Sharing(SharedScope.FINDINGS, NameMode.ROLE))
        assert holding("Zoë de Vries", target.parent) == []

    def _older(self) -> None:
        # With a password an older file without it stays readable at the path, where the user put it.
        old = self.path.read_bytes()
        self.copy.dossier.apply(note("later", None))
        self.copy.close()
        self.path.write_bytes(old)
        self._open()

    def check(self) -> None:
        """Assert that the word is where it may be."""
        found = [file for file in holding(WORD, self.jan.home) if file not in self.told]
        if self.erased or self.password:
            assert found == [], found


def run(seed: int, place: Path) -> None:
    """Do the operations of a seed; AssertionError if the word is where it may not be."""
    drawn = random.Random(seed)
    folder = place / f"planted-{seed}"
    folder.mkdir()
    desk = _Desk(folder)
    done = []
    try:
        for _ in range(drawn.randint(4, 14)):
            done.append(drawn.choice(sorted(desk.steps)))
            desk.steps[done[-1]]()
            desk.check()
    except BaseException as error:
        raise AssertionError(f"{done}: {type(error).__name__}: {error}") from error
    finally:
        desk.copy.dossier.close()
    shutil.rmtree(folder)
