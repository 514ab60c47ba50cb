"""A library folder is read whole or refused with the file, the key and a sentence for everything that is wrong."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from patella.care.library import Problem
from patella.files.library import (
    LARGEST_FILE,
    LibraryError,
    own_folder,
    own_library,
    read_library,
    read_movement,
)
from patella.files.library_check import check_folder

BAND = "exercises/terminal-knee-extension"
BELL = "exercises/kettlebell-knee-extension"
SQUEEZE = "exercises/medicine-ball-squeeze"
KEPT = ("terminal-knee-extension", "kettlebell-knee-extension", "medicine-ball-squeeze")


@pytest.fixture(scope="session")
def pristine(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the library that comes with Patella."""
    folder = tmp_path_factory.mktemp("library") / "own"
    shutil.copytree(str(own_folder()), folder)
    return folder


@pytest.fixture
def folder(pristine: Path, tmp_path: Path) -> Path:
    """A copy to break."""
    copy = tmp_path / "library"
    shutil.copytree(pristine, copy)
    return copy


def change(folder: Path, file: str, old: str, new: str) -> None:
    place = folder / file
    text = place.read_text(encoding="utf-8")
    assert old in text, f"{old!r} is not in {file}"
    place.write_text(text.replace(old, new, 1), encoding="utf-8")


def found(folder: Path) -> list[Problem]:
    with pytest.raises(LibraryError) as caught:
        read_library(folder)
    assert str(caught.value) == str(caught.value.problems[0])
    return list(caught.value.problems)


def test_the_library_that_comes_with_patella_has_nothing_wrong() -> None:
    assert [str(p) for p in check_folder(own_folder())] == []


def test_it_is_read_once() -> None:
    assert own_library() is own_library()


def test_exercises_stand_in_the_order_of_the_routine_then_by_shelf_and_name(pristine: Path) -> None:
    library = read_library(pristine)
    assert [e.routine_number for e in library.exercises.values()][:7] == [1, 2, 3, 4, 5, 6, None]
    shelves = list(dict.fromkeys(e.group for e in library.exercises.values()))
    assert shelves == ["routine", "rolling", "hips", "stretch", "neighbour"]
    hips = [e.name for e in library.exercises.values() if e.group == "hips"]
    assert hips == sorted(hips)


def test_a_movement_is_read_by_its_exercise() -> None:
    assert read_movement("squat")


def test_a_movement_that_is_not_there_is_refused_with_its_file(folder: Path) -> None:
    (folder / "exercises/squat/movement.toml").unlink()
    with pytest.raises(LibraryError, match=r"exercises/squat/movement.toml: is missing or cannot be read"):
        read_movement("squat", folder)
    assert "exercises/squat/movement.toml" in {p.file for p in check_folder(folder)}


