"""The window around the stages: rail, palette, help, history, preferences, crash dialog."""
