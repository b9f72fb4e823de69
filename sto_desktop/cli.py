"""The commands: the same jobs as in the window, without Qt (but for the window itself and the demonstration)."""

from __future__ import annotations

import argparse
import gc
import json
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import sto_desktop
from sto_desktop.domain.errors import StoError, UsageError

if TYPE_CHECKING:
    from sto_desktop.report.blocks import Document
    from sto_desktop.report.look import HouseStyle
    from sto_desktop.workplace.reporting import Wanted

DONE, PROBLEM, WRONG_USE = 0, 1, 2
"""Exit codes: done; a problem, explained on stderr; wrong use."""


@dataclass(frozen=True)
class Outcome:
    """What a command did: sentences for people, data for programs (`--json`), and whether all is well."""

    sentences: tuple[str, ...]
    data: Mapping[str, Any] = field(default_factory=dict)
    ok: bool = True


Command = Callable[[argparse.Namespace], Outcome]


def run(arguments: Sequence[str]) -> int:
    """Do what the command line says and return the exit code."""
    if not arguments or (arguments[0] not in _COMMANDS and not arguments[0].startswith("-")):
        return _window(arguments)
    options = _parser().parse_args(arguments)
    command: Command = options.run
    try:
        outcome = command(options)
    except StoError as error:
        return _problem(error, as_json=options.json)
    if options.json:
        print(json.dumps({"ok": outcome.ok, **outcome.data}, ensure_ascii=False, indent=1, default=str))
    else:
        for sentence in outcome.sentences:
            print(sentence)
    return DONE if outcome.ok else PROBLEM


def _problem(error: StoError, *, as_json: bool) -> int:
    if as_json:
        told = {"ok": False, "happened": error.happened, "kept": error.kept, "advice": error.advice}
        print(json.dumps(told, ensure_ascii=False, indent=1))
    print(str(error), file=sys.stderr)
    return PROBLEM


