"""The commands for import and export: files of other people and for other programs."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from sto_desktop.cli.base import (
    ANYWAY,
    DOSSIER,
    PANEL,
    RECIPIENT,
    CommandLine,
    Outcome,
    chosen_naming,
    doubt_sentences,
    doubts_data,
    free_for,
    in_the_window,
    out,
    recorded,
    said_of_protection,
)
from sto_desktop.cli.words import ALL_NAMES, NAMINGS
from sto_desktop.domain.errors import ContradictionError, UsageError
from sto_desktop.language import counted, listed, tr, tr_later

if TYPE_CHECKING:
    from sto_desktop.workplace.importing import Sources


def _import(options: argparse.Namespace) -> Outcome:
    from sto_desktop.domain.panel.consent import answers_of, taken_back
    from sto_desktop.workplace import Workplace
    from sto_desktop.workplace.consent import withdrawals
    from sto_desktop.workplace.erasing import said_of_refusing
    from sto_desktop.workplace.importing import Sources, import_into
    from sto_desktop.workplace.keeping import keep_imports, keeping_for

    if options.notities is not None and options.bestand is not None:
        raise ContradictionError(tr("Er zijn twee bestanden met notities genoemd."), "", tr("Laat --notities weg."))
    notes = options.bestand or options.notities
    if notes is None and options.panelleden is None:
        raise UsageError(
            tr("Er is niets genoemd om te importeren."), "", tr("Geef een bestand, --panelleden of beide.")
        )
    # Read the files first: if one is invalid, no dossier is created.
    sources = Sources.read(options.panelleden, notes, _columns(options.kolom or ()))
    _nothing_passed_over(options, sources)
    if options.proef:
        return _tried(options, sources)
    place = Workplace.here()
    with keeping_for(place, options.dossier) as folder, place.writing(options.dossier) as copy:
        before = answers_of(copy.dossier.read.members.every())
        done = import_into(
            copy.dossier,
            sources,
            title=options.panel or "",
            subregion=options.subregio,
            add_speakers=options.sprekers == _ADD,
        )
        members = copy.dossier.read.members.every()
        withdrawn = taken_back(before, answers_of(members))
        new = () if copy.has_password else [member for member in members if member.id not in before]
        refusing = said_of_refusing(copy.dossier, withdrawals(copy.dossier, withdrawn))
        taken_in = _new(done.panelists, done.notes, done.findings)
        files = [item for item in (options.panelleden, notes) if item is not None]
        unkept = keep_imports(copy, files, tr("Daaruit: {what}.", what=taken_in), folder)
    sentences = (
        tr("{what} geïmporteerd in {file}.", what=taken_in, file=options.dossier),
        *done.messages,
        *refusing,
        *copy.told,
        *filter(None, (unkept,)),
        *said_of_protection(options.dossier, new, in_the_window()),
    )
    data = {
        "dossier": options.dossier,
        "panelists": done.panelists,
        "notes": done.notes,
        "findings": done.findings,
        "messages": done.messages,
        "refusing": refusing,
    }
    return Outcome(sentences, data)


_ADD = "toevoegen"


def _new(people: int, notes: int, findings: int) -> str:
    parts = [counted(people, "{n} panellid", "{n} panelleden"), counted(notes, "{n} notitie", "{n} notities")]
    if findings:
        parts.append(counted(findings, "{n} inzicht of aanbeveling", "{n} inzichten en aanbevelingen"))
    return listed(parts)


def _tried(options: argparse.Namespace, sources: Sources) -> Outcome:
    """Tell what each line of the files would become; nothing is written."""
    from sto_desktop.domain.panel.consent import answers_of, taken_back
    from sto_desktop.workplace import Workplace
    from sto_desktop.workplace.arrivals import said_taken_back
    from sto_desktop.workplace.importing import answers_after, try_into

    with Workplace.here().reading_or_none(options.dossier) as copy:
        before = answers_of(copy.dossier.read.members.every()) if copy else {}
        tried = try_into(
            copy.dossier if copy else None,
            sources,
            title=options.panel or "",
            subregion=options.subregio,
            add_speakers=options.sprekers == _ADD,
        )
    lines = [
        {"regel": line.number + 1, "staat": line.shown, "wordt": line.becomes.word, "komt": line.result}
        for intake in tried
        for line in intake.look.lines
    ]
    sentences = [f"{line['wordt']}: {line['komt'] or line['staat']}" for line in lines]
    people = [person.name for intake in tried for person in intake.look.newcomers]
    if people:
        sentences.append(tr("Geen panellid: {names} (met --sprekers toevoegen wel).", names=listed(people)))
    messages = [message for intake in tried for message in intake.told]
    messages += map(said_taken_back, taken_back(before, answers_after(before, tried)))
    people_new, notes_new = sum(intake.people for intake in tried), sum(intake.notes for intake in tried)
    found = _new(people_new, notes_new, sum(intake.findings for intake in tried))
    sentences.append(tr("Nieuw: {found}.", found=found))
    data = {"regels": lines, "messages": messages, "sprekers": people}
    return Outcome((*sentences, *messages, tr("Dit was een proef: er is niets overgenomen.")), data)


def _nothing_passed_over(options: argparse.Namespace, sources: Sources) -> None:
    """Refuse arguments that don't apply to these files, rather than ignore them."""
    notes = sources.notes
    if notes is not None and notes.project is not None and (options.panel or options.subregio or options.panelleden):
        happened = tr("Een project brengt zijn eigen panels en panelleden mee.")
        advice = tr("Laat --panel, --subregio en --panelleden weg.")
        raise ContradictionError(happened, tr("Er is niets gewijzigd."), advice)
    if options.kolom and (notes is None or notes.table is None):
        happened = tr("--kolom is er alleen voor een tabel met notities (csv of Excel).")
        raise ContradictionError(happened, tr("Er is niets gewijzigd."), tr("Laat --kolom weg."))


