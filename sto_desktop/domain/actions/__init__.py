"""The actions of a user, one small function each: it builds the action, the dossier applies it."""
