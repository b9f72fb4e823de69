"""How consent is known: recorded in Voorbereiden, and what rests on a consent that is withdrawn is asked back."""

from __future__ import annotations

import datetime as dt
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from sto_desktop.domain.actions.notes import voice_edits
from sto_desktop.domain.actions.panels import change_panelist
from sto_desktop.domain.log.change import Action, action, create, delete
from sto_desktop.domain.model import Panelist
from sto_desktop.domain.place import Position
from sto_desktop.domain.privacy.erasing import Target, words_of
from sto_desktop.domain.privacy.naming.naming import NameMode
from sto_desktop.domain.privacy.sharing import Sharing
from sto_desktop.domain.vocabulary import Consent, Stance
from sto_desktop.report.blocks.options import ReportOptions
from sto_desktop.report.papers.afterwards import Afterwards
from sto_desktop.report.papers.kinds import AFTERWARDS, Paper
from sto_desktop.storage.working.copies_home import Identity
from sto_desktop.ui.base.session import Session
from sto_desktop.ui.base.stage import Stage
from sto_desktop.ui.notes.erasing import EraseDialog, Eraser
from sto_desktop.ui.prepare.consent_dialog import ConsentDialog
from sto_desktop.ui.prepare.members.members_model import column_of
from sto_desktop.ui.prepare.stage import PrepareStage
from sto_desktop.ui.shell.main_window import MainWindow
from sto_desktop.ui.together.issuance_dialog import IssuanceDialog
from sto_desktop.ui.together.merge_dialog import MergeDialog
from sto_desktop.ui.widgets import TextLabel
from sto_desktop.workplace import Workplace
from sto_desktop.workplace.consent import proofs, withdrawal
from sto_desktop.workplace.erasing import erase_person
from sto_desktop.workplace.issuing import paper_issued, report_issued
from tests.ui.reading import newest, press_answer, shown_with

LETTER = "versie 2, januari"
ONE_MADE = "Er is 1 stuk gemaakt toen dat nog niet bekend was."

pytestmark = pytest.mark.long


class People:
    """The list of members on show, and its first member who may be named and quoted."""

    def __init__(self, window: MainWindow) -> None:
        assert window.session is not None
        self.window = window
        self.session: Session = window.session
        window.navigate(Stage.PREPARE)
        stage = window.stage_widget(Stage.PREPARE)
        assert isinstance(stage, PrepareStage)
        self.page = stage.members
        stage.show_members(self.member.id)
        # What is said at opening, such as the proposal of a password.
        window.notices.clear()

    @property
    def member(self) -> Panelist:
        """The member as the dossier has it now."""
        members = self.session.dossier.read.members.of_panel(self.session.panel_id or "")
        return next(one for one in members if one.consent_participation is one.consent_recording is Consent.YES)

    def dialog(self) -> ConsentDialog:
        """Press the button that opens the dialog."""
        QTest.mouseClick(self.page.consent, Qt.MouseButton.LeftButton)
        return next(one for one in self.window.findChildren(ConsentDialog) if one.isVisible())

    def answer(self, field: str, key: Qt.Key) -> None:
        """Give another answer in the list by key."""
        self.page.go_to(self.member.id, column_of(field))
        QTest.keyClick(self.page.table, key)


@pytest.fixture
def people(on_example: MainWindow) -> People:
    return People(on_example)


def _other(people: People) -> Panelist:
    members = people.session.dossier.read.members.of_panel(people.session.panel_id or "")
    return members[-1]


def _sentences(people: People) -> list[str]:
    return [proof.sentence for proof in proofs(people.session.dossier, people.member)]


def test_day_manner_letter_and_who_entered_it_are_recorded_for_each_answer(people: People) -> None:
    dialog = people.dialog()
    assert shown_with("deelname: ja · hoe is niet vastgelegd · ingevoerd door Renée", dialog)
    dialog.day.setText("geen dag")
    QTest.keyClick(dialog, Qt.Key.Key_Return)
    assert dialog.isVisible()
    dialog.day.setText("14 februari 2023")
    dialog.letter.setText(LETTER)
    dialog.boxes["consent_recording"].click()
    QTest.keyClick(dialog, Qt.Key.Key_Return)
    *rest, recording = _sentences(people)
    assert all(f" · formulier · 14 februari 2023 · brief: {LETTER} · ingevoerd door " in one for one in rest)
    assert "hoe is niet vastgelegd" in recording
    # The next one begins with the same letter, and shows what was recorded.
    again = people.dialog()
    assert again.letter.text() == LETTER
    assert shown_with(f"naam: ja · formulier · 14 februari 2023 · brief: {LETTER}", again)
    again.reject()
    # Another answer is not proven by this form.
    people.answer("consent_name", Qt.Key.Key_N)
    assert "naam: nee · hoe is niet vastgelegd" in _sentences(people)[1]


