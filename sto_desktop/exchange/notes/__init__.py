"""Import of notes from text, Word and tables, and export as Markdown."""
