"""What window and commands share: where dossiers are stored, who is working, and jobs of more than one action."""

from sto_desktop.workplace.example import example_path, make_example
from sto_desktop.workplace.exporting import Exported, ExportWish, export
from sto_desktop.workplace.files import merge_files, preview_files
from sto_desktop.workplace.importing import Imported, Sources, import_into, import_sources, try_into
from sto_desktop.workplace.place import Workplace, find_panel, free_path, panel_content

__all__ = [
    "ExportWish",
    "Exported",
    "Imported",
    "Sources",
    "Workplace",
    "example_path",
    "export",
    "find_panel",
    "free_path",
    "import_into",
    "import_sources",
    "make_example",
    "merge_files",
    "panel_content",
    "preview_files",
    "try_into",
]
