"""Copies to send: their content, what no byte of them contains, and what happens when they come back."""

from datetime import datetime
from itertools import count
from pathlib import Path

import pytest

from sto_desktop.domain.actions import conversation, elaborate, panels
from sto_desktop.domain.actions.guides import change_question, open_guide
from sto_desktop.domain.actions.merging import say_apart, say_same
from sto_desktop.domain.actions.notes import tag_edits, tag_id
from sto_desktop.domain.bookkeeping import SameAs
from sto_desktop.domain.identity import alias_of, derived_id, new_id
from sto_desktop.domain.log.change import Changed, Erasure, action, create, put
from sto_desktop.domain.model import Guide, NoteTag, Panel, PanelCheck, PanelQuestion, Tag
from sto_desktop.domain.place import Position
from sto_desktop.domain.privacy.naming.naming import NameMode
from sto_desktop.domain.privacy.sharing import WITHHELD, SharedScope, Sharing
from sto_desktop.domain.vocabulary import Agreement, Consent, DebriefAuthor, Evidence, NoteKind, Stance
from sto_desktop.storage.file.database import connect
from sto_desktop.storage.log import log
from sto_desktop.storage.whole_file.backup import copy_dossier
from sto_desktop.storage.whole_file.share import write_copy
from sto_desktop.storage.working.check import check_file
from sto_desktop.storage.working.dossier import Dossier
from sto_desktop.storage.working.working_copy import WorkingCopy
from tests.storage.desk import (
    PANEL,
    Computer,
    assert_sound,
    changes_of,
    deleted,
    edited,
    log_of,
    merge_into,
    note,
    tables_of,
    text_of,
)

SECRETS = ("Kees Visser", "Visser", "Bakkerij Noord", "bakkersmeester", "Daarvoor stond hier iets anders")
MOMENTS = count(1_700_000_000_000, 60_000)
BY_ROLE = Sharing(SharedScope.ALL, NameMode.ROLE)


@pytest.fixture
def full(copy: WorkingCopy) -> Dossier:
    """A dossier with a member who may not be named anywhere, two panels, an insight, and a changed text."""
    dossier = copy.dossier
    dossier.apply(
        action(
            "panel",
            create(
                "panelist",
                "KV",
                panel=PANEL,
                seat=3,
                name="Kees Visser",
                first_name="Kees",
                organisation="Bakkerij Noord",
                role="bakkersmeester",
                sector="bedrijf",
                consent_name=Consent.YES,
            ),
            create("panel", "P2", title="Panel Almelo", declined="Piet kon niet"),
            create("note", "OTHER", panel="P2", text="uit Almelo", position=Position(None, "a0")),
        )
    )
    dossier.apply(note("Daarvoor stond hier iets anders", "N"))
    dossier.apply(edited("N", text="Dat zei Kees Visser ook"))
    dossier.apply(note("Zonder naam", "M"))
    dossier.apply(action("stem", put("voice", derived_id("voice", "N", "KV"), note="N", panelist="KV")))
    dossier.apply(
        action(
            "inzicht",
            create("insight", "I", panel=PANEL, text="Het werkt"),
            create("insight_note", "IN", insight="I", note="N", evidence=Evidence.SUPPORTS),
        )
    )
    return dossier


def _shared(dossier: Dossier, path: Path, sharing: Sharing, password: str | None = None) -> Path:
    target = path.with_name("gedeeld.sto")
    write_copy(dossier.raw, target, sharing, dossier.writer, next(MOMENTS), password)
    assert check_file(target, password).findings == ()
    return target


@pytest.mark.parametrize("scope", [SharedScope.ALL, SharedScope.PANEL, SharedScope.FINDINGS])
def test_a_copy_without_names_holds_no_name_and_nothing_of_the_past_in_any_byte(
    full: Dossier, path: Path, scope: SharedScope
) -> None:
    target = _shared(full, path, Sharing(scope, NameMode.ROLE, PANEL if scope is SharedScope.PANEL else None))
    content = target.read_bytes()
    for secret in SECRETS:
        assert secret.encode() not in content, secret
    assert b"laptop van Jan" not in content


