"""The body and its movement. Pure: the standard library only, no clock, no input or output."""
