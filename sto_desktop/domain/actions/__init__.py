"""What a person can do, one small function each: it builds the action, the dossier applies it."""
