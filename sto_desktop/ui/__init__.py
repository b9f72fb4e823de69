"""The window: one folder a stage, shared widgets, theme, keys and language."""
