"""Making whole files: a new dossier, a repair, a backup, a copy to send."""
