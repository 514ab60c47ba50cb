"""What is worth a word about a film's file, whatever is seen in it."""

from __future__ import annotations

from enum import StrEnum


class Remark(StrEnum):
    """What a film's file has of its own, by its code."""

    CUT = "cut"
    DAMAGED = "damaged"
    LONG = "long"
    SLOWED = "slowed"
    MIRRORED = "mirrored"
    IN_PHOTO = "in-photo"
    SECOND_FILM = "second-film"
    OTHER_LEG = "other-leg"
    BOTH_LEGS = "both-legs"

    @property
    def words(self) -> str:
        """It, in a sentence or two: what was done about it, and what to do."""
        return _WORDS[self]


_WORDS = {
    Remark.CUT: "The film breaks off before its end: what comes after that is not counted. Copy it anew if you can.",
    Remark.DAMAGED: "Parts of the film are damaged, and the count may miss what was in them. Copy it anew if you can.",
    Remark.LONG: "The film is longer than half an hour: only its first half hour was looked at.",
    Remark.SLOWED: "The film is in slow motion: all times are those of the movement itself.",
    Remark.MIRRORED: "The film is saved as a mirror image. It was looked at without the mirror: left is your own left.",
    Remark.IN_PHOTO: "It is a photo with a short film inside: that film was looked at.",
    Remark.SECOND_FILM: "There are two films in the file. The one that players show was looked at.",
    Remark.OTHER_LEG: "In the picture it looks like your other leg; the film may be a mirror image. It is counted for "
    "the leg you named.",
    Remark.BOTH_LEGS: "Both legs work in this exercise, so no side was needed.",
}
