"""The commands for the rights of people: what the dossier has of one of them, erasing, and what was made for whom."""

from __future__ import annotations

import argparse
import os
from pathlib import Path
from typing import TYPE_CHECKING

from sto_desktop.cli.base import (
    DOSSIER,
    HOUSE_STYLE,
    OWN_PASSWORD,
    CommandLine,
    Outcome,
    asked_password,
    free_for,
    house_style,
    out,
    recorded,
    template_stays,
)
from sto_desktop.domain.errors import UsageError
from sto_desktop.language import counted, tr, tr_later

if TYPE_CHECKING:
    from datetime import datetime

    from sto_desktop.domain.bookkeeping import Issuance
    from sto_desktop.report.rights.erasure_proof import ErasureProof
    from sto_desktop.storage.working.working_copy import WorkingCopy


def _access(options: argparse.Namespace) -> Outcome:
    from sto_desktop.report.rights.access_package import access_document, said_perhaps_theirs
    from sto_desktop.report.writers.formats import write
    from sto_desktop.storage.working.dossier import wall_clock
    from sto_desktop.workplace import Workplace
    from sto_desktop.workplace.access import access_package
    from sto_desktop.workplace.issuing import access_issued

    target = free_for(".docx", options.uit)
    password = asked_password() if options.wachtwoord else None
    with Workplace.here().reading(options.dossier, password) as copy:
        package = access_package(copy.dossier, options.persoon, wall_clock().date())
    if package.is_empty:
        raise UsageError(
            tr("Het dossier bevat niets over «{name}».", name=options.persoon),
            tr("Er is niets geschreven."),
            tr("Schrijf de naam zoals hij in het dossier staat."),
        )
    style = house_style(options)
    write(access_document(package), target, style)
    issued = access_issued(package.name, wall_clock(), target.name)
    problem, kept = recorded(options, copy, issued, password=password)
    sentences = (
        tr("Het inzagepakket van {name} staat in {target}.", name=package.name, target=target),
        tr("Kijk het na vóór u het geeft: namen van wie het dossier niet kent, staan er nog in."),
        *(said_perhaps_theirs(words) for words in package.to_check),
        *problem,
        *copy.told,
        *template_stays(style, target).sentences,
    )
    data = {
        "uit": target,
        "eigen woorden": len(package.said),
        "vermeldingen": len(package.mentions),
        "nakijken": package.to_check,
        **kept,
    }
    return Outcome(sentences, data)


def _erase(options: argparse.Namespace) -> Outcome:
    from sto_desktop.report.rights.erasure_proof import proof_document
    from sto_desktop.report.writers.formats import write
    from sto_desktop.settings import SettingsStore
    from sto_desktop.storage.working.dossier import wall_clock
    from sto_desktop.workplace import Workplace

    if bool(options.persoon) == options.verlopen:
        raise UsageError(
            tr("Zeg wie er gewist wordt, of dat het gaat om wat over zijn bewaartermijn is."),
            tr("Er is niets gewist."),
            tr("Geef --persoon of --verlopen."),
        )
    target, place = free_for(".docx", options.wisbewijs), Workplace.here(SettingsStore().current.user_name)
    if not os.access(target.absolute().parent, os.W_OK):
        # The proof can be made only once.
        raise UsageError(tr("Bij «{file}» kan niet geschreven worden.", file=target), tr("Er is niets gewist."), "")
    if place.is_open(options.dossier):
        raise UsageError(
            tr("Het dossier staat open in een venster, of is na een storing nog niet opnieuw geopend."),
            tr("Er is niets gewist."),
            tr("Sluit het daar, of wis daar: «Een persoon wissen» (Ctrl+K)."),
        )
    copy = place.open(options.dossier, asked_password() if options.wachtwoord else None)
    try:
        proof, left, by_hand = _erased(options, copy, wall_clock())
        if proof is not None:
            write(proof_document(proof), target)
    finally:
        copy.close()
    if proof is None:
        nothing = tr("Er staat niets meer dat over zijn bewaartermijn is.")
        return Outcome((nothing, *by_hand, *copy.told), {"wisbewijs": None, "gewist": (), "nakijken": 0})
    perhaps = counted(
        left,
        "In {n} tekst kan {name} nog staan; kijk die na in het venster.",
        "In {n} teksten kan {name} nog staan; kijk die na in het venster.",
        name=tr("deze naam") if proof.people == 1 else tr("een van deze namen"),
    )
    sentences = (
        *proof.what,
        *((perhaps,) if left else ()),
        *by_hand,
        *((proof.unpublished,) if proof.unpublished else ()),
        tr("Het wisbewijs staat in {target}.", target=target),
        *copy.told,
    )
    return Outcome(sentences, {"wisbewijs": target, "gewist": proof.what, "nakijken": left})


