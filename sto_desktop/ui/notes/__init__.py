"""What several stages show and do with notes."""
