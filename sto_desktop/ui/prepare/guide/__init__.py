"""The guide editor."""
