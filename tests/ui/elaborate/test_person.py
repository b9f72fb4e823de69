"""Somebody elaborates a whole panel, from typed notes to conclusions, by keys and clicks only."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QDialog, QWidget
from pytestqt.qtbot import QtBot

from sto_desktop.domain.dutch import sentence
from sto_desktop.domain.log.change import Writer
from sto_desktop.domain.panel.content import PanelContent
from sto_desktop.domain.vocabulary import Aspect, NoteKind
from sto_desktop.exchange.guides import builtin_changes, builtin_writer_id
from sto_desktop.report.blocks.blocks import ItemList, Paragraph, Table, plain
from sto_desktop.report.blocks.options import ReportOptions
from sto_desktop.report.content.panel_report import panel_report
from sto_desktop.settings import SettingsStore
from sto_desktop.storage.working.check import check
from sto_desktop.storage.working.working_copies import Seed, WorkingCopies
from sto_desktop.ui.base.session import Session
from sto_desktop.ui.base.stage import STAGE_VIEWS, Stage
from sto_desktop.ui.elaborate import ElaborateStage, elaborate_stage
from sto_desktop.ui.elaborate.stage import CONCLUSIONS, NOTES
from sto_desktop.ui.findings.recommendation_form import RecommendationDialog
from sto_desktop.ui.look.theme import Appearance
from sto_desktop.ui.shell.main_window import MainWindow
from sto_desktop.ui.widgets import TextEdit
from sto_desktop.workplace.importing import Sources, import_into
from tests.ui import elaborated_panel as panel

pytestmark = pytest.mark.long

ROOT = Path(__file__).resolve().parents[3]
PANEL = ROOT / "tests" / "data"
EXAMPLE = ROOT / "resources" / "example"
CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
NONE = Qt.KeyboardModifier.NoModifier


@dataclass(frozen=True)
class Thought:
    """An insight: its notes (by their first words), its text, and the notes that contradict it."""

    notes: tuple[str, ...]
    text: str
    against: tuple[str, ...] = ()


@dataclass(frozen=True)
class Advice:
    """A recommendation with all its fields, on notes."""

    notes: tuple[str, ...]
    text: str
    years: str
    owner: str
    level: str
    priority: str
    first_step: str
    securing: str


@dataclass(frozen=True)
class Script:
    """The elaboration of a panel by one person."""

    thoughts: tuple[Thought, ...]
    advices: tuple[Advice, ...]
    conclusions: tuple[str, str, str]


OLDENZAAL = Script(
    (
        Thought(
            ("Groep 7 en 8", "Mijn leerlingen vragen", "De lessen zijn verrijkt"),
            "Het Technolab is van uitje tot vast deel van het jaar geworden, en de lessen veranderen mee.",
        ),
        Thought(
            ("Leerkrachten durven", "Vmbo-leerlingen groeien"),
            "Niet alleen kinderen leren: leerkrachten en vmbo-leerlingen groeien ervan.",
        ),
        Thought(
            ("Vervoer is geregeld", "Vaste data", "Omdat het in het rooster"),
            "Wat vastligt gaat door: rooster, data en bus.",
        ),
        Thought(
            ("Te veel gericht op PIE", "Kleine scholen"), "Zorg, groen en kleine scholen vallen buiten het aanbod."
        ),
        Thought(
            ("Bij ouders die", "Leerlingen kunnen nu drie", "Meer meisjes"),
            "Wie komt kijken, ziet techniek anders.",
            ("Bij een deel van de ouders",),
        ),
        Thought(
            ("Bedrijfsbezoeken", "n middag bij ons"), "Zelf iets maken bij een bedrijf doet meer dan voorlichting."
        ),
        Thought(
            ("Docenten van andere vakken", "Beeldvorming zit in elke", "Mavo en havo"),
            "Beeldvorming is van niemand en bereikt mavo en havo niet.",
        ),
        Thought(
            ("Mbo-studenten werken", "Keuzevakken met een bedrijf"),
            "School en bedrijf maken samen echte opdrachten.",
        ),
        Thought(
            ("Alles hangt aan personen", "Doorlopende leerlijn"), "Zonder afspraken op papier valt het met iemand weg."
        ),
        Thought(
            ("Docenten van verschillende", "Elkaar bezoeken"), "Het netwerk leeft van bij elkaar over de vloer komen."
        ),
    ),
    (
        Advice(
            ("Neem het Technolabbezoek",),
            "Neem het bezoek op in de schoolplannen.",
            "2024-2026",
            "schoolbesturen po",
            "subregio",
            "hoog",
            "Zet het in juni op de agenda van het bestuurdersoverleg.",
            "Staat in het jaarplan van elke school.",
        ),
        Advice(
            ("Maak bij elke",),
            "Vraag voor en na elke activiteit hoe leerlingen techniek zien.",
            "2024-2025",
            "Technolab",
            "subregio",
            "midden",
            "Kies samen drie vragen.",
            "De uitkomst is een vast punt in het programmateam.",
        ),
        Advice(
            ("Werk met een jaarplan",),
            "Maak per bedrijf een jaarplan dat beide tekenen.",
            "2024-2026",
            "vmbo en bedrijven",
            "subregio",
            "hoog",
            "Begin met de twee bedrijven die al een begeleider vrijmaken.",
            "Het plan gaat over op wie volgt.",
        ),
        Advice(
            ("Evalueer inhoudelijk", "We evalueren vooral"),
            "Evalueer met leerlingen wat zij ervan leren.",
            "2024-2025",
            "programmateam",
            "programma",
            "hoog",
            "Probeer het dit voorjaar met een klas.",
            "Wat niet werkt, stopt.",
        ),
    ),
    (
        "Techniek is voor kinderen, leerkrachten en bedrijven gewoon geworden.",
        "Het werkt waar mensen elkaar kennen en het rooster meewerkt.",
        "Wat aan personen hangt, moet in afspraken komen.",
    ),
)


def plain_script(content: PanelContent) -> Script:
    """Make a script for any panel: an insight on the first notes of every question, a recommendation on recommended
    notes.
    """
    thoughts: list[Thought] = []
    for theme, question in content.guide.questions():
        notes = content.notes_of(question.id)
        if theme.is_conversation and notes:
            last = (notes[-1].text,) if len(notes) > 2 else ()
            text = f"Samengevat, punt {len(thoughts) + 1}."
            thoughts.append(Thought(tuple(note.text for note in notes[:2]), text, last))
    advised = [note.text for note in content.notes if note.kind is NoteKind.RECOMMENDATION]
    others = [note.text for note in content.notes if note.kind is NoteKind.IMPROVEMENT]
    advices = tuple(
        Advice((text,), f"Advies {number}.", "2024-2025", "school", "subregio", "midden", "Bellen.", "Jaarplan.")
        for number, text in enumerate((*advised, *others)[:4], 1)
    )
    return Script(tuple(thoughts), advices, ("Het levert op.", "Het lukt.", "Het kan beter."))


class Person:
    """A person at the window, who reads notes and uses keys and mouse."""

    def __init__(self, window: MainWindow, session: Session, qtbot: QtBot) -> None:
        self.window, self.session, self.qtbot = window, session, qtbot
        self.stage = cast(ElaborateStage, window.stage_widget(Stage.ELABORATE))

    @property
    def content(self) -> PanelContent:
        """The panel as on disk."""
        assert self.session.panel_id is not None
        panel_content = self.session.dossier.read.panel_content(self.session.panel_id)
        assert panel_content is not None
        return panel_content

    def focus(self) -> QWidget:
        """Return the focused widget; after a dialog the window gets the focus back."""
        if QApplication.focusWidget() is None:
            self.window.activateWindow()
            self.qtbot.waitUntil(lambda: QApplication.focusWidget() is not None)
        focused = QApplication.focusWidget()
        assert focused is not None
        return focused

    def key(self, key: Qt.Key, held: Qt.KeyboardModifier = NONE) -> None:
        """Press a key where the keyboard is."""
        QTest.keyClick(self.focus(), key, held)

    def go_to(self, page: str) -> None:
        """Click the tab of a view."""
        label = STAGE_VIEWS[Stage.ELABORATE][page]
        self.click(next(button for button in self.stage.tabs.findChildren(QAbstractButton) if button.text() == label))

    def click(self, widget: QWidget) -> None:
        """Click on something."""
        QTest.mouseClick(widget, Qt.MouseButton.LeftButton)

    def choose(self, beginnings: Sequence[str]) -> None:
        """Click notes in the list by their first words; the later ones with Ctrl."""
        self.focus()
        view, model = self.stage.bench.notes, self.stage.bench.model
        for at, words in enumerate(beginnings):
            note = next(item for item in self.content.notes if words in item.text[: len(words) + 4])
            index = model.index_of(note.id)
            view.scrollTo(index)
            QTest.mouseClick(
                view.viewport(), Qt.MouseButton.LeftButton, CTRL if at else NONE, view.visualRect(index).center()
            )

    def think(self, thought: Thought) -> None:
        """Write an insight on notes, and attach the contradicting ones by its number."""
        self.choose(thought.notes)
        self.key(Qt.Key.Key_I)
        QTest.keyClicks(self.focus(), thought.text)
        self.key(Qt.Key.Key_Return)
        if thought.against:
            self.choose(thought.against)
            cards = self.stage.bench.side.insights.cards.values()
            number = next(card.content.number for card in cards if card.content.text == thought.text)
            assert number is not None
            self.key(Qt.Key(Qt.Key.Key_0 + number), ALT)

    def advise(self, advice: Advice, key: Qt.Key = Qt.Key.Key_A) -> None:
        """Write a recommendation with all fields of the form."""

        def write(dialog: QDialog) -> None:
            assert isinstance(dialog, RecommendationDialog)
            QTest.keyClicks(dialog.text, advice.text)
            QTest.keyClicks(dialog.school_years, advice.years)
            QTest.keyClicks(dialog.owner, advice.owner)
            for choice, word in ((dialog.level, advice.level), (dialog.priority, advice.priority)):
                self.click(next(button for button in choice.findChildren(QAbstractButton) if button.text() == word))
            QTest.keyClicks(dialog.first_step, advice.first_step)
            QTest.keyClicks(dialog.securing, advice.securing)
            self.click(dialog.save_button)

        panel.in_dialog(write)
        self.key(key)
        # The form disappears when the event loop runs again.
        self.qtbot.waitUntil(lambda: not isinstance(QApplication.focusWidget(), TextEdit))

    def tidy_up(self) -> None:
        """Confirm the kinds, and set aside the remaining notes."""
        bench = self.stage.bench
        bench.filters.reset()
        bench.notes.setFocus()
        self.key(Qt.Key.Key_A, CTRL)
        self.key(Qt.Key.Key_J)
        self.click(bench.filters.todo)
        bench.notes.setFocus()
        self.key(Qt.Key.Key_A, CTRL)
        self.key(Qt.Key.Key_O)

    def conclude(self, aspect: Aspect, text: str) -> str:
        """Write a conclusion on the first two insights of a central question; returns its id."""
        column = self.stage.conclusions.columns[aspect]
        next(iter(column.picks.values())).setFocus()
        self.key(Qt.Key.Key_Space)
        self.key(Qt.Key.Key_Down)
        self.key(Qt.Key.Key_Space)
        self.key(Qt.Key.Key_I)
        QTest.keyClicks(self.focus(), text)
        self.key(Qt.Key.Key_Return)
        (made,) = column.cards.cards
        return made


@contextmanager
def person_at(
    qtbot: QtBot, theme: Appearance, settings: SettingsStore, folder: Path, notes: Path, members: Path
) -> Iterator[Person]:
    """Open Uitwerken with a panel as it was imported."""
    seed = Seed(builtin_changes(), Writer(builtin_writer_id(), "STO Twente", "", "1"))
    copy = WorkingCopies(folder / "home", lambda: panel.NOW).create(folder / "panel.sto", panel.ME, seed)
    import_into(copy.dossier, Sources.read(members, notes), subregion="Oldenzaal")
    window, session = panel.open_window(qtbot, theme, settings, copy, Stage.ELABORATE, elaborate_stage)
    yield Person(window, session, qtbot)
    panel.close_window(window, session)


def said(content: PanelContent) -> str:
    """Return the whole text of the verslag of a panel."""
    words: list[str] = []
    for block in panel_report(content, ReportOptions()).blocks:
        match block:
            case Paragraph():
                words.append(plain(block.text))
            case ItemList():
                words += [plain(item) for item in block.items]
            case Table():
                words += [plain(cell) for row in block.rows for cell in row]
            case _:
                pass
    return "\n".join(words)


def work_out(person: Person, script: Script) -> None:
    """Do everything, and check the result."""
    for thought in script.thoughts:
        person.think(thought)
    for advice in script.advices:
        person.choose(advice.notes)
        person.advise(advice)
    person.tidy_up()
    person.go_to(CONCLUSIONS)
    rows = [person.conclude(aspect, text) for aspect, text in zip(Aspect, script.conclusions, strict=True)]
    last = Advice(
        (), "Spreek af wie dit trekt.", "2024-2027", "stuurgroep", "programma", "hoog", "Kies iemand.", "Jaarlijks."
    )
    person.advise(last)
    person.go_to(NOTES)

    content = person.content
    assert len(content.insights) == len(script.thoughts) + 3
    assert all(insight.supports or len(insight.insights) == 2 for insight in content.insights)
    assert [insight.id for insight in content.insights if content.is_conclusion(insight)] == rows
    assert len(content.recommendations) == len(script.advices) + 1
    assert all(recommendation.supports or recommendation.insights for recommendation in content.recommendations)
    assert all(
        recommendation.recommendation.securing and recommendation.recommendation.first_step
        for recommendation in content.recommendations
    )
    against = [thought for thought in script.thoughts if thought.against]
    assert sum(bool(insight.contradicts) for insight in content.insights) == len(against)
    progress = person.stage.material.progress
    assert progress.handled == progress.total
    assert not any(note.inherited for note in content.notes)
    text = said(content)
    for line in [*(insight.insight.text for insight in content.insights), *(one.text for one in script.advices)]:
        assert sentence(line) in text
    assert check(person.session.dossier).ok


def test_somebody_works_out_the_panel_of_oldenzaal(
    qtbot: QtBot, theme: Appearance, settings: SettingsStore, tmp_path: Path
) -> None:
    notes, members = PANEL / "aantekeningen-oldenzaal.md", PANEL / "panelleden-oldenzaal.csv"
    with person_at(qtbot, theme, settings, tmp_path, notes, members) as person:
        work_out(person, OLDENZAAL)
        assert len(OLDENZAAL.thoughts) >= 8
        assert len(person.content.recommendations) >= 5
        # Each step is separate, and can be undone separately.
        person.key(Qt.Key.Key_Z, CTRL)
        assert len(person.content.recommendations) == 4


def test_somebody_works_out_a_panel_of_the_example(
    qtbot: QtBot, theme: Appearance, settings: SettingsStore, tmp_path: Path
) -> None:
    notes, members = EXAMPLE / "oldenzaal.md", EXAMPLE / "oldenzaal-panelleden.csv"
    with person_at(qtbot, theme, settings, tmp_path, notes, members) as person:
        script = plain_script(person.content)
        assert len(script.thoughts) >= 8
        work_out(person, script)
        assert len(person.content.recommendations) >= 5
