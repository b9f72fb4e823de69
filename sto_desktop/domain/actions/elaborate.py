"""Actions of the elaboration stage: insights, recommendations, the notes they rest on, and the debrief."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sto_desktop.domain.identity import derived_id, new_id
from sto_desktop.domain.log.change import Action, Edit, action, change, create, delete, put
from sto_desktop.domain.place import Position, key_between, last_key
from sto_desktop.domain.vocabulary import Aspect, DebriefAuthor, Evidence
from sto_desktop.language import tr_later


def _insight_link(insight: str, note: str, evidence: Evidence) -> Edit:
    row = derived_id("insight_note", insight, note)
    return put("insight_note", row, insight=insight, note=note, evidence=evidence)


def _recommendation_link(recommendation: str, note: str, evidence: Evidence) -> Edit:
    row = derived_id("recommendation_note", recommendation, note)
    return put("recommendation_note", row, recommendation=recommendation, note=note, evidence=evidence)


def add_insight(
    panel: str | None,
    text: str,
    *,
    question: str | None = None,
    theme: str | None = None,
    aspect: Aspect | None = None,
    supports: Iterable[str] = (),
    contradicts: Iterable[str] = (),
    insights: Iterable[str] = (),
    keys: Iterable[str] = (),
    insight: str | None = None,
) -> Action:
    """Add an insight that rests on notes, or (`insights`) on narrower insights. `panel` None: over all panels.

    `keys`: position keys of the existing insights; `insight`: id for the new one.
    """
    row = insight or new_id()
    narrower = list(insights)
    if panel is None:
        label = tr_later("inzicht over panels toevoegen")
    else:
        label = tr_later("conclusie toevoegen") if narrower else tr_later("inzicht toevoegen")
    return action(
        label,
        create(
            "insight",
            row,
            panel=panel,
            position=Position(question, key_between(last_key(keys), None)),
            theme=theme,
            aspect=aspect,
            text=text,
        ),
        (_insight_link(row, note, Evidence.SUPPORTS) for note in supports),
        (_insight_link(row, note, Evidence.CONTRADICTS) for note in contradicts),
        (_narrower_link(row, other, Evidence.SUPPORTS) for other in narrower),
    )


def _narrower_link(insight: str, other: str, evidence: Evidence) -> Edit:
    row = derived_id("insight_insight", insight, other)
    return put("insight_insight", row, insight=insight, rests_on=other, evidence=evidence)


def attach_insights(insight: str, others: Sequence[str], evidence: Evidence = Evidence.SUPPORTS) -> Action:
    """Link narrower insights to a conclusion, as support or contradiction."""
    return action(
        tr_later("inzicht koppelen"), (_narrower_link(insight, other, evidence) for other in others if other != insight)
    )


def detach_insight(insight: str, other: str) -> Action:
    """Unlink a narrower insight from a conclusion."""
    return action(
        tr_later("inzicht loskoppelen"), delete("insight_insight", derived_id("insight_insight", insight, other))
    )


def attach_insights_to_recommendation(recommendation: str, insights: Sequence[str]) -> Action:
    """Link the insights from which a recommendation follows."""
    return action(tr_later("inzicht koppelen"), (_insight_of(recommendation, insight) for insight in insights))


def detach_insight_from_recommendation(recommendation: str, insight: str) -> Action:
    """Unlink an insight from a recommendation."""
    row = derived_id("recommendation_insight", recommendation, insight)
    return action(tr_later("inzicht loskoppelen"), delete("recommendation_insight", row))


def _insight_of(recommendation: str, insight: str) -> Edit:
    row = derived_id("recommendation_insight", recommendation, insight)
    return put("recommendation_insight", row, recommendation=recommendation, insight=insight)


def change_insight(insight: str, *, seen: int | None = None, **values: Any) -> Action:
    """Set fields of an insight."""
    return action(tr_later("inzicht wijzigen"), change("insight", insight, **values), seen=seen)


def delete_insight(insight: str) -> Action:
    """Delete an insight; its notes stay."""
    return action(tr_later("inzicht verwijderen"), delete("insight", insight))


def attach_to_insight(insight: str, notes: Sequence[str], evidence: Evidence = Evidence.SUPPORTS) -> Action:
    """Link notes to an insight, as support or contradiction."""
    return action(tr_later("notitie koppelen"), (_insight_link(insight, note, evidence) for note in notes))


def detach_from_insight(insight: str, *notes: str) -> Action:
    """Unlink notes from an insight (for a bundle: every note in it)."""
    links = (derived_id("insight_note", insight, note) for note in notes)
    return action(tr_later("notitie loskoppelen"), (delete("insight_note", link) for link in links))


def add_recommendation(
    panel: str | None,
    text: str,
    *,
    supports: Iterable[str] = (),
    contradicts: Iterable[str] = (),
    insights: Iterable[str] = (),
    themes: Iterable[str] = (),
    keys: Iterable[str] = (),
    recommendation: str | None = None,
    **values: Any,
) -> Action:
    """Add a recommendation. `panel` None: for the programme; `recommendation`: id for the new one."""
    row = recommendation or new_id()
    return action(
        tr_later("aanbeveling toevoegen"),
        create(
            "recommendation",
            row,
            position=Position(panel, key_between(last_key(keys), None)),
            text=text,
            **values,
        ),
        (_recommendation_link(row, note, Evidence.SUPPORTS) for note in supports),
        (_recommendation_link(row, note, Evidence.CONTRADICTS) for note in contradicts),
        (_insight_of(row, insight) for insight in insights),
        (_theme_link(row, theme) for theme in themes),
    )


def _theme_link(recommendation: str, theme: str) -> Edit:
    row = derived_id("recommendation_theme", recommendation, theme)
    return put("recommendation_theme", row, recommendation=recommendation, theme=theme)


def change_recommendation(recommendation: str, *, seen: int | None = None, **values: Any) -> Action:
    """Set fields of a recommendation."""
    return action(tr_later("aanbeveling wijzigen"), change("recommendation", recommendation, **values), seen=seen)


def set_recommendation_themes(recommendation: str, now: Iterable[str], wanted: Iterable[str]) -> Action:
    """Set the themes of a recommendation; none means all of them."""
    before, after = set(now), set(wanted)
    return action(
        tr_later("thema's kiezen"),
        (_theme_link(recommendation, theme) for theme in sorted(after - before)),
        (
            delete("recommendation_theme", derived_id("recommendation_theme", recommendation, theme))
            for theme in sorted(before - after)
        ),
    )


def delete_recommendation(recommendation: str) -> Action:
    """Delete a recommendation."""
    return action(tr_later("aanbeveling verwijderen"), delete("recommendation", recommendation))


def attach_to_recommendation(
    recommendation: str, notes: Sequence[str], evidence: Evidence = Evidence.SUPPORTS
) -> Action:
    """Link notes to a recommendation, as support or contradiction."""
    return action(
        tr_later("notitie koppelen"), (_recommendation_link(recommendation, note, evidence) for note in notes)
    )


def detach_from_recommendation(recommendation: str, *notes: str) -> Action:
    """Unlink notes from a recommendation (for a bundle: every note in it)."""
    links = (derived_id("recommendation_note", recommendation, note) for note in notes)
    return action(tr_later("notitie loskoppelen"), (delete("recommendation_note", link) for link in links))


def set_debrief(panel: str, author: DebriefAuthor, **answers: Any) -> Action:
    """Set answers of the debrief; fields as in `Debrief`."""
    row = derived_id("debrief", panel, author.value)
    return action(tr_later("terugblik"), put("debrief", row, panel=panel, author=author, **answers))
