"""The open dossier, its working copy, and publishing."""
