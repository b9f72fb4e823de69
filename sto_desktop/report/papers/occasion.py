"""What every paper is about: a panel with its guide and members, and the head of a paper."""

from __future__ import annotations

from dataclasses import dataclass

from sto_desktop.domain.actions.panels import title_for
from sto_desktop.domain.dutch import clock_time, long_date
from sto_desktop.domain.live.schedule import clock_after
from sto_desktop.domain.model import Panel, Panelist
from sto_desktop.domain.panel.content import GuideContent, ThemeContent
from sto_desktop.language import tr
from sto_desktop.report.blocks.blocks import Cover
from sto_desktop.report.papers.opening import OPEN

PROGRAMME = "Sterk Techniekonderwijs Twente"


@dataclass(frozen=True, slots=True)
class Occasion:
    """A panel with its guide, including the panel's own decisions about it, and its members; `encrypted`: its dossier
    has a password; `special`: the number of notes with something special of one person (AVG, articles 9 and 10).
    """

    panel: Panel
    guide: GuideContent
    people: tuple[Panelist, ...] = ()
    encrypted: bool = False
    special: int = 0

    @property
    def asked(self) -> tuple[ThemeContent, ...]:
        """Themes that take place, with the questions that are asked."""
        shown = []
        for theme in self.guide.themes:
            questions = tuple(question for question in theme.questions if not question.skipped)
            if questions or theme.theme.minutes or not theme.questions:
                shown.append(ThemeContent(theme.theme, questions))
        return tuple(shown)

    @property
    def region(self) -> str:
        """The subregion of the panel, to follow "in"."""
        return (
            tr("de subregio {subregion}", subregion=self.panel.subregion.strip())
            if self.panel.subregion.strip()
            else tr("uw subregio")
        )

    @property
    def until(self) -> str:
        """The end time: the panel's own, or else the start plus the minutes of the guide."""
        if self.panel.end is not None:
            return clock_time(self.panel.end)
        return self.after(self.guide.minutes)

    def after(self, minutes: int) -> str:
        """Return the time so many minutes after the start, as documents print it; empty without a start."""
        return clock_after(self.panel.start, minutes).replace(":", ".")

    def when(self) -> str:
        """Return date and time in words."""
        panel = self.panel
        day = long_date(panel.date) if panel.date else OPEN
        if panel.start is None:
            return day
        end = tr(" tot {until}", until=self.until) if self.until else ""
        return (
            tr("{day}, van {clock}{end} uur", day=day, clock=clock_time(panel.start), end=end)
            if end
            else tr("{day}, {clock} uur", day=day, clock=clock_time(panel.start))
        )


def head(occasion: Occasion, title: str, *, details: bool = True) -> Cover:
    """Return the head of a paper, with date, place and who leads unless `details` is off."""
    panel = occasion.panel
    lines = (
        (tr("Wanneer"), occasion.when() if panel.date else ""),
        (tr("Waar"), panel.place),
        (tr("Gespreksleider"), panel.moderator),
        (tr("Notulist"), panel.note_taker),
    )
    shown = tuple((label, text.strip()) for label, text in lines if text.strip()) if details else ()
    return Cover(title, f"{title_for(panel)}, {PROGRAMME}", "", shown, page=False)
