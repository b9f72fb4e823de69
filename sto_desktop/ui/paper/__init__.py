"""A document on screen and on paper: preview, pages, printing, PDF."""
