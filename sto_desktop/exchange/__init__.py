"""External formats: guides as files, and the import of notes in any format."""