def _erased(
    options: argparse.Namespace, copy: WorkingCopy, now: datetime
) -> tuple[ErasureProof | None, int, tuple[str, ...]]:
    """Erase as asked; return the proof, in how many texts a name may still stand, and what only people can do."""
    from sto_desktop.workplace.due import erase_overdue
    from sto_desktop.workplace.erasing import erase_person

    if options.verlopen:
        return erase_overdue(copy, now)
    proof, left = erase_person(copy, options.persoon, now, words=options.woorden, mentions=options.vermeldingen)
    return proof, len(left), ()


def _issuance(options: argparse.Namespace) -> Outcome:
    from sto_desktop.domain.actions.panels import title_for
    from sto_desktop.report.blocks.issued import naming_in, said_made, said_naming, said_output, said_recipient
    from sto_desktop.workplace import Workplace
    from sto_desktop.workplace.consent import all_withdrawals, reasons, said_to_ask_back

    password = asked_password() if options.wachtwoord else None
    with Workplace.here().reading(options.dossier, password) as copy:
        issued = copy.dossier.read.course.all_issued()
        titles = {panel.id: title_for(panel) for panel in copy.dossier.read.panels.every()}
        why = reasons(all_withdrawals(copy.dossier))
    rows = [
        {
            "wat": said_output(issuance),
            "panel": titles.get(issuance.panel or "", "") if issuance.panel else tr("het hele dossier"),
            "namen": said_naming(naming_in(issuance)),
            "bestand": issuance.file_name,
            "ontvanger": issuance.recipient,
        }
        for issuance in issued
    ]

    def ends(issuance: Issuance) -> tuple[str, str]:
        return said_recipient(issuance.recipient), said_to_ask_back(why.get(issuance.id, ""))

    sentences = [
        " · ".join(filter(None, (said_made(issuance), *list(row.values())[:-1], *ends(issuance))))
        for issuance, row in zip(issued, rows, strict=True)
    ]
    data = [
        {**row, "gemaakt": issuance.made_at, "terugvragen": why.get(issuance.id, "")}
        for issuance, row in zip(issued, rows, strict=True)
    ]
    return Outcome((*(sentences or [tr("Er is nog niets gemaakt.")]), *copy.told), {"uitgifte": data})


COMMANDS: dict[str, CommandLine] = {
    "inzage": (
        _access,
        tr_later("Zet alles wat het dossier over één persoon bevat in een Word-bestand voor die persoon."),
        (
            DOSSIER,
            (
                ("--persoon",),
                {
                    "required": True,
                    "metavar": "NAAM",
                    "help": tr_later("panellid, gespreksleider, notulist of wie genoemd wordt"),
                },
            ),
            OWN_PASSWORD,
            *HOUSE_STYLE,
            out(tr_later("het bestand (.docx)")),
        ),
    ),
    "wissen": (
        _erase,
        tr_later("Wis een persoon of wat over zijn bewaartermijn is voorgoed, met een wisbewijs."),
        (
            DOSSIER,
            (
                ("--persoon",),
                {
                    "metavar": "NAAM",
                    "help": tr_later("panellid, gespreksleider, notulist of wie genoemd wordt"),
                },
            ),
            (
                ("--verlopen",),
                {"action": "store_true", "help": tr_later("namen en notities waarvan de bewaartermijn voorbij is")},
            ),
            (("--woorden",), {"action": "store_true", "help": tr_later("ook wat alleen deze persoon zei")}),
            (("--vermeldingen",), {"action": "store_true", "help": tr_later("ook waar deze persoon genoemd wordt")}),
            OWN_PASSWORD,
            (
                ("--wisbewijs",),
                {"type": Path, "metavar": "UIT", "required": True, "help": tr_later("het wisbewijs (.docx)")},
            ),
        ),
    ),
    "uitgifte": (
        _issuance,
        tr_later("Noem wat er van dit dossier gemaakt is, en voor wie."),
        (DOSSIER, OWN_PASSWORD),
    ),
}
