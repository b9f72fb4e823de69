"""Reading the folded tables: queries, lists, search."""
