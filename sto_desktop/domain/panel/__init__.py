"""A panel as a whole, and what can be concluded from its records."""
