"""What a person has a right to, as documents: all that a dossier holds of them, and proof of an erasure."""
