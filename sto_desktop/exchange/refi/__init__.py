"""REFI-QDA projects and code books, in and out."""
