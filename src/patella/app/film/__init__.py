"""A film of an exercise: looking at it, what is told of it, and keeping its sets."""
