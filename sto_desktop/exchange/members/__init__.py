"""Import of panel members from tables."""
