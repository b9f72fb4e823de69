"""The commands that take in what others made, and write what other programs read."""

from __future__ import annotations

import argparse
from pathlib import Path

from sto_desktop.cli.base import DOSSIER, PANEL, CommandLine, Outcome, counted, free_for, out
from sto_desktop.domain.errors import UsageError


def _import(options: argparse.Namespace) -> Outcome:
    from sto_desktop.workplace import Sources, Workplace, import_into

    if options.notities is None and options.panelleden is None:
        raise UsageError("Er is niets genoemd om te importeren.", "", "Geef --notities, --panelleden of beide.")
    # What can't be read is refused before a dossier is made for it.
    sources = Sources.read(options.panelleden, options.notities)
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


def _export(options: argparse.Namespace) -> Outcome:
    from sto_desktop.workplace import Workplace, export_notes

    out = free_for(f".{options.formaat}", options.uit)
    copy = Workplace.here().open(options.dossier)
    try:
        count = export_notes(copy.dossier, options.panel, options.formaat, out)
    finally:
        copy.close()
    said = f"{counted(count, 'notitie', 'notities')} geschreven in {options.uit}."
    return Outcome((said,), {"uit": options.uit, "notes": count})


COMMANDS: dict[str, CommandLine] = {
    "importeer": (
        _import,
        "Neem notities en panelleden over; wat er nog niet is, wordt gemaakt.",
        (
            DOSSIER,
            (("--notities",), {"type": Path, "metavar": "F.md", "help": "notities in Markdown"}),
            (("--panelleden",), {"type": Path, "metavar": "F.csv", "help": "panelleden in csv of xlsx"}),
            PANEL,
            (("--subregio",), {"default": "", "metavar": "S", "help": "subregio van het panel"}),
        ),
    ),
    "exporteer": (
        _export,
        "Schrijf de notities in een vorm voor andere programma's.",
        (
            DOSSIER,
            PANEL,
            (("--formaat",), {"choices": ("md", "csv"), "required": True, "help": "Markdown of csv"}),
            out("het bestand"),
        ),
    ),
}
