"""The screen of Gesprek in its two modes."""
