"""Floor 3: what is remembered: one append-only log of entries, its tables and migrations, export and restore."""
