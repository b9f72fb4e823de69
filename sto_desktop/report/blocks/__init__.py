"""The blocks that documents consist of, and the wording and options that documents share."""
