"""How much work an action is: the same in a big dossier as in a small one, and little for each row."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from benchmarks import dossiers
from sto_desktop.domain.actions.labels import label_notes
from sto_desktop.domain.actions.notes import capture_note
from sto_desktop.domain.capture.language import Captured
from sto_desktop.domain.log.change import Action
from sto_desktop.domain.vocabulary import Stance
from sto_desktop.storage.working.copies_home import Identity
from sto_desktop.storage.working.dossier import Dossier
from sto_desktop.storage.working.working_copies import WorkingCopies
from tests.work import Work, counted

SMALL, BIG = 100, 2000
Deed = Callable[[Dossier], object]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> dict[int, Path]:
    """A small dossier and a big one, with many panels; a test opens a copy."""
    folder = tmp_path_factory.mktemp("made")
    paths = {notes: folder / str(notes) / "dossier.sto" for notes in (SMALL, BIG)}
    for notes, path in paths.items():
        dossiers.make(path, notes)
    return paths


@contextmanager
def opened(path: Path, folder: Path) -> Iterator[Dossier]:
    """Open a copy of a dossier, as the person who made it."""
    folder.mkdir()
    copied = Path(shutil.copyfile(path, folder / path.name))
    copy = WorkingCopies(folder / "home").open(copied, Identity(dossiers.AUTHOR, "laptop"))
    try:
        yield copy.dossier
    finally:
        copy.dossier.close()


@pytest.fixture
def both(made: dict[int, Path], tmp_path: Path) -> Iterator[tuple[Dossier, Dossier]]:
    """The small and the big dossier, open."""
    with ExitStack() as stack:
        small, big = (stack.enter_context(opened(path, tmp_path / str(notes))) for notes, path in made.items())
        yield small, big


def work_in(dossier: Dossier, deed: Deed) -> Work:
    """Return the work of something done again, when what is read once for all is read."""
    deed(dossier)
    with counted(dossier.raw) as work:
        deed(dossier)
    return work


def assert_same_work(both: tuple[Dossier, Dossier], deed: Deed, *, slack: float = 1.2) -> Work:
    """Assert that something is no more work in the big dossier; return that work."""
    small, big = (work_in(dossier, deed) for dossier in both)
    assert big.steps <= small.steps * slack + 200
    assert len(big.statements) <= len(small.statements) * slack
    return big


def panel_of(dossier: Dossier, number: int) -> str:
    """Return a panel by its place in the list."""
    return dossier.read.panels.every()[number].id


def test_history_reads_one_row_of_each_action(both: tuple[Dossier, Dossier]) -> None:
    assert_same_work(both, lambda dossier: dossier.past(limit=4))
    past = both[1].past()
    # Each action has a subject, so one row of its changes gives it.
    assert all(action.subject for action in past)
    read: list[str] = []
    with counted(both[1].raw) as work:
        both[1].past()
    read = [statement for statement in work.statements if " change " in statement]
    assert work.steps < 60 * len(past)
    assert len(read) <= len(past)


def test_one_panel_is_read_by_its_id(both: tuple[Dossier, Dossier]) -> None:
    ids = {dossier: panel_of(dossier, 0) for dossier in both}
    assert_same_work(both, lambda dossier: dossier.read.panels.get(ids[dossier]))


def labelled(dossier: Dossier, name: str) -> Action:
    """Return the action that labels every note of the long panel."""
    return label_notes(dossier.read.notes.of_panel(panel_of(dossier, 0)), [name])


def test_labelling_many_notes_and_undoing_it_is_few_statements_a_row(both: tuple[Dossier, Dossier]) -> None:
    _, big = both
    big.apply(labelled(big, "eerder"))
    label = labelled(big, "nu")
    rows = len(label.edits)
    with counted(big.raw) as work:
        big.apply(label)
    assert len(work.statements) < 2 * rows + 60
    for _ in range(2):
        for step in (big.undo, big.redo):
            with counted(big.raw) as work:
                step()
            assert len(work.statements) < 2 * rows + 60
            assert work.steps < 400 * rows


def test_a_note_with_a_speaker_is_fifteen_statements_in_any_dossier(both: tuple[Dossier, Dossier]) -> None:
    def captured(dossier: Dossier) -> Action:
        panel = panel_of(dossier, -1)
        ((_, question), *_) = dossier.read.guides.of_panel(panel).questions()
        voices = ((dossier.read.members.of_panel(panel)[0].id, Stance.SAYS),)
        return capture_note(panel, question.id, Captured("Het rooster is vol", voices=voices), dossiers.FIRST_DAY)

    for dossier in both:
        dossier.apply(captured(dossier))
        note = captured(dossier)
        with counted(dossier.raw) as work:
            dossier.apply(note)
        # The search index makes statements of its own, which SQLite marks.
        assert len([statement for statement in work.statements if not statement.startswith("--")]) <= 15
