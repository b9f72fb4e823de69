"""Actions on the plan: recommendations of panels become lines of the programme, with its own wording and order."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sto_desktop.domain.actions.elaborate import add_recommendation, change_recommendation, set_recommendation_themes
from sto_desktop.domain.actions.merging import say_same
from sto_desktop.domain.identity import new_id
from sto_desktop.domain.log.change import Action, Edit, change
from sto_desktop.domain.model import Recommendation
from sto_desktop.domain.panel.content import RecommendationContent
from sto_desktop.domain.panel.overview import PlanLine
from sto_desktop.domain.place import Position, key_between, last_key
from sto_desktop.domain.record import spec_of
from sto_desktop.language import tr_later

_FIELDS = tuple(name for name in spec_of(Recommendation).fields if name != "position")


def own_line(line: PlanLine) -> RecommendationContent | None:
    """Return the programme's own recommendation for a line; None if only panels made it."""
    return line.main if line.main.recommendation.position.parent is None else None


def _taken_up(line: PlanLine, position: Position, values: Mapping[str, Any], themes: Iterable[str]) -> list[Edit]:
    """Return the edits that add a line to the programme; the panels' own recommendations stay unchanged."""
    row = new_id()
    record = line.main.recommendation
    fields = {name: getattr(record, name) for name in _FIELDS} | dict(values)
    text = fields.pop("text")
    made = add_recommendation(None, text, themes=themes, recommendation=row, **fields)
    edits = [
        Edit(edit.table, edit.row, {**edit.values, "position": position}, edit.new) if edit.row == row else edit
        for edit in made.edits
    ]
    return [*edits, *say_same("recommendation", [row, *(content.id for content in line.all)]).edits]


def move_in_plan(line: PlanLine, low: str | None, high: str | None) -> Action:
    """Move a line between two others of the programme (keys; None: an end), adding it to the programme if needed."""
    own = own_line(line)
    position = Position(None, key_between(low, high))
    if own is not None:
        return Action(tr_later("volgorde van het plan"), (change("recommendation", own.id, position=position),))
    return Action(tr_later("in het plan opnemen"), tuple(_taken_up(line, position, {}, line.main.themes)))


def change_in_plan(
    line: PlanLine, values: Mapping[str, Any], themes: Iterable[str], keys: Iterable[str], seen: int | None = None
) -> Action:
    """Change wording, years, owner and the like of a line; a line of panels is first added at the end of the plan.

    `keys`: position keys of the programme's lines.
    """
    own, wanted = own_line(line), list(themes)
    if own is None:
        position = Position(None, key_between(last_key(keys), None))
        return Action(tr_later("in het plan opnemen"), tuple(_taken_up(line, position, values, wanted)), seen)
    changed = {name: value for name, value in values.items() if getattr(own.recommendation, name) != value}
    edits = change_recommendation(own.id, **changed).edits if changed else ()
    edits += set_recommendation_themes(own.id, own.themes, wanted).edits
    return Action(tr_later("plan wijzigen"), edits, seen)
