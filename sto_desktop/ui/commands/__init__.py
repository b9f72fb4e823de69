"""The table of commands: everything that can be done, with its name, place, keys, and words that people search for."""
