"""What the log says: read into what the rules decide from, taken back, corrected."""
