"""Brings back the insights and recommendations of our own project, with the notes on which they rest."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from sto_desktop.domain.identity import derived_id
from sto_desktop.domain.log.change import Edit
from sto_desktop.domain.panel.content import PanelContent
from sto_desktop.exchange.notes.findings import FindingsPlan, planned
from sto_desktop.exchange.notes.spoken import Concluded
from sto_desktop.exchange.refi.refi_read import RefiFinding, RefiSource
from sto_desktop.exchange.refi.refi_xml import refi_guid

_AGAINST = "Tegengeluid: "


def finding_edits(
    findings: Iterable[RefiFinding],
    source: RefiSource,
    content: PanelContent,
    made: Sequence[Edit],
    place_of: Callable[[str], tuple[str, str]],
) -> Iterator[tuple[str, tuple[Edit, ...]]]:
    """Yield each finding that rests on a text (its GUID), with the edits that bring it back; none if it is there.

    `made`: the edits that bring the notes of this text; `place_of`: the theme and the question that a code (GUID) is.
    """
    plan = FindingsPlan(content, made)
    here = {refi_guid("insight", one.id) for one in content.insights}
    here |= {refi_guid("recommendation", one.id) for one in content.recommendations}
    for finding in findings:
        rests_on = tuple(one.text for one in source.selections if finding.guid in one.findings)
        if not rests_on:
            continue
        if finding.guid in here:
            yield finding.guid, ()
            continue
        theme, question = next(filter(any, map(place_of, finding.codes)), ("", ""))
        told = Concluded(
            finding.text,
            finding.recommends,
            theme=theme,
            question=question,
            supports=rests_on,
            contradicts=tuple(line.removeprefix(_AGAINST) for line in finding.about if line.startswith(_AGAINST)),
            plan=tuple(planned((head, value) for head, _, value in (line.partition(": ") for line in finding.about))),
        )
        row = derived_id("finding", "refi", content.panel.id, finding.guid)
        yield finding.guid, tuple(plan.one(told, row))
