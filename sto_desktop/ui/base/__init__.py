"""What every part of the window is built on: session, keys, undo, background work."""
