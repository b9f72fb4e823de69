"""The log in the file: append, merge, fold, erase."""
