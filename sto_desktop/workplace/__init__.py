"""What window and commands share: where dossiers are stored, who is working, and jobs of more than one action."""

# No more than this: the jobs import readers and writers of files, which opening a dossier does not need.
from sto_desktop.workplace.place import Workplace, find_panel, free_path, panel_asked, panel_content

__all__ = ["Workplace", "find_panel", "free_path", "panel_asked", "panel_content"]
