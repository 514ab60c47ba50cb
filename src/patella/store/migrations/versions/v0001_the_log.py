"""The log: persons and their entries."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make the tables `person` and `entry`."""
    op.create_table(
        "person",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("made_at", sa.Text, nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "entry",
        sa.Column("seq", sa.Integer, primary_key=True),
        sa.Column("id", sa.String(200), nullable=False, unique=True),
        sa.Column("person_id", sa.Integer, sa.ForeignKey("person.id"), nullable=False),
        sa.Column("session_id", sa.String(200)),
        sa.Column("kind", sa.String(200), nullable=False),
        sa.Column("day", sa.Date, nullable=False),
        sa.Column("at", sa.Text, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_index(None, "entry", ["person_id", "kind", "day"])
    op.create_index(None, "entry", ["person_id", "kind", "seq"])
    op.create_index(None, "entry", ["person_id", "day"])
    op.create_index(None, "entry", ["person_id", "seq"])
    op.create_index(None, "entry", ["person_id", "session_id"])
