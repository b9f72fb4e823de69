"""What a person does with a copy of the program to which something of each kind was added, in a separate process.

Run by test_trial_changes.py as `python -P trial_paths.py FOLDER`, with that copy on PYTHONPATH. FOLDER contains
`oud.sto`, a dossier from before the change, and `leden.csv`. The outputs are written beside them, the messages to
`woorden.json`.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import io
import json
import shutil
import sys
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel

import sto_desktop
from sto_desktop.app import FACTORIES
from sto_desktop.cli import run
from sto_desktop.domain.actions.notes import set_kind
from sto_desktop.domain.actions.panels import change_panel, change_panelist
from sto_desktop.domain.capture.chips import LineChip, chips_in
from sto_desktop.domain.capture.language import parse
from sto_desktop.domain.identity import derived_id
from sto_desktop.domain.log.change import action, change, create, put
from sto_desktop.domain.model import Panelist
from sto_desktop.domain.place import Position
from sto_desktop.domain.privacy.erasing import belonging, members
from sto_desktop.domain.vocabulary import (
    Agreement,
    DebriefAuthor,
    Evidence,
    Level,
    Mark,
    NoteKind,
    PanelStatus,
    Priority,
    QuestionType,
    Stance,
    ThemeKind,
    Told,
)
from sto_desktop.exchange.guides import builtin_guide
from sto_desktop.report.blocks.options import Form, Part, ReportOptions
from sto_desktop.report.content.panel_report import panel_report
from sto_desktop.report.writers.plain_text import plain_text
from sto_desktop.settings import SettingsStore
from sto_desktop.ui.base import keys
from sto_desktop.ui.base.session import Session
from sto_desktop.ui.base.stage import Stage
from sto_desktop.ui.conversation.capture.understood import chip_names, look_of
from sto_desktop.ui.look.theme import Appearance
from sto_desktop.ui.notes.conflict_words import options_of, title_of
from sto_desktop.ui.notes.history_dialog import NoteHistoryDialog
from sto_desktop.ui.prepare.members.members_model import MemberEdits, MembersModel
from sto_desktop.ui.shell.help import help_lines
from sto_desktop.ui.shell.main_window import MainWindow
from sto_desktop.workplace import Workplace

RISK = NoteKind("RISICO")
TOLD = {NoteKind("DILEMMA"): Told.AS_AGREED, NoteKind("MOTTO"): Told.AS_QUOTE, NoteKind("GEVOEL"): Told.AS_SEEN}
FORMS = {"kort": Form.SHORT, "uitgebreid": Form.EXTENDED, "notulen": Form.MINUTES}


def command(*line: object) -> dict[str, Any]:
    """Run a command that should succeed, and return its output."""
    said = io.StringIO()
    with contextlib.redirect_stdout(said):
        code = run([*map(str, line), "--json"])
    if code != 0:
        raise SystemExit(f"{line}: {code} {said.getvalue()}")
    answer: dict[str, Any] = json.loads(said.getvalue())
    return answer


def add_notes(dossier: Path) -> None:
    """Make three notes of kind risk: one with a star, one without, one under no question. And of each other new kind a
    note by A, who may be quoted, one by B, who may not, and one under no question.
    """
    under = next(item.id for _, item in builtin_guide().questions() if item.aspect is not None)
    copy = Workplace.here("Jan").open(dossier)
    panel = copy.dossier.read.panels.listed()[0].id
    places = {"R1": Position(under, "b1"), "R2": Position(under, "b2"), "R3": Position(None, "b3")}
    rows = [
        create("note", row, panel=panel, text=f"Gevaar {row}", kind=RISK, star=row == "R1", position=place)
        for row, place in places.items()
    ]
    voices = [put("voice", derived_id("voice", row, "A"), note=row, panelist="A") for row in places]
    for kind in TOLD:
        for who, place in (("A", Position(under, "c")), ("B", Position(under, "d")), ("C", Position(None, "e"))):
            row, text = f"{kind}-{who}", f"Dit {kind.word} van {who}"
            rows.append(create("note", row, panel=panel, text=text, kind=kind, star=True, position=place))
            voices.append(put("voice", derived_id("voice", row, who), note=row, panelist=who))
    rows.append(create("note", "geheim-X", panel=panel, text="Van niemand", toelichting="Geheim toelichting-X"))
    for who in "AB":
        row = f"geheim-{who}"
        rows += [
            create("note", row, panel=panel, text="Van iemand", toelichting=f"Geheim toelichting-{who}"),
            create("top_choice", f"keuze-{who}", panelist=who, text="Maatwerk", rank=1, reden=f"Geheim reden-{who}"),
        ]
        link = derived_id("voice", row, who)
        voices.append(put("voice", link, note=row, panelist=who, toon=f"Geheim toon-{who}"))
    copy.dossier.apply(action("notities", [*rows, *voices]))
    copy.dossier.apply(set_kind(["OUD"], RISK))
    copy.close()


def write_outputs(dossier: Path, folder: Path) -> None:
    """Write every form of every output."""
    for names in ("rol", "voluit", "pseudoniem", "alles"):
        members = folder / f"{names}-leden.csv"
        command("exporteer", dossier, "--formaat", "csv", "--wat", "panelleden", "--namen", names, "-o", members)
        for ending in ("csv", "xlsx", "qdpx", "md") if names in ("rol", "alles") else ("xlsx",):
            command("exporteer", dossier, "--formaat", ending, "--namen", names, "-o", folder / f"{names}.{ending}")
        command("delen", dossier, "--namen", names, "-o", folder / f"{names}.sto")
    for names in ("voluit", "pseudoniem"):
        minutes = folder / f"{names}-notulen.md"
        command("verslag", dossier, "--vorm", "notulen", "--namen", names, "-o", minutes)
    for form in FORMS:
        for ending in ("docx", "html", "md"):
            command("verslag", dossier, "--vorm", form, "-o", folder / f"rol-{form}.{ending}")
    command("vogelvlucht", dossier, "-o", folder / "rol-vogelvlucht.docx")
    copy = Workplace.here("Jan").open(dossier)
    content = copy.dossier.read.panel_content(copy.dossier.read.panels.listed()[0].id)
    copy.close()
    assert content is not None
    options = {form: ReportOptions(form=chosen) for form, chosen in FORMS.items()}
    options["gezien"] = ReportOptions(with_also=frozenset({Part.OBSERVATIONS}))
    for form, chosen in options.items():
        (folder / f"rol-{form}.txt").write_text(plain_text(panel_report(content, chosen)), encoding="utf-8")


def in_words(value: object) -> object:
    """Return a value for JSON."""
    return value.isoformat() if isinstance(value, dt.date) else value


def words_of_the_window(application: QApplication, dossier: Path) -> dict[str, Any]:
    """Return the words of the window for a conflict, for a note's history, and in the table of members."""
    theirs = dossier.with_name("van-piet.sto")
    shutil.copyfile(dossier, theirs)
    piet, jan = Workplace.here("Piet").open(theirs), Workplace.here("Jan").open(dossier)
    piet.dossier.apply(change_panelist("A", email="06-22222222"))
    piet.dossier.apply(set_kind(["R1"], NoteKind.YIELD))
    piet.close()
    jan.dossier.apply(change_panelist("A", email="06-33333333"))
    jan.dossier.apply(set_kind(["R1"], NoteKind.ACTION))
    jan.dossier.apply(set_kind(["R1"], RISK))
    jan.merging.merge([theirs])
    conflicts = {
        title_of(case): [option.text for option in options_of(case, lambda _table, row: row)]
        for case in jan.dossier.conflicts()
    }
    history = NoteHistoryDialog(Appearance(application), jan.dossier.history("note", "OUD"), lambda _table, row: row)
    lines = [history.list.item(number).text() for number in range(history.list.count())]
    changed: list[Any] = []
    model = MembersModel(MemberEdits(lambda name: name, changed.extend))
    model.show(jan.dossier.read.members.of_panel(jan.dossier.read.panels.listed()[0].id))
    heads = [model.headerData(at, Qt.Orientation.Horizontal) for at in range(model.columnCount())]
    cells = [model.index(0, at).data() for at in range(model.columnCount())]
    for head, typed in (("Email", "06-44444444"), ("Geboren", "15 mrt 1971"), ("Lengte", " 175 ")):
        model.setData(model.index(0, heads.index(head)), typed)
    edits = [(row, {name: in_words(value) for name, value in values.items()}) for row, values in changed]
    jan.close()
    return {"conflicts": conflicts, "history": lines, "heads": heads, "cells": cells, "typed": edits}


