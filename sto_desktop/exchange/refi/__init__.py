"""Import and export of REFI-QDA projects and code books."""
