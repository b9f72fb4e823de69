"""What the window does with whole dossiers: create, open, save as, close."""

from sto_desktop.ui.desk.desk import Desk

__all__ = ["Desk"]
