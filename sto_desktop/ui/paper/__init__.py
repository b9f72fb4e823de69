"""A document on the screen and on paper: preview, pages, print, PDF."""