def test_a_copy_without_names_says_what_may_be_said(full: Dossier, path: Path, piet: Computer) -> None:
    opened = piet.open(_shared(full, path, BY_ROLE))
    assert text_of(opened.dossier, "M") == "Zonder naam"
    content = text_of(opened.dossier, "N")
    assert content is not None
    assert content.startswith("Dat zei ")
    member = next(item for item in opened.dossier.read.members.of_panel(alias_of(PANEL)) if item.id == "KV")
    assert (member.seat, member.organisation, member.role) == (None, "", "")
    assert member.consent_name is member.consent_quote is member.consent_participation is Consent.UNKNOWN
    assert [item.note.id for item in opened.dossier.read.notes.of_panel(alias_of("P2"))] == ["OTHER"]
    assert opened.dossier.history("note", "N")[0].label == ""
    opened.close()


def test_findings_with_full_names_name_only_who_said_yes(full: Dossier, path: Path, piet: Computer) -> None:
    full.apply(action("inzicht", put("insight", "I", text="Het werkt, zei Kees Visser, en Mies Hulst ook")))
    for seat, (row, name, answer) in enumerate((("MH", "Mies Hulst", Consent.NO), ("LB", "Lena Boer", Consent.NO)), 10):
        full.apply(action("lid", create("panelist", row, panel=PANEL, seat=seat, name=name, consent_name=answer)))
    shared = _shared(full, path, Sharing(SharedScope.FINDINGS, NameMode.FULL))
    content = shared.read_bytes()
    assert b"Mies" not in content
    assert b"Lena" not in content
    opened = piet.open(shared)
    members = {member.id: member for member in opened.dossier.read.members.of_panel(alias_of(PANEL))}
    assert members["MH"].name == "een panellid"
    assert members["MH"].seat is members["LB"].seat is None
    opened.close()


def test_only_insights_go_along_with_who_was_behind_them(full: Dossier, path: Path, piet: Computer) -> None:
    opened = piet.open(_shared(full, path, Sharing(SharedScope.FINDINGS, NameMode.ROLE)))
    content = opened.dossier.read.panel_content(alias_of(PANEL))
    assert content is not None
    assert [insight.insight.text for insight in content.insights] == ["Het werkt"]
    assert content.insights[0].supports == ("N",)
    assert [(item.text, item.speakers) for item in content.notes] == [(WITHHELD, ("KV",))]
    opened.close()


def test_one_panel_goes_with_its_history_and_comes_back_as_what_it_is(
    full: Dossier, copy: WorkingCopy, path: Path, piet: Computer
) -> None:
    full.apply(note("weg ermee", "GONE"))
    full.apply(deleted("GONE"))
    target = _shared(full, path, Sharing(SharedScope.PANEL, None, PANEL))
    assert merge_into(full, target).nothing_new
    opened = piet.open(target)
    assert [panel.id for panel in opened.dossier.read.panels.listed()] == [PANEL]
    assert [entry.label for entry in opened.dossier.history("note", "N")] == ["notitie toevoegen", "notitie wijzigen"]
    assert text_of(opened.dossier, "GONE") is None
    opened.dossier.apply(edited("N", text="door Piet bijgewerkt"))
    opened.close()
    copy.merging.merge([target])
    assert text_of(full, "N") == "door Piet bijgewerkt"
    assert full.conflicts() == []
    assert_sound(full)


def test_a_copy_that_comes_back_untouched_changes_nothing_that_shows(full: Dossier, path: Path) -> None:
    before = tables_of(full)
    target = _shared(full, path, BY_ROLE)
    merge_into(full, target)
    assert tables_of(full) == before
    assert merge_into(full, target).nothing_new
    assert_sound(full)


