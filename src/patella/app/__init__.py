"""The verbs a person performs. Knows no HTTP and no terminal."""
