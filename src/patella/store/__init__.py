"""One append-only log of entries; export and restore."""
