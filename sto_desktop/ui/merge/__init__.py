"""Working with others: merging dossiers, copies to send, what comes in by itself, and what is the same."""
