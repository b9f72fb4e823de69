"""Command palette entries that lead to a place in a stage, by the words that people look for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from PySide6.QtWidgets import QWidget

from sto_desktop.language import tr
from sto_desktop.settings import ThemeChoice
from sto_desktop.ui.base.doing import attempt
from sto_desktop.ui.base.stage import STAGE_LABELS, STAGE_VIEWS, Stage
from sto_desktop.ui.shell.palette import PaletteGroup, PaletteItem

if TYPE_CHECKING:
    from sto_desktop.report.papers.papers import Paper
    from sto_desktop.ui.base.session import Session
    from sto_desktop.ui.prepare.guide.guide_table import Wish
    from sto_desktop.ui.prepare.stage import PrepareStage
    from sto_desktop.ui.shell.main_window import MainWindow


@runtime_checkable
class ShowsPages(Protocol):
    """A stage with views."""

    def show_page(self, page: str) -> None:
        """Switch to a view by its id in `STAGE_VIEWS`."""
        ...


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
        commands = PaletteGroup.COMMANDS
        words = tr("kleuren thema instellingen")
        looks = ((ThemeChoice.DARK, tr("Weergave: donker")), (ThemeChoice.LIGHT, tr("Weergave: licht")))
        places = [
            PaletteItem(
                commands, place.name, partial(self._go, place), tr(STAGE_LABELS[place.stage]), words=place.words
            )
            for place in (*_in_prepare(), *_views())
        ]
        return [*places, *(PaletteItem(commands, name, partial(self._look, look), words=words) for look, name in looks)]

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
    from sto_desktop.report.papers.papers import Paper

    words = tr("deelnemers leden consent citeren naam deelname formulier aanwezig")
    return [
        Place(tr("Panelleden: lijst en toestemming"), Stage.PREPARE, _show_members, words),
        Place(tr("Thema toevoegen"), Stage.PREPARE, _add_theme, tr("nieuw leidraad")),
        Place(tr("Vraag toevoegen"), Stage.PREPARE, _add_question, tr("nieuwe leidraad")),
        *(
            Place(tr(paper.value), Stage.PREPARE, partial(_show_paper, paper), tr("papieren afdrukken mail brief"))
            for paper in Paper
        ),
    ]


def _views() -> list[Place]:
    return [
        Place(f"{tr(STAGE_LABELS[stage])}: {tr(label)}", stage, partial(_show_page, page))
        for stage, views in STAGE_VIEWS.items()
        for page, label in views.items()
    ]


# A stage is imported when it is first shown, not when its places are listed.


def _prepare(stage: QWidget) -> PrepareStage:
    from sto_desktop.ui.prepare.stage import PrepareStage

    assert isinstance(stage, PrepareStage)
    return stage


def _show_members(stage: QWidget) -> None:
    _prepare(stage).show_members()


def _add_theme(stage: QWidget) -> None:
    from sto_desktop.ui.prepare.guide.guide_table import Wish

    _ask_guide(Wish.ADD_THEME, stage)


def _add_question(stage: QWidget) -> None:
    from sto_desktop.ui.prepare.guide.guide_table import Wish

    _ask_guide(Wish.ADD_QUESTION, stage)


def _ask_guide(wish: Wish, stage: QWidget) -> None:
    prepare = _prepare(stage)
    prepare.show_guide()
    prepare.guide_page.ask(wish)


def _show_paper(paper: Paper, stage: QWidget) -> None:
    _prepare(stage).show_papers(paper)


def _show_page(page: str, stage: QWidget) -> None:
    assert isinstance(stage, ShowsPages)
    stage.show_page(page)
