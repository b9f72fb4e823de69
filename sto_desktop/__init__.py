"""STO Desktop: a program for moderators of panel conversations."""

__version__ = "0.1.0"