def test_an_edit_of_what_was_not_redacted_comes_back_as_an_edit(full: Dossier, path: Path, piet: Computer) -> None:
    target = _shared(full, path, BY_ROLE)
    opened = piet.open(target)
    opened.dossier.apply(edited("M", text="Zonder naam, beter gezegd"))
    opened.dossier.apply(edited("M", text="Zonder naam, nog beter gezegd"))
    opened.dossier.apply(edited("N", kind=NoteKind.QUOTE))
    opened.dossier.apply(note("van Piet", "NEW"))
    opened.dossier.apply(
        action("stem", put("voice", derived_id("voice", "M", "KV"), note="M", panelist="KV", stance=Stance.AGREES))
    )
    opened.close()
    merge_into(full, target)
    assert text_of(full, "M") == "Zonder naam, nog beter gezegd"
    found = full.read.notes.get("N")
    assert found is not None
    assert (found.kind, found.text) == (NoteKind.QUOTE, "Dat zei Kees Visser ook")
    assert text_of(full, "NEW") == "van Piet"
    assert full.conflicts() == []
    assert_sound(full)


def test_an_edit_of_what_changed_at_home_too_is_a_conflict(full: Dossier, path: Path, piet: Computer) -> None:
    target = _shared(full, path, BY_ROLE)
    full.apply(edited("M", text="thuis gewijzigd"))
    opened = piet.open(target)
    opened.dossier.apply(edited("M", text="elders gewijzigd"))
    opened.close()
    merge_into(full, target)
    (case,) = full.conflicts()
    assert {entry.change.values["text"] for entry in case.rivals} == {"thuis gewijzigd", "elders gewijzigd"}
    assert not case.proposals


def _with_proposal(full: Dossier, path: Path, piet: Computer) -> None:
    target = _shared(full, path, BY_ROLE)
    opened = piet.open(target)
    opened.dossier.apply(edited("N", text="Eerste poging"))
    opened.dossier.apply(edited("N", text="Dat zei iemand ook"))
    opened.dossier.undo()
    opened.dossier.redo()
    opened.close()
    merge_into(full, target)


def test_an_edit_of_a_redacted_text_is_a_proposal_and_the_text_stays(full: Dossier, path: Path, piet: Computer) -> None:
    _with_proposal(full, path, piet)
    assert text_of(full, "N") == "Dat zei Kees Visser ook"
    (case,) = full.conflicts()
    assert [entry.change.values["text"] for entry in case.rivals] == ["Dat zei Kees Visser ook", "Dat zei iemand ook"]
    assert case.proposals == {case.rivals[1].change.id}
    assert case.rivals[1].person == "Piet"
    assert_sound(full)


@pytest.mark.parametrize("chosen", ["Dat zei Kees Visser ook", "Dat zei iemand ook"])
def test_a_proposal_is_answered_once_for_everybody(
    full: Dossier, copy: WorkingCopy, path: Path, piet: Computer, chosen: str
) -> None:
    _with_proposal(full, path, piet)
    (case,) = full.conflicts()
    full.choose(case, chosen)
    assert text_of(full, "N") == chosen
    assert full.conflicts() == []
    merge_into(full, path.with_name("gedeeld.sto"))
    assert full.conflicts() == []
    copy.publish()
    other = piet.open(path)
    assert (text_of(other.dossier, "N"), other.dossier.conflicts()) == (chosen, [])
    other.close()
    assert_sound(full)


def test_work_goes_on_beside_a_proposal(full: Dossier, path: Path, piet: Computer) -> None:
    """Saving a note unchanged answers nothing and leaves no trace; changing it keeps the proposal beside it."""
    _with_proposal(full, path, piet)
    seq = full.seq
    full.apply(edited("N", text="Dat zei Kees Visser ook"))
    assert full.seq == seq
    full.apply(edited("N", text="Dat zei Kees Visser zeker"))
    (case,) = full.conflicts()
    assert [entry.change.values["text"] for entry in case.rivals] == [
        "Dat zei Kees Visser zeker",
        "Dat zei iemand ook",
    ]