def other_additions(application: QApplication, folder: Path) -> dict[str, Any]:
    """Return the effect of the added setting, command, key and stage."""
    store = SettingsStore(folder / "instellingen.json")
    store.change(trial=True)
    window = MainWindow(Appearance(application), store, FACTORIES)
    stage = Stage("trial")
    button = window.rail.button(stage)
    button.click()
    return {
        "setting": getattr(SettingsStore(store.path).current, "trial", None),
        "command": command("proef"),
        "key": keys.bind("trial", window, window.update).shortcut().toString(),
        "help": [line.text for lines in help_lines().values() for line in lines],
        "stage": [button.toolTip(), window.stage.value],
    }


def kinds_read(dossier: Path) -> dict[str, Any]:
    """Return the kinds of typed notes, and of notes that were written to a file and read again."""
    lines = {kind: f"{kind.meaning.sign or kind.meaning.around} woorden" for kind in (RISK, *TOLD)}
    closing = {"[": "]"}
    typed = {kind: parse(line + closing.get(line[0], "")).kind for kind, line in lines.items()}
    copy = Workplace.here("Jan").open(dossier)
    content = copy.dossier.read.panel_content(copy.dossier.read.panels.listed()[0].id)
    copy.close()
    assert content is not None
    return {
        "typed as": {kind.word: read.word if read else None for kind, read in typed.items()},
        "read back": {note.text: note.kind.word for note in content.notes},
    }


