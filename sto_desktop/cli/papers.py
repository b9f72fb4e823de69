"""The command that makes the papers of the hours after a panel."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from sto_desktop.cli.base import (
    DOSSIER,
    FORMATS,
    PANEL,
    CommandLine,
    Outcome,
    doubt_sentences,
    doubts_data,
    one_of_ours,
    out,
    recorded,
)
from sto_desktop.cli.words import FORMS, NAMINGS, PAPERS
from sto_desktop.domain.errors import ContradictionError, StoError, UsageError
from sto_desktop.language import listed, tr, tr_later

if TYPE_CHECKING:
    from sto_desktop.domain.log.change import Action
    from sto_desktop.domain.panel.content import PanelContent
    from sto_desktop.report.papers.afterwards import Afterwards
    from sto_desktop.report.papers.kinds import Paper
    from sto_desktop.storage.working.dossier import Dossier
    from sto_desktop.workplace.reporting import WrittenPaper


def _paper(options: argparse.Namespace) -> Outcome:
    from sto_desktop.domain.privacy.participation import said_left_out, said_unasked, unasked
    from sto_desktop.report.papers.kinds import AFTERWARDS, Paper
    from sto_desktop.workplace import Workplace, panel_content

    kind = Paper[PAPERS[options.papier]]
    _refuse_contradictions(options, kind)
    with Workplace.here().reading(options.dossier) as copy:
        content = panel_content(copy.dossier, options.panel or "")
        after = _afterwards(options, copy.dossier, content)
    written, problem = _write(options, kind, after)
    issued = [_issued(after, kind, one) for one in written]
    not_recorded, kept = recorded(options, copy, *issued) if written else ((), {})
    if problem is not None:
        raise problem
    # In thanks there is nothing that somebody said.
    shown = after.shown if kind in AFTERWARDS else None
    who = (said_unasked(unasked(shown.panelists)), said_left_out(shown.left_out)) if shown else ()
    sentences = [
        *copy.told,
        *(tr("{paper} staat in {target}.", paper=tr(kind.value), target=one.target) for one in written),
        *not_recorded,
        *filter(None, who),
        *_to_heed(written),
    ]
    rows = [{"papier": one.target, "lacks": one.lacks, "nakijken": doubts_data(one.to_check)} for one in written]
    return Outcome(tuple(sentences), {"papieren": rows, **kept})


def _refuse_contradictions(options: argparse.Namespace, kind: Paper) -> None:
    from sto_desktop.report.papers.kinds import FOR_EACH, Paper

    nothing = tr("Er is niets geschreven.")
    if (options.alle or options.voor) and kind not in FOR_EACH:
        happened = tr("--alle en --voor horen bij panelcheck en afspraken.")
        raise ContradictionError(happened, nothing, tr("Laat ze weg."))
    if options.alle and options.voor:
        raise ContradictionError(tr("--alle en --voor gaan niet samen."), nothing, tr("Kies er één."))
    if options.sinds and kind is not Paper.CHANGES:
        raise ContradictionError(tr("--sinds hoort bij wijzigingen."), nothing, tr("Laat het weg."))
    if options.formaat and not options.alle:
        advice = tr("Laat --formaat weg: de soort blijkt uit de naam van het bestand.")
        raise ContradictionError(tr("--formaat hoort bij --alle."), nothing, advice)


def _afterwards(options: argparse.Namespace, dossier: Dossier, content: PanelContent) -> Afterwards:
    """Return the panel with the setup of its verslag, or as this command has it."""
    from dataclasses import replace

    from sto_desktop.domain.privacy.naming.naming import NameMode
    from sto_desktop.report.blocks.options import Form
    from sto_desktop.report.content.setups import options_of, options_text
    from sto_desktop.report.papers.afterwards import Afterwards

    course = dossier.read.course
    setups = dict(course.report_setups(content.panel.id))
    if options.namen:
        naming = NameMode[NAMINGS[options.namen]]
        setups = {form: options_text(replace(options_of(setups, form), naming=naming)) for form in Form}
    form = Form[FORMS[options.vorm]] if options.vorm else Form.EXTENDED
    return Afterwards(content, setups, form, course.issued(content.panel.id))


def _write(
    options: argparse.Namespace, kind: Paper, after: Afterwards
) -> tuple[Sequence[WrittenPaper], StoError | None]:
    """Write what was asked for; return what was written, and what prevented the rest."""
    from sto_desktop.report.papers.kinds import Paper
    from sto_desktop.report.papers.papers import paper
    from sto_desktop.report.writers import formats
    from sto_desktop.workplace.reporting import WrittenPaper, write_afterwards, write_each

    if options.alle:
        _some(after, kind, after.each(kind))
        return write_each(after, kind, options.uit, f".{options.formaat or FORMATS[0]}")
    target = one_of_ours(options.uit)
    if kind is Paper.THANKS:
        document = paper(kind, after.content.panel, after.content.guide, after.content.panelists)
        return (WrittenPaper(target, "", formats.write(document, target)),), None
    return (write_afterwards(after, kind, _choice(options, kind, after), target),), None


def _some(after: Afterwards, kind: Paper, there: Sequence[object]) -> None:
    from sto_desktop.report.papers.kinds import NOTHING

    if not there:
        raise UsageError(tr(NOTHING[kind]), tr("Er is niets geschreven."), "")


def _choice(options: argparse.Namespace, kind: Paper, after: Afterwards) -> str:
    """Return for whom, or since when, the paper is, as `Afterwards.choices` has it."""
    from sto_desktop.domain.people import fold
    from sto_desktop.report.papers.kinds import FOR_SOMEBODY, Paper

    if kind not in FOR_SOMEBODY:
        _some(after, kind, (*after.shown.notes, *after.shown.insights))
        return ""
    choices = after.choices(kind)
    _some(after, kind, choices)
    wanted = options.voor or options.sinds or ""
    if not wanted and kind is not Paper.CHECK:
        return choices[0][0]
    asked = [choice for choice, words in choices if wanted and fold(wanted) in map(fold, words.split(" · "))]
    if len(asked) != 1:
        known = listed((words for _, words in choices), alternatives=True)
        happened = tr("Er is geen papier voor of sinds «{wanted}».", wanted=wanted) if wanted else tr("Voor wie?")
        advice = tr("Kies uit: {known}.", known=known)
        raise UsageError(happened, tr("Er is niets geschreven."), advice)
    return asked[0]


def _issued(after: Afterwards, kind: Paper, one: WrittenPaper) -> Action:
    from sto_desktop.report.papers.kinds import AFTERWARDS
    from sto_desktop.storage.working.dossier import wall_clock
    from sto_desktop.workplace.issuing import paper_issued

    said = after if kind in AFTERWARDS else None
    panel = after.content.panel.id
    return paper_issued(panel, kind, tr(kind.value), wall_clock(), one.target.name, said, one.choice)


def _to_heed(written: Sequence[WrittenPaper]) -> Iterator[str]:
    for one in written:
        if one.lacks:
            yield f"{one.target.name}: {one.lacks}"
    # The same words stand in several letters.
    yield from dict.fromkeys(sentence for one in written for sentence in doubt_sentences(one.to_check))


COMMANDS: dict[str, CommandLine] = {
    "papier": (
        _paper,
        tr_later("Maak een papier van na het gesprek: bedankbericht, afspraken, panelcheck, wijzigingen of één A4."),
        (
            DOSSIER,
            (("papier",), {"choices": tuple(PAPERS), "help": tr_later("welk papier: %(choices)s")}),
            PANEL,
            (
                ("--alle",),
                {
                    "action": "store_true",
                    "help": tr_later("panelcheck of afspraken: van ieder een eigen bestand; UIT is dan een map"),
                },
            ),
            (("--voor",), {"metavar": "WIE", "help": tr_later("van één panellid, of van wie de afspraken zijn")}),
            (
                ("--sinds",),
                {
                    "metavar": "BESTAND",
                    "help": tr_later("wijzigingen sinds dit verslag (gewoon: het laatste dat u aan iemand gaf)"),
                },
            ),
            (
                ("--vorm",),
                {"choices": tuple(FORMS), "help": tr_later("de vorm van het verslag dat men krijgt")},
            ),
            (
                ("--namen",),
                {
                    "choices": tuple(NAMINGS),
                    "help": tr_later("hoe panelleden in dat verslag heten (gewoon: zoals het is opgezet)"),
                },
            ),
            (("--formaat",), {"choices": FORMATS, "help": tr_later("met --alle: de soort bestanden (gewoon: docx)")}),
            out(tr_later("het bestand (.docx, .pdf, .html of .md), of met --alle de map")),
        ),
    ),
}
