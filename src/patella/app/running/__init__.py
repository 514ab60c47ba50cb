"""Runs, shoes, other sports; how far today; the way back to running."""
