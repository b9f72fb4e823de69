"""What a dossier is made of: changes, their order, and what they add up to."""
