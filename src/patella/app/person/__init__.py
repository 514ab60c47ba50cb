"""Who it is about: the screening, the settings, whom to call."""
