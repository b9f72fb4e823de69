"""Messages for the user about problems and news that opening a dossier brought to light."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from sto_desktop.domain.errors import PasswordNeededError
from sto_desktop.language import tr
from sto_desktop.storage.working.working_copy import WorkingCopy
from sto_desktop.ui.widgets import Tone
from sto_desktop.workplace.arrivals import said_arrivals, said_people


@dataclass(frozen=True)
class News:
    """One message, with an optional action."""

    text: str
    tone: Tone
    action: str = ""
    on_action: Callable[[], object] | None = None


@dataclass(frozen=True)
class WaysOut:
    """The actions the window offers: save elsewhere, show conflicts, list what is kept on this computer."""

    save_as: Callable[[], object]
    conflicts: Callable[[], object]
    kept_files: Callable[[], object]


def opening_news(copy: WorkingCopy, ways: WaysOut) -> list[News]:
    """Return the messages about opening this working copy; a colleague's password is asked for elsewhere."""
    news = []
    sentences = list(copy.told)
    if copy.salvage is not None:
        told = sentences.pop()
        news.append(News(told, Tone.LATE, tr("Wat staat erin?"), ways.kept_files))
    news.extend(News(sentence, Tone.WARN) for sentence in sentences)
    # `told` already contains what was left behind.
    if arrivals := said_arrivals(replace(copy.taken_in, left_behind="")):
        people = said_people(copy.taken_in)
        since = tr("Sinds de vorige keer kwam er iets van {people}.", people=people)
        text = f"{since if people else tr('Sinds de vorige keer kwam er iets bij.')} {arrivals}"
        if copy.taken_in.conflicts:
            news.append(News(text, Tone.WARN, tr("Bekijken en kiezen"), ways.conflicts))
        else:
            news.append(News(text, Tone.INFO))
    if copy.trouble is not None and not isinstance(copy.trouble.__cause__, PasswordNeededError):
        news.append(News(str(copy.trouble), Tone.LATE, tr("Opslaan als…"), ways.save_as))
    return news
