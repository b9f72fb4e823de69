"""The page of Gesprek in its two modes."""
