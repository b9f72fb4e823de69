"""What every command is made of: what it did, what it may write to, and how its arguments are declared."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sto_desktop.domain.errors import UsageError

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
        happened, advice = f"«{out.name}» eindigt niet op {ending}.", f"Noem een bestand dat op {ending} eindigt."
        raise UsageError(happened, "Er is niets geschreven.", advice)
    return out


def counted(number: int, one: str, many: str) -> str:
    """Return "1 panel" or "3 panels"."""
    return f"{number} {one if number == 1 else many}"


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


DOSSIER = file("dossier", "het dossier (.sto)")
PANEL: Argument = (("--panel",), {"default": "", "metavar": "TITEL", "help": "titel van het panel"})
