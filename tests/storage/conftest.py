"""Computers of Jan and Piet, and a dossier with a panel in it."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from sto_desktop.storage.working.working_copy import WorkingCopy
from tests.storage.desk import Computer, made_panel


@pytest.fixture
def jan(tmp_path: Path) -> Computer:
    return Computer(tmp_path, "Jan")


@pytest.fixture
def piet(tmp_path: Path) -> Computer:
    return Computer(tmp_path, "Piet")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """The path of the dossier of a test."""
    folder = tmp_path / "Documenten"
    folder.mkdir()
    return folder / "Hengelo.sto"


@pytest.fixture
def copy(jan: Computer, path: Path) -> Iterator[WorkingCopy]:
    """A dossier with a panel, open at Jan's and published."""
    made = jan.create(path)
    made.dossier.apply(made_panel())
    made.publish()
    yield made
    made.dossier.close()


@pytest.fixture
def published(copy: WorkingCopy, path: Path) -> Callable[[], Path]:
    """Publish the dossier that is open and return the file."""

    def publish() -> Path:
        copy.publish()
        return path

    return publish
