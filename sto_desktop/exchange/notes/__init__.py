"""Notes from text, Word and tables, and notes as Markdown."""
