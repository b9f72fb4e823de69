"""The notes of a panel as csv for Excel on a Dutch Windows: semicolons, UTF-8 with its mark, one note a row."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path

from sto_desktop.domain.content import NoteContent, PanelContent
from sto_desktop.domain.vocabulary import Stance, word
from sto_desktop.exchange.text_file import write_text

COLUMNS = (
    "Panel", "Subregio", "Datum", "Tijd", "Thema", "Vraag", "Soort", "Notitie", "Zegt", "Bijval", "Tegenspraak",
    "Labels", "Ster", "Geparkeerd", "Opzijgelegd",
)  # fmt: skip

_FORMULA = tuple("=+-@＝＋－＠")


def harmless(cell: str) -> str:
    """Return a cell that Excel shows as text: one that it would take for a formula gets an apostrophe in front.

    A note can hold anything that somebody pasted or mailed, and a formula in a csv file is run when it is opened.
    """
    return f"'{cell}" if cell.lstrip().startswith(_FORMULA) else cell


def _people(note: NoteContent, stance: Stance, content: PanelContent) -> str:
    members = (content.panelist(panelist) for panelist in note.panelists(stance))
    return ", ".join(member.name or f"stoel {member.seat}" for member in members if member is not None)


def _rows(content: PanelContent) -> Iterator[tuple[str, ...]]:
    panel = content.panel
    order = {item.id: number for number, (_, item) in enumerate(content.guide.questions())}
    for note in sorted(content.typed_notes(), key=lambda note: order.get(note.question or "", len(order))):
        theme, question = content.guide.theme_of(note.question), content.guide.question(note.question)
        said = note.note.captured_at
        yield (
            panel.title,
            panel.subregion,
            panel.date.isoformat() if panel.date else "",
            f"{said:%H:%M}" if said else "",
            theme.title if theme else "Niet ingedeeld",
            question.text if question else note.note.heading,
            word(note.kind),
            note.text,
            *(_people(note, stance, content) for stance in Stance),
            ", ".join(tag.name for tag in note.tags),
            *("ja" if marked else "" for marked in (note.note.star, note.note.parked, note.note.set_aside)),
        )


def notes_as_csv(content: PanelContent) -> str:
    """Return the notes of a panel as csv, in the order of the guide, with full names: it is the user's own data."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(COLUMNS)
    writer.writerows([harmless(cell) for cell in row] for row in _rows(content))
    return text.getvalue()


def write_csv(content: PanelContent, path: Path) -> None:
    """Write the notes of a panel as a csv file.

    Raises:
        ExchangeError: the place can't be written to.
    """
    write_text(path, notes_as_csv(content), "utf-8-sig")
