"""The ghost of an exercise as a page takes it: the library's own movement, worked out once."""

from __future__ import annotations

from functools import lru_cache

from patella.files.library import own_camera, read_movement
from patella.motion.ghost import JOINTS, LIMBS, STEPS, ghost_of

Shown = dict[str, object]


@lru_cache(maxsize=64)
def show_ghost(exercise_id: str, side: str) -> Shown | None:
    """One cycle of an exercise in the plane of the picture; None where no body is watched in it."""
    spec = own_camera(exercise_id)
    ghost = ghost_of(spec, read_movement(exercise_id), side) if spec else None
    if ghost is None:
        return None
    tempo = ghost.tempo
    return {
        "exercise": exercise_id,
        "side": ghost.work,
        "tempo": {"up_s": tempo.up_s, "hold_s": tempo.hold_s, "down_s": tempo.down_s, "rest_s": tempo.rest_s},
        "joints": [int(j) for j in JOINTS],
        "limbs": [[int(a), int(b), round(m, 3)] for (a, b), m in zip(LIMBS, ghost.lengths_m, strict=True)],
        "planted": [int(j) for j in ghost.planted],
        "end": STEPS,
        "frames": [[round(v, 3) for place in frame for v in place] for frame in ghost.frames],
    }
