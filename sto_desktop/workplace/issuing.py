"""Records which outputs were made and whom they are for, from the window and from commands."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from sto_desktop.domain.actions.reports import AS_IT_IS, ONE_PERSON, remember_made
from sto_desktop.domain.bookkeeping import Issuance
from sto_desktop.domain.errors import StoError
from sto_desktop.domain.log.change import Action
from sto_desktop.domain.model import Panelist
from sto_desktop.domain.privacy.naming.naming import NameMode
from sto_desktop.domain.privacy.participation import said_unasked, unasked
from sto_desktop.domain.privacy.sharing import SharedScope, Sharing
from sto_desktop.domain.vocabulary import Output
from sto_desktop.language import counted, listed, tr
from sto_desktop.report.blocks.issued import naming_code, naming_in, said_recipient
from sto_desktop.report.blocks.options import ReportOptions
from sto_desktop.report.papers.kinds import Paper
from sto_desktop.workplace.consent import holds_members

if TYPE_CHECKING:
    from sto_desktop.report.papers.afterwards import Afterwards
    from sto_desktop.workplace.exporting import ExportWish
    from sto_desktop.workplace.place import Workplace


def report_issued(
    panel: str, options: ReportOptions, at: datetime, file_name: str, recipient: str, fingerprint: str
) -> Action:
    """Record a verslag of a panel (id); `fingerprint`: of the content that it was made from."""
    from sto_desktop.report.content.setups import options_text

    return remember_made(
        Output.REPORT,
        panel,
        at,
        file_name,
        form=options.form.value,
        naming=naming_code(options.naming),
        recipient=recipient,
        options=options_text(options),
        fingerprint=fingerprint,
    )


def copy_issued(sharing: Sharing, at: datetime, file_name: str, recipient: str) -> Action:
    """Record a copy of the dossier."""
    panel = sharing.panel if sharing.scope is not SharedScope.ALL else None
    form, naming = sharing.scope.value, naming_code(sharing.naming)
    return remember_made(Output.COPY, panel, at, file_name, form=form, naming=naming, recipient=recipient)


def export_issued(panel: str | None, wish: ExportWish, at: datetime, file_name: str, recipient: str) -> Action:
    """Record an export of a panel (id), or of all."""
    naming = naming_code(wish.names)
    return remember_made(Output.EXPORT, panel, at, file_name, form=wish.form, naming=naming, recipient=recipient)


def overview_issued(form: str, at: datetime, file_name: str, recipient: str) -> Action:
    """Record a vogelvlucht; `form`: NEWSLETTER, PLAN, or "" for the whole of it. Nobody is named in it."""
    naming = NameMode.ROLE.value
    return remember_made(Output.OVERVIEW, None, at, file_name, form=form, naming=naming, recipient=recipient)


def figure_issued(panel: str | None, caption: str, at: datetime, file_name: str) -> Action:
    """Record a figure or table of a panel (id), or of all: it names nobody, and counts by sector and theme."""
    return remember_made(Output.FIGURE, panel, at, file_name, form=caption, naming=NameMode.ROLE.value)


def paper_issued(
    panel: str,
    kind: Paper | None,
    name: str,
    at: datetime,
    file_name: str,
    after: Afterwards | None = None,
    choice: str = "",
) -> Action:
    """Record a paper of a panel (id); `kind` None: cards or a plan with the members. `after` and `choice`: the panel
    and for whom it is, where what was said is in it.
    """
    recipient = ""
    if kind in (None, Paper.ATTENDANCE):
        naming = AS_IT_IS
    elif after is None or kind is None:
        naming = ""
    elif kind is Paper.CHECK:
        member = after.member(choice)
        naming, recipient = ONE_PERSON, member.name if member else ""
    else:
        naming, recipient = naming_code(after.options(kind).naming), choice if kind is Paper.AGREED else ""
    return remember_made(Output.PAPER, panel, at, file_name, form=name, naming=naming, recipient=recipient)


def access_issued(name: str, at: datetime, file_name: str) -> Action:
    """Record that somebody was given all that the dossier holds of them."""
    return remember_made(Output.ACCESS, None, at, file_name, form="", naming=ONE_PERSON, recipient=name)


def said_joined(issued: Iterable[Issuance], naming: NameMode | None) -> str:
    """Return that a copy or export with all names can be laid beside one without, if one of the other kind was made
    before: rows keep their ids, so that a copy can come back, and texts are the same. `naming`: of the one to be made.
    """
    others = [
        output
        for output in issued
        if output.output in (Output.COPY, Output.EXPORT)
        and holds_members(output)
        and (naming_in(output) == AS_IT_IS) != (naming is None)
    ]
    if not others:
        return ""
    whom = list(dict.fromkeys(said_recipient(output.recipient) for output in others))
    kind = tr("zonder alle namen") if naming is None else tr("met alle namen")
    said = counted(
        len(others),
        "Er is al {n} kopie of export {kind} gemaakt ({whom}).",
        "Er zijn al {n} kopieën of exports {kind} gemaakt ({whom}).",
        kind=kind,
        whom=listed(whom),
    )
    return f"{said} {tr('Wie beide heeft, kan ze naast elkaar leggen en ziet wie wat zei.')}"


def said_before(members: Iterable[Panelist], issued: Iterable[Issuance], naming: NameMode | None) -> str:
    """Return what to know before anything of these members leaves under a naming."""
    return " ".join(filter(None, (said_unasked(unasked(members)), said_joined(issued, naming))))


def record(place: Workplace, dossier: Path, made: Sequence[Action], password: str | None = None) -> str:
    """Record outputs in the dossier at a path; return a sentence if that can't be done, else an empty text."""
    try:
        place.add(dossier, made, password)
    except StoError as error:
        return tr("Deze uitgifte is niet in het dossier vastgelegd: {reason}", reason=error.happened)
    return ""
