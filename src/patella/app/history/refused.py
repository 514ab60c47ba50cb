"""What cannot be done, each with a sentence for the person."""

from __future__ import annotations


class TrainingError(ValueError):
    """What was asked for cannot be done; the message is one sentence for the person."""


class NotThereError(TrainingError):
    """What was spoken of is not in the log."""


class OtherContentError(TrainingError):
    """The id is there already, and means something else."""
