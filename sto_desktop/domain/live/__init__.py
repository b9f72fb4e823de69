"""A conversation in progress: its clock, its schedule, who has spoken."""
