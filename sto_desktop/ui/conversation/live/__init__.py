"""The running conversation in memory, and its clock."""
