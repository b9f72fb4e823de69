"""What the window does with dossiers as a whole: make, open, save elsewhere, close."""

from sto_desktop.ui.desk.desk import Desk

__all__ = ["Desk"]
