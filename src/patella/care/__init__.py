"""Floor 2: what we know about knees and training. Pure: the standard library only, no clock, no input or output."""
