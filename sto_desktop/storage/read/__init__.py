"""Reading the folded tables: one reader for each subject, lists of notes, search."""