WRONG = [
    (f"{BAND}/exercise.toml", 'group = "routine"', 'group = "rutine"', "group", "must be one of routine, rolling"),
    (f"{BAND}/exercise.toml", "knee_load = 1", "knee_load = 4", "knee_load", "must be a whole number from 0 to 3"),
    (f"{BAND}/exercise.toml", "knee_load = 1", "kneeload = 1", "knee_load", "is missing"),
    (f"{BAND}/exercise.toml", 'load = "loaded"', 'load = "loaded"\nwarmth = 3', "warmth", "is not a key that is known"),
    (f"{BAND}/exercise.toml", "routine_number = 4", "routine_number = 7", "routine_number", "from 1 to 6"),
    (f"{BAND}/exercise.toml", "routine_number = 4\n", "", "routine_number", "belongs to the six exercises"),
    (f"{BAND}/exercise.toml", "sets = 2", "sets = 0", "dose.sets", "must be a whole number from 1 to 6"),
    (
        f"{BAND}/exercise.toml",
        "reps = [6, 12]",
        "reps = [12, 6]",
        "dose.reps",
        "two whole numbers, the lower one first",
    ),
    (f"{BAND}/exercise.toml", "reps = [6, 12]", "reps = [6]", "dose.reps", "two whole numbers"),
    (f"{BAND}/exercise.toml", "reps = [6, 12]", "reps = [6, 7.5]", "dose.reps", "two whole numbers"),
    (f"{BAND}/exercise.toml", "reps = [6, 12]", "reps = [6, 99]", "dose.reps[1]", "must be a number from 1 to 60"),
    (f"{BAND}/exercise.toml", "reps = [6, 12]\n", "", "dose", "needs either reps or holds, and not both"),
    (f"{BAND}/exercise.toml", "reps = [6, 12]", "reps = [6, 12]\nholds = 3", "dose", "needs either reps or holds"),
    (f"{BAND}/exercise.toml", "rest_s = 60", "rest_s = -1", "dose.rest_s", "must be a number from 0 to 300"),
    (
        f"{BAND}/exercise.toml",
        "rest_s = 60",
        "loads_kg = [1]\nrest_s = 60",
        "dose",
        "needs one of loads_kg, bands and levels at most",
    ),
    (f"{BAND}/exercise.toml", "up_s = 2", "up_s = 0", "dose.tempo", "must give the way out and the way back some time"),
    (f"{BAND}/exercise.toml", "up_s = 2", "ups = 2", "dose.tempo.up_s", "is missing"),
    (
        f"{BAND}/exercise.toml",
        'counts = "reps"',
        'counts = "nothing"',
        "camera",
        "view none and counts nothing together",
    ),
    (f"{BAND}/exercise.toml", 'fact = "knee_surgery"', 'fact = "bad_luck"', "gates[1].fact", "must be one of"),
    (f"{BAND}/exercise.toml", 'fact = "knee_surgery"', 'fact = "numb_feet"', "gates", "one line in en.md under Gates"),
    (f"{BAND}/exercise.toml", 'of = "pole"', 'of = "moon"', "instead", "replaces moon, which is neither in equipment"),
    (
        f"{BAND}/exercise.toml",
        'bands = ["light band", "medium band", "heavy band"]',
        'step_thing = "step"',
        "dose.step_thing",
        "needs steps: more than one",
    ),
    (
        f"{BAND}/exercise.toml",
        'bands = ["light band", "medium band", "heavy band"]',
        'levels = ["first", "second"]\nstep_thing = "moon"',
        "equipment",
        "names 'moon'",
    ),
    (f"{BAND}/exercise.toml", '"smith-2009", ', "", "sources", "leaves out smith-2009"),
    (
        f"{BAND}/exercise.toml",
        '"smith-2009", ',
        '"smith-2009", "hart-2022", ',
        "sources",
        "nothing there cites hart-2022",
    ),
    (f"{BAND}/exercise.toml", 'rest_source = "patella-rules"', 'rest_source = "no"', "sources", "it leaves out no"),
    (f"{BAND}/exercise.toml", 'id = "terminal-knee-extension"', 'id = "tke"', "id", "its folder is called"),
    (f"{BAND}/exercise.toml", "[dose]", "[dose", "", "is not valid TOML"),
    (f"{BELL}/exercise.toml", "[0, 2, 4.08]", "[0, 2, 1]", "dose.loads_kg", "must rise from step to step"),
    (f"{BELL}/exercise.toml", "[90, 45]", "[90]", "arc.partial_deg", "must be two angles"),
    (
        f"{BELL}/exercise.toml",
        "min_days = 7",
        "min_days = 999",
        "unlock.min_days",
        "must be a whole number from 0 to 365",
    ),
    (f"{BELL}/exercise.toml", "max_pain = 2\n", "", "unlock.max_pain", "is missing"),
    (
        f"{SQUEEZE}/exercise.toml",
        "hold_top_s = 15",
        "hold_top_s = 9",
        "dose.hold_top_s",
        "must not be shorter than hold_s",
    ),
    (f"{SQUEEZE}/exercise.toml", "holds = 5", "holds = 50", "dose.holds", "must be a whole number from 1 to 20"),
    (f"{BAND}/en.md", "## Feel", "## Feeling", "Feeling", "must be one of How, Feel"),
    (f"{BAND}/en.md", "- switch: Change legs. Check your band.\n", "", "sides", "needs a line for switch under Cues"),
    (f"{BAND}/en.md", "[powers-2014]", "[somebody-1999]", "sources", "leaves out somebody-1999"),
    ("sources.toml", 'kind = "routine"', 'kind = "hearsay"', "routine.kind", "must be one of trial"),
    ("equipment.toml", "everyday = true", 'everyday = "yes"', "mirror.everyday", "must be true or false"),
    ("reasons.toml", 'about = "day"\n', "", "day_loaded.about", "is missing"),
    (
        "screening.toml",
        'outcome = "emergency"',
        'outcome = "panic"',
        "questions[0].choices[0].outcome",
        "must be one of",
    ),
    ("scores.toml", 'source = "nelson-2020"', 'source = "nelson-2021"', "uwri", "'nelson-2021', and there is no such"),
    ("programme.toml", "max_items = 4", "max_items = 0", "max_items", "must be a whole number from 1 to 10"),
]


