"""Commands in processes of their own, forked from a process that has already imported the program.

A new interpreter takes a second of processor time before a command starts, and the tests run about a hundred commands.
The forking process is started once per test process, has opened no file or window, and gives each command its own
arguments, environment, folder and input.
"""

from __future__ import annotations

import atexit
import importlib
import json
import os
import signal
import subprocess
import sys
import tempfile
from functools import cache
from pathlib import Path
from subprocess import CompletedProcess
from typing import IO, NoReturn

ROOT = Path(__file__).resolve().parents[2]


def run(*arguments: object, words: str = "") -> Done:
    """Run a command with `words` on its standard input; returns its exit code and what it printed."""
    with tempfile.TemporaryDirectory() as folder:
        into, out, err = (Path(folder) / name for name in ("in", "out", "err"))
        into.write_text(words, encoding="utf-8")
        line = [str(argument) for argument in arguments]
        told = {
            "arguments": line,
            "environment": dict(os.environ),
            "streams": [*map(str, (into, out, err))],
        }
        asked, answers = _forking()
        asked.write(json.dumps(told) + "\n")
        asked.flush()
        code, seconds, kib = answers.readline().split()
        return Done(line, int(code), out.read_text("utf-8"), err.read_text("utf-8"), float(seconds), int(kib))


class Done(CompletedProcess[str]):
    """A command that ended: also the processor time and the most memory that it took."""

    def __init__(self, line: list[str], code: int, out: str, err: str, seconds: float, kib: int) -> None:
        super().__init__(line, code, out, err)
        self.seconds = seconds
        self.kib = kib


@cache
def _forking() -> tuple[IO[str], IO[str]]:
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.cli.processes"],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdin is not None
    assert process.stdout is not None
    atexit.register(process.wait)
    atexit.register(process.stdin.close)
    return process.stdin, process.stdout


def _serve() -> None:
    """Fork a process for each line on standard input, and answer with its exit code."""
    # Modules that commands import only when they need them: all but those of the window.
    for file in sorted((ROOT / "sto_desktop").rglob("*.py")):
        parts = file.relative_to(ROOT).with_suffix("").parts
        if parts[1] not in ("app", "ui"):
            importlib.import_module(".".join(parts).removesuffix(".__init__"))
    answers = os.fdopen(os.dup(1), "w")
    for line in sys.stdin:
        process = os.fork()
        if not process:
            _command(**json.loads(line))
        _, status, used = os.wait4(process, 0)
        seconds = used.ru_utime + used.ru_stime
        answers.write(f"{os.waitstatus_to_exitcode(status)} {seconds} {used.ru_maxrss}\n")
        answers.flush()


def _command(arguments: list[str], environment: dict[str, str], streams: list[str]) -> NoReturn:
    """Run as `main.py` with these arguments; never returns."""
    import traceback

    from main import main

    os.environ.clear()
    os.environ.update(environment)
    for number, path in enumerate(streams):
        opened = os.open(path, os.O_RDONLY if number == 0 else os.O_WRONLY | os.O_CREAT, 0o600)
        os.dup2(opened, number)
    sys.stdin = open(0, encoding="utf-8", closefd=False)  # noqa: SIM115
    sys.stdout = open(1, "w", encoding="utf-8", closefd=False)  # noqa: SIM115
    sys.stderr = open(2, "w", encoding="utf-8", closefd=False)  # noqa: SIM115
    sys.argv = ["main.py", *arguments]
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    code: object = 1
    try:
        code = main()
    except SystemExit as stopped:
        code = stopped.code
    except BaseException:
        traceback.print_exc()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code if isinstance(code, int) else 0 if code is None else 1)


if __name__ == "__main__":
    _serve()
