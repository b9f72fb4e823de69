"""Privacy: who may be named and quoted, names in texts, copies without names, and erasure."""
