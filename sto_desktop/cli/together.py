"""The commands for working with others: merging dossiers, copies to share, and the vogelvlucht."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sto_desktop.cli.base import (
    ANYWAY,
    DOSSIER,
    HOUSE_STYLE,
    PANEL,
    RECIPIENT,
    CommandLine,
    Outcome,
    asked_password,
    chosen_naming,
    doubt_sentences,
    doubts_data,
    file,
    free_for,
    house_style,
    in_the_window,
    out,
    recorded,
    said_of_protection,
    template_stays,
)
from sto_desktop.cli.words import ALL_NAMES, NAMINGS
from sto_desktop.domain.errors import ContradictionError, UsageError
from sto_desktop.language import counted, tr, tr_later

if TYPE_CHECKING:
    from sto_desktop.domain.model import Panelist
    from sto_desktop.domain.panel.overview import OverviewContent
    from sto_desktop.storage.log.incoming import Incoming

_SCOPES = {"alles": "ALL", "panel": "PANEL", "inzichten": "FINDINGS"}
_ENDINGS = (".docx", ".pdf", ".md", ".html", ".xlsx")


def _merge(options: argparse.Namespace) -> Outcome:
    from sto_desktop.workplace import Workplace
    from sto_desktop.workplace.arrivals import said_incoming
    from sto_desktop.workplace.consent import all_withdrawals, wiped_arrived
    from sto_desktop.workplace.erasing import said_of_refusing
    from sto_desktop.workplace.files import merge_files, preview_files

    refusing: tuple[str, ...] = ()
    members: Sequence[Panelist] = ()
    if options.proef and options.uit is not None:
        happened = tr("--proef schrijft niets, en -o noemt een bestand om te schrijven.")
        raise ContradictionError(happened, tr("Er is niets geschreven."), tr("Laat een van beide weg."))
    if options.proef:
        results = preview_files(Workplace.here(), options.dossiers)
        sentences = [tr("Er is niets geschreven. Samenvoegen zou dit geven:")]
    elif options.uit is None:
        raise UsageError(
            tr("Er is niet gezegd waar het resultaat komt."), tr("Er is niets gewijzigd."), tr("Geef -o, of --proef.")
        )
    else:
        results = merge_files(Workplace.here(), options.dossiers, options.uit)
        with Workplace.here().reading(options.uit) as copy:
            gone = (one for incoming in results for one in wiped_arrived(copy.dossier, incoming.arrived))
            refusing = said_of_refusing(copy.dossier, [*all_withdrawals(copy.dossier), *gone])
            members = copy.dossier.read.members.every()
        sentences = [
            counted(
                len(results),
                "{n} dossier samengevoegd in {file}.",
                "{n} dossiers samengevoegd in {file}.",
                file=options.uit,
            )
        ]
    sentences += [*(f"{incoming.path}: {said_incoming(incoming)}" for incoming in results), *refusing]
    sentences += said_of_protection(options.uit, members, in_the_window()) if options.uit else ()
    sound = all(
        incoming.result is not None and not incoming.result.contradicted and not incoming.result.malformed
        for incoming in results
    )
    merged = [_merge_data(incoming) for incoming in results]
    return Outcome(tuple(sentences), {"dossier": options.uit, "merged": merged, "refusing": refusing}, sound)


def _merge_data(incoming: Incoming) -> dict[str, Any]:
    data: dict[str, Any] = {"dossier": incoming.path}
    if incoming.problem is not None:
        return data | {"problem": str(incoming.problem)}
    result, arrived = incoming.result, incoming.arrived
    assert result is not None
    withdrawn = {one.name: [question.word for question in one.questions] for one in arrived.taken_back}
    for name, rows in (("new", arrived.new), ("changed", arrived.changed), ("deleted", arrived.deleted)):
        data[name] = {table: len(ids) for table, ids in rows.items()}
    return data | {
        "changes": result.changes,
        "conflicts": len(arrived.conflicts),
        "withdrawn": withdrawn,
        "people": sorted(name for name in arrived.people if name),
        "erasures": len(result.erasures),
        "contradicted": len(result.contradicted),
        "malformed": result.malformed,
    }


def _share(options: argparse.Namespace) -> Outcome:
    from sto_desktop.domain.actions.panels import title_for
    from sto_desktop.domain.privacy.naming.naming import NameMode
    from sto_desktop.domain.privacy.participation import said_left_out
    from sto_desktop.domain.privacy.remaining import said_remaining
    from sto_desktop.domain.privacy.sharing import SharedScope, Sharing, said_of_names
    from sto_desktop.storage.working.dossier import wall_clock
    from sto_desktop.workplace import Workplace, panel_asked
    from sto_desktop.workplace.issuing import copy_issued, said_before

    target = free_for(".sto", options.uit)
    if target.exists():
        happened = tr("Er is al een bestand «{file}».", file=target.name)
        raise UsageError(happened, tr("Het is niet gewijzigd."), tr("Kies een andere naam."))
    password = asked_password() if options.wachtwoord else None
    # Refused and not resolved: either answer would silently ignore an argument.
    if options.panel and options.wat == "alles":
        happened = tr("--panel kiest één panel, en --wat alles neemt ze allemaal mee.")
        raise ContradictionError(happened, tr("Er is niets geschreven."), tr("Laat een van beide weg."))
    scope = SharedScope(_SCOPES[options.wat or ("panel" if options.panel else "alles")])
    with Workplace.here().reading(options.dossier) as copy:
        of_one = scope is SharedScope.PANEL or options.panel
        panel = panel_asked(copy.dossier, options.panel or "") if of_one else None
        sharing = Sharing(scope, chosen_naming(options), panel.id if panel else None)
        shared = copy.share(target, sharing, password, anyway=options.toch)
        read = copy.dossier.read
        panels = [panel.id] if panel else [record.id for record in read.panels.listed()]
        asked = [member for row in panels for member in read.members.of_panel(row)]
        before = said_before(asked, read.course.all_issued(), sharing.naming)
        named = read.members.every() if sharing.naming in (None, NameMode.FULL) and password is None else ()
    problem, kept = recorded(options, copy, copy_issued(sharing, wall_clock(), target.name, options.ontvanger))
    notices = (said_of_names(sharing.naming), shared.heed, said_left_out(shared.left_out), before)
    sentences = (
        counted(
            shared.rows.get("panel", 0),
            "De kopie staat in {file}: {which}, namen: {naming}.",
            "De kopie staat in {file}: {n} panels, namen: {naming}.",
            file=target,
            which=f"«{title_for(panel)}»" if panel else tr("1 panel"),
            naming=options.namen,
        ),
        *filter(None, notices),
        *said_of_protection(target, named, tr("Met --wachtwoord is de kopie versleuteld.")),
        *problem,
        *copy.told,
        *filter(None, (said_remaining(target.name, shared.remaining),)),
        *doubt_sentences(shared.to_check),
    )
    data = {
        "uit": target,
        "rows": shared.rows,
        "names": options.namen,
        "password": password is not None,
        "left_out": shared.left_out,
        "names_left": [name.around for name in shared.remaining],
        "nakijken": doubts_data(shared.to_check),
        **kept,
    }
    return Outcome(sentences, data)


def _overview(options: argparse.Namespace) -> Outcome:
    from sto_desktop.domain.panel.overview import Overview
    from sto_desktop.domain.privacy.participation import said_left_out, said_unasked, unasked
    from sto_desktop.report.blocks.issued import NEWSLETTER, PLAN
    from sto_desktop.report.overview.overview_context import names_to_check
    from sto_desktop.storage.working.dossier import wall_clock
    from sto_desktop.storage.working.overview_read import overview_content
    from sto_desktop.workplace import Workplace
    from sto_desktop.workplace.issuing import overview_issued

    ending = options.uit.suffix.lower()
    target = free_for(ending if ending in _ENDINGS else tr(".docx, .pdf, .md, .html of .xlsx"), options.uit)
    if options.nieuwsbrief and ending == ".xlsx":
        happened = tr("--nieuwsbrief is een tekst, en in Excel komt het plan.")
        raise ContradictionError(
            happened, tr("Er is niets geschreven."), tr("Noem een .docx, .pdf, .md of .html, of laat het weg.")
        )
    with Workplace.here().reading(options.dossier) as copy:
        content = overview_content(copy.dossier)
    if not content.panels:
        raise UsageError(
            tr("In dit dossier staat nog geen panel."), tr("Er is niets geschreven."), tr("Voeg eerst dossiers samen.")
        )
    years = options.jaren or ()
    sentences, written = _written_overview(options, content, years, target)
    form = PLAN if ending == ".xlsx" else NEWSLETTER if options.nieuwsbrief else ""
    problem, kept = recorded(options, copy, overview_issued(form, wall_clock(), target.name, options.ontvanger))
    panels = Overview(content, years).panels
    left_out = sum(panel.left_out for panel in panels)
    not_asked = sum(unasked(panel.panelists) for panel in panels)
    sentences += filter(None, (said_left_out(left_out), said_unasked(not_asked), *problem))
    sentences += copy.told
    doubts = names_to_check(content, years, written)
    data = {
        "uit": target,
        "panels": len(content.panels),
        "left_out": left_out,
        "nakijken": doubts_data(doubts),
        **kept,
    }
    return Outcome((*sentences, *doubt_sentences(doubts)), data)


def _written_overview(
    options: argparse.Namespace, content: OverviewContent, years: tuple[str, ...], target: Path
) -> tuple[list[str], tuple[str, ...]]:
    """Write the plan, the newsletter or the vogelvlucht, whichever was asked; return what was written in sentences,
    and all its texts.
    """
    from sto_desktop.domain.privacy.remaining import said_remaining
    from sto_desktop.exchange.out.finished import write_checked
    from sto_desktop.report.blocks.document_texts import texts_of_document
    from sto_desktop.report.word.package import replace_file
    from sto_desktop.workplace.overview import overview_watch, texts_of_plan, write_overview, write_plan

    style = house_style(options)

    def write(made: Path) -> tuple[int, tuple[str, ...]]:
        if target.suffix.lower() == ".xlsx":
            rows = write_plan(content, made, years)
            return len(rows), texts_of_plan(rows)
        document = write_overview(content, made, short=options.nieuwsbrief, years=years, style=style)
        told.extend(texts_of_document(document))
        return len(content.panels), tuple(told)

    # Filled as the file is written: the pages of a PDF are not read back.
    told: list[str] = []
    (count, texts), remaining = write_checked(
        target, write, overview_watch(content, years), replace_file, anyway=options.toch, also=told
    )
    if target.suffix.lower() == ".xlsx":
        said = counted(
            count,
            "Het plan met {n} aanbeveling staat in {target}.",
            "Het plan met {n} aanbevelingen staat in {target}.",
            target=target,
        )
    else:
        said = counted(
            count,
            "{what} over {n} panel staat in {target}.",
            "{what} over {n} panels staat in {target}.",
            what=tr("De tekst voor de nieuwsbrief") if options.nieuwsbrief else tr("De vogelvlucht"),
            target=target,
        )
    stays = template_stays(style, target).sentences
    return [said, *filter(None, (said_remaining(target.name, remaining),)), *stays], texts


COMMANDS: dict[str, CommandLine] = {
    "samenvoegen": (
        _merge,
        tr_later("Voeg dossiers samen tot een nieuw dossier, of zeg met --proef wat dat zou geven."),
        (
            (("dossiers",), {"type": Path, "nargs": "+", "metavar": "DOSSIER", "help": tr_later("de dossiers")}),
            (("-o", "--uit"), {"type": Path, "metavar": "UIT", "help": tr_later("het nieuwe dossier")}),
            (("--proef",), {"action": "store_true", "help": tr_later("zeg alleen wat elk dossier zou toevoegen")}),
        ),
    ),
    "delen": (
        _share,
        tr_later("Maak een kopie om te delen, met of zonder namen."),
        (
            DOSSIER,
            (
                ("--wat",),
                {"choices": tuple(_SCOPES), "help": tr_later("wat meegaat (gewoon: alles; met --panel: dat panel)")},
            ),
            PANEL,
            (
                ("--namen",),
                {
                    "choices": (ALL_NAMES, *NAMINGS),
                    "default": "rol",
                    "help": tr_later(
                        "gewoon: rol; voluit: wie dat goed vindt met naam; alles: het dossier zelf, om samen aan te "
                        "werken"
                    ),
                },
            ),
            (
                ("--wachtwoord",),
                {"action": "store_true", "help": tr_later("vraag een wachtwoord, of lees het van de invoer")},
            ),
            RECIPIENT,
            ANYWAY,
            out(tr_later("de kopie (.sto)")),
        ),
    ),
    "vogelvlucht": (
        _overview,
        tr_later("Zet alle panels naast elkaar, in Word, of het plan in Excel."),
        (
            file("dossier", tr_later("het dossier met de panels (.sto)")),
            (("--nieuwsbrief",), {"action": "store_true", "help": tr_later("een korte tekst voor de nieuwsbrief")}),
            (("--jaren",), {"nargs": "+", "metavar": "JAAR", "help": tr_later("alleen panels uit deze jaren")}),
            *HOUSE_STYLE,
            RECIPIENT,
            ANYWAY,
            out(tr_later("het bestand: .docx, .pdf, .md, .html, of .xlsx voor het plan")),
        ),
    ),
}
