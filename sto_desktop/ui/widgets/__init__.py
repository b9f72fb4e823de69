"""The widgets that all stages share; import them from here.

Sizes, colours and type come from the `Theme` passed to each widget; the caller translates texts.
"""

from sto_desktop.ui.widgets.asking import (
    ChooseFile,
    ChooseTarget,
    FileQuestion,
    TextDialog,
    ask_file,
    ask_target,
    ask_text,
)
from sto_desktop.ui.widgets.buttons import (
    ActionButton,
    Button,
    ButtonKind,
    IconButton,
    PrimaryButton,
    QuietButton,
    RowButton,
    Segmented,
    paint_focus_ring,
)
from sto_desktop.ui.widgets.chip import (
    Chip,
    ChipLook,
    chip_size,
    kind_chip,
    paint_chip,
    speaker_chip,
    status_chip,
    tag_chip,
    voice_mark,
)
from sto_desktop.ui.widgets.choices import CheckBox, RadioButton
from sto_desktop.ui.widgets.dialog import ENTER, ConfirmDialog, Dialog, FormDialog
from sto_desktop.ui.widgets.drafts import forget_drafts
from sto_desktop.ui.widgets.fields import FormField, LineEdit, SearchField, TextEdit, inset
from sto_desktop.ui.widgets.frames import (
    Card,
    ClickCard,
    Column,
    Fitted,
    Hairline,
    IconTile,
    ScrollColumn,
    SidePanel,
    Surface,
    TopBar,
    column,
    empty,
    expanding,
    height_in,
    row,
)
from sto_desktop.ui.widgets.keyhint import KeyHint, KeyHints, key_hint_width, paint_key_hint
from sto_desktop.ui.widgets.messages import Banner, EmptyState, Tone
from sto_desktop.ui.widgets.notices import Notices
from sto_desktop.ui.widgets.picker import ListKeys, Picker
from sto_desktop.ui.widgets.shapes import paint_kind_shape
from sto_desktop.ui.widgets.status_line import Dot, FootButton, StatusLine
from sto_desktop.ui.widgets.text import ElidedLabel, MarkedLabel, SectionLabel, SetText, TextLabel, set_text

__all__ = [
    "ENTER",
    "ActionButton",
    "Banner",
    "Button",
    "ButtonKind",
    "Card",
    "CheckBox",
    "Chip",
    "ChipLook",
    "ChooseFile",
    "ChooseTarget",
    "ClickCard",
    "Column",
    "ConfirmDialog",
    "Dialog",
    "Dot",
    "ElidedLabel",
    "EmptyState",
    "FileQuestion",
    "Fitted",
    "FootButton",
    "FormDialog",
    "FormField",
    "Hairline",
    "IconButton",
    "IconTile",
    "KeyHint",
    "KeyHints",
    "LineEdit",
    "ListKeys",
    "MarkedLabel",
    "Notices",
    "Picker",
    "PrimaryButton",
    "QuietButton",
    "RadioButton",
    "RowButton",
    "ScrollColumn",
    "SearchField",
    "SectionLabel",
    "Segmented",
    "SetText",
    "SidePanel",
    "StatusLine",
    "Surface",
    "TextDialog",
    "TextEdit",
    "TextLabel",
    "Tone",
    "TopBar",
    "ask_file",
    "ask_target",
    "ask_text",
    "chip_size",
    "column",
    "empty",
    "expanding",
    "forget_drafts",
    "height_in",
    "inset",
    "key_hint_width",
    "kind_chip",
    "paint_chip",
    "paint_focus_ring",
    "paint_key_hint",
    "paint_kind_shape",
    "row",
    "set_text",
    "speaker_chip",
    "status_chip",
    "tag_chip",
    "voice_mark",
]
