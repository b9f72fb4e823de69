"""Alembic's environment for dossiers; imported only when one is old."""
