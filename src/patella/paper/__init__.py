"""Floor 5: what is printed or sent."""
