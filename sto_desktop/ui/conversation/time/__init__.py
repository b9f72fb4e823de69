"""The theme bar, the clocks, and the question being asked."""
