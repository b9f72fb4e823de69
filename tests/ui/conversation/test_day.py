"""The day of a panel: what is needed around the notes, in the real window and in the resulting verslag."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from sto_desktop.domain.actions.conversation import share_minutes
from sto_desktop.domain.actions.guides import change_theme, open_guide
from sto_desktop.domain.actions.notes import agree_on
from sto_desktop.domain.actions.panels import change_panelist
from sto_desktop.domain.log.change import action, delete
from sto_desktop.domain.privacy.naming.naming import NameMode
from sto_desktop.domain.vocabulary import Consent, ThemeKind
from sto_desktop.report.blocks.options import Form, ReportOptions
from sto_desktop.report.content.panel_report import panel_report
from sto_desktop.report.writers.markdown_writer import markdown_bytes
from sto_desktop.settings import SettingsStore
from sto_desktop.ui.base.stage import Stage
from sto_desktop.ui.desk.finding import DossierFinder
from sto_desktop.ui.elaborate import elaborate_stage
from sto_desktop.ui.elaborate.notes.note_delegate import meta_of
from sto_desktop.ui.elaborate.stage import ElaborateStage
from sto_desktop.ui.fields.agreed_dialog import AgreedDialog
from sto_desktop.ui.fields.written_dialog import WrittenDialog
from sto_desktop.ui.look.theme import Appearance
from sto_desktop.ui.shell.palette import PaletteGroup
from sto_desktop.ui.widgets import TextLabel
from tests.ui.conversation_support import ALT, CTRL, PANEL, START, Clock, Room, back, make_dossier, window_on
from tests.ui.reading import shown_with

pytestmark = pytest.mark.long


def verslag(room: Room, options: ReportOptions | None = None) -> str:
    """The verslag of the dossier on disk, as Markdown."""
    content = room.session.dossier.read.panel_content(PANEL)
    assert content is not None
    return markdown_bytes(panel_report(content, options)).decode()


def entry_words(room: Room) -> list[str]:
    """The text at the first parked note, without its place."""
    rows = room.page.side.parking.rows
    labels = rows[0].findChildren(TextLabel) if rows else []
    return [label.text() for label in labels if label.isVisible() and "·" not in label.text()]


def annex(text: str) -> str:
    """The annex on time, at the end."""
    return text[text.rindex("Tijdsverloop") :]


def row(text: str, first: str) -> list[str]:
    """The other cells of the table row that starts with this one."""
    line = next(line for line in text.splitlines() if line.startswith(f"| {first} |"))
    return [cell.strip() for cell in line.strip("|").split("|")][1:]


def test_the_verslag_compares_with_the_plan_as_it_was_at_the_beginning(room: Room) -> None:
    room.press(Qt.Key.Key_F5)
    room.clock.pass_time(minutes=18)
    room.go_to("Beeldvorming", "Wat kan beter")
    room.clock.pass_time(minutes=30)
    room.press(Qt.Key.Key_F5)
    room.clock.pass_time(minutes=12)
    room.next()
    room.press(Qt.Key.Key_F5)
    room.clock.pass_time(minutes=20)
    room.note("Bedrijven doen mee")
    room.press(Qt.Key.Key_F5)
    room.clock.pass_time(minutes=3)
    room.press(Qt.Key.Key_F5)
    room.clock.pass_time(minutes=2)
    room.page.clock.finish()
    report = verslag(room)
    assert row(report, "Welkom en afspraken") == ["17", "18"]
    assert row(report, "Pauze") == ["5", "12"]
    assert row(report, "Samenwerking bedrijfsleven, bedrijfsvakscholen en mbo")[1] == "22"
    assert "Het begon om 15.35 uur en eindigde om 17.00 uur; het plan was van 15.35 tot 17.25 uur." in report
    assert "Het gesprek duurde 82 minuten, waarvan 12 minuten pauze." in report
    assert "Het plan was 110 minuten, waarvan 5 minuten pauze." in report
    assert row(report, "Duur") == [
        "82 minuten, waarvan 12 minuten pauze; gepland: 110 minuten, waarvan 5 minuten pauze."
    ]
    assert "Buiten de pauze stond de klok 3 minuten stil." in report

    # Whatever happens to the guide afterwards, the plan is that of the afternoon.
    session, rows = room.session, room.page.live.rows
    first = rows.guide.themes[0]
    session.apply(share_minutes(PANEL, {question.id: 1 for question in first.questions}))
    assert verslag(room) == report
    content = session.dossier.read.panel_content(PANEL)
    assert content is not None
    own = open_guide(content, shared=True)
    session.apply(change_theme(own, first.id, title="Inloop"))
    assert rows.guide.themes[0].title == "Inloop"
    assert annex(verslag(room)) == annex(report)
    content = session.dossier.read.panel_content(PANEL)
    assert content is not None
    the_break = next(theme for theme in rows.guide.themes if theme.theme.kind is ThemeKind.BREAK)
    session.apply(change_theme(open_guide(content, shared=False), the_break.id, minutes=30))
    session.apply(action("pauze weg", delete("theme", the_break.id)))
    assert annex(verslag(room)) == annex(report)


def test_a_plan_is_kept_once_and_is_no_step_to_undo(room: Room) -> None:
    assert room.session.dossier.read.course.plan(PANEL) == []
    room.press(Qt.Key.Key_F5)
    plan = room.session.dossier.read.course.plan(PANEL)
    guide = room.page.live.rows.guide
    assert [(part.title, part.minutes) for part in plan] == [(theme.title, theme.minutes) for theme in guide.themes]
    assert room.session.undo_label() is None
    room.session.apply(share_minutes(PANEL, {guide.questions()[0][1].id: 40}))
    room.press(Qt.Key.Key_F5)
    room.press(Qt.Key.Key_F5)
    assert room.session.dossier.read.course.plan(PANEL) == plan


def form(qtbot: QtBot) -> AgreedDialog:
    qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), AgreedDialog))
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, AgreedDialog)
    qtbot.waitUntil(lambda: dialog.focusWidget() is not None and dialog.isActiveWindow())
    return dialog


def test_an_open_question_has_who_finds_out_by_when_and_the_answer(room: Room, qtbot: QtBot) -> None:
    room.press(Qt.Key.Key_F5)
    room.note("? Wie betaalt de bus")
    room.press(Qt.Key.Key_F, ALT)
    dialog = form(qtbot)
    assert dialog.windowTitle() == "Open vraag"
    room.type("Jaap ten Veldkamp")
    room.press(Qt.Key.Key_Tab)
    room.type("1 mei")
    room.press(Qt.Key.Key_Return, CTRL)
    back(room)
    note = room.notes[0].note
    assert (note.owner, note.due, note.answer) == ("Jaap ten Veldkamp", dt.date(2023, 5, 1), "")
    qtbot.waitUntil(lambda: entry_words(room) == ["Wie betaalt de bus", "wie: Jaap ten Veldkamp, voor 1 mei"])
    assert room.focus() is room.page.line.edit
    spoken = room.page.stream.view.stream.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken.endswith("geparkeerd, wie: Jaap ten Veldkamp, voor 1 mei")
    report = verslag(room)
    assert "Jaap" not in report
    assert "Wie betaalt de bus – zoekt uit: een panellid, vóór 1 mei 2023" in report.replace("\u00a0", " ")

    # The answer is given later, by the button next to it; Esc keeps the typed text as a draft.
    room.click(room.page.side.parking.rows[0].agree)
    dialog = form(qtbot)
    assert room.focus() is dialog.answer
    room.type("De gemeente, zegt Jaap ten Veldkamp")
    room.press(Qt.Key.Key_Escape)
    back(room)
    assert room.notes[0].note.answer == ""
    room.click(room.page.side.parking.rows[0].agree)
    assert form(qtbot).answer.toPlainText() == "De gemeente, zegt Jaap ten Veldkamp"
    room.press(Qt.Key.Key_Return, CTRL)
    back(room)
    assert room.notes[0].note.answer == "De gemeente, zegt Jaap ten Veldkamp"
    report = verslag(room)
    assert "**Antwoord:** De gemeente, zegt een panellid." in report
    assert "Jaap" not in report
    room.press(Qt.Key.Key_Z, CTRL)
    assert room.notes[0].note.answer == ""


def test_a_date_that_cannot_be_read_is_asked_once_and_loses_nothing(room: Room, qtbot: QtBot) -> None:
    room.note("> Lijst rondsturen")
    room.press(Qt.Key.Key_F, ALT)
    dialog = form(qtbot)
    room.type("Renée")
    room.press(Qt.Key.Key_Tab)
    room.type("morgen ofzo")
    room.press(Qt.Key.Key_Return, CTRL)
    assert dialog.isVisible()
    assert room.focus() is dialog.due
    room.press(Qt.Key.Key_Return, CTRL)
    back(room)
    note = room.notes[0].note
    assert (note.owner, note.due) == ("Renée", None)


def test_what_is_no_agreement_says_so(room: Room) -> None:
    room.note("Gewone notitie")
    room.press(Qt.Key.Key_F, ALT)
    assert QApplication.activeModalWidget() is None
    assert room.message.startswith("Dat kan bij een actie of afspraak")


def test_while_working_out_the_same_form_opens_by_its_key(
    qtbot: QtBot, tmp_path: Path, theme: Appearance, settings: SettingsStore
) -> None:
    make_dossier(tmp_path / "home", tmp_path / "o.sto")
    stages = {Stage.ELABORATE: elaborate_stage}
    with window_on(tmp_path / "home", tmp_path / "o.sto", theme, settings, stages=stages) as room:
        room.note("? Wie betaalt de bus")
        room.window.navigate(Stage.ELABORATE)
        stage = room.window.stage_widget(Stage.ELABORATE)
        assert isinstance(stage, ElaborateStage)
        view = stage.bench.pane.views.view
        assert view.show_note(room.notes[0].id)
        view.setFocus()

        def fill() -> None:
            dialog = QApplication.activeModalWidget()
            assert isinstance(dialog, AgreedDialog)
            dialog.owner.setFocus()
            room.type("Gemeente Oldenzaal")
            room.press(Qt.Key.Key_Return, CTRL)

        QTimer.singleShot(200, fill)
        room.press(Qt.Key.Key_F)
        assert room.notes[0].note.owner == "Gemeente Oldenzaal"
        row = view.current()
        assert row is not None
        assert "wie: Gemeente Oldenzaal" in meta_of(row)


def test_a_show_of_hands_is_kept_with_the_summary_and_told(room: Room) -> None:
    room.press(Qt.Key.Key_F5)
    room.go_to("Po en Technolab", "Opbrengst")
    room.press(Qt.Key.Key_S, ALT)
    room.type("Er komen meer kinderen")
    room.press(Qt.Key.Key_Tab, times=2)
    field = room.page.side.playback.hands
    assert room.focus() is field
    assert field.placeholderText() == "Handen, van 7"
    room.type("9")
    room.press(Qt.Key.Key_Return)
    assert field.property("invalid")
    room.press(Qt.Key.Key_Backspace)
    room.type("iedereen")
    room.press(Qt.Key.Key_Return)
    assert field.text() == "7 van 7 handen"
    room.press(Qt.Key.Key_A, CTRL)
    room.type("vijf")
    room.press(Qt.Key.Key_Return)
    assert field.text() == "5 van 7 handen"
    assert "Er komen meer kinderen. Bij handopsteken herkenden vijf van de zeven aanwezigen zich erin." in verslag(room)
    room.press(Qt.Key.Key_Z, CTRL, times=2)
    assert field.text() == ""
    assert "handopsteken" not in verslag(room)

    # The moderator sees it next to the answer, at the end of the theme; members who do not take part are not counted.
    room.session.apply(change_panelist(room.page.live.rows.panelists[0].id, consent_participation=Consent.NO))
    room.press(Qt.Key.Key_Escape)
    room.go_to("Po en Technolab", "Wat kan beter")
    room.press(Qt.Key.Key_F7)
    card = room.page.moderator.playback
    assert card.isVisible()
    room.click(card.hands)
    room.type("6")
    room.press(Qt.Key.Key_Return)
    assert card.hands.text() == "6 van 6 handen"
    assert "Bij handopsteken herkenden alle zes aanwezigen zich erin." in verslag(room)


def written(qtbot: QtBot) -> WrittenDialog:
    qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), WrittenDialog))
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, WrittenDialog)
    qtbot.waitUntil(lambda: dialog.focusWidget() is not None and dialog.isActiveWindow())
    return dialog


def test_what_is_sent_in_by_who_does_not_take_part_is_not_kept(room: Room, qtbot: QtBot) -> None:
    hilde = room.page.live.rows.panelists[3]
    room.session.apply(change_panelist(hilde.id, present=False, consent_participation=Consent.NO))
    room.press(Qt.Key.Key_Q, ALT)
    found = written(qtbot)
    room.type("hilde kuipers")
    room.press(Qt.Key.Key_Tab)
    room.type("Kijk ook naar havo.")
    room.press(Qt.Key.Key_Return, CTRL)
    assert found.isVisible()
    assert shown_with("Doet niet mee", found) == "Doet niet mee: er wordt niets van bewaard."
    assert found.text.toPlainText() == "Kijk ook naar havo."
    assert room.page.live.rows.panelists[3].written == ""
    found.text.clear()
    room.press(Qt.Key.Key_Return, CTRL)
    back(room)
    assert QApplication.activeModalWidget() is None


def test_written_input_of_who_could_not_come_has_its_own_heading_and_is_no_voice(room: Room, qtbot: QtBot) -> None:
    hilde = room.page.live.rows.panelists[3]
    room.session.apply(change_panelist(hilde.id, present=False, consent_name=Consent.YES, consent_quote=Consent.YES))
    room.press(Qt.Key.Key_Q, ALT)
    found = written(qtbot)
    assert [found.who.itemText(at) for at in range(found.who.count())] == ["Hilde Kuipers"]
    room.type("hilde kuipers")
    room.press(Qt.Key.Key_Tab)
    room.type("Kijk ook naar havo. Dat vindt Fatma ook.")
    room.press(Qt.Key.Key_Return, CTRL)
    back(room)
    assert room.page.live.rows.panelists[3].written == "Kijk ook naar havo. Dat vindt Fatma ook."
    told = verslag(room)
    assert "Schriftelijke inbreng" in told
    assert "> “Kijk ook naar havo. Dat vindt een panellid ook.”" in told
    assert "Hilde" not in told
    assert "die er niet bij was" not in told
    assert "Hilde Kuipers" in verslag(room, ReportOptions(naming=NameMode.FULL))
    content = room.session.dossier.read.panel_content(PANEL)
    assert content is not None
    assert not any(balance.times for balance in room.page.live.rows.balances)

    # Without her consent to be quoted it is no quote and has no name; members who do not take part are in nothing.
    room.session.apply(change_panelist(hilde.id, consent_quote=Consent.UNKNOWN))
    told = verslag(room, ReportOptions(naming=NameMode.FULL))
    assert "Kijk ook naar havo." in told
    assert "“Kijk" not in told
    assert "Hilde" not in told
    room.session.apply(change_panelist(hilde.id, consent_participation=Consent.NO))
    for form in Form:
        assert "havo" not in verslag(room, ReportOptions(form, naming=NameMode.FULL))


def test_texts_sent_in_that_were_not_saved_come_back_each_at_its_own_name(room: Room, qtbot: QtBot) -> None:
    for number in (3, 4):
        room.session.apply(change_panelist(room.page.live.rows.panelists[number].id, present=False))
    names = [room.page.live.rows.panelists[number].name for number in (3, 4)]
    room.press(Qt.Key.Key_Q, ALT)
    found = written(qtbot)
    for name in names:
        found.who.setCurrentText(name)
        found.text.setFocus()
        room.type(f"Van {name}")
    room.press(Qt.Key.Key_Escape)
    back(room)
    assert not any(member.written for member in room.page.live.rows.panelists)
    room.press(Qt.Key.Key_Q, ALT)
    found = written(qtbot)
    assert (found.who.currentText(), found.text.toPlainText()) == (names[1], f"Van {names[1]}")
    room.press(Qt.Key.Key_Return, CTRL)
    back(room)
    assert [room.page.live.rows.panelists[number].written for number in (3, 4)] == [f"Van {name}" for name in names]


def test_somebody_who_is_not_in_the_list_comes_in_as_absent(room: Room, qtbot: QtBot) -> None:
    room.press(Qt.Key.Key_Q, ALT)
    found = written(qtbot)
    room.type("Peter Schol in 't Hof")
    room.press(Qt.Key.Key_Tab)
    room.type("Stuur de lijst rond.")
    room.press(Qt.Key.Key_Return, CTRL)
    assert found.isVisible()
    assert room.focus() is found.who.lineEdit() or room.focus() is found.who
    room.press(Qt.Key.Key_A, CTRL)
    room.type("Ans de Boer")
    room.press(Qt.Key.Key_Return, CTRL)
    back(room)
    ans = next(member for member in room.session.dossier.read.members.of_panel(PANEL) if member.name == "Ans de Boer")
    assert (ans.present, ans.seat, ans.written) == (False, None, "Stuur de lijst rond.")
    room.press(Qt.Key.Key_Z, CTRL)
    assert all(member.name != "Ans de Boer" for member in room.session.dossier.read.members.of_panel(PANEL))


@pytest.fixture
def next_morning(qtbot: QtBot, tmp_path: Path, theme: Appearance, settings: SettingsStore) -> Iterator[Room]:
    make_dossier(tmp_path / "home", tmp_path / "o.sto")
    clock = Clock(START + dt.timedelta(hours=18))
    with window_on(tmp_path / "home", tmp_path / "o.sto", theme, settings, clock) as made:
        yield made


def test_notes_typed_from_paper_have_no_clock_and_no_times_and_the_account_says_so(next_morning: Room) -> None:
    room = next_morning
    room.click(room.page.start_card.from_paper)
    assert room.message == "Van papier: de klok blijft stil, en de notities krijgen geen tijd."
    assert (room.page.top.pill.text, room.page.start_card.isVisible()) == ("van papier", False)
    assert not room.page.time.isVisible()
    assert not room.page.top.pause_button.isVisible()
    room.press(Qt.Key.Key_F5)
    assert not room.page.clock.begun
    assert room.message == "Deze notities zijn van papier: er loopt geen klok."
    room.note("Iedereen kent elkaar @1")
    room.note("De bus is te duur @2")
    assert [(note.note.captured_at, note.note.late) for note in room.notes] == [(None, True)] * 2
    assert [note.text for note in room.page.stream.view.stream.notes] == ["Iedereen kent elkaar", "De bus is te duur"]
    assert not any(seat.quiet for seat in room.page.live.seats())
    report = verslag(room)
    assert row(report, "Aantekeningen")[0].startswith("Twee notities, van papier, later uitgetypt door K. Nijhuis.")
    assert "is niet bekend wanneer het gezegd is" in report
    assert "uitgetypt van papier, zonder tijden" in report
    assert "Tijdsverloop" not in report
    minutes = verslag(room, ReportOptions(Form.MINUTES))
    assert "Deze notities zijn later uitgetypt, van papier." in minutes
    assert "09." not in minutes
    for _ in range(3):
        room.session.undo()
    assert room.page.start_card.isVisible()


def test_what_is_typed_long_after_the_clock_stopped_gets_no_time(room: Room) -> None:
    room.press(Qt.Key.Key_F5)
    room.note("Tijdens het gesprek")
    room.page.clock.finish()
    room.clock.pass_time(minutes=20)
    room.note("Meteen erna")
    assert room.message == ""
    room.clock.pass_time(hours=15)
    room.note("De volgende ochtend, van papier")
    assert room.message == "Het gesprek is al geweest: wat u nu typt, krijgt geen tijd."
    times = {note.text: note.note.captured_at for note in room.notes}
    assert times["Tijdens het gesprek"] == START
    assert times["Meteen erna"] is not None
    assert times["De volgende ochtend, van papier"] is None
    assert (
        "twee notities, tijdens het gesprek gemaakt; één notitie, van papier, later uitgetypt" in verslag(room).lower()
    )


def test_from_paper_is_not_offered_while_people_come_in(room: Room) -> None:
    assert room.page.start_card.button.isVisible()
    assert not room.page.start_card.from_paper.isVisible()


def test_ctrl_k_finds_answers_and_what_was_sent_in(room: Room) -> None:
    room.note("? Wie betaalt de bus")
    (note,) = room.notes
    member = room.page.live.rows.panelists[3]
    room.session.apply(agree_on(note, "Jaap", None, "De provincie betaalt tot 2027."))
    room.session.apply(change_panelist(member.id, present=False, written="Ik mis de werkplaats.\nKom kijken."))
    chosen: list[tuple[object, ...]] = []
    found = DossierFinder(room.session, lambda *row: chosen.append(row))
    for query in ("provinc", "werkplaats"):
        notes = [item for item in found(query) if item.group is PaletteGroup.NOTES]
        assert len(notes) == 1, query
        notes[0].run()
    assert chosen == [(Stage.ELABORATE, "note", note.id), (Stage.ELABORATE, "written", member.id)]
    room.session.discreet = True
    assert not [item for item in found("werkplaats") if item.group is PaletteGroup.NOTES]
