"""The capture language: the notation in which the note taker types a line, and its meaning."""
