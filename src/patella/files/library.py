"""Reads a library folder: exercises, words, sources and rules, each refused with its file, key and a sentence."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from hashlib import blake2b
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from patella.care.equipment import parse_equipment
from patella.care.exercise import Counts, Exercise, Group, parse_exercise
from patella.care.library import Library, Problem, check_agreement
from patella.care.outcomes import parse_scores
from patella.care.programme import parse_programme
from patella.care.questionnaire import Questionnaire, parse_past_questionnaire, parse_questionnaire
from patella.care.reason import parse_reasons
from patella.care.source import parse_sources
from patella.motion.definition import DefinitionError

if TYPE_CHECKING:
    from patella.care.comeback import WayBack
    from patella.care.emergency import EmergencyNumbers
    from patella.care.lesson import Lesson
    from patella.care.link_sentence import LinkWords
    from patella.care.place import Place, PlaceId
    from patella.motion.experiment import Experiment
    from patella.motion.movement import Movement
    from patella.motion.saying import Sayings
    from patella.motion.spec import Spec

T = TypeVar("T")
LARGEST_FILE = 200_000
SHELVES = tuple(Group)


class LibraryError(ValueError):
    """A library folder has something wrong in it; `problems` lists every one."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        """Takes at least one problem; the message is the first."""
        super().__init__(str(problems[0]))
        self.problems = problems


def own_folder() -> Traversable:
    """The library that comes with Patella."""
    return files("patella") / "library"


@cache
def own_library() -> Library:
    """The library that comes with Patella, read once."""
    return read_library(own_folder())


def read_library(folder: Traversable | Path) -> Library:
    """The library in a folder. Raises LibraryError with every problem that was found, not only the first."""
    reader = _Reader(folder)
    exercises = {e.id: e for e in sorted(reader.exercises(), key=_on_the_shelf)}
    rest = (
        reader.toml("sources.toml", parse_sources),
        reader.toml("equipment.toml", parse_equipment),
        reader.toml("reasons.toml", parse_reasons),
        reader.toml("screening.toml", parse_questionnaire),
        reader.toml("programme.toml", parse_programme),
        reader.toml("scores.toml", parse_scores),
    )
    sources, equipment, reasons, questionnaire, programme, scores = rest
    past = _past_questions(reader, questionnaire.version if questionnaire else 1)
    if reader.problems or not (sources and equipment and reasons and questionnaire and programme and scores):
        raise LibraryError(tuple(reader.problems))
    library = Library(
        exercises=exercises,
        sources=sources,
        equipment=equipment,
        reasons=reasons,
        questionnaire=questionnaire,
        past=past,
        programme=programme,
        scores=scores,
        digest=reader.digest,
    )
    problems = check_agreement(library)
    if problems:
        raise LibraryError(problems)
    return library


def _past_questions(reader: _Reader, version: int) -> dict[int, Questionnaire]:
    """The questions of every version before this one, each in a file of its own."""
    read = {n: reader.toml(f"screening_{n}.toml", parse_past_questionnaire) for n in range(1, version)}
    return {n: q for n, q in read.items() if q is not None}


def read_movement(exercise_id: str, folder: Traversable | Path | None = None) -> Movement:
    """The movement of one exercise. Raises LibraryError when it is missing or wrong."""
    from patella.motion.movement import parse_movement  # only figures need bodies: a plan starts without them

    return _read_file(f"exercises/{exercise_id}/movement.toml", parse_movement, folder)


def read_spec(exercise_id: str, folder: Traversable | Path | None = None) -> Spec:
    """What the camera looks for in one exercise. Raises LibraryError when that is missing or wrong."""
    from patella.motion.spec_file import parse_spec  # only a camera needs it

    return _read_file(f"exercises/{exercise_id}/camera.toml", parse_spec, folder)


def read_experiment(exercise_id: str, folder: Traversable | Path | None = None) -> Experiment | None:
    """The camera experiment of one exercise; None where there is none. Raises LibraryError when it is wrong."""
    from patella.motion.experiment import parse_experiment  # only a camera needs it

    file = f"exercises/{exercise_id}/experiment.toml"
    there = (folder or own_folder()).joinpath(*file.split("/")).is_file()
    return _read_file(file, parse_experiment, folder) if there else None


def read_emergency_numbers(folder: Traversable | Path | None = None) -> EmergencyNumbers:
    """The numbers to call in an emergency. Raises LibraryError when they are missing or wrong."""
    from patella.care.emergency import parse_emergency_numbers  # only who has to stop needs them

    return _read_file("emergency.toml", parse_emergency_numbers, folder)


@cache
def own_emergency_numbers() -> EmergencyNumbers:
    """The numbers that come with Patella, read once."""
    return read_emergency_numbers()


@cache
def own_experiment(exercise_id: str) -> Experiment | None:
    """The camera experiment of one of Patella's own exercises, read once; None where there is none."""
    return read_experiment(exercise_id) if exercise_id in own_library().exercises else None


