"""What a person does with searches: keep one by name, and let it go."""

from __future__ import annotations

from sto_desktop.domain.identity import derived_id
from sto_desktop.domain.log.change import Action, action, delete, put
from sto_desktop.domain.people import fold
from sto_desktop.language import tr_later


def search_id(name: str) -> str:
    """Return the id of a saved search: one name is one search."""
    return derived_id("saved_search", fold(name))


def save_search(name: str, query: str) -> Action:
    """Keep a search by name; one with that name becomes this one. `query`: as `note_filter.to_json` gives it."""
    return action(
        tr_later("zoekopdracht bewaren"), put("saved_search", search_id(name), name=name.strip(), query=query)
    )


def delete_search(search: str) -> Action:
    """Let a saved search go."""
    return action(tr_later("zoekopdracht verwijderen"), delete("saved_search", search))
