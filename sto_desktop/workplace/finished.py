"""Writes a file only after the finished one was looked through for names that may not be in it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar

from sto_desktop.domain.panel.content import PanelContent
from sto_desktop.domain.privacy.decisions import Decisions, added_names
from sto_desktop.domain.privacy.naming import Naming
from sto_desktop.domain.privacy.redaction import Found
from sto_desktop.domain.privacy.remaining import NamesRemainError, Remaining, Watch

T = TypeVar("T")


def watch_of(
    contents: Sequence[PanelContent], namings: Sequence[Naming], found: Iterable[Found], decisions: Decisions
) -> Watch:
    """Return what looks for the names that these namings of panels hide; `found`: the names found in their texts."""
    hidden = [member for naming in namings for member in (*naming.hidden, *naming.elsewhere.hidden)]
    hidden += added_names(decisions)
    ids = {member.id for member in hidden}
    shown = (member.name for naming in namings for member in naming.members if member.id not in ids)
    led = (name for content in contents for name in (content.panel.moderator, content.panel.note_taker))
    return Watch(hidden, (*shown, *led), found)


def look_through(
    content: bytes, name: str, watch: Watch, *, anyway: bool, also: Iterable[str] = ()
) -> tuple[Remaining, ...]:
    """Return the names that remain in a finished file; NamesRemainError if there are any, unless `anyway`.

    `also`: texts that the file holds in a form that is not read here, such as the pages of a PDF.
    """
    from sto_desktop.exchange.out.finished import texts_of

    if not watch:
        return ()
    remaining = watch.remaining((*texts_of(content, name), *((name, text) for text in also)))
    if remaining and not anyway:
        raise NamesRemainError(name, remaining)
    return remaining


def write_checked(
    target: Path, write: Callable[[Path], T], watch: Watch, *, anyway: bool = False, also: Iterable[str] = ()
) -> tuple[T, tuple[Remaining, ...]]:
    """Write a file elsewhere, look through it, and put it in its place; return also the names that remain.

    Raises:
        NamesRemainError: names remain, and not `anyway`; nothing was written.
        ReportError: it can't be written there.
    """
    from sto_desktop.report.word.package import replace_file

    with TemporaryDirectory(prefix="sto-") as folder:
        made = Path(folder) / target.name
        result = write(made)
        content = made.read_bytes()
    remaining = look_through(content, target.name, watch, anyway=anyway, also=also)
    replace_file(target, content)
    return result, remaining
