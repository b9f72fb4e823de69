"""What is read equals what was written, combined."""

from datetime import UTC, date, datetime, time, timedelta

from sto_desktop.domain.log.change import action, change, create
from sto_desktop.domain.model import Panel
from sto_desktop.domain.place import Position
from sto_desktop.domain.vocabulary import Aspect, Evidence, NoteKind, PanelStatus, Stance
from sto_desktop.storage.working.working_copy import WorkingCopy
from tests.storage.desk import PANEL, PANELIST, QUESTION, deleted, note


def test_every_kind_of_value_comes_back(copy: WorkingCopy) -> None:
    copy.dossier.apply(
        action(
            "panel",
            create(
                "panel",
                "P",
                title="Panel",
                date=date(2023, 2, 14),
                start=time(13, 30),
                status=PanelStatus.HELD,
                retain_until=date(2028, 2, 14),
            ),
        )
    )
    moment = datetime(2023, 2, 14, 13, 31, 2, 250_000, tzinfo=UTC) + timedelta(hours=1)
    copy.dossier.apply(note("een", "N", panel="P", kind=NoteKind.QUOTE, captured_at=moment, star=True))
    panel = copy.dossier.read.panels.get("P")
    assert panel == Panel(
        "P",
        title="Panel",
        date=date(2023, 2, 14),
        start=time(13, 30),
        status=PanelStatus.HELD,
        retain_until=date(2028, 2, 14),
    )
    found = copy.dossier.read.notes.get("N")
    assert found is not None
    assert (found.note.captured_at, found.note.kind, found.note.star) == (moment, NoteKind.QUOTE, True)


def test_a_note_without_a_kind_has_that_of_its_question(copy: WorkingCopy) -> None:
    copy.dossier.apply(action("aspect", change("question", QUESTION, aspect=Aspect.YIELD)))
    copy.dossier.apply(note("hier", "N"))
    copy.dossier.apply(note("nergens", "M", position=Position(None, "a0")))
    kinds = {item.id: (item.kind, item.inherited) for item in copy.dossier.read.notes.of_panel(PANEL)}
    assert kinds == {"N": (NoteKind.YIELD, True), "M": (NoteKind.REMARK, True)}


def test_notes_are_in_order_with_their_voices_and_labels(copy: WorkingCopy) -> None:
    for place in ("a2", "a0", "a1"):
        copy.dossier.apply(note(place, place, position=Position(QUESTION, place)))
    copy.dossier.apply(
        action(
            "erbij",
            create("voice", "V", note="a1", panelist=PANELIST, stance=Stance.AGREES),
            create("tag", "t", name="technolab"),
            create("note_tag", "nt", note="a1", tag="t"),
        )
    )
    notes = copy.dossier.read.notes.of_panel(PANEL)
    assert [item.text for item in notes] == ["a0", "a1", "a2"]
    assert notes[1].panelists(Stance.AGREES) == (PANELIST,)
    assert [tag.name for tag in notes[1].tags] == ["technolab"]
    assert copy.dossier.read.notes.some(["a1", "onbekend"]) == [notes[1]]
    assert copy.dossier.read.notes.count(PANEL) == 3


def test_evidence_that_was_taken_away_is_no_evidence(copy: WorkingCopy) -> None:
    for row in ("N", "M"):
        copy.dossier.apply(note(row, row))
    copy.dossier.apply(
        action(
            "inzicht",
            create("insight", "I", panel=PANEL, text="inzicht"),
            create("insight_note", "IN", insight="I", note="N"),
            create("insight_note", "IM", insight="I", note="M", evidence=Evidence.CONTRADICTS),
            create("insight_note", "IX", insight="I", note="nooit gemaakt"),
        )
    )
    (insight,) = copy.dossier.read.findings.insights(PANEL)
    assert (insight.supports, insight.contradicts) == (("N",), ("M",))
    copy.dossier.apply(deleted("N"))
    (insight,) = copy.dossier.read.findings.insights(PANEL)
    assert (insight.supports, insight.contradicts) == ((), ("M",))


def test_everything_of_a_panel_and_of_one_that_is_not_there(copy: WorkingCopy) -> None:
    content = copy.dossier.read.panel_content(PANEL)
    assert content is not None
    assert [member.name for member in content.panelists] == ["Zoë de Vries"]
    assert copy.dossier.read.panel_content("onbekend") is None
