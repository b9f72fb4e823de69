"""Writes the verslag of one panel or all panels, by the setup in the dossier and by options given now."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import date
from multiprocessing import get_context
from os import cpu_count
from pathlib import Path
from typing import TYPE_CHECKING

from sto_desktop.domain.errors import StoError
from sto_desktop.domain.panel.content import PanelContent
from sto_desktop.domain.privacy.naming.naming import NameMode
from sto_desktop.domain.privacy.panel_texts import found_in
from sto_desktop.domain.privacy.redaction import Redactor
from sto_desktop.domain.privacy.remaining import Remaining
from sto_desktop.domain.privacy.to_check import ToCheck, to_check
from sto_desktop.own_files import make_folder
from sto_desktop.report.blocks.options import Form, Part, ReportOptions
from sto_desktop.report.look.look import HouseStyle
from sto_desktop.report.papers.kinds import Paper
from sto_desktop.report.writers import formats
from sto_desktop.storage.working.dossier import Dossier
from sto_desktop.workplace.place import free_path

if TYPE_CHECKING:  # slow to import, and only needed for these papers
    from sto_desktop.report.papers.afterwards import Afterwards

_ENOUGH_TO_SHARE = 40_000
"""Total number of notes from which several processes are used. Starting a process takes as long as
thousands of notes.
"""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Options that override the setup in the dossier; None keeps the setup."""

    form: Form | None = None
    naming: NameMode | None = None
    also: frozenset[Part] = frozenset()
    without: frozenset[Part] = frozenset()
    made_on: date | None = None

    def options(self, dossier: Dossier, panel: str) -> ReportOptions:
        """Return the options for a panel of a dossier."""
        from sto_desktop.report.content.setups import options_of

        options = options_of(dossier.read.course.report_setups(panel), self.form or Form.EXTENDED)
        options = replace(options, naming=self.naming or options.naming, made_on=self.made_on)
        for part in self.also:
            options = options.with_part(part, True)
        for part in self.without:
            options = options.with_part(part, False)
        return options


@dataclass(frozen=True, slots=True)
class WritingJob:
    """One verslag to write."""

    content: PanelContent
    options: ReportOptions
    target: Path
    style: HouseStyle = field(default_factory=HouseStyle)
    anyway: bool = False
    """Write it even if a name remains in it that may not be."""


@dataclass(frozen=True, slots=True)
class WrittenReport:
    """A written verslag. `names`: places with a name that is not allowed; `to_check`: possible names in it.
    `left_out`: number of notes omitted because
    a speaker does not take part. `lacks`: what the file lacks, such as letters that no font here has. `unasked`: number
    of members of whom it is not known whether they take part.
    """

    target: Path
    panel: str
    notes: int
    names: tuple[Remaining, ...]
    left_out: int = 0
    to_check: tuple[ToCheck, ...] = ()
    lacks: str = ""
    unasked: int = 0


def write_one(job: WritingJob) -> WrittenReport:
    """Make and write a verslag.

    Raises:
        ReportError: it can't be written.
        NamesRemainError: a name remains in it, and the job does not say to write it anyway.
    """
    from sto_desktop.domain.actions.panels import title_for
    from sto_desktop.domain.privacy.participation import naming_of, taking_part, unasked
    from sto_desktop.exchange.out.finished import watch_of, write_checked
    from sto_desktop.report.blocks.document_texts import texts_of_document
    from sto_desktop.report.content.panel_report import panel_report
    from sto_desktop.report.word.package import replace_file
    from sto_desktop.report.word.recognised import dress_for

    content = taking_part(job.content)
    # The short form fits its text to the pages of this house style.
    dress = dress_for(job.style)
    document = panel_report(content, replace(job.options, room=dress.room()))
    # The pages of a PDF are not read back, and they have the headers of the template.
    heads = dress.running if job.target.suffix.lower() == ".pdf" else ()
    running = [text for one in heads if one is not None for text in one.texts]
    naming = naming_of(content, job.options.naming)
    found = found_in(content, Redactor(naming, job.options.decisions))
    lacks, remaining = write_checked(
        job.target,
        lambda made: formats.write(document, made, job.style),
        watch_of([content], [naming], found, job.options.decisions),
        replace_file,
        anyway=job.anyway,
        also=(*texts_of_document(document), *running),
    )
    doubts = to_check(found, texts_of_document(document))
    title, notes, not_asked = title_for(content.panel), len(content.notes), unasked(content.panelists)
    return WrittenReport(job.target, title, notes, remaining, content.left_out, doubts, lacks, not_asked)


@dataclass(frozen=True, slots=True)
class WrittenPaper:
    """A written paper of the hours after a panel; `choice`: for whom, or since when, it is."""

    target: Path
    choice: str
    lacks: str = ""
    to_check: tuple[ToCheck, ...] = ()


def write_afterwards(after: Afterwards, kind: Paper, choice: str, target: Path) -> WrittenPaper:
    """Write a paper with what was said.

    Raises:
        ReportError: it can't be written.
        NamesRemainError, UnknownPeopleError: a name remains in it that may not; nothing was written.
    """
    from sto_desktop.exchange.out.finished import watch_of, write_checked
    from sto_desktop.report.blocks.document_texts import texts_of_document
    from sto_desktop.report.word.package import replace_file

    document = after.document(kind, choice)
    texts, found = texts_of_document(document), found_in(after.shown, after.redactor(kind, choice))
    watch = watch_of(
        [after.shown],
        [after.naming(kind, choice)],
        found,
        after.options(kind).decisions,
        reader=choice if kind is Paper.CHECK else "",
    )
    lacks, _ = write_checked(target, lambda made: formats.write(document, made), watch, replace_file, also=texts)
    return WrittenPaper(target, choice, lacks, to_check(found, texts))


def write_each(after: Afterwards, kind: Paper, folder: Path, ending: str) -> tuple[list[WrittenPaper], StoError | None]:
    """Write a paper for each member or owner, in a file each; return those written, and what prevented the others.

    Nobody gets what is of another: there is no file with all of them.
    """
    from sto_desktop.report.word.package import write_error

    written: dict[Path, WrittenPaper] = {}
    try:
        make_folder(folder)
        for choice in after.each(kind):
            # Two members can have the same name.
            target = free_path(folder, after.file_name(kind, choice), ending, taken=written.__contains__)
            written[target] = write_afterwards(after, kind, choice, target)
    except OSError as error:
        return list(written.values()), write_error(folder, error)
    except StoError as error:
        return list(written.values()), error
    return list(written.values()), None


def write_all(
    jobs: Sequence[WritingJob],
    done: Callable[[WrittenReport], object],
    *,
    share_from: int = _ENOUGH_TO_SHARE,
) -> list[WrittenReport]:
    """Write several verslagen, each whole or not at all; `done` is called after each, in order.

    From `share_from` notes in total they are written in parallel, in a process for each core.
    """
    workers = min(len(jobs), cpu_count() or 1)
    if workers < 2 or sum(len(job.content.notes) for job in jobs) < share_from:
        written = []
        for job in jobs:
            written.append(write_one(job))
            done(written[-1])
        return written
    # Spawned and not forked: a fork of a process with threads may deadlock.
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        results = []
        for result in pool.map(write_one, jobs):
            done(result)
            results.append(result)
        return results
