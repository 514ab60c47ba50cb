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
from patella.care.library import (
    Citation,
    Library,
    Problem,
    check_agreement,
    citations,
    unknown_sources,
    unused_sources,
)
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
    from patella.care.place import Place, PlaceId
    from patella.care.telling import LinkWords
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

    reader = _Reader(folder or own_folder())
    movement = reader.toml(f"exercises/{exercise_id}/movement.toml", parse_movement)
    if movement is None:
        raise LibraryError(tuple(reader.problems))
    return movement


def read_spec(exercise_id: str, folder: Traversable | Path | None = None) -> Spec:
    """What the camera looks for in one exercise. Raises LibraryError when that is missing or wrong."""
    from patella.motion.spec_file import parse_spec  # only a camera needs it

    reader = _Reader(folder or own_folder())
    spec = reader.toml(f"exercises/{exercise_id}/camera.toml", parse_spec)
    if spec is None:
        raise LibraryError(tuple(reader.problems))
    return spec


def read_experiment(exercise_id: str, folder: Traversable | Path | None = None) -> Experiment | None:
    """The camera experiment of one exercise; None where there is none. Raises LibraryError when it is wrong."""
    from patella.motion.experiment import parse_experiment  # only a camera needs it

    reader = _Reader(folder or own_folder())
    file = f"exercises/{exercise_id}/experiment.toml"
    if not reader.folder.joinpath(*file.split("/")).is_file():
        return None
    experiment = reader.toml(file, parse_experiment)
    if experiment is None:
        raise LibraryError(tuple(reader.problems))
    return experiment


def read_emergency_numbers(folder: Traversable | Path | None = None) -> EmergencyNumbers:
    """The numbers to call in an emergency. Raises LibraryError when they are missing or wrong."""
    from patella.care.emergency import parse_emergency_numbers  # only who has to stop needs them

    reader = _Reader(folder or own_folder())
    numbers = reader.toml("emergency.toml", parse_emergency_numbers)
    if numbers is None:
        raise LibraryError(tuple(reader.problems))
    return numbers


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

    reader = _Reader(folder or own_folder())
    sayings = reader.toml("sights.toml", parse_sayings)
    if sayings is None:
        raise LibraryError(tuple(reader.problems))
    return sayings


def read_link_words(folder: Traversable | Path | None = None) -> LinkWords:
    """The words of what goes with what. Raises LibraryError when they are missing or wrong."""
    from patella.care.telling import parse_link_words  # only a look at the diary needs them

    reader = _Reader(folder or own_folder())
    words = reader.toml("links.toml", parse_link_words)
    if words is None:
        raise LibraryError(tuple(reader.problems))
    return words


def check_folder(folder: Traversable | Path) -> tuple[Problem, ...]:
    """Everything that is wrong in a library folder, movements included; empty when all is well."""
    try:
        library = read_library(folder)
    except LibraryError as error:
        return error.problems
    found: list[Problem] = []
    try:
        read_link_words(folder)
    except LibraryError as error:
        found += error.problems
    cited, problems = _other_citations(folder)
    found += problems
    found += unknown_sources(library, cited)
    found += unused_sources(library, [*citations(library), *cited])
    for exercise in library.exercises.values():
        found += _check_movement(folder, exercise)
        found += _check_camera(folder, exercise)
    try:
        places = read_sayings(folder).places
    except LibraryError as error:
        return (*found, *error.problems)
    return (*found, *_check_places(library, places))


def _other_citations(folder: Traversable | Path) -> tuple[list[Citation], list[Problem]]:
    """The sources that are named in files a plan does not need. A file that names any has its place here."""
    cited: list[Citation] = []
    problems: list[Problem] = []
    try:
        named = [(place.id.value, place.source) for place in read_places(folder).values()]
        cited += [Citation(file="places.toml", key=f"{place}.source", source=s) for place, s in named if s]
    except LibraryError as error:
        problems += error.problems
    try:
        cited += [Citation(file="comeback.toml", key=s.id, source=s.source) for s in read_comeback(folder).stages]
    except LibraryError as error:
        problems += error.problems
    try:
        told = [(lesson.id, source) for lesson in read_lessons(folder).values() for source in lesson.cited]
        cited += [Citation(file="lessons.toml", key=f"{lesson}.text", source=s) for lesson, s in told]
    except LibraryError as error:
        problems += error.problems
    try:
        numbers = read_emergency_numbers(folder)
        cited += [Citation(file="emergency.toml", key="numbers", source=s) for s in numbers.sources]
    except LibraryError as error:
        problems += error.problems
    return cited, problems