def test_a_deletion_in_a_copy_of_what_was_redacted_never_takes_it_away(
    full: Dossier, path: Path, piet: Computer
) -> None:
    target = _shared(full, path, BY_ROLE)
    opened = piet.open(target)
    opened.dossier.apply(deleted("N"))
    opened.dossier.apply(deleted("M"))
    opened.close()
    merge_into(full, target)
    assert text_of(full, "N") == "Dat zei Kees Visser ook"
    assert [(case.row, case.field) for case in full.conflicts()] == [("N", "deleted")]
    assert text_of(full, "M") is None


def test_the_original_takes_the_place_of_a_copy_whenever_it_comes(
    full: Dossier, copy: WorkingCopy, path: Path, piet: Computer, tmp_path: Path
) -> None:
    """At the programme office: first a copy without names, later the dossier itself, or the other way round."""
    target = _shared(full, path, BY_ROLE)
    copy.publish()
    one, other = (piet.create(tmp_path / name) for name in ("een.sto", "twee.sto"))
    one.merging.merge([target, path])
    other.merging.merge([path, target])
    assert tables_of(one.dossier) == tables_of(other.dossier)
    assert log_of(one.dossier) == log_of(other.dossier)
    assert text_of(one.dossier, "N") == "Dat zei Kees Visser ook"
    assert one.dossier.conflicts() == []
    one.close()
    other.close()


def test_a_later_copy_takes_the_place_of_an_earlier_one(
    full: Dossier, path: Path, piet: Computer, tmp_path: Path
) -> None:
    office = piet.create(tmp_path / "bureau.sto")
    office.merging.merge([_shared(full, path, BY_ROLE)])
    full.apply(edited("M", text="Bijgewerkt"))
    full.apply(edited("N", text="Kees Visser zei het anders"))
    office.merging.merge([_shared(full, path, BY_ROLE)])
    assert text_of(office.dossier, "M") == "Bijgewerkt"
    content = text_of(office.dossier, "N")
    assert content is not None
    assert content.endswith("zei het anders")
    assert office.dossier.conflicts() == []
    office.close()


def test_a_copy_of_a_copy_keeps_what_was_redacted_a_redaction(full: Dossier, path: Path, piet: Computer) -> None:
    first = piet.open(_shared(full, path, BY_ROLE))
    second = path.with_name("opnieuw gedeeld.sto")
    write_copy(first.dossier.raw, second, BY_ROLE, first.dossier.writer, next(MOMENTS))
    again = piet.open(second)
    again.dossier.apply(edited("N", text="uit de tweede hand"))
    again.dossier.apply(edited("M", text="ook uit de tweede hand"))
    again.close()
    merge_into(full, second)
    assert text_of(full, "N") == "Dat zei Kees Visser ook"
    assert text_of(full, "M") == "ook uit de tweede hand"
    assert [case.row for case in full.conflicts()] == ["N"]
    first.close()


def test_a_proposal_stands_beside_one_made_on_it_in_a_copy_of_the_copy(
    full: Dossier, path: Path, piet: Computer
) -> None:
    """A redacted copy that is shared again stays redacted: an editor of it can't decide for the original panel."""
    first = piet.open(_shared(full, path, BY_ROLE))
    first.dossier.apply(edited("N", text="uit de eerste hand"))
    second = path.with_name("opnieuw gedeeld.sto")
    write_copy(first.dossier.raw, second, BY_ROLE, first.dossier.writer, next(MOMENTS))
    first.publish()
    first.close()
    again = piet.open(second)
    assert text_of(again.dossier, "N") == "uit de eerste hand"
    again.dossier.apply(edited("N", text="uit de tweede hand"))
    again.close()
    merge_into(full, first.path)
    merge_into(full, second)
    (case,) = full.conflicts()
    proposed = {entry.change.values["text"] for entry in case.rivals if entry.change.id in case.proposals}
    assert proposed == {"uit de eerste hand", "uit de tweede hand"}
    assert text_of(full, "N") == "Dat zei Kees Visser ook"
    assert_sound(full)


