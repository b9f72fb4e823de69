"""Turns panels into documents: content as blocks, and writers that turn blocks into files."""
