"""Floor 4: the verbs a person performs. Knows no HTTP and no terminal."""