@pytest.mark.long
def test_a_copy_with_a_password_cant_be_read_without_it(full: Dossier, path: Path, piet: Computer) -> None:
    for sharing in (Sharing(), BY_ROLE):
        target = _shared(full, path, sharing, "een lang wachtwoord")
        assert b"Zonder naam" not in target.read_bytes()
        opened = piet.open(target, "een lang wachtwoord")
        assert text_of(opened.dossier, "M") == "Zonder naam"
        opened.close()


def test_what_is_local_stays_at_home(full: Dossier, path: Path) -> None:
    full.set_draft("gesprek", "half getypt")
    target = _shared(full, path, Sharing())
    assert b"half getypt" not in target.read_bytes()
    raw = connect(target)
    assert raw.execute("SELECT count(*) FROM session").fetchone() == (0,)
    raw.close()


def _panel_of_a_real_id(dossier: Dossier) -> str:
    """Add a panel that has rows whose ids derive from its own; return its id."""
    panel = new_id()
    dossier.apply(panels.add_panel("G", title="Panel Enschede", panel=panel))
    dossier.apply(action("leidraad", create("guide", "G"), create("theme", "T", position=Position("G", "a0"))))
    dossier.apply(action("vraag", create("question", "Q", position=Position("T", "a0"), text="Wat levert het op?")))
    dossier.apply(conversation.set_playback(panel, "T", "Zo vatten we het samen", Agreement.UNKNOWN))
    dossier.apply(panels.tick(panel, "zaal", done=True))
    dossier.apply(elaborate.set_debrief(panel, DebriefAuthor.MODERATOR, stood_out="Veel", in_report=True))
    dossier.apply(
        action("minuten", put("panel_question", panels.panel_question_id(panel, "Q"), panel=panel, question="Q"))
    )
    dossier.apply(say_same("panel", [PANEL, panel]))
    return panel


def _work_in_a_copy(dossier: Dossier, panel: str) -> None:
    dossier.apply(conversation.set_playback(panel, "T", "Zo, en niet anders", Agreement.YES))
    dossier.apply(panels.tick(panel, "zaal", done=False))
    dossier.apply(panels.tick(panel, "koffie", done=True))
    dossier.apply(elaborate.set_debrief(panel, DebriefAuthor.MODERATOR, went_well="Alles"))
    dossier.apply(panels.change_panel(panel, place="Aula"))
    dossier.apply(
        action("minuten", put("panel_question", panels.panel_question_id(panel, "Q"), panel=panel, minutes=7))
    )
    dossier.apply(say_apart("panel", panel, dossier.read.rows.records(SameAs)))
    dossier.apply(action("notitie", create("note", "VAN PIET", panel=panel, text="Van Piet")))


def test_work_on_a_panel_in_a_copy_reaches_the_panel_itself(
    full: Dossier, path: Path, piet: Computer, tmp_path: Path
) -> None:
    """A copy has another id for a panel. Rows whose ids derive from it are the same rows in the original."""
    panel = _panel_of_a_real_id(full)
    before = tables_of(full)
    target = _shared(full, path, BY_ROLE)
    assert panel.encode() not in target.read_bytes()
    merge_into(full, target)
    assert tables_of(full) == before
    opened = piet.open(target)
    _work_in_a_copy(opened.dossier, alias_of(panel))
    opened.publish()
    merge_into(full, target)
    content = full.read.panel_content(panel)
    assert content is not None
    assert [(playback.text, playback.agreed) for playback in content.playbacks] == [
        ("Zo, en niet anders", Agreement.YES)
    ]
    assert [(debrief.stood_out, debrief.went_well) for debrief in content.debriefs] == [("Veel", "Alles")]
    assert {record.item: record.done for record in full.read.rows.records(PanelCheck)} == {
        "zaal": False,
        "koffie": True,
    }
    assert [record.minutes for record in full.read.rows.records(PanelQuestion)] == [7]
    assert (content.panel.place, full.read.rows.records(SameAs)) == ("Aula", [])
    assert [item.text for item in content.notes] == ["Van Piet"]
    assert len(full.read.rows.records(Panel)) == 3
    assert full.conflicts() == []
    assert_sound(full)
    # The order of merging does not matter: the copy becomes the same dossier.
    full.apply(note("later", "L"))
    other = tmp_path / "origineel.sto"
    copy_dossier(full.raw, other, None)
    told: list[Changed] = []
    opened.dossier.subscribe(told.append)
    result = merge_into(opened.dossier, other)
    assert not result.contradicted
    assert any(("panel", panel) in changed.rows for changed in told)
    assert (tables_of(opened.dossier), log_of(opened.dossier)) == (tables_of(full), log_of(full))
    assert merge_into(full, target).nothing_new
    assert opened.dossier.undo() is not None
    opened.close()


