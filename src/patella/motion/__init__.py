"""Floor 1: what the body does. Pure: the standard library only, no clock, no input or output."""