def test_how_consent_was_given_is_in_no_copy_without_names(people: People, tmp_path: Path) -> None:
    dialog = people.dialog()
    dialog.letter.setText(LETTER)
    dialog.accept()
    for mode in NameMode:
        target = tmp_path / f"{mode}.sto"
        people.session.copy.share(target, Sharing(naming=mode))
        assert LETTER.encode() not in target.read_bytes()
    # Nor is that of a member who does not take part in any copy.
    people.session.apply(change_panelist(people.member.id, consent_participation=Consent.NO))
    target = tmp_path / "samen.sto"
    people.session.copy.share(target, Sharing())
    assert LETTER.encode() not in target.read_bytes()


def test_a_withdrawal_says_which_outputs_had_it_and_whom_to_ask_them_back(qtbot: QtBot, people: People) -> None:
    session, panel = people.session, people.session.panel_id or ""

    def made(naming: NameMode, name: str, recipient: str) -> None:
        options = replace(ReportOptions(), naming=naming)
        session.apply(report_issued(panel, options, session.now(), name, recipient, ""))

    made(NameMode.FULL, "voluit.docx", "wethouder Vos")
    made(NameMode.FULL, "nog een.docx", "")
    made(NameMode.ROLE, "rol.docx", "Ineke")
    member = people.member
    people.answer("consent_name", Qt.Key.Key_N)
    assert newest(people.window.notices) == (
        f"{member.name} trok in: naam. Er zijn 2 stukken gemaakt toen dat nog niet bekend was. "
        "Vraag terug bij wethouder Vos. Van 1 is niet ingevuld wie het kreeg."
    )
    press_answer(people.window.notices)
    listed = next(one for one in people.window.findChildren(IssuanceDialog) if one.isVisible())
    assert (len(listed.recipients), bool(shown_with("rol.docx", listed))) == (2, False)
    listed.reject()
    people.window.notices.clear()
    # The whole list says it too.
    people.window.actions_by_id["issuance"].trigger()
    whole = next(one for one in people.window.findChildren(IssuanceDialog) if one.isVisible())
    back = f"Terug te vragen ({member.name}: naam)"
    qtbot.waitUntil(lambda: bool(shown_with(back, whole)))
    assert [label.text() for label in whole.findChildren(TextLabel)].count(back) == 2
    assert len(whole.recipients) == 3
    whole.reject()
    # What is made now no longer rests on it; a quote stands in any verslag.
    made(NameMode.FULL, "later.docx", "niemand")
    assert withdrawal(session.dossier, member.id) is not None
    session.apply(change_panelist(member.id, consent_quote=Consent.NO))
    found = withdrawal(session.dossier, member.id)
    assert found is not None
    assert {one.file_name for one in found.outputs} == {"voluit.docx", "nog een.docx", "rol.docx", "later.docx"}


def test_papers_with_words_are_asked_back_but_not_a_members_own_letter(people: People) -> None:
    session, panel, member = people.session, people.session.panel_id or "", people.member
    content = session.dossier.read.panel_content(panel)
    assert content is not None
    for kind in (Paper.ONE_PAGE, Paper.CHECK, Paper.ATTENDANCE, Paper.THANKS):
        after = Afterwards(content, {}) if kind in AFTERWARDS else None
        session.apply(paper_issued(panel, kind, kind.value, session.now(), f"{kind.name}.docx", after, member.id))
    session.apply(change_panelist(member.id, consent_quote=Consent.NO))
    found = withdrawal(session.dossier, member.id)
    assert found is not None
    # A list of who is there holds no words.
    assert [one.file_name for one in found.outputs] == ["ONE_PAGE.docx"]


def test_an_answer_that_nothing_rests_on_is_withdrawn_in_silence(people: People) -> None:
    people.answer("consent_quote", Qt.Key.Key_N)
    assert newest(people.window.notices) == ""
    assert not [one for one in QApplication.topLevelWidgets() if isinstance(one, QDialog) and one.isVisible()]


