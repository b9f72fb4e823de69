"""What every command is made of: what it did, what it may write to, and how its arguments are declared."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sto_desktop.domain.errors import UsageError
from sto_desktop.language import counted, tr, tr_later

if TYPE_CHECKING:
    from sto_desktop.domain.privacy.redaction import ToCheck
    from sto_desktop.report.look.look import HouseStyle

DONE, PROBLEM, WRONG_USE = 0, 1, 2
"""Exit codes: done; a problem, explained on stderr; wrong use."""


@dataclass(frozen=True)
class Outcome:
    """What a command did: sentences for people, data for programs (`--json`), and whether all is well."""

    sentences: tuple[str, ...]
    data: Mapping[str, Any] = field(default_factory=dict)
    ok: bool = True


Command = Callable[[argparse.Namespace], Outcome]


def free_for(ending: str, out: Path) -> Path:
    """Return where a result goes; UsageError where a dossier, or another kind of file, would have to make way."""
    if out.suffix.lower() != ending:
        happened, advice = (
            tr("«{file}» eindigt niet op {ending}.", file=out.name, ending=ending),
            tr("Noem een bestand dat op {ending} eindigt.", ending=ending),
        )
        raise UsageError(happened, tr("Er is niets geschreven."), advice)
    return out


_MOST_TOLD = 30
"""Places to look at that are named in sentences; `--json` has all."""


def told_doubts(doubts: Sequence[ToCheck]) -> tuple[str, ...]:
    """Return in sentences what may be the name of a member, for a person to look at."""
    said = [
        tr(
            "nakijken: «{words}» {what}, in: {sentence}",
            words=item.words,
            what=tr("blijft staan") if item.becomes is None else tr("werd «{becomes}»", becomes=item.becomes),
            sentence=item.sentence,
        )
        for item in doubts[:_MOST_TOLD]
    ]
    more = len(doubts) - len(said)
    if more > 0:
        said.append(
            counted(
                more,
                "nakijken: en nog {n} plaats; met --json staan ze er allemaal.",
                "nakijken: en nog {n} plaatsen; met --json staan ze er allemaal.",
            )
        )
    return tuple(said)


def doubts_data(doubts: Sequence[ToCheck]) -> list[dict[str, str | None]]:
    """Return the same for programs."""
    return [{"words": item.words, "sentence": item.sentence, "becomes": item.becomes} for item in doubts]


Argument = tuple[tuple[str, ...], dict[str, Any]]
"""Flags (or a name) and settings of `argparse.ArgumentParser.add_argument`."""

CommandLine = tuple[Command, str, tuple[Argument, ...]]
"""A command: what does it, what it is for, and its arguments."""


def file(name: str, about: str) -> Argument:
    """Return the argument that names a file."""
    return (name,), {"type": Path, "metavar": name.upper(), "help": about}


def out(about: str) -> Argument:
    """Return the argument that names where the result goes."""
    return ("-o", "--uit"), {"type": Path, "metavar": "UIT", "required": True, "help": about}


def _title(text: str) -> str:
    if not text.strip():
        # An empty one comes from a variable that was never set, and would quietly mean every panel.
        raise argparse.ArgumentTypeError(tr("hier hoort de titel van een panel bij"))
    return text


DOSSIER = file("dossier", tr_later("het dossier (.sto)"))
PANEL: Argument = (("--panel",), {"type": _title, "metavar": "TITEL", "help": tr_later("titel van het panel")})
_LOOKS = {"sto": "STO Twente", "sober": "Sober", "groot": "Grote letter"}
HOUSE_STYLE: tuple[Argument, ...] = (
    (
        ("--huisstijl",),
        {"choices": tuple(_LOOKS), "help": tr_later("een huisstijl van het programma (gewoon: die in het venster)")},
    ),
    (("--sjabloon",), {"type": Path, "metavar": "F.docx", "help": tr_later("een eigen huisstijl")}),
)


def house_style(options: argparse.Namespace) -> HouseStyle:
    """Return the house style that was asked for, or else the one that was chosen in the window, colours, logo and all;
    ReportError when that one's logo can't be read.
    """
    from sto_desktop.settings import SettingsStore
    from sto_desktop.workplace.house import HouseChoice

    if options.huisstijl or options.sjabloon:
        return HouseChoice(_LOOKS.get(options.huisstijl or "", ""), template=options.sjabloon).style()
    return HouseChoice.of(SettingsStore().current).style()
