"""What people are called in an output: by name, role or sector, in groups in which nobody stands alone."""