def test_what_was_noted_before_the_answer_became_no_is_offered_for_wiping(people: People, qtbot: QtBot) -> None:
    session, member = people.session, people.member
    target, texts = words_of([member], session.dossier.read.rows.records)
    assert target.words
    people.answer("consent_participation", Qt.Key.Key_N)
    said = newest(people.window.notices)
    assert said.startswith(f"{member.name} doet niet mee. Wat eerder genoteerd is, staat er nog: {len(texts)} ")
    # Another answer takes the offer away; the no again brings it back.
    people.session.undo()
    assert not shown_with("doet niet mee", people.window.notices)
    session.apply(change_panelist(member.id, consent_participation=Consent.NO))
    press_answer(people.window.notices)
    (dialog,) = (one for one in people.window.findChildren(EraseDialog) if one.isVisible())
    assert shown_with(texts[0][:30], dialog)
    qtbot.waitUntil(dialog.erase_button.isEnabled)
    eraser = people.window.findChild(Eraser)
    assert eraser is not None
    with qtbot.waitSignal(eraser.person_erased):
        QTest.mouseClick(dialog.erase_button, Qt.MouseButton.LeftButton)
    kept = session.dossier.read.rows.record(Panelist, member.id)
    assert kept is not None
    # That they refused stays known.
    assert (kept.name, kept.consent_participation) == (member.name, Consent.NO)
    assert words_of([kept], session.dossier.read.rows.records) == (Target((), ()), ())
    session.copy.publish()
    assert not any(text.encode() in session.path.read_bytes() for text in texts)


def test_a_no_of_somebody_who_said_nothing_yet_asks_nothing(people: People) -> None:
    for table, row in words_of([people.member], people.session.dossier.read.rows.records)[0].words:
        people.session.apply(action("weg", delete(table, row)))
    people.answer("consent_participation", Qt.Key.Key_N)
    assert newest(people.window.notices) == ""


def _of_piet(tmp_path: Path) -> Workplace:
    return Workplace(Identity("Piet Bos", "laptop van Piet"), type(Workplace.here().copies)(tmp_path / "piet"))


def _by_a_colleague(people: People, tmp_path: Path, *actions: Action) -> None:
    """Let a colleague on another computer go on with what is published, and publish."""
    people.session.copy.publish()
    opened = _of_piet(tmp_path).open(people.session.path)
    for one in actions:
        opened.dossier.apply(one)
    opened.close()
    people.session.publishing.look_at_path()


def _copy_of_a_colleague(people: People, tmp_path: Path, *actions: Action) -> Path:
    """Return a copy in which a colleague went on, without knowing what happens here from now on."""
    people.session.copy.publish()
    theirs = tmp_path / "van Piet.sto"
    theirs.write_bytes(people.session.path.read_bytes())
    opened = _of_piet(tmp_path).open(theirs)
    for one in actions:
        opened.dossier.apply(one)
    opened.close()
    return theirs


def _merge(people: People, qtbot: QtBot, theirs: Path) -> None:
    people.window.merge_requested.emit([theirs])
    dialog = next(one for one in people.window.findChildren(MergeDialog) if one.isVisible())
    qtbot.waitUntil(dialog.merge_button.isEnabled)
    QTest.keyClick(dialog.merge_button, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: dialog.done_merging)
    dialog.reject()


@pytest.mark.parametrize("what", ["answer", "words"])
def test_a_no_or_words_that_come_from_a_colleague_are_offered_for_wiping_too(
    people: People, qtbot: QtBot, tmp_path: Path, what: str
) -> None:
    member = people.member
    if what == "answer":
        _by_a_colleague(people, tmp_path, change_panelist(member.id, consent_participation=Consent.NO))
    else:
        for table, row in words_of([member], people.session.dossier.read.rows.records)[0].words:
            people.session.apply(action("weg", delete(table, row)))
        people.session.apply(change_panelist(member.id, consent_participation=Consent.NO))
        voice = voice_edits("van Piet", [(member.id, Stance.SAYS)])
        note = create("note", "van Piet", panel=member.panel, text="Eigen woorden", position=Position(None, "a0"))
        _by_a_colleague(people, tmp_path, action("notitie toevoegen", note, *voice))
    qtbot.waitUntil(lambda: bool(shown_with(f"{member.name} doet niet mee.", people.window.notices)))
    press_answer(people.window.notices, "doet niet mee")
    (dialog,) = (one for one in people.window.findChildren(EraseDialog) if one.isVisible())
    qtbot.waitUntil(dialog.erase_button.isEnabled)
    QTest.keyClick(dialog, Qt.Key.Key_Escape)


def test_who_said_no_and_nothing_is_not_told_when_a_colleague_writes_on(
    people: People, qtbot: QtBot, tmp_path: Path
) -> None:
    member = people.member
    people.answer("consent_participation", Qt.Key.Key_N)
    people.window.notices.clear()
    _by_a_colleague(people, tmp_path, change_panelist(_other(people).id, role="docent van het jaar"))
    qtbot.waitUntil(lambda: _other(people).role == "docent van het jaar")
    qtbot.waitUntil(lambda: "Piet Bos" in newest(people.window.notices))
    assert not shown_with(f"{member.name} doet niet mee.", people.window.notices)


