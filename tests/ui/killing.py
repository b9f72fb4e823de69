"""Runs a script of these tests in a separate process for a while, and kills it without warning."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from pathlib import Path

START_SECONDS = 60


def lines_until_killed(script: Path, arguments: Sequence[str], seconds: float) -> list[str]:
    """Run a script, kill it this many seconds after its first line, and return the complete lines that it printed."""
    process = subprocess.Popen(
        [sys.executable, str(script.resolve()), *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONIOENCODING": "utf-8"},
    )
    lines: list[str] = []
    started = threading.Event()
    assert process.stdout is not None
    assert process.stderr is not None
    stdout, stderr = process.stdout, process.stderr

    def listen() -> None:
        for line in stdout:
            if line.endswith("\n"):
                lines.append(line.rstrip("\n"))
            started.set()

    listener = threading.Thread(target=listen)
    listener.start()
    try:
        if not started.wait(START_SECONDS) or process.poll() is not None:
            process.kill()
            raise AssertionError(f"it did not start: {stderr.read()}")
        time.sleep(seconds)
    finally:
        process.kill()
        process.wait()
        listener.join()
        stdout.close()
        stderr.close()
    return lines
