"""A conversation that runs: its clock, its schedule, who has spoken."""