@pytest.mark.parametrize("how", ["in the file", "merged"])
def test_a_name_taken_back_at_a_colleague_is_told_with_what_was_made_here(
    people: People, qtbot: QtBot, tmp_path: Path, how: str
) -> None:
    session, member = people.session, people.member
    taken = change_panelist(member.id, consent_name=Consent.NO)
    theirs = _copy_of_a_colleague(people, tmp_path, *((taken,) if how == "merged" else ()))
    options = replace(ReportOptions(), naming=NameMode.FULL)
    panel = session.panel_id or ""
    session.apply(report_issued(panel, options, session.now(), "voluit.docx", "wethouder Vos", ""))
    if how == "merged":
        people.window.merge_requested.emit([theirs])
        (dialog,) = people.window.findChildren(MergeDialog)
        qtbot.waitUntil(lambda: bool(shown_with(f"{member.name} zegt nu nee of onbekend bij: naam.", dialog)))
        qtbot.waitUntil(dialog.merge_button.isEnabled)
        QTest.keyClick(dialog.merge_button, Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: dialog.done_merging)
        dialog.reject()
    else:
        _by_a_colleague(people, tmp_path, taken)
    told = f"{member.name} trok in: naam. {ONE_MADE} Vraag terug bij wethouder Vos."
    qtbot.waitUntil(lambda: bool(shown_with(told, people.window.notices)))
    # Another change by a colleague says nothing of it again.
    people.window.notices.clear()
    _by_a_colleague(people, tmp_path, change_panelist(member.id, role="docent van het jaar"))
    qtbot.waitUntil(lambda: people.member.role == "docent van het jaar")
    qtbot.waitUntil(lambda: "Piet Bos" in newest(people.window.notices))
    assert not shown_with("trok in", people.window.notices)


@pytest.mark.parametrize("known", [False, True])
def test_what_a_colleague_made_without_knowing_of_a_no_is_told_when_it_comes_in(
    people: People, qtbot: QtBot, tmp_path: Path, known: bool
) -> None:
    session, member, panel = people.session, people.member, people.session.panel_id or ""
    taken = change_panelist(member.id, consent_name=Consent.NO)
    options = replace(ReportOptions(), naming=NameMode.FULL)
    # Made an hour later, and by the clock long after the no.
    later = session.now() + dt.timedelta(hours=1)
    made = report_issued(panel, options, later, "van Piet.docx", "de provincie", "")
    if known:
        session.apply(taken)
    theirs = _copy_of_a_colleague(people, tmp_path, made)
    if not known:
        session.apply(taken)
    people.window.notices.clear()
    _merge(people, qtbot, theirs)
    told = f"{member.name} trok in: naam. {ONE_MADE} Vraag terug bij de provincie."
    if known:
        qtbot.waitUntil(lambda: bool(session.dossier.read.course.all_issued()))
        session.copy.publish()
        assert not shown_with("trok in", people.window.notices)
    else:
        qtbot.waitUntil(lambda: bool(shown_with(told, people.window.notices)))


def test_what_came_from_a_colleague_is_asked_back_at_a_no_here(people: People, qtbot: QtBot, tmp_path: Path) -> None:
    options = replace(ReportOptions(), naming=NameMode.FULL)
    made = report_issued(people.session.panel_id or "", options, people.session.now(), "p.docx", "de provincie", "")
    _merge(people, qtbot, _copy_of_a_colleague(people, tmp_path, made))
    qtbot.waitUntil(lambda: bool(people.session.dossier.read.course.all_issued()))
    people.answer("consent_name", Qt.Key.Key_N)
    assert "Vraag terug bij de provincie." in newest(people.window.notices)


def test_who_is_wiped_at_a_colleague_is_asked_back_from_whom_they_were_given_here(
    people: People, qtbot: QtBot, tmp_path: Path
) -> None:
    session, member = people.session, people.member
    theirs = _copy_of_a_colleague(people, tmp_path)
    with closing(_of_piet(tmp_path).open(theirs)) as opened:
        erase_person(opened, member.name, session.now(), words=False, mentions=False)
    options = replace(ReportOptions(), naming=NameMode.FULL)
    made = report_issued(session.panel_id or "", options, session.now(), "voluit.docx", "wethouder Vos", "")
    session.apply(made)
    people.window.notices.clear()
    _merge(people, qtbot, theirs)
    told = f"De gegevens van 1 panellid zijn elders gewist. {ONE_MADE} Vraag terug bij wethouder Vos."
    qtbot.waitUntil(lambda: bool(shown_with(told, people.window.notices)))
    press_answer(people.window.notices, "elders gewist")
    (listed,) = (one for one in people.window.findChildren(IssuanceDialog) if one.isVisible())
    assert bool(shown_with("voluit.docx", listed))
    listed.reject()
