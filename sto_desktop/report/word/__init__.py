"""Word files: template, styles, charts and the writer."""
