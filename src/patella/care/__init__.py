"""What we know about knees and training: the rules. Pure: the standard library only, no clock, no input or output."""
