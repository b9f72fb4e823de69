"""What all commands share: their outcome, the check of output files, and the declaration of arguments."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sto_desktop.cli.words import ALL_NAMES, NAMINGS
from sto_desktop.domain.errors import UsageError
from sto_desktop.language import listed, tr, tr_later

if TYPE_CHECKING:
    from sto_desktop.domain.log.change import Action
    from sto_desktop.domain.model import Panelist
    from sto_desktop.domain.privacy.naming.naming import NameMode
    from sto_desktop.domain.privacy.to_check import ToCheck
    from sto_desktop.report.look.look import HouseStyle
    from sto_desktop.report.word.leftovers import TemplateText
    from sto_desktop.storage.working.working_copy import WorkingCopy

DONE, PROBLEM, WRONG_USE = 0, 1, 2
"""Exit codes: done; a problem, explained on stderr; wrong use."""

NO_READER = 128 + 13
"""Exit code of a command whose output nobody reads: as a shell reports a program that SIGPIPE ended."""


@dataclass(frozen=True)
class Outcome:
    """The outcome of a command: sentences for people, data for programs (`--json`), and whether it succeeded."""

    sentences: tuple[str, ...]
    data: Mapping[str, Any] = field(default_factory=dict)
    ok: bool = True


Command = Callable[[argparse.Namespace], Outcome]


def free_for(ending: str, out: Path) -> Path:
    """Return the output path; UsageError unless it has this extension, so that no dossier is overwritten by mistake."""
    if out.suffix.lower() != ending:
        happened, advice = (
            tr("«{file}» eindigt niet op {ending}.", file=out.name, ending=ending),
            tr("Noem een bestand dat op {ending} eindigt.", ending=ending),
        )
        raise UsageError(happened, tr("Er is niets geschreven."), advice)
    return out


FORMATS = ("docx", "pdf", "html", "md")
"""The extensions of a document that a command can write, without their dot."""


def one_of_ours(out: Path) -> Path:
    """Return the output path; UsageError unless it has the extension of a document."""
    endings = [f".{ending}" for ending in FORMATS]
    return free_for(out.suffix.lower() if out.suffix.lower() in endings else listed(endings, alternatives=True), out)


def doubt_sentences(doubts: Sequence[ToCheck]) -> tuple[str, ...]:
    """Return sentences on all possible names of members, for a person to review."""
    return tuple(map(_doubt_sentence, doubts))


def _doubt_sentence(doubt: ToCheck) -> str:
    what = tr("blijft staan") if doubt.becomes is None else tr("werd «{becomes}»", becomes=doubt.becomes)
    told = tr("nakijken: «{words}» {what}, in: {sentence}", words=doubt.words, what=what, sentence=doubt.sentence)
    return f"{told} ({doubt.why})" if doubt.why else told


def doubts_data(doubts: Sequence[ToCheck]) -> list[dict[str, str | bool | None]]:
    """Return the same as data for `--json`."""
    return [
        {"words": doubt.words, "sentence": doubt.sentence, "becomes": doubt.becomes, "refuses": doubt.refuses}
        for doubt in doubts
    ]


Argument = tuple[tuple[str, ...], dict[str, Any]]
"""The flags (or a name) and keyword arguments of `argparse.ArgumentParser.add_argument`."""

CommandLine = tuple[Command, str, tuple[Argument, ...]]
"""A command: its function, its description, and its arguments."""


def file(name: str, about: str) -> Argument:
    """Return the declaration of a positional argument for a file."""
    return (name,), {"type": Path, "metavar": name.upper(), "help": about}


def out(about: str) -> Argument:
    """Return the declaration of the argument for the output path."""
    return ("-o", "--uit"), {"type": Path, "metavar": "UIT", "required": True, "help": about}


def _title(text: str) -> str:
    if not text.strip():
        # An empty title is probably an unset shell variable, and would match every panel.
        raise argparse.ArgumentTypeError(tr("hier hoort de titel van een panel bij"))
    return text


DOSSIER = file("dossier", tr_later("het dossier (.sto)"))
PANEL: Argument = (
    ("--panel",),
    {"type": _title, "metavar": "TITEL", "help": tr_later("titel van het panel, of het nummer")},
)
RECIPIENT: Argument = (
    ("--ontvanger",),
    {
        "default": "",
        "metavar": "WIE",
        "help": tr_later("voor wie het is: staat in de lijst van «uitgifte», nergens anders"),
    },
)
ANYWAY: Argument = (
    ("--toch",),
    {
        "action": "store_true",
        "help": tr_later("schrijf het ook als er nog een naam in staat die er niet in mag"),
    },
)
_LOOKS = {"sto": "STO Twente", "sober": "Sober", "groot": "Grote letter"}
HOUSE_STYLE: tuple[Argument, ...] = (
    (
        ("--huisstijl",),
        {"choices": tuple(_LOOKS), "help": tr_later("een huisstijl van het programma (gewoon: die in het venster)")},
    ),
    (("--sjabloon",), {"type": Path, "metavar": "F.docx", "help": tr_later("een eigen huisstijl")}),
    (
        ("--sjabloon-leeg",),
        {
            "action": "store_true",
            "help": tr_later("haal uit het sjabloon wat op een naam, adres, nummer of datum lijkt"),
        },
    ),
)


OWN_PASSWORD: Argument = (
    ("--wachtwoord",),
    {"action": "store_true", "help": tr_later("vraag het wachtwoord van het dossier, of lees het van de invoer")},
)


def said_of_protection(path: Path, members: Iterable[Panelist], advice: str) -> tuple[str, ...]:
    """Return that a dossier that was just written without a password has names, who can read it, and what to do."""
    from sto_desktop.domain.privacy.sharing import with_a_name
    from sto_desktop.workplace.place import readers, said_unprotected

    # Where the list of file systems can't be read, it is not known who can.
    with suppress(OSError):
        return (said_unprotected(readers(path)), advice) if with_a_name(members) else ()
    return ()


def in_the_window() -> str:
    """Return where to give a dossier a password."""
    return tr("Geef het er een in het venster: «Wachtwoord van dit dossier» (Ctrl+Shift+W).")


def asked_password() -> str:
    """Return a password, from a prompt or the first line of stdin.

    It is no argument, since other users can see command lines.
    """
    if sys.stdin.isatty():
        import getpass

        password = getpass.getpass(tr("Wachtwoord: "))
    else:
        password = sys.stdin.readline().rstrip("\r\n")
    if not password:
        raise UsageError(
            tr("Er is geen wachtwoord gegeven."), tr("Er is niets geschreven."), tr("Geef er een op de invoer.")
        )
    return password


def recorded(
    options: argparse.Namespace, read: WorkingCopy, *issued: Action, password: str | None = None
) -> tuple[tuple[str, ...], dict[str, bool]]:
    """Record in the dossier what a command made of it; return sentences and data on whether that could be done.

    `read`: what the command read. Content of another program that it did not take along would be lost, so that nothing
    is recorded then.
    """
    from sto_desktop.settings import SettingsStore
    from sto_desktop.workplace import Workplace
    from sto_desktop.workplace.issuing import record

    if read.loses:
        problem = tr("Deze uitgifte is niet in het dossier vastgelegd: dan zou er iets uit verdwijnen.")
    else:
        problem = record(Workplace.here(SettingsStore().current.user_name), options.dossier, issued, password)
    return ((problem,) if problem else ()), {"vastgelegd": not problem}


def chosen_naming(options: argparse.Namespace) -> NameMode | None:
    """Return how members are called, as `--namen` says; None: everybody as in the dossier."""
    from sto_desktop.domain.privacy.naming.naming import NameMode

    return None if options.namen == ALL_NAMES else NameMode[NAMINGS[options.namen]]


def house_style(options: argparse.Namespace) -> HouseStyle:
    """Return the house style in the arguments, or else the one chosen in the window, with its colours and logo.

    ReportError if that logo can't be read.
    """
    from sto_desktop.settings import SettingsStore
    from sto_desktop.workplace.house import HouseChoice

    if options.huisstijl or options.sjabloon:
        chosen = HouseChoice(_LOOKS.get(options.huisstijl or "", ""), template=options.sjabloon)
    else:
        chosen = HouseChoice.of(SettingsStore().current)
    return (replace(chosen, emptied=True) if options.sjabloon_leeg else chosen).style()


@dataclass(frozen=True, slots=True)
class TemplateStays:
    """What to tell of the user's template of files that were made: texts that stay in them, and what does not."""

    texts: tuple[TemplateText, ...] = ()
    left_out: tuple[str, ...] = ()

    @property
    def data(self) -> dict[str, list[str]]:
        """The texts as data for `--json`."""
        return {"sjabloon": [text.text for text in self.texts]} if self.texts else {}

    @property
    def sentences(self) -> tuple[str, ...]:
        """A sentence on each, for a person to review, and what removes them."""
        told = [tr("nakijken in het sjabloon: {said}", said=text.said()) for text in self.texts]
        if told:
            told.append(tr("Met --sjabloon-leeg blijft dat weg."))
        return (*told, *self.left_out)


def template_stays(style: HouseStyle, *targets: Path) -> TemplateStays:
    """Return what the user's template leaves in these files, of what looks like somebody's or is to be filled in."""
    endings = {target.suffix.lower() for target in targets}
    if style.template is None or not endings & {".docx", ".pdf"}:
        return TemplateStays()
    from sto_desktop.report.word.leftovers import Where
    from sto_desktop.report.word.template import Template

    template = Template(style)
    # The template's own cover is in Word only.
    there = (one for one in template.leftovers() if ".docx" in endings or one.where is not Where.COVER)
    return TemplateStays(tuple(text for text in there if text.clues), template.left_out)
