"""What a physiotherapist sets for a person: what may be chosen, setting it, its end, and what was set so far."""
