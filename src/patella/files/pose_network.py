"""Runs one of the two networks of a pose model on LiteRT."""

from __future__ import annotations

import os
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np
from ai_edge_litert.interpreter import Interpreter
from numpy.typing import NDArray

from patella.files.bad_file import FilmError
from patella.files.model import Model

Floats = NDArray[np.float32]
MOST_THREADS = 4
ERRORS = 2  # the number of the standard error


_threads: list[int] = []


def use_threads(count: int) -> None:
    """Give every network that is loaded from now on so many threads: one where a process looks at each core's film."""
    _threads[:] = [count]


class Network:
    """One network: a picture in, its answers out."""

    def __init__(self, content: bytes, *, scale: float, offset: float) -> None:
        """Takes a TFLite model with one input, and how that is made of a picture's bytes: byte * scale + offset."""
        with _quiet():
            threads = _threads[0] if _threads else os.cpu_count() or 1
            self._run: Any = Interpreter(model_content=content, num_threads=min(MOST_THREADS, threads))
            self._run.allocate_tensors()
        part = self._run.get_input_details()[0]
        self._input, self._picture = part["index"], np.zeros(part["shape"], np.float32)
        self._outputs = [part["index"] for part in self._run.get_output_details()]
        self._scale, self._offset = np.float32(scale), np.float32(offset)

    def answers(self, picture: NDArray[np.uint8], *wanted: int) -> list[Floats]:
        """What it says of a picture (height, width, three colours or more): the wanted ones of its outputs."""
        for colour in range(3):
            np.multiply(picture[..., colour], self._scale, out=self._picture[0, ..., colour], dtype=np.float32)
        self._picture += self._offset
        self._run.set_tensor(self._input, self._picture)
        self._run.invoke()
        return [self._run.get_tensor(self._outputs[number]) for number in wanted]


def networks_of(model: Model) -> tuple[Network, Network]:
    """The detector and the landmarks of a model. Raises FilmError if it is not there."""
    try:
        with (files("patella") / "models" / f"{model}.task").open("rb") as file, zipfile.ZipFile(file) as archive:
            detector, landmarks = (archive.read(f"pose_{n}.tflite") for n in ("detector", "landmarks_detector"))
            return Network(detector, scale=1 / 127.5, offset=-1.0), Network(landmarks, scale=1 / 255, offset=0.0)
    except (OSError, KeyError, zipfile.BadZipFile):
        raise FilmError(f"The pose model {model} is missing or broken; please install Patella anew.") from None


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep what the library has to say of itself off the terminal; it has no setting for that."""
    try:
        kept = os.dup(ERRORS)
    except OSError:  # closed, so nothing can be said
        yield
        return
    try:
        with Path(os.devnull).open("wb") as nowhere:
            os.dup2(nowhere.fileno(), ERRORS)
        yield
    finally:
        os.dup2(kept, ERRORS)
        os.close(kept)