@pytest.mark.parametrize(
    ("file", "old", "new", "key", "sentence"), WRONG, ids=[f"{w[0]} {w[3]}-{i}" for i, w in enumerate(WRONG)]
)
def test_a_wrong_definition_is_refused_with_file_key_and_sentence(
    folder: Path, file: str, old: str, new: str, key: str, sentence: str
) -> None:
    change(folder, file, old, new)
    problems = found(folder)
    at = file.replace("en.md", "exercise.toml") if key in ("sides", "sources") else file
    (problem,) = [p for p in problems if p.file == at]
    assert problem.key == key
    assert sentence in problem.sentence


UNKNOWN = [
    (f"{SQUEEZE}/exercise.toml", 'chosen = "chosen_squeeze"', 'chosen = "chosen_ball"', "chosen", "'chosen_ball'"),
    (f"{BAND}/exercise.toml", 'harder = ["squat"', 'harder = ["moon-walk"', "harder", "'moon-walk'"),
    (
        f"{BAND}/exercise.toml",
        'harder = ["squat"',
        'harder = ["terminal-knee-extension"',
        "harder",
        "other than itself",
    ),
    (f"{BAND}/exercise.toml", 'easier = ["straight-leg-raise"', 'easier = ["squat"', "easier", "loads the knee more"),
    (
        f"{BAND}/exercise.toml",
        'without_equipment = "squat"',
        'without_equipment = "sqat"',
        "without_equipment",
        "'sqat'",
    ),
    (f"{BAND}/exercise.toml", 'use = ["heavy-table"]', 'use = ["tree"]', "equipment", "'tree'"),
    (f"{BELL}/exercise.toml", "min_days = 7", 'min_days = 7\ntop_of = "sqat"', "unlock.top_of", "'sqat'"),
    ("reasons.toml", 'source = "patella-rules"', 'source = "nobody"', "day_loaded", "'nobody'"),
    ("screening.toml", 'source = "bunt-2018"', 'source = "nobody"', "emergency.fever", "'nobody'"),
    ("programme.toml", 'light = [["side-lying-hip-abduction"]', 'light = [["moon-walk"]', "", "'moon-walk'"),
    (
        "exercises/lateral-band-walk/exercise.toml",
        'easier = ["side-lying-hip-abduction", "fire-hydrant"]',
        'easier = ["side-lying-hip-abduction"]',
        "easier",
        "must name fire-hydrant, the rung below",
    ),
]


@pytest.mark.parametrize(
    ("file", "old", "new", "key", "sentence"), UNKNOWN, ids=[f"{w[0]} {w[3]}-{i}" for i, w in enumerate(UNKNOWN)]
)
def test_files_that_do_not_agree_are_refused_with_what_is_unknown(
    folder: Path, file: str, old: str, new: str, key: str, sentence: str
) -> None:
    change(folder, file, old, new)
    (problem,) = found(folder)
    assert (problem.file, problem.key) == (file, key)
    assert sentence in problem.sentence


def test_a_source_that_was_taken_out_is_missed_where_it_is_cited(folder: Path) -> None:
    change(folder, "sources.toml", "[stensdotter-2003]", "[stensdotter-2004]")
    (problem,) = found(folder)
    assert (problem.file, problem.key) == (f"{BAND}/exercise.toml", "sources")
    assert "names 'stensdotter-2003', and there is no such source in sources.toml." in problem.sentence


