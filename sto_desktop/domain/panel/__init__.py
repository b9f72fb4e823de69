"""A panel as a whole, and the facts derived from its records."""