def _columns(pairs: Sequence[str]) -> dict[str, str]:
    """Return the headings by key of column, from pairs such as «notitie=Opmerking van de deelnemer»."""
    from sto_desktop.exchange.notes.notes_columns import COLUMN_WORDS

    words = {name: column for column, name in COLUMN_WORDS.items()}
    columns = {}
    for pair in pairs:
        word, equals, heading = pair.partition("=")
        if not equals or word.strip().casefold() not in words or not heading.strip():
            raise UsageError(
                tr("«{one}» zegt niet wat een kolom is.", one=pair),
                "",
                tr("Schrijf WAT=KOP; WAT is {words}.", words=", ".join(words)),
            )
        columns[words[word.strip().casefold()]] = heading.strip()
    return columns


def _export(options: argparse.Namespace) -> Outcome:
    from sto_desktop.domain.privacy.participation import said_unasked
    from sto_desktop.domain.privacy.sharing import said_of_names
    from sto_desktop.exchange.out.tables import Subject
    from sto_desktop.storage.working.dossier import wall_clock
    from sto_desktop.workplace import Workplace, panel_asked
    from sto_desktop.workplace.exporting import ExportWish, export
    from sto_desktop.workplace.issuing import export_issued, said_joined

    out = free_for(f".{options.formaat}", options.uit)
    if options.wat and options.formaat not in ("xlsx", "csv"):
        raise ContradictionError(
            tr("--wat is er alleen voor xlsx en csv."), tr("Er is niets geschreven."), tr("Laat --wat weg.")
        )
    subjects = dict(zip(_SUBJECTS, Subject, strict=True))
    wish = ExportWish(options.formaat, subjects.get(options.wat), chosen_naming(options), options.toch)
    with Workplace.here().reading(options.dossier) as copy:
        done = export(copy.dossier, options.panel or "", wish, out)
        panel = panel_asked(copy.dossier, options.panel or "") if options.panel or wish.form == "md" else None
        joined = said_joined(copy.dossier.read.course.all_issued(), wish.names) if wish.form != "qdc" else ""
    issued = export_issued(panel.id if panel else None, wish, wall_clock(), out.name, options.ontvanger)
    problem, kept = recorded(options, copy, issued)
    subject = done.subject
    sentences = (
        tr(
            "{what} geschreven in {file}, namen: {naming}.",
            what=subject[:1].upper() + subject[1:],
            file=options.uit,
            naming=options.namen,
        ),
        *filter(None, (said_of_names(wish.names), said_unasked(done.unasked), joined)),
        *done.messages,
        *problem,
        *copy.told,
        *doubt_sentences(done.to_check),
    )
    data = {
        "uit": options.uit,
        "notes": done.notes,
        "panels": done.panels,
        "names": options.namen,
        "messages": done.messages,
        "left_out": done.left_out,
        "nakijken": doubts_data(done.to_check),
        **kept,
    }
    return Outcome(sentences, data)


