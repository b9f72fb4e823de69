"""Brings back the insights and recommendations of our own project, with the notes on which they rest."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from sto_desktop.domain.identity import derived_id
from sto_desktop.domain.log.change import Edit
from sto_desktop.domain.panel.content import PanelContent
from sto_desktop.domain.people import fold
from sto_desktop.domain.vocabulary import Aspect
from sto_desktop.exchange.notes.findings import FindingsPlan, code_of, planned
from sto_desktop.exchange.notes.lines.spoken import Concluded
from sto_desktop.exchange.refi.refi_read import RefiFinding, RefiProject, RefiSource
from sto_desktop.exchange.refi.refi_xml import (
    ABOUT_ASPECT,
    ABOUT_THEME,
    ABOUT_THEMES,
    DISSENT,
    NARROWER,
    OF_PANEL,
    OPPOSED,
    refi_guid,
)


def homes(project: RefiProject) -> Mapping[str, str]:
    """Return the text (GUID) to which each finding (GUID) belongs: where it rests on a note, or that of its panel."""
    named = {fold(source.name): source.guid for source in reversed(project.sources)}
    found = {
        one.guid: named[fold(name)] for one in project.findings for name in one.told(OF_PANEL) if fold(name) in named
    }
    for source in project.sources:
        found |= {guid: source.guid for selection in source.selections for guid in selection.findings}
    return found


def finding_edits(
    findings: Sequence[RefiFinding],
    source: RefiSource,
    content: PanelContent,
    made: Sequence[Edit],
    place_of: Callable[[str], tuple[str, str]],
) -> Iterator[tuple[str, tuple[Edit, ...]]]:
    """Yield each finding of a text (its GUID), with the edits that bring it back; none if it is there.

    `made`: the edits that bring the notes of this text; `place_of`: the theme and the question that a code (GUID) is.
    """
    here = {refi_guid("insight", one.id) for one in content.insights}
    here |= {refi_guid("recommendation", one.id) for one in content.recommendations}
    new = [one for one in findings if one.guid not in here]
    yield from ((one.guid, ()) for one in findings if one.guid in here)
    rows = [derived_id("finding", "refi", content.panel.id, one.guid) for one in new]
    edits = FindingsPlan(content, made).each([_concluded(one, source, place_of) for one in new], rows)
    yield from zip((one.guid for one in new), edits, strict=True)


def _concluded(finding: RefiFinding, source: RefiSource, place_of: Callable[[str], tuple[str, str]]) -> Concluded:
    theme, question = next(filter(any, map(place_of, finding.codes)), ("", ""))
    return Concluded(
        finding.text,
        finding.recommends,
        theme=theme or next(iter(finding.told(ABOUT_THEME)), ""),
        question=question,
        aspect=next((code for word in finding.told(ABOUT_ASPECT) if (code := code_of(Aspect, word))), None),
        themes=finding.told(ABOUT_THEMES),
        supports=tuple(one.text for one in source.selections if finding.guid in one.findings),
        contradicts=finding.told(DISSENT),
        insights=finding.told(NARROWER),
        against=finding.told(OPPOSED),
        plan=tuple(planned(finding.about)),
    )
