"""Whatever is done to notes on the board and in the list, every typed text can still be reached."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sto_desktop.domain.errors import StoError
from sto_desktop.domain.panel.content import NoteContent
from sto_desktop.domain.panel.note_filter import NoteFilter
from sto_desktop.storage.working.working_copy import WorkingCopy
from sto_desktop.ui.base.session import Session
from sto_desktop.ui.elaborate.notes.note_work import NoteWork
from sto_desktop.ui.findings.work import Work
from sto_desktop.ui.notes.listing import Listing
from sto_desktop.ui.notes.material import Material
from tests.ui import elaborated_panel as panel
from tests.ui.elaborated_panel import NOW, PANEL

STEPS = st.lists(
    st.tuples(
        st.sampled_from(["move", "theme", "bundle", "split", "label", "aside", "undo", "undo", "redo"]),
        st.lists(st.integers(0, 30), min_size=1, max_size=4),
        st.integers(0, 12),
    ),
    min_size=1,
    max_size=12,
)


class Hands:
    """Somebody who elaborates a panel, without a window."""

    def __init__(self, copy: WorkingCopy) -> None:
        self.session = Session(copy, lambda: NOW)
        self.material = Material(lambda: copy.dossier)
        self.material.load(PANEL)
        self.session.changed.connect(self.material.follow)
        self.problems: list[StoError] = []
        self.done = self.undone = 0
        """How many of these hands' own actions can be undone, and done again: the panel itself stays."""
        self.work = Work(self.session, self.material, self.problems.append)
        self.deeds = NoteWork(self.work, self.material, copy.dossier)

    def do(self, step: str, chosen: list[int], number: int) -> None:
        """Do one thing with some of the visible notes."""
        content, seq = self.material.content, self.session.dossier.seq
        assert content is not None
        shown = [note.id for note in content.notes]
        notes = list(dict.fromkeys(shown[one % len(shown)] for one in chosen))
        questions = [None, *(item.id for _, item in content.guide.questions())]
        match step:
            case "move":
                self.work.move_to(notes, questions[number % len(questions)], shown[number % len(shown)])
            case "theme":
                self.work.move_to_theme(notes, content.guide.themes[number % len(content.guide.themes)].id)
            case "bundle":
                self.deeds.bundle(notes)
            case "split":
                text, seen = self.work.written(notes[0])
                self.deeds.split(notes[0], text, number, seen)
            case "label":
                self.deeds.label(notes, [f"label{number}"])
            case "aside":
                self.work.turn_aside(notes)
            case "undo" if self.done:
                self.session.undo()
                self.done, self.undone = self.done - 1, self.undone + 1
            case "redo" if self.undone:
                self.session.redo()
                self.done, self.undone = self.done + 1, self.undone - 1
        if step not in ("undo", "redo") and self.session.dossier.seq != seq:
            self.done, self.undone = self.done + 1, 0


def words(notes: tuple[NoteContent, ...]) -> list[str]:
    """Return all words of all notes, including bundled ones."""
    return sorted(word for note in notes for part in note.parts for word in part.text.split())


@pytest.fixture(scope="module")
def hands(qapp: object, tmp_path_factory: pytest.TempPathFactory) -> Hands:
    return Hands(panel.make_copy(tmp_path_factory.mktemp("dossier")))


@pytest.mark.long
@settings(max_examples=20, suppress_health_check=[HealthCheck.too_slow])
@given(STEPS)
def test_every_word_stays_within_reach(hands: Hands, steps: list[tuple[str, list[int], int]]) -> None:
    content = hands.material.content
    assert content is not None
    before = words(content.notes)
    for step, chosen, number in steps:
        hands.do(step, chosen, number)
        content = hands.material.content
        assert content is not None
        # A split may cut inside a word: what counts is that no letter is lost.
        assert sorted("".join(words(content.notes))) == sorted("".join(before))
    assert hands.problems == []
    listed = [
        entry
        for entry in Listing(hands.material, hands.session.dossier.read).entries(NoteFilter())
        if isinstance(entry, str)
    ]
    assert sorted(listed) == sorted(note.id for note in content.notes)
    on_board = [
        note
        for column in Listing(hands.material, hands.session.dossier.read).columns(NoteFilter())
        for note in column.notes
    ]
    assert sorted(on_board) == sorted(listed)
    assert sorted("".join(words(tuple(hands.session.dossier.read.notes.of_panel(PANEL))))) == sorted("".join(before))
