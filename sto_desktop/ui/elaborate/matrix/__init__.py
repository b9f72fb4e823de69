"""Themes by aspects, in one table."""
