"""Documents as HTML, Markdown and plain text, and the check of a finished one."""