def test_a_guide_that_is_copied_in_a_copy_is_the_one_that_is_copied_at_home(
    full: Dossier, path: Path, piet: Computer
) -> None:
    panel = _panel_of_a_real_id(full)
    full.apply(say_apart("panel", panel, full.read.rows.records(SameAs)))
    target = _shared(full, path, BY_ROLE)
    opened = piet.open(target)
    for dossier, row in ((full, panel), (opened.dossier, alias_of(panel))):
        content = dossier.read.panel_content(row)
        assert content is not None
        ((_, asked),) = content.guide.questions()
        dossier.apply(change_question(open_guide(content, shared=True), asked, essential=True))
    opened.publish()
    opened.close()
    merge_into(full, target)
    content = full.read.panel_content(panel)
    assert content is not None
    ((theme, asked),) = content.guide.questions()
    assert asked.question.essential
    assert [playback.theme for playback in content.playbacks] == [theme.id]
    assert len(full.read.rows.records(Guide)) == 2
    assert full.conflicts() == []
    assert_sound(full)


def test_a_conversation_begun_in_a_copy_and_at_home_has_one_plan(full: Dossier, path: Path, piet: Computer) -> None:
    panel = _panel_of_a_real_id(full)
    full.apply(say_apart("panel", panel, full.read.rows.records(SameAs)))
    opened = piet.open(_shared(full, path, BY_ROLE))
    for dossier, row in ((full, panel), (opened.dossier, alias_of(panel))):
        content = dossier.read.panel_content(row)
        assert content is not None
        dossier.apply(action("plan", conversation.kept_plan(row, content.guide, datetime(2026, 11, 3, 14, 0))))
    opened.publish()
    merge_into(full, opened.path)
    opened.close()
    assert [part.number for part in full.read.course.plan(panel)] == [1]


def test_what_is_erased_in_a_copy_is_erased_at_home(full: Dossier, path: Path, piet: Computer) -> None:
    target = _shared(full, path, BY_ROLE)
    full.apply(panels.change_panel(PANEL, place="Zaal 12 van de school"))
    opened = piet.open(target)
    opened.dossier.erase([Erasure("panel", alias_of(PANEL), "place")])
    opened.publish()
    opened.close()
    copy_dossier(full.raw, other := path.with_name("ouder.sto"), None)
    merge_into(full, target)
    assert log.erasures(full.raw) == [Erasure("panel", PANEL, "place")]
    assert all("place" not in change.values for change in changes_of(full))
    opened = piet.open(target)
    merge_into(opened.dossier, other)
    assert log.erasures(opened.dossier.raw) == [Erasure("panel", PANEL, "place")]
    assert all("place" not in change.values for change in changes_of(opened.dossier))
    assert_sound(opened.dossier)
    opened.close()


def test_a_label_that_names_somebody_stays_at_home(full: Dossier, path: Path, piet: Computer) -> None:
    full.apply(action("labels", tag_edits("M", "kees-visser"), tag_edits("M", "rooster")))
    target = _shared(full, path, BY_ROLE)
    content = target.read_bytes()
    assert tag_id("kees-visser").encode() not in content
    opened = piet.open(target)
    assert [record.name for record in opened.dossier.read.rows.records(Tag)] == ["rooster"]
    assert len(opened.dossier.read.rows.records(NoteTag)) == 1
    opened.close()
    merge_into(full, target)
    assert {item.name for item in full.read.rows.records(Tag)} == {"kees-visser", "rooster"}
