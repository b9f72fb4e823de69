"""Several voices stand in the order in which they were typed: in the line, the stream, the verslag and exports."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from sto_desktop.domain.actions.panels import change_panelist
from sto_desktop.domain.capture.language import parse
from sto_desktop.domain.capture.writing import render
from sto_desktop.domain.people import called
from sto_desktop.domain.privacy.naming.naming import NameMode
from sto_desktop.domain.vocabulary import Consent
from sto_desktop.exchange.notes.notes_markdown import write_notes
from sto_desktop.report.blocks.options import Form, ReportOptions
from sto_desktop.report.content.panel_report import panel_report
from sto_desktop.report.writers.markdown_writer import markdown_bytes
from sto_desktop.settings import SettingsStore
from sto_desktop.ui.conversation.stream.stream_row import speakers_of, stream_names
from sto_desktop.ui.look.theme import Appearance
from tests.ui.conversation_support import ALT, PANEL, Room, make_dossier, window_on

ORDERS = tuple(itertools.permutations((2, 4, 6)))


@pytest.fixture
def room(qtbot: QtBot, tmp_path: Path, theme: Appearance, settings: SettingsStore) -> Iterator[Room]:
    make_dossier(tmp_path / "home", tmp_path / "o.sto")
    with window_on(tmp_path / "home", tmp_path / "o.sto", theme, settings) as made:
        made.press(Qt.Key.Key_F5)
        yield made


def first_names(room: Room, seats: tuple[int, ...]) -> list[str]:
    return [room.page.live.rows.panelists[seat - 1].first_name for seat in seats]


@pytest.mark.parametrize("seats", ORDERS)
def test_voices_stand_as_typed_in_line_stream_verslag_and_export(room: Room, seats: tuple[int, ...]) -> None:
    room.note(f"> Wij maken een plan. {' '.join(f'@{seat}' for seat in seats)}")
    (note,) = room.notes
    members = room.page.live.rows.panelists
    shown = speakers_of(note, stream_names(room.page.live.rows.panelists))
    assert shown == ", ".join(called(members[seat - 1]) for seat in seats)
    # Correcting shows them so, and offers the first of them as who does it.
    room.press(Qt.Key.Key_Up)
    editor = room.page.stream.view.editor
    assert editor is not None
    assert [members.index(next(one for one in members if one.id == voice)) + 1
            for voice, _ in editor.edit.chips.voices] == list(seats)  # fmt: skip
    assert editor.edit.offer.owner == members[seats[0] - 1].name
    room.type(" Samen")
    room.press(Qt.Key.Key_Return)
    (note,) = room.notes
    assert [voice.panelist for voice in note.voices] == [members[seat - 1].id for seat in seats]
    # What is exported and read again is the same.
    read = parse(render(note, members), members)
    assert [voice for voice, _ in read.voices] == [members[seat - 1].id for seat in seats]
    content = room.session.dossier.read.panel_content(PANEL)
    assert content is not None
    bullet = next(line for line in write_notes(content).splitlines() if "plan" in line)
    again = parse(bullet, members)
    assert [voice for voice, _ in again.voices] == [members[seat - 1].id for seat in seats]


def test_the_verslag_names_them_as_typed(room: Room) -> None:
    for member in room.page.live.rows.panelists:
        yes = {"consent_participation": Consent.YES, "consent_name": Consent.YES, "consent_quote": Consent.YES}
        room.session.apply(change_panelist(member.id, **yes))
    for seats in ORDERS:
        room.note(f"Plan {seats}. {' '.join(f'@{seat}' for seat in seats)}")
    content = room.session.dossier.read.panel_content(PANEL)
    assert content is not None
    told = markdown_bytes(panel_report(content, ReportOptions(Form.MINUTES, naming=NameMode.FULL))).decode()
    for seats in ORDERS:
        line = next(line for line in told.splitlines() if f"Plan {seats}" in line.replace("\\", ""))
        places = [line.index(name) for name in first_names(room, seats)]
        assert places == sorted(places), line


def test_who_was_there_keeps_their_place_when_others_come(room: Room) -> None:
    room.note("Een plan @6 @2")
    room.note("@4+")
    room.press(Qt.Key.Key_Up)
    room.press(Qt.Key.Key_7, ALT)
    room.press(Qt.Key.Key_Return)
    (note,) = room.notes
    names = {member.id: member.first_name for member in room.page.live.rows.panelists}
    assert [(names[voice.panelist or ""], voice.place) for voice in note.voices] == [
        ("Fatma", 0), ("Nick", 1), ("Jaap", 2), ("Hilde", 3)]  # fmt: skip
