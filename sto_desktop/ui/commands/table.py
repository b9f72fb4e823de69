"""All commands; the palette (Ctrl+K), help sheet (F1), menus and tooltips are made from this table.

Rules for keys, checked by a test: no Ctrl with an arrow, no Ctrl+Alt, no bare letter or digit, and everything with an
F-key can be reached in another way.
"""

from __future__ import annotations

from sto_desktop.ui.commands.command import Command
from sto_desktop.ui.commands.conversation import CONVERSATION
from sto_desktop.ui.commands.elaborate import ELABORATE
from sto_desktop.ui.commands.everywhere import EVERYWHERE
from sto_desktop.ui.commands.overview import OVERVIEW
from sto_desktop.ui.commands.prepare import PREPARE
from sto_desktop.ui.commands.report import REPORT

COMMANDS: tuple[Command, ...] = (*EVERYWHERE, *PREPARE, *CONVERSATION, *ELABORATE, *REPORT, *OVERVIEW)

BY_ID: dict[str, Command] = {command.id: command for command in COMMANDS}