def _window(arguments: Sequence[str]) -> int:
    if len(arguments) > 1 or (arguments and not _names_a_file(arguments[0])):
        _parser().error(f"onbekende opdracht «{arguments[0]}»")
    if sys.platform == "linux" and not {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"} & os.environ.keys():
        print("Er is hier geen scherm om een venster op te tonen. Probeer: demo --uit MAP", file=sys.stderr)
        return PROBLEM
    # Looking for garbage while everything is being made finds none; the window lets it begin after the first paint.
    gc.disable()
    from sto_desktop.app import run as run_window

    return run_window(Path(arguments[0]) if arguments else None)


def _names_a_file(argument: str) -> bool:
    return argument.endswith(".sto") or Path(argument).exists()


def _free_for(ending: str, out: Path) -> Path:
    """Return where a result goes; UsageError where a dossier, or another kind of file, would have to make way."""
    if out.suffix.lower() != ending:
        happened, advice = f"«{out.name}» eindigt niet op {ending}.", f"Noem een bestand dat op {ending} eindigt."
        raise UsageError(happened, "Er is niets geschreven.", advice)
    return out


# The commands


def _count(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"


def _example(options: argparse.Namespace) -> Outcome:
    from sto_desktop.workplace import Workplace, make_example

    copy = make_example(Workplace.here(), options.uit)
    found = copy.dossier.read.panels()
    notes = {panel.title: copy.dossier.read.note_count(panel.id) for panel in found}
    copy.close()
    said = f"Het voorbeeld staat in {options.uit}: {len(found)} panels met samen {sum(notes.values())} notities."
    return Outcome((said,), {"dossier": options.uit, "panels": notes})


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
        f"{_count(done.panelists, 'panellid', 'panelleden')} en {_count(done.notes, 'notitie', 'notities')} "
        f"geïmporteerd in {options.dossier}.",
        *done.messages,
    )
    data = {"dossier": options.dossier, "panelists": done.panelists, "notes": done.notes, "messages": done.messages}
    return Outcome(said, data)


def _report(options: argparse.Namespace) -> Outcome:
    from sto_desktop.report.file_names import report_file_name
    from sto_desktop.workplace import Workplace, panel_content
    from sto_desktop.workplace.reporting import Job, write_all

    if options.alle and options.panel:
        raise UsageError("--alle en --panel gaan niet samen.", "Er is niets geschreven.", "Kies er één.")
    out: Path = options.uit if options.alle else _one_of_ours(options.uit)
    wanted = _wanted(options)
    copy = Workplace.here().open(options.dossier)
    try:
        read = copy.dossier.read
        found = [read.panel_content(item.id) for item in read.panels()] if options.alle else []
        contents = [item for item in found if item] if options.alle else [panel_content(copy.dossier, options.panel)]
        asked = [(item, wanted.options(copy.dossier, item.panel.id)) for item in contents]
    finally:
        copy.close()
    if options.alle and not contents:
        raise UsageError("In dit dossier staat nog geen panel.", "Er is niets geschreven.", "")
    if options.alle:
        _make_folder(out)
    jobs: list[Job] = []
    for content, chosen in asked:
        name = report_file_name(content, chosen, f".{options.formaat}")
        target = _other_than({job.target for job in jobs}, out / name) if options.alle else out
        jobs.append(Job(content, chosen, target, options.sjabloon))
    written = write_all(jobs, lambda one: _progress(len(jobs), one.target, options), write=_write)
    said = [f"Het verslag van {one.panel} staat in {one.target}." for one in written]
    for one in written:
        if one.names:
            names = _count(len(one.names), "plaats", "plaatsen")
            said.append(f"Let op: in {one.target.name} staat op {names} nog een naam van een panellid:")
            said += [f"  {place}" for place in one.names]
    rows = [
        {"verslag": one.target, "panel": one.panel, "notes": one.notes, "names": list(one.names)} for one in written
    ]
    return Outcome(tuple(said), {"verslagen": rows} if options.alle else rows[0])


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        happened = f"«{folder}» is geen map, en kan het niet worden."
        raise UsageError(happened, "Er is niets geschreven.", "Noem een andere map.") from error


def _one_of_ours(out: Path) -> Path:
    endings = [f".{ending}" for ending in _FORMATS]
    return _free_for(out.suffix.lower() if out.suffix.lower() in endings else _listed_or(endings), out)


def _listed_or(words: Sequence[str]) -> str:
    return f"{', '.join(words[:-1])} of {words[-1]}"


def _write(document: Document, target: Path, style: HouseStyle) -> None:
    if target.suffix.lower() == ".pdf":
        from sto_desktop.app import write_pdf

        write_pdf(document, target, style)
        return
    from sto_desktop.report.formats import write

    write(document, target, style)


def _wanted(options: argparse.Namespace) -> Wanted:
    from sto_desktop.report.options import Part
    from sto_desktop.report.part_words import FORM_WORDS, NAMING_WORDS, PART_WORDS
    from sto_desktop.workplace.reporting import Wanted

    also = {PART_WORDS[word] for word in options.met or ()}
    if options.met_notities:
        also |= {Part.NOTES, Part.OBSERVATIONS}
    return Wanted(
        form=FORM_WORDS[options.vorm] if options.vorm else None,
        naming=NAMING_WORDS[options.namen] if options.namen else None,
        also=frozenset(also),
        without=frozenset(PART_WORDS[word] for word in options.zonder or ()),
    )


def _other_than(taken: set[Path], path: Path) -> Path:
    number, free = 2, path
    while free in taken:
        free, number = path.with_name(f"{path.stem} ({number}){path.suffix}"), number + 1
    return free


def _progress(of: int, path: Path, options: argparse.Namespace) -> None:
    if options.alle and not options.json:
        print(f"{path.name} is klaar (van {of}).", file=sys.stderr)


def _merge(options: argparse.Namespace) -> Outcome:
    from sto_desktop.workplace import Workplace, merge_files

    results = merge_files(Workplace.here(), options.dossiers, options.uit)
    rows = [
        {
            "dossier": path,
            "changes": result.changes,
            "erasures": len(result.erasures),
            "contradicted": len(result.contradicted),
            "malformed": result.malformed,
        }
        for path, result in zip(options.dossiers, results, strict=True)
    ]
    said = [f"{_count(len(results), 'dossier', 'dossiers')} samengevoegd in {options.uit}."]
    for path, result in zip(options.dossiers, results, strict=True):
        if result.nothing_new:
            said.append(f"{path}: niets nieuws.")
        if result.erasures:
            said.append(f"{path}: {_count(len(result.erasures), 'veld is', 'velden zijn')} definitief gewist.")
        if result.contradicted or result.malformed:
            count = len(result.contradicted) + result.malformed
            said.append(f"{path}: {_count(count, 'regel klopte', 'regels klopten')} niet en ging niet mee.")
    sound = not any(result.contradicted or result.malformed for result in results)
    return Outcome(tuple(said), {"dossier": options.uit, "merged": rows}, sound)


def _export(options: argparse.Namespace) -> Outcome:
    from sto_desktop.workplace import Workplace, export_notes

    out = _free_for(f".{options.formaat}", options.uit)
    copy = Workplace.here().open(options.dossier)
    try:
        count = export_notes(copy.dossier, options.panel, options.formaat, out)
    finally:
        copy.close()
    said = f"{_count(count, 'notitie', 'notities')} geschreven in {options.uit}."
    return Outcome((said,), {"uit": options.uit, "notes": count})


def _check(options: argparse.Namespace) -> Outcome:
    from sto_desktop.storage.check import check_file, repair

    if options.herstel is not None:
        mended = repair(options.dossier, options.herstel)
        return Outcome(mended.sentences, mended.data())
    report = check_file(options.dossier)
    return Outcome(report.sentences, report.data(), report.ok)


def _demo(options: argparse.Namespace) -> Outcome:
    from sto_desktop.app import run_demo

    made = run_demo(options.uit)
    return Outcome(
        (f"Een heel panelgesprek is door het venster gegaan; het resultaat staat in {options.uit}.", *map(str, made)),
        {"uit": options.uit, "files": made},
    )


# The words on the command line

_WORDS = {
    "usage: ": "gebruik: ",
    "options": "opties",
    "positional arguments": "argumenten",
    "optional arguments": "opties",
    "show this help message and exit": "toon deze hulp",
    "%(prog)s: error: %(message)s\n": "%(prog)s: fout: %(message)s\n",
    "the following arguments are required: %s": "dit ontbreekt: %s",
    "unrecognized arguments: %s": "onbekend: %s",
    "argument %(argument_name)s: %(message)s": "%(argument_name)s: %(message)s",
    "expected one argument": "hier hoort één waarde bij",
    "expected at least one argument": "hier hoort minstens één waarde bij",
    "invalid choice: %(value)r (choose from %(choices)s)": "%(value)r kan niet (kies uit %(choices)s)",
    "ambiguous option: %(option)s could match %(matches)s": "%(option)s kan van alles betekenen: %(matches)s",
}


def _dutch(text: str) -> str:
    return _WORDS.get(text, text)


# argparse asks gettext for its words, and has no other place to hand over ours.
vars(argparse)["_"] = _dutch


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="sto-desktop",
        description="STO Desktop: panelgesprekken voorbereiden, vastleggen, uitwerken en verslaan.",
        epilog="Zonder opdracht, of met alleen een dossier, opent het venster.",
    )
    parser.add_argument("--version", action="version", version=sto_desktop.__version__, help="toon de versie")
    parser.set_defaults(json=False)
    commands = parser.add_subparsers(title="opdrachten", metavar="OPDRACHT", required=True)
    for name, (command, about, arguments) in _COMMANDS.items():
        one = commands.add_parser(name, help=about, description=about, allow_abbrev=False)
        for flags, settings in arguments:
            one.add_argument(*flags, **settings)
        one.add_argument("--json", action="store_true", help="geef het resultaat als JSON, voor een ander programma")
        one.set_defaults(run=command)
    return parser


