"""Brings back the insights and recommendations of our own project, with the notes on which they rest."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from sto_desktop.domain.actions.elaborate import add_insight, add_recommendation
from sto_desktop.domain.identity import derived_id
from sto_desktop.domain.log.change import Edit
from sto_desktop.domain.panel.content import PanelContent
from sto_desktop.domain.people import fold, squeeze
from sto_desktop.domain.vocabulary import Coded, Level, Priority
from sto_desktop.exchange.refi.refi_read import RefiFinding, RefiSource
from sto_desktop.exchange.refi.refi_xml import refi_guid

_AGAINST = "Tegengeluid: "
_FIELDS: Mapping[str, tuple[str, type[Coded] | None]] = {
    "Schooljaren": ("school_years", None),
    "Niveau": ("level", Level),
    "Eigenaar": ("owner", None),
    "Prioriteit": ("priority", Priority),
    "Eerste stap": ("first_step", None),
    "Borging": ("securing", None),
}


def finding_edits(
    findings: Iterable[RefiFinding],
    source: RefiSource,
    content: PanelContent,
    made: Sequence[Edit],
    question_of: Callable[[str], str | None],
) -> Iterator[tuple[str, tuple[Edit, ...]]]:
    """Yield each finding that rests on a text (its GUID), with the edits that bring it back; none if it is there.

    `made`: the edits that bring the notes of this text; `question_of`: the question that a code (GUID) is.
    """
    ids = {squeeze(note.text): note.id for note in content.typed_notes()}
    ids |= {
        squeeze(str(edit.values["text"])): edit.row for edit in made if edit.table == "note" and "text" in edit.values
    }
    here = {refi_guid("insight", one.id): one.insight.text for one in content.insights}
    here |= {refi_guid("recommendation", one.id): one.recommendation.text for one in content.recommendations}
    texts = {squeeze(text) for text in here.values()}
    keys = [one.insight.position.key for one in content.insights]
    advice_keys = [one.recommendation.position.key for one in content.recommendations]
    for finding in findings:
        rests_on = [one for one in source.selections if finding.guid in one.findings]
        if not rests_on:
            continue
        if finding.guid in here or squeeze(finding.text) in texts:
            yield finding.guid, ()
            continue
        against = [line.removeprefix(_AGAINST) for line in finding.about if line.startswith(_AGAINST)]
        links: dict[str, Any] = {
            "supports": [ids[squeeze(one.text)] for one in rests_on if squeeze(one.text) in ids],
            "contradicts": [ids[squeeze(text)] for text in against if squeeze(text) in ids],
        }
        row = derived_id("finding", "refi", content.panel.id, finding.guid)
        panel = content.panel.id
        if finding.recommends:
            told = dict(_plan(finding.about))
            act = add_recommendation(panel, finding.text, keys=advice_keys, recommendation=row, **links, **told)
        else:
            question = next(filter(None, map(question_of, finding.codes)), None)
            act = add_insight(panel, finding.text, question=question, keys=keys, insight=row, **links)
        used = advice_keys if finding.recommends else keys
        used += [edit.values["position"].key for edit in act.edits if edit.row == row]
        yield finding.guid, tuple(act.edits)


def _plan(about: Iterable[str]) -> Iterator[tuple[str, Any]]:
    for line in about:
        label, _, value = line.partition(": ")
        name, codes = _FIELDS.get(label, ("", None))
        if not name:
            continue
        code = value if codes is None else next((one for one in codes if fold(one.word) == fold(value)), None)
        if code:
            yield name, code
