"""A later version of the program: a copy of its source with more declarations, run in a separate process."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import textwrap
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]

_BEFORE_FIELD = "    seat: int | None = field.integer("
_SEARCHED = "    first_name: str = field.text(\n"
_KIND = '    REMARK = "REMARK", '
_TABLE = """

@field.table("sticker", word="plakker")
class Sticker:
    \"\"\"Something stuck to a note.\"\"\"

    id: str
    note: str | None = field.reference("note", default=None, owned=True, word="notitie")
    text: str = field.text(default="", searched=True, word="tekst")
"""
_BEGIN = """
import json, sys
from pathlib import Path
from sto_desktop.domain.log.change import action, change, create
from sto_desktop.storage.working.check import check_file
from tests.storage.desk import Computer, assert_sound, note
computer = Computer(Path(sys.argv[1]), sys.argv[2])
path = Path(sys.argv[3])
"""


class LaterVersion:
    """The program with a field `email` of a member, a kind of note RISK, a table `sticker`; first names searched."""

    def __init__(self, folder: Path, *, only_a_field: bool = False) -> None:
        self._folder = folder / "later"
        shutil.copytree(
            ROOT / "sto_desktop", self._folder / "sto_desktop", ignore=shutil.ignore_patterns("__pycache__")
        )
        shutil.copytree(ROOT / "tests/storage", self._folder / "tests/storage", ignore=shutil.ignore_patterns("data"))
        (self._folder / "resources").symlink_to(ROOT / "resources", target_is_directory=True)
        model, words = (self._folder / "sto_desktop/domain" / name for name in ("model.py", "vocabulary.py"))
        email = '    email: str = field.text(default="", word="e-mail")\n'
        _replace(model, _BEFORE_FIELD, email + _BEFORE_FIELD)
        if not only_a_field:
            _replace(model, _SEARCHED, _SEARCHED + "        searched=True,\n")
            _replace(words, _KIND, f'    RISK = "RISK", KindMeaning("risico", "risico\'s", "~")\n{_KIND}')
            model.write_text(model.read_text(encoding="utf-8") + _TABLE, encoding="utf-8")

    def run(self, home: Path, person: str, path: Path, script: str) -> Any:
        """Work with this version at a person's computer; returns what the script passes to `tell`."""
        code = f"{_BEGIN}\ndef tell(what): print(json.dumps(what))\n{textwrap.dedent(script)}"
        done = subprocess.run(
            [sys.executable, "-c", code, str(home), person, str(path)],
            capture_output=True,
            text=True,
            encoding="utf-8",
            cwd=self._folder,
            env={**os.environ, "PYTHONPATH": str(self._folder), "PYTHONIOENCODING": "utf-8"},
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout.splitlines()[-1]) if done.stdout else None


def _replace(path: Path, words: str, others: str) -> None:
    content = path.read_text(encoding="utf-8")
    assert content.count(words) == 1, words
    path.write_text(content.replace(words, others), encoding="utf-8")
