"""Asks about names in texts before something leaves the program, and stores the answers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QWidget

from sto_desktop.domain.actions.reports import decide_on_names_of
from sto_desktop.domain.names.decisions import ADDED, NAMES, Decisions, decisions_of, decisions_text
from sto_desktop.domain.privacy.redaction import Found, once_each
from sto_desktop.ui.base.session import Session
from sto_desktop.ui.look.theme import Appearance
from sto_desktop.ui.notes.names_dialog import NamesDialog


def ask_about_names(
    theme: Appearance, session: Session, names: Sequence[Found], where: str, parent: QWidget, then: Callable[[], object]
) -> NamesDialog | None:
    """Show the names that nobody decided about and that are not certain, each in its sentence; go on with `then` once
    they are decided, and at once if there are none. `where`: what they would be in, in Dutch.
    """
    doubts = [name for name in once_each(names) if name.is_doubt]
    if not doubts:
        then()
        return None
    dialog = NamesDialog(theme, doubts, parent, where=where)
    panels = {name.key: name.panel for name in doubts}

    def accepted() -> None:
        store_decisions(session, dialog.decisions, panels)
        then()

    dialog.accepted.connect(accepted)
    dialog.open()
    return dialog


def store_decisions(session: Session, decisions: Decisions, panels: dict[str, str]) -> None:
    """Store decisions about names, each with the panel (id) of its text, as one action; `panels`: by key."""
    course = session.dossier.read.course
    some_panel = next(filter(None, panels.values()), session.panel_id or "")
    by_panel: dict[str, dict[str, bool | str]] = defaultdict(dict)
    for key, decision in decisions.items():
        panel = some_panel if key.startswith(ADDED) else panels.get(key) or some_panel
        by_panel[panel][key] = decision
    rows = []
    for panel, made in by_panel.items():
        earlier = decisions_of(course.report_setups(panel))
        if panel and {**earlier, **made} != earlier:
            rows.append((panel, decisions_text({**earlier, **made}), course.setup_row(panel, NAMES)))
    if rows:
        session.apply(decide_on_names_of(rows))