def test_a_source_that_nothing_cites_is_refused(folder: Path) -> None:
    change(folder, "scores.toml", 'source = "nelson-2020"', 'source = "patella-rules"')
    (problem,) = check_folder(folder)
    assert str(problem) == "sources.toml: nelson-2020: is cited by nothing: cite it, or take it out."


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("places.toml", 'source = "patella-rules"', 'source = "nobody-2020"'),
        ("lessons.toml", "[esculier-2020]", "[nobody-2020]"),
        ("reasons.toml", 'source = "patella-rules"', 'source = "nobody-2020"'),
    ],
)
def test_every_file_that_names_sources_counts_among_what_cites_them(
    folder: Path, file: str, old: str, new: str
) -> None:
    text = (folder / "sources.toml").read_text(encoding="utf-8")
    entry = text[text.index("[hart-2022]") : text.index("[song-2023]")].replace("hart-2022", "nobody-2020")
    (folder / "sources.toml").write_text(f"{text}\n{entry}", encoding="utf-8")
    assert [p.key for p in check_folder(folder)] == ["nobody-2020"]
    change(folder, file, old, new)
    assert check_folder(folder) == ()


def test_a_ladder_that_goes_down_is_refused(folder: Path) -> None:
    change(folder, "programme.toml", '["terminal-knee-extension", "squat", ', '["squat", "heel-slide", ')
    change(folder, "programme.toml", "{ terminal-knee-extension = 0 }", "{ squat = 0 }")
    problems = {(p.file, p.key): p.sentence for p in found(folder)}
    assert "which loads the knee more" in problems["programme.toml", "ladders.knee"]


def test_a_ladder_cannot_have_the_id_of_an_exercise(folder: Path) -> None:
    change(folder, "programme.toml", 'id = "outer-hip"', 'id = "clamshell"')
    change(folder, "programme.toml", '"hop", "outer-hip"', '"hop", "clamshell"')
    (problem,) = found(folder)
    assert (problem.file, problem.key) == ("programme.toml", "ladders")
    assert problem.sentence == "'clamshell' is the id of an exercise."


def test_the_questions_of_an_older_version_stay_and_name_sources_that_there_are(folder: Path) -> None:
    change(folder, "screening_1.toml", 'source = "bunt-2018"', 'source = "nobody"')
    assert {(p.file, p.key.partition(".")[0]) for p in found(folder)} == {
        ("screening_1.toml", "changed_shape_or_cold_foot")
    }
    (folder / "screening_1.toml").unlink()
    assert Problem(file="screening_1.toml", key="", sentence="is missing or cannot be read.") in found(folder)


@pytest.mark.parametrize(
    ("old", "new", "key", "sentence"),
    [
        ('source = "emergency-swiss"', 'source = "nobody"', "numbers", "'nobody'"),
        ('number = "999"', 'number = "nine"', "numbers[3].number", "must be digits alone"),
        ('countries = ["CH"]', 'countries = ["ch"]', "numbers[2].countries", "two capital letters each"),
    ],
)
def test_a_wrong_emergency_number_is_named(folder: Path, old: str, new: str, key: str, sentence: str) -> None:
    change(folder, "emergency.toml", old, new)
    problems = [p for p in check_folder(folder) if p.file == "emergency.toml"]
    assert [p.key for p in problems] == [key]
    assert sentence in problems[0].sentence


def test_two_exercises_cannot_have_the_same_number_of_the_routine(folder: Path) -> None:
    change(folder, f"{BELL}/exercise.toml", "routine_number = 6", "routine_number = 4")
    (problem,) = found(folder)
    assert (problem.file, problem.key) == ("exercises", "routine_number")


def test_everything_that_is_wrong_is_said_not_only_the_first(folder: Path) -> None:
    change(folder, f"{BAND}/exercise.toml", "sets = 2", "sets = 0")
    change(folder, f"{BELL}/exercise.toml", "sets = 2", "sets = 0")
    change(folder, "equipment.toml", "everyday = true", "everyday = 1")
    assert {p.file for p in found(folder)} == {f"{BAND}/exercise.toml", f"{BELL}/exercise.toml", "equipment.toml"}


