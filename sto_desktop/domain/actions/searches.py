"""Actions on saved searches: store one by name, and delete it."""

from __future__ import annotations

from sto_desktop.domain.identity import derived_id
from sto_desktop.domain.log.change import Action, action, delete, put
from sto_desktop.domain.people import fold
from sto_desktop.language import tr_later


def search_id(name: str) -> str:
    """Return the id of a saved search, derived from its name."""
    return derived_id("saved_search", fold(name))


def save_search(name: str, query: str) -> Action:
    """Store a search by name, replacing one of the same name. `query`: from `note_filter.to_json`."""
    return action(
        tr_later("zoekopdracht bewaren"), put("saved_search", search_id(name), name=name.strip(), query=query)
    )


def delete_search(search: str) -> Action:
    """Delete a saved search."""
    return action(tr_later("zoekopdracht verwijderen"), delete("saved_search", search))
