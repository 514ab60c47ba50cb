"""What is said when the command line asks for what cannot be."""

from __future__ import annotations


class InputError(ValueError):
    """What was typed on the command line cannot be used; the message is one sentence for the person."""
