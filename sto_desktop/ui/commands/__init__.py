"""The table of commands: everything that can be done, with its name, place, keys and the words people look for."""
