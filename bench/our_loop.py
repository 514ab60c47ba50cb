"""A film through Patella: every frame's landmarks and the coach. Run by film.py, beside the other loop.

Prints the number of frames with a body, the seconds from the first frame to the last, by the clock and of processor,
and the most memory in megabytes.
"""

from __future__ import annotations

import resource
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
    began, worked = time.monotonic(), time.process_time()
    for frame in frames:
        state, _ = step(spec, state, frame)
        seen += bool(frame.image)
    took_s, work_s = time.monotonic() - began, time.process_time() - worked
    print(seen, took_s, work_s, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