@pytest.mark.parametrize(
    "file", ["sources.toml", "reasons.toml", "screening.toml", f"{BAND}/en.md", f"{BAND}/exercise.toml"]
)
def test_a_file_that_is_missing_is_named(folder: Path, file: str) -> None:
    (folder / file).unlink()
    assert Problem(file=file, key="", sentence="is missing or cannot be read.") in found(folder)


def test_a_file_that_is_no_text_or_too_large_is_named(folder: Path) -> None:
    (folder / BAND / "en.md").write_bytes(b"\xff\xfe\x00")
    (folder / "sources.toml").write_bytes(b"#" * (LARGEST_FILE + 1))
    said = {p.file: p.sentence for p in found(folder)}
    assert said == {f"{BAND}/en.md": "is not UTF-8 text.", "sources.toml": "is larger than 200 kB."}


def test_a_folder_without_exercises_is_no_library(tmp_path: Path) -> None:
    problems = check_folder(tmp_path)
    assert problems[0].file == "exercises"
    assert "one folder an exercise" in problems[0].sentence


def test_folders_that_are_hidden_and_files_beside_them_are_passed_over(folder: Path) -> None:
    (folder / "exercises/.cache").mkdir()
    (folder / "exercises/_drafts").mkdir()
    (folder / "exercises/README.md").write_text("notes", encoding="utf-8")
    assert len(read_library(folder).exercises) == len(own_library().exercises)


def test_a_movement_in_another_tempo_than_the_dose_is_refused(folder: Path) -> None:
    change(folder, "exercises/squat/exercise.toml", "up_s = 2", "up_s = 7")
    problems = [p for p in check_folder(folder) if p.file == "exercises/squat/movement.toml"]
    assert [p.key for p in problems] == ["tempo"]


@pytest.mark.parametrize(
    ("file", "old", "new", "key", "sentence"),
    [
        ("links.toml", "{more} more mornings", "{days} more mornings", "not_enough", "nothing in braces but {more}"),
        (
            "links.toml",
            'drop = "each extra 4 mm',
            'drop = "{0} each extra 4 mm',
            "what.drop",
            "nothing in braces but {which}",
        ),
        ("links.toml", 'higher = "higher"', "", "higher", "missing"),
        ("places.toml", "[front]", "[nose]", "front", "missing"),
        ("places.toml", "source = ", 'source = "nobody-2020" # ', ".source", "there is no such source"),
        ("places.toml", "source = ", "# ", ".source", "both or neither"),
        ("lessons.toml", "[esculier-2020]", "[nobody-2020]", "load.text", "there is no such source"),
        ("lessons.toml", 'title = "', 'titel = "', "load.title", "missing"),
        ("scores.toml", "low = 0", "low = 0.5.5", "", "not valid TOML"),
    ],
)
def test_words_of_the_timeline_are_checked_as_well(
    folder: Path, file: str, old: str, new: str, key: str, sentence: str
) -> None:
    change(folder, file, old, new)
    (problem, *_) = check_folder(folder)
    assert problem.file == file
    assert problem.key.endswith(key)
    assert sentence in problem.sentence


def test_a_problem_reads_as_file_key_and_sentence() -> None:
    assert str(Problem(file="a.toml", key="dose", sentence="is wrong.")) == "a.toml: dose: is wrong."
    assert str(Problem(file="a.toml", key="", sentence="is wrong.")) == "a.toml: is wrong."


def test_three_real_exercises_were_broken_above() -> None:
    assert set(KEPT) <= set(own_library().exercises)
    assert len(WRONG) + len(UNKNOWN) >= 25


def test_a_library_is_told_from_another_by_the_content_of_its_files(folder: Path) -> None:
    assert read_library(folder).digest == own_library().digest
    change(folder, "reasons.toml", "smallest dose", "smallest of doses")
    assert read_library(folder).digest != own_library().digest
