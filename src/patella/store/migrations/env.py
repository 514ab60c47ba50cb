"""Run by the migration tool itself: hands it our connection and our tables."""

from __future__ import annotations

from alembic import context

from patella.store.tables import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata)
with context.begin_transaction():
    context.run_migrations()