def paths_of_codes(application: QApplication, folder: Path) -> dict[str, Any]:
    """Return what the window shows of a dossier with a new code of each enumeration, and write its files."""
    dossier = shutil.copyfile(folder / "gewist.sto", folder / "codes.sto")
    copy = Workplace.here("Jan").open(dossier)
    read = copy.dossier.read
    panel = read.panels.listed()[0].id
    content = read.panel_content(panel)
    assert content is not None
    questions = [question for _, question in content.guide.questions()]
    typed = parse("Met twijfel @sjoerd=", content.panelists)
    copy.dossier.apply(
        action(
            "codes",
            *(change("question", question.id, type=QuestionType("SPIEGEL")) for question in questions),
            change("theme", content.guide.themes[-1].id, kind=ThemeKind("SPEL")),
            create(
                "note", "N", panel=panel, text=typed.text, mark=Mark("UITROEP"), position=Position(questions[0].id, "z")
            ),
            put("voice", derived_id("voice", "N", "A"), note="N", panelist="A", stance=Stance("TWIJFELT")),
            create("insight", "I", panel=panel, text="Inzicht", position=Position(questions[0].id, "z")),
            put(
                "insight_note", derived_id("insight_note", "I", "N"), insight="I", note="N", evidence=Evidence("NUANCE")
            ),
            create(
                "playback", "S", panel=panel, theme=content.guide.themes[1].id, text="Kort", agreed=Agreement("HALF")
            ),
            create(
                "recommendation",
                "A1",
                position=Position(panel, "a"),
                text="Doen",
                level=Level("LAND"),
                priority=Priority("OOIT"),
            ),
            create("debrief", "D1", panel=panel, author=DebriefAuthor("TOLK"), stood_out="Veel", in_report=True),
        )
    )
    session = Session(copy, lambda: dt.datetime.now(dt.UTC))
    window = MainWindow(Appearance(application), SettingsStore(folder / "codes.json"), FACTORIES)
    window.set_session(session)
    shown = {}
    for stage in Stage:
        if stage.value != "trial":
            window.navigate(stage)
            application.processEvents()
    window.navigate(Stage.CONVERSATION)
    page = getattr(window.stage_widget(Stage.CONVERSATION), "page")  # noqa: B009
    for mode in ("notulist", "gespreksleider"):
        application.processEvents()
        shown[mode] = " ".join(label.text() for label in window.findChildren(QLabel))
        page.toggle_mode()
    copy.dossier.apply(change_panel(panel, status=PanelStatus("VERZET")))
    application.processEvents()
    names = {**dict.fromkeys("ABCDEF", "Iemand"), **chip_names(content.panelists, discreet=False)}
    many = LineChip(tuple("ABCDEF"), Stance("TWIJFELT"))
    chips = [look_of(chip, names) for chip in (*chips_in(typed), many)]
    window.close()
    session.close()
    for ending in ("csv", "xlsx", "qdpx", "md"):
        command("exporteer", dossier, "--formaat", ending, "--namen", "alles", "-o", folder / f"codes.{ending}")
    for form in FORMS:
        command("verslag", dossier, "--vorm", form, "-o", folder / f"codes-{form}.docx")
    texts = [chip.text if chip else "" for chip in chips]
    return {"voices": [*typed.voices], "shown": shown, "chip": texts, "many": texts}


def erase(dossier: Path) -> None:
    """Erase a member who asks for it."""
    copy = Workplace.here("Jan").open(dossier)
    records = copy.dossier.read.rows.records
    wiped = next(record for record in records(Panelist) if record.id == "B")
    copy.dossier.erase(members([wiped], belonging({wiped.id}, records)).erasures)
    copy.publish()
    copy.close()


def main(folder: Path) -> None:
    """Run all of these, and write the results into the folder."""
    application = QApplication([])
    dossier = folder / "oud.sto"
    took = command("importeer", dossier, "--panelleden", folder / "leden.csv", "--panel", "Panel Zuid")
    add_notes(dossier)
    write_outputs(dossier, folder)
    again = command("importeer", folder / "terug.sto", "--panelleden", folder / "alles-leden.csv", "--panel", "P")
    command("importeer", folder / "terug.sto", "--notities", folder / "alles.md", "--panel", "P")
    erased = shutil.copyfile(dossier, folder / "gewist.sto")
    words = words_of_the_window(application, dossier)
    erase(erased)
    words |= other_additions(application, folder)
    words |= kinds_read(folder / "terug.sto")
    words |= {"codes": paths_of_codes(application, folder)}
    words |= {"told": {kind.word: kind.meaning.told.name for kind in (RISK, *TOLD)}}
    words |= {"took": took["messages"], "again": again["messages"], "program": sto_desktop.__file__}
    (folder / "woorden.json").write_text(json.dumps(words), encoding="utf-8")
    application.quit()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
