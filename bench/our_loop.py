"""A film through Patella: every frame's landmarks and the coach. Run by film.py, beside the other loop.

Prints the number of frames with a body, and the seconds from the first frame to the last.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

from patella.files.film_pose import frames_of
from patella.files.library import read_spec
from patella.motion.coach import begin, step


def main(film: str, model: str) -> None:
    """Every frame, landmarks and coaching."""
    spec = read_spec("squat")
    state, seen = begin(spec, None, running=True), 0
    frames = frames_of(Path(film), model)
    next(frames)  # loading is not looping
    began = time.monotonic()
    for frame in frames:
        state, _ = step(spec, state, frame)
        seen += bool(frame.image)
    print(seen, time.monotonic() - began)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
