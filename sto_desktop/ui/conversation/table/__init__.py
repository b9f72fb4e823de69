"""Who sits at the table, and who has spoken."""
