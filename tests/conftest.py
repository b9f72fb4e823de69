"""Set-up of every test: its own folders instead of the user's, no display, and the number of examples."""

import gc
import os
import sys
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

# Qt reads these when its application starts, which is after this file.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["LC_ALL"] = "C.UTF-8"
# No test keeps the computer awake: this is wakepy's own switch for that.
os.environ.setdefault("WAKEPY_FAKE_SUCCESS", "yes")

# A busy computer is no fault of the code, so there are no deadlines. In CI the examples are the same each time.
settings.register_profile("quick", deadline=None, max_examples=50, suppress_health_check=[HealthCheck.too_slow])
# As the same ones again find nothing new, they are fewer.
settings.register_profile("ci", parent=settings.get_profile("quick"), derandomize=True, max_examples=20)
settings.register_profile("thorough", parent=settings.get_profile("quick"), max_examples=2000)
# The same tests run hundreds of times (make mutants), so few examples, and the same each time.
settings.register_profile("mutants", parent=settings.get_profile("ci"), max_examples=10)
settings.load_profile(os.environ.get("STO_TEST_PROFILE") or ("ci" if "CI" in os.environ else "quick"))


@pytest.hookimpl(trylast=True)
def pytest_runtest_teardown() -> None:
    """Collect garbage here, on Qt's thread, once the tests of the window have switched off Python's own collection."""
    if not gc.isenabled():
        from sto_desktop.ui.base.garbage import collect_due

        collect_due()
    _close_kept_open()


def _close_kept_open() -> None:
    """Close the working copies that a test left behind, which the program keeps open until they are removed."""
    if module := sys.modules.get("sto_desktop.storage.file.standing"):
        while module._open:
            os.close(module._open.popitem()[1])


@pytest.fixture(scope="session")
def homes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Numbers the homes of the tests. Pytest's own numbering reads the whole folder each time."""
    folder = tmp_path_factory.mktemp("homes")
    return (folder / str(number) for number in count())


@pytest.fixture(autouse=True)
def _own_folders(homes: Iterator[Path], monkeypatch: pytest.MonkeyPatch) -> None:
    """Settings, working copies and backups of a test are in a home of its own."""
    home = next(homes)
    home.mkdir()
    monkeypatch.setenv("HOME", str(home))
    for folder in ("CACHE_HOME", "CONFIG_HOME", "DATA_HOME", "STATE_HOME", "RUNTIME_DIR"):
        path = home / folder.lower()
        path.mkdir(mode=0o700)
        monkeypatch.setenv(f"XDG_{folder}", str(path))
