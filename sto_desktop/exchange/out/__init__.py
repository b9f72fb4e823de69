"""Panels as they leave the program: under which names, and as tables."""
