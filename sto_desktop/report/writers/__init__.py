"""Writers of HTML, Markdown and plain text, and the check of a finished document for names."""
