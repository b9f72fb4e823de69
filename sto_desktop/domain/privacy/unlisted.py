"""People in the texts of a panel who are in no list of members, as far as their names can be told from words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from sto_desktop.domain.model import Panel, Panelist
from sto_desktop.domain.names.strangers import known_words, strangers_in
from sto_desktop.domain.panel.content import PanelContent
from sto_desktop.domain.privacy.redaction import texts_in


def unlisted_in(texts: Iterable[str], members: Iterable[Panelist], about: Iterable[str]) -> tuple[str, ...]:
    """Return words in texts without names of members that may be names of others; what is in `about` is known."""
    listed = (text for member in members for text in (member.name, member.first_name, member.organisation, member.role))
    return strangers_in(texts, known_words((*listed, *about)))


def unlisted_of(
    contents: Sequence[PanelContent], without_names: Iterable[PanelContent], written: Iterable[str]
) -> tuple[str, ...]:
    """Return the same for panels, of which `without_names` are the texts as others may read them; only words that stand
    in `written`, the texts of what was made.
    """
    members = [member for content in contents for member in (*content.people, *content.elsewhere)]
    about = [text for content in contents for text in _about(content)]
    words = unlisted_in((text for content in without_names for text in texts_in(content)), members, about)
    standing = known_words(written) if words else frozenset[str]()
    return tuple(word for word in words if known_words([word]) <= standing)


def about_panel(panel: Panel) -> tuple[str, ...]:
    """Return what a panel says of itself: who led it stands on the cover by name."""
    return (panel.title, panel.subregion, panel.place, panel.moderator, panel.note_taker)


def _about(content: PanelContent) -> Iterator[str]:
    yield from about_panel(content.panel)
    yield from (theme.title for theme in content.guide.themes)
