"""What is said of a file that cannot be read."""

from __future__ import annotations


class BadFileError(ValueError):
    """A file that cannot be used; the message is one sentence that says why, without the file's name."""


class NoActivityError(BadFileError):
    """A file that is whole and of a known kind, but holds no activity: settings, sleep, a map."""


class PlanError(NoActivityError):
    """A file of what is to be done, not of what was: a course, a route, a workout. It never becomes a run."""


class EmptyError(NoActivityError):
    """A recording or a list of a known kind, with nothing in it."""


class FilmError(BadFileError):
    """A film that cannot be used; the message is one sentence that says why, without the file's name."""