def _check_movement(folder: Traversable | Path, exercise: Exercise) -> list[Problem]:
    file = f"exercises/{exercise.id}/movement.toml"
    try:
        movement = read_movement(exercise.id, folder)
    except LibraryError as error:
        return list(error.problems)
    tempo = exercise.dose.tempo
    if tempo and movement.tempo != tempo:
        sentence = "differs from dose.tempo in exercise.toml: what is drawn must move as it is dosed."
        return [Problem(file=file, key="tempo", sentence=sentence)]
    return []


def _check_camera(folder: Traversable | Path, exercise: Exercise) -> list[Problem]:
    """The camera's definition must do what exercise.toml promises, and have words for all it can say."""
    if exercise.camera.counts is Counts.NOTHING:
        return []
    file = f"exercises/{exercise.id}/camera.toml"
    try:
        spec = read_spec(exercise.id, folder)
        experiment = read_experiment(exercise.id, folder)
    except LibraryError as error:
        return list(error.problems)
    found: list[Problem] = []
    tried = experiment.spec if experiment else None
    if tried and tried.view != spec.view:
        sentence = f"is {tried.view.value}, but camera.toml says {spec.view.value}."
        found.append(Problem(file=file.replace("camera.toml", "experiment.toml"), key="view", sentence=sentence))
    for key, here, there in (
        ("role", spec.role.value, exercise.camera.counts.value),
        ("view", spec.view.value, exercise.camera.view.value),
    ):
        if here != there:
            found.append(Problem(file=file, key=key, sentence=f"is {here}, but exercise.toml says {there}."))
    cues = dict.fromkeys((*spec.cues, *(tried.cues if tried else ())))
    unsaid = [cue for cue in cues if cue not in exercise.words.cues]
    found += [Problem(file=file, key="form", sentence=f"can say {c}, and en.md has no such cue.") for c in unsaid]
    return found


def _check_places(library: Library, places: Mapping[str, str]) -> list[Problem]:
    wanted = {
        f"{e.camera.view.value}-{e.position.value}"
        for e in library.exercises.values()
        if e.camera.counts is not Counts.NOTHING
    }
    return [
        Problem(file="sights.toml", key=f"places.{name}", sentence="is missing: an exercise is seen from there.")
        for name in sorted(wanted - set(places))
    ]


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


@cache
def own_places() -> Mapping[PlaceId, Place]:
    """The places on a knee of Patella's own library, read once."""
    return read_places()


def read_places(folder: Traversable | Path | None = None) -> Mapping[PlaceId, Place]:
    """The places on a knee. Raises LibraryError when they are missing or wrong."""
    from patella.care.place import parse_places  # only a note about the knee needs them

    reader = _Reader(folder or own_folder())
    places = reader.toml("places.toml", parse_places)
    if places is None:
        raise LibraryError(tuple(reader.problems))
    return places


@cache
def own_lessons() -> Mapping[str, Lesson]:
    """The lessons of Patella's own library, read once."""
    return read_lessons()


def read_lessons(folder: Traversable | Path | None = None) -> Mapping[str, Lesson]:
    """The lessons, in the order of reading. Raises LibraryError when they are missing or wrong."""
    from patella.care.lesson import parse_lessons  # only who reads one needs them

    reader = _Reader(folder or own_folder())
    lessons = reader.toml("lessons.toml", parse_lessons)
    if lessons is None:
        raise LibraryError(tuple(reader.problems))
    return lessons


@cache
def own_comeback() -> WayBack:
    """The way back to running of Patella's own library, read once."""
    return read_comeback()


def read_comeback(folder: Traversable | Path | None = None) -> WayBack:
    """The way back to running. Raises LibraryError when it is missing or wrong."""
    from patella.care.comeback import parse_comeback  # only who runs needs it

    reader = _Reader(folder or own_folder())
    way = reader.toml("comeback.toml", parse_comeback)
    if way is None:
        raise LibraryError(tuple(reader.problems))
    return way
