"""The SQLite file itself: connections, schema, files next to it."""
