"""Everything that is wrong in a library folder: also in the files that a plan does not need, and between them."""

from __future__ import annotations

from collections.abc import Mapping
from importlib.resources.abc import Traversable
from pathlib import Path

from patella.care.exercise import Counts, Exercise
from patella.care.library import Citation, Library, Problem, citations, unknown_sources, unused_sources
from patella.files.library import (
    LibraryError,
    read_comeback,
    read_emergency_numbers,
    read_experiment,
    read_lessons,
    read_library,
    read_link_words,
    read_movement,
    read_places,
    read_sayings,
    read_spec,
)


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
