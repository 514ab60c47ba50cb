"""How a database of an older Patella becomes one of this Patella. Imported only when a migration has to run.

A new step is one file in `versions/`, numbered on, with `upgrade` alone: a diary never goes back. With it go the change
in `tables.py`, its HEAD, and a snapshot of the schema before it for the tests.
"""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection


def configuration() -> Config:
    """What the migration tool has to know: where the steps are."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    return config


def upgrade(connection: Connection, revision: str) -> None:
    """Run every step up to `revision` inside the transaction that `connection` is in: all of it counts, or nothing."""
    config = configuration()
    config.attributes["connection"] = connection
    command.upgrade(config, revision)
