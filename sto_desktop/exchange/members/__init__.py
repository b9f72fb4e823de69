"""Lists of panel members, read from tables."""
