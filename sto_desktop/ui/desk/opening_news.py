"""Messages for the user about problems and news that opening a dossier brought to light."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

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
    """The actions the window offers: save elsewhere, show conflicts, show the folder of a file."""

    save_as: Callable[[], object]
    conflicts: Callable[[], object]
    show_folder: Callable[[Path], object]


def opening_news(copy: WorkingCopy, ways: WaysOut) -> list[News]:
    """Return the messages about opening this working copy; a colleague's password is asked for elsewhere."""
    news = []
    if copy.put_aside is not None:
        text = tr(
            "Wat van dit dossier nog open stond op deze computer, was beschadigd en is apart gezet. U ziet wat in het "
            "bestand zelf stond; wat daarna kwam, ontbreekt. Bewaar de map: soms is er nog iets uit te halen."
        )
        # `show_folder` selects a file in its folder, so pass a file inside if there is one.
        inside = next(iter(sorted(copy.put_aside.glob("*.sto"))), copy.put_aside)
        news.append(News(text, Tone.LATE, tr("Map openen"), lambda: ways.show_folder(inside)))
    news.extend(News(sentence, Tone.WARN) for sentence in copy.told)
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
