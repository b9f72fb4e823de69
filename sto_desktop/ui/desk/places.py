"""Command palette entries that lead to a place in a stage, by the words that people look for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from sto_desktop.language import tr
from sto_desktop.report.papers.papers import Paper
from sto_desktop.settings import ThemeChoice
from sto_desktop.ui.base.doing import attempt
from sto_desktop.ui.base.stage import STAGE_LABELS, Stage
from sto_desktop.ui.elaborate.stage import VIEWS, ElaborateStage
from sto_desktop.ui.overview.stage import VIEWS as OVERVIEW_VIEWS
from sto_desktop.ui.overview.stage import OverviewStage
from sto_desktop.ui.prepare.guide.guide_table import Wish
from sto_desktop.ui.prepare.stage import PrepareStage
from sto_desktop.ui.shell.palette import PaletteGroup, PaletteItem

if TYPE_CHECKING:
    from sto_desktop.ui.base.session import Session
    from sto_desktop.ui.shell.main_window import MainWindow


@dataclass(frozen=True, slots=True)
class Place:
    """A place: what it is called, its stage, how to get there inside the stage, and what else people call it."""

    name: str
    stage: Stage
    show: Callable[[QWidget], object]
    words: str = ""


class Places:
    """Provides the places of the open dossier to one window's palette."""

    def __init__(self, window: MainWindow, session: Session) -> None:
        self._window = window
        self._session = session

    def __call__(self, _query: str) -> list[PaletteItem]:
        """Return all places; the palette ranks them."""
        places = [*_in_prepare(), *_views()]
        looks = ((ThemeChoice.DARK, tr("Weergave: donker")), (ThemeChoice.LIGHT, tr("Weergave: licht")))
        return [
            *(self._item(place.name, partial(self._go, place), place) for place in places),
            *(self._item(name, partial(self._look, choice)) for choice, name in looks),
        ]

    def _item(self, name: str, run: Callable[[], object], place: Place | None = None) -> PaletteItem:
        stage, words = (tr(STAGE_LABELS[place.stage]), place.words) if place else ("", tr("kleuren thema instellingen"))
        return PaletteItem(PaletteGroup.COMMANDS, name, run, stage, words=words)

    def _go(self, place: Place) -> None:
        if self._session.panel_id is None and place.stage is not Stage.OVERVIEW:
            self._window.notify(tr("Er is nog geen panelgesprek. Begin er een met «Nieuw panelgesprek»."))
            return
        self._window.navigate(place.stage)
        widget = self._window.stage_widget(place.stage)
        if widget is not None:
            place.show(widget)

    def _look(self, choice: ThemeChoice) -> None:
        self._window.theme.set_choice(choice)
        attempt(lambda error: self._window.notify(str(error), tone="late"), self._window.settings.change, theme=choice)


def _in_prepare() -> list[Place]:
    words = tr("deelnemers leden consent citeren naam deelname formulier aanwezig")
    return [
        Place(tr("Panelleden: lijst en toestemming"), Stage.PREPARE, _show_members, words),
        Place(tr("Thema toevoegen"), Stage.PREPARE, partial(_ask_guide, Wish.ADD_THEME), tr("nieuw leidraad")),
        Place(tr("Vraag toevoegen"), Stage.PREPARE, partial(_ask_guide, Wish.ADD_QUESTION), tr("nieuwe leidraad")),
        *(
            Place(tr(paper.value), Stage.PREPARE, partial(_show_paper, paper), tr("papieren afdrukken mail brief"))
            for paper in Paper
        ),
    ]


def _views() -> list[Place]:
    return [
        *(
            Place(tr("Uitwerken: {view}", view=tr(label)), Stage.ELABORATE, partial(_show_page, page))
            for page, label in VIEWS.items()
        ),
        *(
            Place(tr("Vogelvlucht: {view}", view=tr(label)), Stage.OVERVIEW, partial(_show_page, page))
            for page, label in OVERVIEW_VIEWS.items()
        ),
    ]


def _show_members(stage: QWidget) -> None:
    assert isinstance(stage, PrepareStage)
    stage.show_members()


def _ask_guide(wish: Wish, stage: QWidget) -> None:
    assert isinstance(stage, PrepareStage)
    stage.show_guide()
    stage.guide_page.ask(wish)


def _show_paper(paper: Paper, stage: QWidget) -> None:
    assert isinstance(stage, PrepareStage)
    stage.show_papers(paper)


def _show_page(page: str, stage: QWidget) -> None:
    assert isinstance(stage, ElaborateStage | OverviewStage)
    stage.show_page(page)
