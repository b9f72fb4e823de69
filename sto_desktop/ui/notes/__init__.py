"""Lists, models and dialogs of notes that several stages use."""
