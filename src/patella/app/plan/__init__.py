"""The plan of today, from the log, and how it is told."""
