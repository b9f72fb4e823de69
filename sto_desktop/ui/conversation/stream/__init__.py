"""The notes of the running conversation."""
