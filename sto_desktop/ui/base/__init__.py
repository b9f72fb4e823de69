"""The basis of every part of the window: session, keys, undo, background work."""
