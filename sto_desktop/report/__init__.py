"""From the content of a panel to a document: wording as blocks, and writers that turn blocks into files."""
