"""Making whole files: a new dossier, a repaired one, a backup, a copy to send."""
