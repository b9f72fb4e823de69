"""The blocks that documents consist of, and the options that documents share."""