_SUBJECTS = ("notities", "inzichten", "aanbevelingen", "panelleden")

COMMANDS: dict[str, CommandLine] = {
    "importeer": (
        _import,
        tr_later("Neem notities en panelleden over; wat er nog niet is, wordt gemaakt."),
        (
            DOSSIER,
            (
                ("bestand",),
                {
                    "type": Path,
                    "nargs": "?",
                    "metavar": "BESTAND",
                    "help": tr_later(
                        "notities: .md, .txt, .docx, .odt, .rtf, .vtt, .srt, .xlsx, .ods, .csv, of een project: .qdpx"
                    ),
                },
            ),
            (("--notities",), {"type": Path, "metavar": "F", "help": tr_later("hetzelfde als BESTAND")}),
            (
                ("--kolom",),
                {
                    "action": "append",
                    "metavar": "WAT=KOP",
                    "help": tr_later("van een tabel: wat een kolom is (notitie=Opmerking)"),
                },
            ),
            (
                ("--panelleden",),
                {
                    "type": Path,
                    "metavar": "F.csv",
                    "help": tr_later("panelleden: csv, Excel, Word, OpenDocument of HTML"),
                },
            ),
            PANEL,
            (
                ("--sprekers",),
                {
                    "choices": (_ADD, "laten"),
                    "default": "laten",
                    "help": tr_later("wie spreekt of aanwezig is en geen panellid is: toevoegen, of laten (gewoon)"),
                },
            ),
            (
                ("--proef",),
                {"action": "store_true", "help": tr_later("zeg wat elke regel wordt, en neem niets over")},
            ),
            (("--subregio",), {"default": "", "metavar": "S", "help": tr_later("subregio van het panel")}),
        ),
    ),
    "exporteer": (
        _export,
        tr_later("Schrijf notities, inzichten, aanbevelingen en panelleden in een vorm voor andere programma's."),
        (
            DOSSIER,
            PANEL,
            (
                ("--formaat",),
                {
                    "choices": ("xlsx", "csv", "md", "qdpx", "qdc"),
                    "required": True,
                    "help": tr_later("Excel, csv, Markdown (één panel), of REFI-QDA: project (qdpx) of codeboek (qdc)"),
                },
            ),
            (
                ("--wat",),
                {
                    "choices": _SUBJECTS,
                    "help": tr_later("alleen deze tabel (csv: gewoon de notities; xlsx: alle vier)"),
                },
            ),
            (
                ("--namen",),
                {
                    "choices": (ALL_NAMES, *NAMINGS),
                    "default": "rol",
                    "help": tr_later(
                        "gewoon: rol; voluit: wie dat goed vindt met naam; alles: zoals het in het dossier staat"
                    ),
                },
            ),
            RECIPIENT,
            ANYWAY,
            out(tr_later("het bestand")),
        ),
    ),
}
