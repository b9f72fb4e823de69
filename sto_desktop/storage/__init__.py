"""A dossier on disk: schema, change log, fold, queries, search, merging, checking, publishing. All SQL is here."""
