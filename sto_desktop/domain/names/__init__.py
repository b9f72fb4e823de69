"""Names of members in texts: the forms in which they are written, and how sure it is that one is meant."""
