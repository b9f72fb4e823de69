"""Working with others: merging, sharing, exporting, passwords, conflicts."""
