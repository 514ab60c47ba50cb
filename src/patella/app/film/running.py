"""A film of somebody who runs: their running form, and what is worth a word about the file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from patella.app.film.film import Progress, film_readers
from patella.files.film_remark import Remark
from patella.files.model import Model
from patella.motion.pose import PoseFrame
from patella.motion.running_form import RunningForm, look_at_running, running_form_to_json

MODEL = Model.HEAVY  # quicker ones take one leg for the other as they pass, in about one picture of ten


@dataclass(frozen=True, slots=True, kw_only=True)
class WatchedRunning:
    """What a film tells of somebody's running."""

    found: RunningForm
    remarks: tuple[Remark, ...] = ()


def watch_running(film: Path, model: Model | None = None, progress: Progress | None = None) -> WatchedRunning:
    """Look at a film of somebody who runs, from the side. Raises BadFileError, VideoMissingError."""
    open_film, poses = film_readers()

    def frames() -> Iterator[PoseFrame]:
        for _, frame in poses(opened, model or MODEL):
            yield frame
            if progress:
                progress(frame.t_s, opened.duration_s)

    with open_film(film) as opened:
        found = look_at_running(frames())
        return WatchedRunning(found=found, remarks=tuple(opened.remarks))


def running_to_json(watched: WatchedRunning) -> dict[str, object]:
    """The plain form, with what is worth a word about the file in `remarks`."""
    return {**running_form_to_json(watched.found), "remarks": [r.value for r in watched.remarks]}
