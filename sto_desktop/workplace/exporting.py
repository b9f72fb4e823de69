"""Exports panels of a dossier for other programs: tables, Markdown, and REFI-QDA."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from sto_desktop.domain.errors import UsageError
from sto_desktop.domain.names.decisions import Decisions
from sto_desktop.domain.panel.content import PanelContent
from sto_desktop.domain.panel.same import Sameness, with_consent_of_all
from sto_desktop.domain.privacy.naming.naming import NameMode
from sto_desktop.domain.privacy.redaction import Found
from sto_desktop.domain.privacy.sharing import said_of_names
from sto_desktop.domain.privacy.to_check import ToCheck, to_check
from sto_desktop.exchange.out.outgoing import Outgoing, outgoing, text_without_names
from sto_desktop.exchange.out.tables import TITLES, Subject
from sto_desktop.language import counted, tr
from sto_desktop.storage.read.reader import Reader
from sto_desktop.storage.working.dossier import Dossier
from sto_desktop.storage.working.working_copy import WorkingCopy
from sto_desktop.workplace.place import find_panel, panel_content


@dataclass(frozen=True, slots=True)
class ExportWish:
    """What to export in which format; `subject` None: everything that the format can hold.

    `names` None: everything as in the dossier.
    """

    form: str
    subject: Subject | None = None
    names: NameMode | None = None
    anyway: bool = False
    """Write it even if a name remains in it that may not be."""
    decisions: Decisions = field(default_factory=dict)
    """Those about names in texts, of all panels."""


@dataclass(frozen=True, slots=True)
class Exported:
    """What was written: numbers of panels and notes, messages for the user, and possible names to review.

    `subject` names it in Dutch. `left_out` notes are omitted because their speakers do not take part.
    `unasked`: of so many members it is not known whether they take part.
    """

    subject: str
    panels: int
    notes: int
    messages: tuple[str, ...] = ()
    left_out: int = 0
    to_check: tuple[ToCheck, ...] = ()
    unasked: int = 0


def contents_of(dossier: Dossier, title: str = "") -> list[PanelContent]:
    """Return the content of the panel with this title, or of all panels; UsageError if there is none."""
    if title:
        return [panel_content(dossier, title)]
    contents = [dossier.read.panel_content(panel.id) for panel in dossier.read.panels.listed()]
    return [content for content in contents if content is not None] or [panel_content(dossier)]


def contents_apart(copy: WorkingCopy, panel: str | None) -> list[PanelContent]:
    """Return the content of one panel (id), or of all, over a separate connection, so that any thread may call it."""

    def look(read: Reader) -> list[PanelContent]:
        wanted = [panel] if panel is not None else [record.id for record in read.panels.listed()]
        return [content for row in wanted if (content := read.panel_content(row)) is not None]

    return copy.read_apart(look)


def decided(copy: WorkingCopy, wish: ExportWish) -> ExportWish:
    """Return what to export with the decisions about names of now, over a separate connection."""
    return replace(wish, decisions=copy.read_apart(lambda read: read.course.name_decisions()))


def export(dossier: Dossier, title: str, wish: ExportWish, target: Path) -> Exported:
    """Write one panel of a dossier, or all; Markdown holds one.

    Raises:
        UsageError: there is no such panel, or there are several and the format holds one.
        ExchangeError: the file can't be written.
    """
    if wish.form == "md" and not title:
        find_panel(dossier)  # raises, and lists the panels, if there are several
    wish = replace(wish, decisions=dossier.read.course.name_decisions())
    return write_export(contents_of(dossier, title), wish, target, dossier.path.stem)


def names_to_export(panels: Sequence[PanelContent], wish: ExportWish) -> tuple[Found, ...]:
    """Return the names in the texts that an export would hold, before it is made."""
    from sto_desktop.domain.privacy.participation import taking_part

    found: list[Found] = []
    if wish.names is not None:
        contents = [taking_part(panel) for panel in _with_strictest_answers(panels)]
        outgoing(contents, wish.names, found.append, wish.decisions)
    return tuple(found)


def write_export(panels: Sequence[PanelContent], wish: ExportWish, target: Path, name: str = "") -> Exported:
    """Write panels to one file, whole or not at all. `name`: the name of a project.

    Raises:
        UsageError: several panels for Markdown, which holds one.
        ExchangeError: the file can't be written.
        NamesRemainError: a name remains in it, and the wish does not say to write it anyway.
    """
    from sto_desktop.domain.privacy.participation import said_left_out, taking_part, unasked
    from sto_desktop.domain.privacy.remaining import said_remaining
    from sto_desktop.domain.privacy.special import said_as_noted
    from sto_desktop.exchange.files.text_file import write_bytes
    from sto_desktop.exchange.out.finished import look_through, watch_of

    contents = [taking_part(panel) for panel in _with_strictest_answers(panels)]
    names_found: list[Found] = []
    ready = outgoing(contents, wish.names, names_found.append, wish.decisions)
    made = _content(ready, wish, name or target.stem)
    messages = made.messages
    if wish.names is not None:
        namings = [panel.naming for panel in ready if panel.naming is not None]
        watch = watch_of(contents, namings, names_found, wish.decisions)
        left = look_through(made.content, target.name, watch, anyway=wish.anyway)
        messages = (*messages, *filter(None, (said_remaining(target.name, left),)))
    elif wish.form != "qdc":
        noted = (note.text for one in contents for note in one.typed_notes())
        people = (member for one in contents for member in one.panelists)
        messages = (*messages, *filter(None, (said_as_noted(noted, people),)))
    write_bytes(target, made.content)
    left_out = sum(panel.left_out for panel in contents)
    all_messages = (*messages, said_left_out(left_out)) if left_out else messages
    not_asked = sum(unasked(panel.panelists) for panel in contents)
    # A code book holds no notes.
    notes = sum(len(panel.typed_notes()) for panel in contents) if wish.form != "qdc" else 0
    subject = _subject(wish, len(contents), notes)
    doubts = to_check(names_found, made.texts)
    return Exported(subject, len(contents), notes, all_messages, left_out, doubts, not_asked)


def _with_strictest_answers(panels: Sequence[PanelContent]) -> Iterator[PanelContent]:
    """Yield panels in which whoever is in several of them gave one answer, as in a copy to share."""
    members = with_consent_of_all([member for panel in panels for member in panel.panelists], Sameness())
    by_id = {member.id: member for member in members}
    for panel in panels:
        yield replace(panel, panelists=tuple(by_id[member.id] for member in panel.panelists))


def _subject(wish: ExportWish, panels: int, notes: int) -> str:
    of_panels = counted(panels, "{n} panel", "{n} panels")
    if wish.form == "qdc":
        return tr("het codeboek van {panels}", panels=of_panels)
    if wish.subject not in (None, Subject.NOTES):
        return tr("de {table} van {panels}", table=TITLES[wish.subject].lower(), panels=of_panels)
    return tr("{notes} van {panels}", notes=counted(notes, "{n} notitie", "{n} notities"), panels=of_panels)


@dataclass(frozen=True, slots=True)
class _Made:
    """The content of a file, all texts in it, and messages about it."""

    content: bytes
    texts: Iterable[str]
    messages: tuple[str, ...] = ()


def _content(ready: Sequence[Outgoing], wish: ExportWish, name: str) -> _Made:
    match wish.form:
        case "md":
            return _markdown(ready, wish)
        case "qdpx":
            from sto_desktop.exchange.refi.refi_out import project_qdpx, texts_written

            made_at = dt.datetime.now(dt.UTC)
            empty = sum(
                not note.text.strip() for outgoing_panel in ready for note in outgoing_panel.content.typed_notes()
            )
            message = counted(
                empty, "{n} notitie zonder tekst ging niet mee.", "{n} notities zonder tekst gingen niet mee."
            )
            warning = said_of_names(wish.names)
            content = project_qdpx(text_without_names(name, ready), ready, made_at, warning=warning)
            return _Made(content, texts_written(content), (message,) if empty else ())
        case "qdc":
            from sto_desktop.exchange.refi.refi_out import codebook_qdc, texts_written

            content = codebook_qdc(ready)
            return _Made(content, texts_written(content))
        case _:
            return _tables(ready, wish)


def _markdown(ready: Sequence[Outgoing], wish: ExportWish) -> _Made:
    from sto_desktop.exchange.notes.notes_markdown import write_notes

    if len(ready) != 1:
        raise UsageError(
            tr("In een Markdown-bestand past één panel."), tr("Er is niets geschreven."), tr("Kies een panel.")
        )
    text = write_notes(ready[0].by_seat(), said_of_names(wish.names))
    return _Made(text.encode(), (text,))


def _tables(ready: Sequence[Outgoing], wish: ExportWish) -> _Made:
    from sto_desktop.exchange.files.table_export import sheets_xlsx, table_csv, too_long
    from sto_desktop.exchange.out.tables import table_of

    if wish.form == "csv":
        subjects: Sequence[Subject] = (wish.subject or Subject.NOTES,)
    else:
        subjects = (wish.subject,) if wish.subject else tuple(TITLES)
    tables = [table_of(subject, ready) for subject in subjects]
    texts = (str(cell) for table in tables for row in table.rows for cell in row)
    if wish.form == "csv":
        return _Made(table_csv(tables[0].rows, warning=said_of_names(wish.names)), texts)
    cut = sum(too_long(table.rows) for table in tables)
    message = counted(
        cut,
        "{n} tekst was te lang voor een cel van Excel en daarom ingekort.",
        "{n} teksten waren te lang voor een cel van Excel en daarom ingekort.",
    )
    sheets = [(table.title, table.rows) for table in tables]
    content = sheets_xlsx(sheets, filters=True, warning=said_of_names(wish.names))
    return _Made(content, texts, (message,) if cut else ())
