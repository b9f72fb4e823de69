"""The window: one folder per stage, shared widgets, theme, keys and language."""
