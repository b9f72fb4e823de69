"""Second revision: more folded tables and fields (marks, bundles, top three, setups); the log is as it was.

The folded tables are made anew from the log after every migration, so there is nothing to do here but to say so.
"""

from __future__ import annotations

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Change nothing in the log or the local tables."""


def downgrade() -> None:
    """Refuse: a dossier never goes back; an older program reads its log."""
    raise NotImplementedError
