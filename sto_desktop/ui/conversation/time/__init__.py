"""The theme bar, the clocks, and the current question."""