_Argument = tuple[tuple[str, ...], dict[str, Any]]


def _file(name: str, about: str) -> _Argument:
    return (name,), {"type": Path, "metavar": name.upper(), "help": about}


def _out(about: str) -> _Argument:
    return ("-o", "--uit"), {"type": Path, "metavar": "UIT", "required": True, "help": about}


_DOSSIER = _file("dossier", "het dossier (.sto)")
_FORMATS = ("docx", "pdf", "html", "md")
_PARTS = (
    "omslag", "inhoud", "samenvatting", "werkwijze", "samenstelling", "verantwoording", "themas", "conclusies",
    "aanbevelingen", "afspraken", "open-vragen", "terugblik", "leidraad", "panelleden", "notities", "observaties",
    "tijd",
)  # fmt: skip
"""The parts of a verslag, as `report.part_words` knows them: to import that would slow the window's start down."""
_PANEL: _Argument = (("--panel",), {"default": "", "metavar": "TITEL", "help": "titel van het panel"})

_COMMANDS: dict[str, tuple[Command, str, tuple[_Argument, ...]]] = {
    "verslag": (
        _report,
        "Maak het verslag van een panel, of van alle panels, zoals het in het dossier is opgezet.",
        (
            _DOSSIER,
            _PANEL,
            (("--alle",), {"action": "store_true", "help": "van alle panels; UIT is dan een map"}),
            (("--vorm",), {"choices": ("kort", "uitgebreid", "notulen"), "help": "de vorm (gewoon: uitgebreid)"}),
            (("--namen",), {"choices": ("voluit", "rol", "pseudoniem"), "help": "hoe panelleden heten (gewoon: rol)"}),
            (("--met",), {"nargs": "+", "metavar": "DEEL", "choices": _PARTS, "help": "ook met deze delen"}),
            (
                ("--zonder",),
                {"nargs": "+", "metavar": "DEEL", "choices": _PARTS, "help": f"zonder deze delen: {', '.join(_PARTS)}"},
            ),
            (("--met-notities",), {"action": "store_true", "help": "met alle notities en observaties als bijlage"}),
            (("--sjabloon",), {"type": Path, "metavar": "F.docx", "help": "eigen huisstijl"}),
            (("--formaat",), {"choices": _FORMATS, "default": "docx", "help": "met --alle: de soort bestanden"}),
            _out("het bestand (.docx, .pdf, .html of .md), of met --alle de map"),
        ),
    ),
    "samenvoegen": (
        _merge,
        "Voeg dossiers samen tot een nieuw dossier.",
        (
            (("dossiers",), {"type": Path, "nargs": "+", "metavar": "DOSSIER", "help": "de dossiers"}),
            _out("het nieuwe dossier"),
        ),
    ),
    "importeer": (
        _import,
        "Neem notities en panelleden over; wat er nog niet is, wordt gemaakt.",
        (
            _DOSSIER,
            (("--notities",), {"type": Path, "metavar": "F.md", "help": "notities in Markdown"}),
            (("--panelleden",), {"type": Path, "metavar": "F.csv", "help": "panelleden in csv of xlsx"}),
            _PANEL,
            (("--subregio",), {"default": "", "metavar": "S", "help": "subregio van het panel"}),
        ),
    ),
    "exporteer": (
        _export,
        "Schrijf de notities in een vorm voor andere programma's.",
        (
            _DOSSIER,
            _PANEL,
            (("--formaat",), {"choices": ("md", "csv"), "required": True, "help": "Markdown of csv"}),
            _out("het bestand"),
        ),
    ),
    "controleer": (
        _check,
        "Controleer een dossier van binnen, of maak er een herstelde kopie van.",
        (_DOSSIER, (("--herstel",), {"type": Path, "metavar": "UIT", "help": "schrijf een herstelde kopie"})),
    ),
    "voorbeeld": (_example, "Maak een dossier met vijf ingevulde panels.", (_file("uit", "het nieuwe dossier"),)),
    "demo": (
        _demo,
        "Laat het venster zelf een heel panelgesprek doen.",
        (
            (
                ("--uit",),
                {"type": Path, "metavar": "MAP", "required": True, "help": "map voor dossier, verslag en schermen"},
            ),
        ),
    ),
}
