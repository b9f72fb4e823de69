"""Export of panels: the names to use, and the tables."""