@cache
def own_camera(exercise_id: str) -> Spec | None:
    """What the camera looks for in one of Patella's own exercises, read once; None where it sees nothing."""
    exercise = own_library().exercises.get(exercise_id)
    unseen = exercise is None or exercise.camera.counts is Counts.NOTHING
    return None if unseen else read_spec(exercise_id)


def read_sayings(folder: Traversable | Path | None = None) -> Sayings:
    """What the camera coach says about seeing. Raises LibraryError when that is missing or wrong."""
    from patella.motion.saying import parse_sayings

    return _read_file("sights.toml", parse_sayings, folder)


def read_link_words(folder: Traversable | Path | None = None) -> LinkWords:
    """The words of what goes with what. Raises LibraryError when they are missing or wrong."""
    from patella.care.link_sentence import parse_link_words  # only a look at the diary needs them

    return _read_file("links.toml", parse_link_words, folder)


@cache
def own_places() -> Mapping[PlaceId, Place]:
    """The places on a knee of Patella's own library, read once."""
    return read_places()


def read_places(folder: Traversable | Path | None = None) -> Mapping[PlaceId, Place]:
    """The places on a knee. Raises LibraryError when they are missing or wrong."""
    from patella.care.place import parse_places  # only a note about the knee needs them

    return _read_file("places.toml", parse_places, folder)


@cache
def own_lessons() -> Mapping[str, Lesson]:
    """The lessons of Patella's own library, read once."""
    return read_lessons()


def read_lessons(folder: Traversable | Path | None = None) -> Mapping[str, Lesson]:
    """The lessons, in the order of reading. Raises LibraryError when they are missing or wrong."""
    from patella.care.lesson import parse_lessons  # only who reads one needs them

    return _read_file("lessons.toml", parse_lessons, folder)


@cache
def own_comeback() -> WayBack:
    """The way back to running of Patella's own library, read once."""
    return read_comeback()


def read_comeback(folder: Traversable | Path | None = None) -> WayBack:
    """The way back to running. Raises LibraryError when it is missing or wrong."""
    from patella.care.comeback import parse_comeback  # only who runs needs it

    return _read_file("comeback.toml", parse_comeback, folder)


def _read_file(file: str, parse: Callable[[Mapping[str, object]], T], folder: Traversable | Path | None) -> T:
    """What one file of a folder says, of Patella's own where none is named. Raises LibraryError."""
    reader = _Reader(folder or own_folder())
    found = reader.toml(file, parse)
    if found is None:
        raise LibraryError(tuple(reader.problems))
    return found


def _on_the_shelf(exercise: Exercise) -> tuple[int, int, str]:
    return (SHELVES.index(exercise.group), exercise.routine_number or 0, exercise.name)


class _Reader:
    """Reads the files of one library folder and collects what is wrong instead of stopping at the first."""

    def __init__(self, folder: Traversable | Path) -> None:
        self.folder = folder
        self.problems: list[Problem] = []
        self._hash = blake2b(digest_size=8)

    @property
    def digest(self) -> str:
        """Stands for the content of all that was read so far."""
        return self._hash.hexdigest()

    def exercises(self) -> Iterator[Exercise]:
        shelf = self.folder / "exercises"
        if not shelf.is_dir():
            self._complain("exercises", "", "is missing: a library has one folder an exercise in there.")
            return
        for entry in sorted(shelf.iterdir(), key=lambda e: e.name):
            if entry.is_dir() and not entry.name.startswith((".", "_")):
                found = self._exercise(entry.name)
                if found:
                    yield found

    def _exercise(self, name: str) -> Exercise | None:
        words = self._text(f"exercises/{name}/en.md")
        if words is None:
            return None
        file = f"exercises/{name}/exercise.toml"
        found = self.toml(file, lambda values: parse_exercise(values, words))
        if found and found.id != name:
            self._complain(file, "id", f"is {found.id!r}, but its folder is called {name!r}; they must be the same.")
        return found

    def toml(self, file: str, parse: Callable[[Mapping[str, object]], T]) -> T | None:
        text = self._text(file)
        if text is None:
            return None
        try:
            return parse(tomllib.loads(text))
        except tomllib.TOMLDecodeError as error:
            self._complain(file, "", f"is not valid TOML: {error}.")
        except DefinitionError as error:
            in_words = error.key.startswith("en.md")
            where = file.replace("exercise.toml", "en.md") if in_words else file
            self._complain(where, error.key.removeprefix("en.md").strip(), error.sentence)
        return None

    def _text(self, file: str) -> str | None:
        place = self.folder.joinpath(*file.split("/"))
        try:
            data = place.read_bytes()
            if len(data) > LARGEST_FILE:
                self._complain(file, "", f"is larger than {LARGEST_FILE // 1000} kB.")
                return None
            self._hash.update(f"{file} {len(data)} ".encode() + data)
            return data.decode("utf-8")
        except UnicodeDecodeError:
            self._complain(file, "", "is not UTF-8 text.")
        except OSError:
            self._complain(file, "", "is missing or cannot be read.")
        return None

    def _complain(self, file: str, key: str, sentence: str) -> None:
        self.problems.append(Problem(file=file, key=key, sentence=sentence))
