"""Importing members and notes from files, with a preview."""
