"""The commands: the same jobs as in the window, without Qt (except the window itself and the demonstration)."""

from __future__ import annotations

import argparse
import gc
import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path

import sto_desktop
from sto_desktop.cli import exchanging, papers, reporting, rights, together, upkeep
from sto_desktop.cli.base import DONE, NO_READER, PROBLEM, WRONG_USE, Command, CommandLine
from sto_desktop.domain.errors import ContradictionError, StoError
from sto_desktop.language import tr, tr_later

_COMMANDS: dict[str, CommandLine] = {
    **reporting.COMMANDS,
    **papers.COMMANDS,
    **together.COMMANDS,
    **rights.COMMANDS,
    **exchanging.COMMANDS,
    **upkeep.COMMANDS,
}


def run(arguments: Sequence[str]) -> int:
    """Run the command line and return the exit code; `NO_READER` if nobody reads the output any more (`| head -1`)."""
    try:
        try:
            return _run(arguments)
        finally:
            # Flush here: an error while Python flushes at exit could not be handled. A window has no output to flush.
            if sys.stdout is not None:
                sys.stdout.flush()
    except BrokenPipeError:
        # Python flushes the rest of the buffer at exit too, so send it to the null device.
        nowhere = os.open(os.devnull, os.O_WRONLY)
        for stream in (sys.stdout, sys.stderr):
            os.dup2(nowhere, stream.fileno())
        return NO_READER


def _run(arguments: Sequence[str]) -> int:
    # Without a command the window opens, with a dossier if one is given.
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
        problem = {"ok": False, "happened": error.happened, "kept": error.kept, "advice": error.advice}
        print(json.dumps(problem, ensure_ascii=False, indent=1))
    print(str(error), file=sys.stderr)
    return WRONG_USE if isinstance(error, ContradictionError) else PROBLEM


def _window(arguments: Sequence[str]) -> int:
    if len(arguments) > 1 or (arguments and not _names_a_file(arguments[0])):
        _parser().error(tr("onbekende opdracht «{arguments}»", arguments=arguments[0]))
    # Without a display, Qt would abort the process.
    if sys.platform == "linux" and not {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"} & os.environ.keys():
        print(tr("Er is hier geen scherm om een venster op te tonen. Probeer: demo --uit MAP"), file=sys.stderr)
        return PROBLEM
    # During start-up garbage collection finds nothing and costs time. After the first paint the window takes over.
    gc.disable()
    from sto_desktop.app import run as run_window

    return run_window(Path(arguments[0]) if arguments else None)


def _names_a_file(argument: str) -> bool:
    return argument.endswith(".sto") or Path(argument).exists()


# Dutch texts of argparse

_WORDS = {
    "usage: ": tr_later("gebruik: "),
    "options": tr_later("opties"),
    "positional arguments": tr_later("argumenten"),
    "optional arguments": tr_later("opties"),
    "show this help message and exit": tr_later("toon deze hulp"),
    "%(prog)s: error: %(message)s\n": tr_later("%(prog)s: fout: %(message)s\n"),
    "the following arguments are required: %s": tr_later("dit ontbreekt: %s"),
    "unrecognized arguments: %s": tr_later("onbekend: %s"),
    "argument %(argument_name)s: %(message)s": tr_later("%(argument_name)s: %(message)s"),
    "expected one argument": tr_later("hier hoort één waarde bij"),
    "expected at least one argument": tr_later("hier hoort minstens één waarde bij"),
    "invalid choice: %(value)r (choose from %(choices)s)": tr_later("%(value)r kan niet (kies uit %(choices)s)"),
    "ambiguous option: %(option)s could match %(matches)s": tr_later("%(option)s kan van alles betekenen: %(matches)s"),
}


def _dutch(text: str) -> str:
    return tr(_WORDS.get(text, text))


# argparse translates its messages with a module-level gettext function; replacing it is the only way to override them.
vars(argparse)["_"] = _dutch


class _Once(argparse.Action):
    """Keeps the value of an option, and refuses a second value, which would silently replace the first."""

    def __call__(
        self, parser: argparse.ArgumentParser, namespace: argparse.Namespace, values: object, option: str | None = None
    ) -> None:
        seen: set[str] = vars(namespace).setdefault("_given", set())
        if self.dest in seen:
            raise argparse.ArgumentError(self, tr("dit staat er meer dan één keer; noem het één keer"))
        seen.add(self.dest)
        setattr(namespace, self.dest, values)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="sto-desktop",
        description=tr("STO Desktop: panelgesprekken voorbereiden, vastleggen, uitwerken en verslaan."),
        epilog=tr("Zonder opdracht, of met alleen een dossier, opent het venster."),
    )
    parser.add_argument("--version", action="version", version=sto_desktop.__version__, help=tr("toon de versie"))
    parser.set_defaults(json=False)
    commands = parser.add_subparsers(title=tr("opdrachten"), metavar=tr("OPDRACHT"), required=True)
    for name, (command, about, arguments) in _COMMANDS.items():
        subparser = commands.add_parser(name, help=tr(about), description=tr(about), allow_abbrev=False)
        for flags, settings in arguments:
            once = {"action": _Once} if flags[0].startswith("-") and "action" not in settings else {}
            subparser.add_argument(*flags, **{**once, **settings, "help": tr(settings["help"])})
        subparser.add_argument(
            "--json", action="store_true", help=tr("geef het resultaat als JSON, voor een ander programma")
        )
        subparser.set_defaults(run=command)
    return parser
