"""The SQLite file itself: connections, its schema, files beside it."""
