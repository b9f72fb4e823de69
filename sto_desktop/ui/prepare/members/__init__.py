"""The table of panel members."""
