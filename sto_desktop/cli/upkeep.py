"""The commands that check or repair a dossier, make the example, and play a panel in the window as a demonstration."""

from __future__ import annotations

import argparse
from pathlib import Path

from sto_desktop.cli.base import DOSSIER, CommandLine, Outcome, file
from sto_desktop.language import tr, tr_later


def _example(options: argparse.Namespace) -> Outcome:
    from sto_desktop.workplace import Workplace
    from sto_desktop.workplace.example import make_example

    copy = make_example(Workplace.here(), options.uit)
    panels = copy.dossier.read.panels.listed()
    notes = {panel.title: copy.dossier.read.notes.count(panel.id) for panel in panels}
    copy.close()
    sentence = tr(
        "Het voorbeeld staat in {place}: {panels} panels met samen {notes} notities.",
        place=options.uit,
        panels=len(panels),
        notes=sum(notes.values()),
    )
    return Outcome((sentence,), {"dossier": options.uit, "panels": notes})


def _check(options: argparse.Namespace) -> Outcome:
    from sto_desktop.storage.working.check import check_file, repair
    from sto_desktop.workplace import Workplace

    # Nothing else here looks at what killed programs left: the dossier itself is not opened.
    Workplace.here().copies.tidy()

    if options.herstel is not None:
        mended = repair(options.dossier, options.herstel)
        return Outcome(mended.sentences, mended.data())
    report = check_file(options.dossier)
    return Outcome(report.sentences, report.data(), report.ok)


def _demo(options: argparse.Namespace) -> Outcome:
    from sto_desktop.app import run_demo

    files = run_demo(options.uit)
    return Outcome(
        (
            tr("Een heel panelgesprek is door het venster gegaan; het resultaat staat in {place}.", place=options.uit),
            *map(str, files),
        ),
        {"uit": options.uit, "files": files},
    )


COMMANDS: dict[str, CommandLine] = {
    "controleer": (
        _check,
        tr_later("Controleer een dossier van binnen, of maak er een herstelde kopie van."),
        (DOSSIER, (("--herstel",), {"type": Path, "metavar": "UIT", "help": tr_later("schrijf een herstelde kopie")})),
    ),
    "voorbeeld": (
        _example,
        tr_later("Maak een dossier met vijf ingevulde panels."),
        (file("uit", tr_later("het nieuwe dossier")),),
    ),
    "demo": (
        _demo,
        tr_later("Laat het venster zelf een heel panelgesprek doen."),
        (
            (
                ("--uit",),
                {
                    "type": Path,
                    "metavar": "MAP",
                    "required": True,
                    "help": tr_later("map voor dossier, verslag en schermen"),
                },
            ),
        ),
    ),
}
