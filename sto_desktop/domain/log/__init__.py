"""The log of a dossier: changes, their order, and the rows and undo steps derived from them."""
