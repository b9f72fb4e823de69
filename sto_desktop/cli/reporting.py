"""The command that writes verslagen."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from sto_desktop.cli.base import (
    ANYWAY,
    DOSSIER,
    FORMATS,
    HOUSE_STYLE,
    PANEL,
    RECIPIENT,
    CommandLine,
    Outcome,
    doubt_sentences,
    doubts_data,
    house_style,
    one_of_ours,
    out,
    recorded,
    template_stays,
)
from sto_desktop.cli.words import FORMS, NAMINGS, PARTS
from sto_desktop.domain.errors import ContradictionError, UsageError
from sto_desktop.language import counted, tr, tr_later
from sto_desktop.own_files import make_folder

if TYPE_CHECKING:
    from sto_desktop.domain.log.change import Action
    from sto_desktop.report.blocks.options import ReportOptions
    from sto_desktop.workplace.reporting import Wanted, WritingJob, WrittenReport


def _report(options: argparse.Namespace) -> Outcome:
    from sto_desktop.report.content.file_names import report_file_name
    from sto_desktop.workplace import Workplace, panel_content, reporting

    _refuse_contradictions(options)
    ending = options.formaat or FORMATS[0]
    target: Path = options.uit if options.alle else one_of_ours(options.uit)
    wanted, style = _wanted(options), house_style(options)
    # Read everything first, so that the dossier is closed while the files are written.
    with Workplace.here().reading(options.dossier) as copy:
        read = copy.dossier.read
        panel_contents = [read.panel_content(panel.id) for panel in read.panels.listed()] if options.alle else []
        contents = (
            [content for content in panel_contents if content]
            if options.alle
            else [panel_content(copy.dossier, options.panel or "")]
        )
        with_options = [(content, wanted.options(copy.dossier, content.panel.id)) for content in contents]
    if options.alle and not contents:
        raise UsageError(tr("In dit dossier staat nog geen panel."), tr("Er is niets geschreven."), "")
    if options.alle:
        _make_folder(target)
    jobs: list[WritingJob] = []
    for content, chosen in with_options:
        name = report_file_name(content, chosen, f".{ending}")
        # Two panels can give the same file name.
        place = _other_than({job.target for job in jobs}, target / name) if options.alle else target
        jobs.append(reporting.WritingJob(content, chosen, place, style, options.toch))
    written = reporting.write_all(jobs, lambda report: _progress(len(jobs), report.target, options))
    sentences = [
        *copy.told,
        *(
            tr("Het verslag van {panel} staat in {target}.", panel=report.panel, target=report.target)
            for report in written
        ),
    ]
    problem, kept = recorded(options, copy, *(_issued(job, options.ontvanger) for job in jobs))
    sentences += problem
    sentences += _without_members(wanted, [chosen for _, chosen in with_options])
    for report in written:
        sentences += _to_heed(report, named=options.alle)
    stays = template_stays(style, *(report.target for report in written))
    sentences += stays.sentences
    rows = [_as_data(report) for report in written]
    data = {**({"verslagen": rows} if options.alle else rows[0]), **kept, **stays.data}
    return Outcome(tuple(sentences), data)


def _issued(job: WritingJob, recipient: str) -> Action:
    from sto_desktop.domain.privacy.participation import taking_part
    from sto_desktop.report.content.changes_since import fingerprint
    from sto_desktop.storage.working.dossier import wall_clock
    from sto_desktop.workplace.issuing import report_issued

    content = taking_part(job.content)
    return report_issued(content.panel.id, job.options, wall_clock(), job.target.name, recipient, fingerprint(content))


def _without_members(wanted: Wanted, chosen: Sequence[ReportOptions]) -> Iterator[str]:
    """Yield a message if the list of members is missing although it was asked for."""
    from sto_desktop.domain.privacy.naming.naming import NameMode
    from sto_desktop.report.blocks.options import Part

    if Part.MEMBERS in wanted.also and any(options.naming is not NameMode.FULL for options in chosen):
        yield tr("De lijst van panelleden staat er niet in: die noemt namen. Vraag erom met --namen voluit.")


def _refuse_contradictions(options: argparse.Namespace) -> None:
    if options.alle and options.panel:
        raise ContradictionError(
            tr("--alle en --panel gaan niet samen."), tr("Er is niets geschreven."), tr("Kies er één.")
        )
    if options.formaat and not options.alle:
        advice = tr("Laat --formaat weg: de soort blijkt uit de naam van het bestand.")
        raise ContradictionError(tr("--formaat hoort bij --alle."), tr("Er is niets geschreven."), advice)


def _to_heed(report: WrittenReport, *, named: bool) -> Iterator[str]:
    """Yield what to check in a verslag; `named`: mention the file to which possible names belong."""
    from sto_desktop.domain.privacy.participation import said_left_out, said_unasked

    if report.unasked:
        yield f"{report.target.name}: {said_unasked(report.unasked)}"
    if report.left_out:
        yield f"{report.target.name}: {said_left_out(report.left_out)}"
    if report.lacks:
        yield f"{report.target.name}: {report.lacks}"
    if report.names:
        names = counted(len(report.names), "{n} plaats", "{n} plaatsen")
        yield tr(
            "Let op: in {file} staat op {names} nog een naam van een panellid:",
            file=report.target.name,
            names=names,
        )
        yield from (f"  {place.around}" for place in report.names)
    if report.to_check and named:
        yield tr("In {file}:", file=report.target.name)
    yield from doubt_sentences(report.to_check)


def _as_data(report: WrittenReport) -> dict[str, object]:
    return {
        "verslag": report.target,
        "panel": report.panel,
        "notes": report.notes,
        "names": [place.around for place in report.names],
        "left_out": report.left_out,
        "unasked": report.unasked,
        "lacks": report.lacks,
        "nakijken": doubts_data(report.to_check),
    }


def _make_folder(folder: Path) -> None:
    try:
        make_folder(folder)
    except OSError as error:
        happened = tr("«{folder}» is geen map, en kan het niet worden.", folder=folder)
        raise UsageError(happened, tr("Er is niets geschreven."), tr("Noem een andere map.")) from error


def _wanted(options: argparse.Namespace) -> Wanted:
    from sto_desktop.domain.privacy.naming.naming import NameMode
    from sto_desktop.report.blocks.options import Form, Part
    from sto_desktop.workplace.reporting import Wanted

    also = {Part[PARTS[word]] for word in options.met or ()}
    if options.met_notities:
        also |= {Part.NOTES, Part.OBSERVATIONS}
    without = frozenset(Part[PARTS[word]] for word in options.zonder or ())
    if also & without:
        happened = tr("Een deel is zowel met als zonder gevraagd.")
        raise ContradictionError(happened, tr("Er is niets geschreven."), tr("Noem het bij --met of bij --zonder."))
    return Wanted(
        form=Form[FORMS[options.vorm]] if options.vorm else None,
        naming=NameMode[NAMINGS[options.namen]] if options.namen else None,
        also=frozenset(also),
        without=without,
    )


def _other_than(used: set[Path], path: Path) -> Path:
    # Two panels can have the same name and date, and so the same file name.
    number, free = 2, path
    while free in used:
        free, number = path.with_name(f"{path.stem} ({number}){path.suffix}"), number + 1
    return free


def _progress(of: int, path: Path, options: argparse.Namespace) -> None:
    if options.alle and not options.json:
        print(tr("{file} is klaar (van {all}).", file=path.name, all=of), file=sys.stderr)


COMMANDS: dict[str, CommandLine] = {
    "verslag": (
        _report,
        tr_later("Maak het verslag van een panel, of van alle panels, zoals het in het dossier is opgezet."),
        (
            DOSSIER,
            PANEL,
            (("--alle",), {"action": "store_true", "help": tr_later("van alle panels; UIT is dan een map")}),
            (
                ("--vorm",),
                {"choices": tuple(FORMS), "help": tr_later("de vorm (gewoon: uitgebreid)")},
            ),
            (
                ("--namen",),
                {"choices": tuple(NAMINGS), "help": tr_later("hoe panelleden heten (gewoon: rol)")},
            ),
            (
                ("--met",),
                {"nargs": "+", "metavar": "DEEL", "choices": tuple(PARTS), "help": tr_later("ook met deze delen")},
            ),
            (
                ("--zonder",),
                {
                    "nargs": "+",
                    "metavar": "DEEL",
                    "choices": tuple(PARTS),
                    "help": tr_later("zonder deze delen: %(choices)s"),
                },
            ),
            (
                ("--met-notities",),
                {"action": "store_true", "help": tr_later("met alle notities en observaties als bijlage")},
            ),
            *HOUSE_STYLE,
            (("--formaat",), {"choices": FORMATS, "help": tr_later("met --alle: de soort bestanden (gewoon: docx)")}),
            RECIPIENT,
            ANYWAY,
            out(tr_later("het bestand (.docx, .pdf, .html of .md), of met --alle de map")),
        ),
    ),
}
