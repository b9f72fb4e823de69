"""The content of the verslag, chapter by chapter, as blocks."""
