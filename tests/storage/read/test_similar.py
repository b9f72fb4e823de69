"""Notes that say the same: found by their rarer words, across panels, and never by common words."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sto_desktop.domain.actions.panels import add_panel
from sto_desktop.domain.identity import new_id
from sto_desktop.domain.log.change import action, create
from sto_desktop.domain.place import Position, key_between
from sto_desktop.storage.working.dossier import Dossier
from tests.ui import elaborated_panel as panel

TEXTS = {
    "a": "Het Technolab denkt mee en komt kijken in de klas.",
    "b": "Ahmet van het Technolab kwam eerst kijken in onze klas.",
    "c": "De bus van school naar bedrijf is te duur.",
    "d": "Vervoer per bus: te duur voor de school.",
    "e": "Het is niet veel, maar het moet zo zijn.",
}


@pytest.fixture(scope="module")
def dossier(tmp_path_factory: pytest.TempPathFactory) -> Dossier:
    made = panel.make_copy(tmp_path_factory.mktemp("dossier"), notes=False).dossier
    made.apply(add_panel(None, title="Elders", panel="elders"))
    for name, text in TEXTS.items():
        here = "elders" if name == "d" else panel.PANEL
        made.apply(
            action("x", create("note", name, panel=here, position=Position(None, key_between(None, None)), text=text))
        )
    return made


def test_the_most_alike_comes_first_also_from_another_panel(dossier: Dossier) -> None:
    assert [one.note for one in dossier.similar("a")] == ["b"]
    (found,) = dossier.similar("c")
    assert (found.note, found.panel) == ("d", "elders")
    assert 0 < found.score <= 1
    assert dossier.similar("c", panel=panel.PANEL) == []
    assert dossier.similar("a", without=["b"]) == []


def test_words_that_say_nothing_make_no_note_alike(dossier: Dossier) -> None:
    assert dossier.similar("e") == []
    assert dossier.similar("is er niet") == []


@settings(max_examples=25)
@given(st.text(max_size=60))
def test_any_text_can_be_compared(dossier: Dossier, text: str) -> None:
    note = new_id()
    dossier.apply(action("x", create("note", note, panel=panel.PANEL, text=text.replace("\x00", ""))))
    similar = dossier.similar(note, limit=3)
    assert len(similar) <= 3
    assert note not in [one.note for one in similar]
