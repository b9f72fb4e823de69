"""The capture language: what the note taker types in one line, and what it means."""
