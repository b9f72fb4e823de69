"""Colours, typefaces, icons and the style sheet of the window."""
