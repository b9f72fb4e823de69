"""A dossier on disk: schema, change log, fold, queries, search, merging, checking, publishing. The only home of SQL."""
