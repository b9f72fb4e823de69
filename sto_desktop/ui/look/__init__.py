"""Colours, type scale, icons and stylesheet of the window."""
