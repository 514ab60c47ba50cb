"""Spans: derived values of some days alone, so that a correction of an old day costs no more than those."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Make the table `span`."""
    op.create_table(
        "span",
        sa.Column("person_id", sa.Integer, sa.ForeignKey("person.id"), primary_key=True),
        sa.Column("name", sa.String(200), primary_key=True),
        sa.Column("since", sa.Date, nullable=False),
        sa.Column("day", sa.Date, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
    )
