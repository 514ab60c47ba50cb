"""Floor 3: what is remembered: the log, its tables and migrations, export and restore."""
