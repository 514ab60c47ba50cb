"""The version of Patella: said here and nowhere else, and taken from here when a package is built."""

VERSION = "0.1.0"
