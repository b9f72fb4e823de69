"""The commands that take in what others made, and write what other programs read."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

from sto_desktop.cli.base import DOSSIER, PANEL, CommandLine, Outcome, counted, free_for, out
from sto_desktop.domain.errors import UsageError


def _import(options: argparse.Namespace) -> Outcome:
    from sto_desktop.workplace import Sources, Workplace, import_into

    if options.notities is not None and options.bestand is not None:
        raise UsageError("Er zijn twee bestanden met notities genoemd.", "", "Laat --notities weg.")
    notes = options.bestand or options.notities
    if notes is None and options.panelleden is None:
        raise UsageError("Er is niets genoemd om te importeren.", "", "Geef een bestand, --panelleden of beide.")
    # What can't be read is refused before a dossier is made for it.
    sources = Sources.read(options.panelleden, notes, _columns(options.kolom or ()))
    copy = Workplace.here().open_or_create(options.dossier)
    try:
        done = import_into(copy.dossier, sources, title=options.panel, subregion=options.subregio)
    finally:
        copy.close()
    said = (
        f"{counted(done.panelists, 'panellid', 'panelleden')} en {counted(done.notes, 'notitie', 'notities')} "
        f"geïmporteerd in {options.dossier}.",
        *done.messages,
    )
    data = {"dossier": options.dossier, "panelists": done.panelists, "notes": done.notes, "messages": done.messages}
    return Outcome(said, data)


def _columns(said: Sequence[str]) -> dict[str, str]:
    """Return headings by what they hold, from «notitie=Opmerking van de deelnemer»."""
    from sto_desktop.exchange.notes_table import COLUMN_WORDS

    words = {name: what for what, name in COLUMN_WORDS.items()}
    columns = {}
    for one in said:
        word, equals, heading = one.partition("=")
        if not equals or word.strip().casefold() not in words or not heading.strip():
            raise UsageError(f"«{one}» zegt niet wat een kolom is.", "", f"Schrijf WAT=KOP; WAT is {', '.join(words)}.")
        columns[words[word.strip().casefold()]] = heading.strip()
    return columns


def _export(options: argparse.Namespace) -> Outcome:
    from sto_desktop.domain.naming import NameMode
    from sto_desktop.exchange.tables import Subject
    from sto_desktop.workplace import ExportWish, Workplace, export

    out = free_for(f".{options.formaat}", options.uit)
    if options.wat and options.formaat not in ("xlsx", "csv"):
        raise UsageError("--wat is er alleen voor xlsx en csv.", "Er is niets geschreven.", "Laat --wat weg.")
    # What researchers get goes to others; a table or a text of notes is as a rule the user's own.
    names = options.namen or ("rol" if options.formaat in ("qdpx", "qdc") else "alles")
    modes = {"voluit": NameMode.FULL, "rol": NameMode.ROLE, "pseudoniem": NameMode.PSEUDONYM}
    subjects = dict(zip(_SUBJECTS, Subject, strict=True))
    wish = ExportWish(options.formaat, subjects.get(options.wat), modes.get(names))
    copy = Workplace.here().open(options.dossier)
    try:
        done = export(copy.dossier, options.panel, wish, out)
    finally:
        copy.close()
    what = options.wat or f"{counted(done.notes, 'notitie', 'notities')} van {counted(done.panels, 'panel', 'panels')}"
    said = (f"{what[:1].upper()}{what[1:]} geschreven in {options.uit}.", *done.messages)
    data = {"uit": options.uit, "notes": done.notes, "panels": done.panels, "names": names, "messages": done.messages}
    data["left_out"] = done.left_out
    return Outcome(said, data)


_SUBJECTS = ("notities", "inzichten", "aanbevelingen", "panelleden")

COMMANDS: dict[str, CommandLine] = {
    "importeer": (
        _import,
        "Neem notities en panelleden over; wat er nog niet is, wordt gemaakt.",
        (
            DOSSIER,
            (
                ("bestand",),
                {
                    "type": Path,
                    "nargs": "?",
                    "metavar": "BESTAND",
                    "help": "notities: .md, .txt, .docx, .xlsx of .csv, of een project: .qdpx",
                },
            ),
            (("--notities",), {"type": Path, "metavar": "F", "help": "hetzelfde als BESTAND"}),
            (
                ("--kolom",),
                {
                    "action": "append",
                    "metavar": "WAT=KOP",
                    "help": "van een tabel: wat een kolom is (notitie=Opmerking)",
                },
            ),
            (("--panelleden",), {"type": Path, "metavar": "F.csv", "help": "panelleden in csv of xlsx"}),
            PANEL,
            (("--subregio",), {"default": "", "metavar": "S", "help": "subregio van het panel"}),
        ),
    ),
    "exporteer": (
        _export,
        "Schrijf notities, inzichten, aanbevelingen en panelleden in een vorm voor andere programma's.",
        (
            DOSSIER,
            PANEL,
            (
                ("--formaat",),
                {
                    "choices": ("xlsx", "csv", "md", "qdpx", "qdc"),
                    "required": True,
                    "help": "Excel, csv, Markdown (één panel), of REFI-QDA: project (qdpx) of codeboek (qdc)",
                },
            ),
            (
                ("--wat",),
                {"choices": _SUBJECTS, "help": "alleen deze tabel (csv: gewoon de notities; xlsx: alle vier)"},
            ),
            (
                ("--namen",),
                {
                    "choices": ("alles", "voluit", "rol", "pseudoniem"),
                    "help": "alles: zoals in het dossier (gewoon); voluit: wie dat goed vindt (gewoon bij qdpx: rol)",
                },
            ),
            out("het bestand"),
        ),
    ),
}
