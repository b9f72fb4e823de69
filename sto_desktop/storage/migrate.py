"""Bringing an older dossier's tables up to date with Alembic (0.3 s to import: only when there is something to do)."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config

from sto_desktop.storage.file.database import connect, engine_for, transaction
from sto_desktop.storage.file.schema import metadata
from sto_desktop.storage.log import folded

MIGRATIONS = Path(__file__).parent / "migrations"
"""Where the migrations are."""


def upgrade(path: Path, password: str | None = None, revision: str = "head") -> None:
    """Run the missing migrations on a file of our own, then make every folded table anew from the log."""
    raw = connect(path, password=password)
    try:
        with engine_for(raw).connect() as connection:
            config = Config()
            config.set_main_option("script_location", str(MIGRATIONS))
            config.attributes["connection"] = connection
            command.upgrade(config, revision)
        with transaction(raw):
            folded.drop_derived(raw)
            derived = [name for name in (*metadata.tables, "search") if name in folded.DERIVED]
            folded.create_tables(raw, derived)
            folded.rebuild(raw)
    finally:
        raw.close()
