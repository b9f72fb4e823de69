"""Fields that keep what is typed, dates, passwords, spelling, and asking for a file."""
