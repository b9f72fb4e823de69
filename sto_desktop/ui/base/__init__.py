"""What every part of the window stands on: session, keys, undo, workers."""
