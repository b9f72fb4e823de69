"""Notes as list and as board."""
