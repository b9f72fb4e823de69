"""Fields that save what is typed, dates, passwords, spelling, and file dialogs."""
