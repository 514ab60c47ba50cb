"""Changes the rules that can hurt, one small thing at a time, and sees whether a test notices; writes docs/mutants.md.

Usage: mutants.py [--sample N] [--seed N] [--again] [FILE ...]. The changes are those that mutmut makes; N of each file
are drawn by a seed, and the quick tests that are named below for the file are run over each, up to the first that
fails. `--again` tries once more what survived the last time, after tests were written. What was tried is kept in
build/mutants/; the page says which files were not looked at as they are now.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import random
import resource
import shutil
import subprocess
import sys
import time
import tomllib
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from difflib import SequenceMatcher
from math import sqrt
from pathlib import Path
from queue import SimpleQueue

ROOT = Path(__file__).resolve().parents[1]
CODE = ROOT / "src" / "patella"
KEPT = ROOT / "build" / "mutants"
PAGE = ROOT / "docs" / "mutants.md"
READ = Path(__file__).with_suffix(".toml")
RULES = {
    "care/pain.py": ("care/test_pain.py", "care/test_progression.py", "care/test_comeback.py"),
    "care/progression.py": (
        "care/test_progression.py",
        "care/test_course.py",
        "care/test_levels.py",
        "care/test_opening.py",
    ),
    "care/clearance.py": ("care/test_clearance.py", "care/test_apart.py", "care/test_clocks.py", "care/test_watch.py"),
    "care/running.py": ("care/test_running.py", "care/test_comeback.py"),
    "care/screening.py": ("care/test_screening.py", "care/test_clearance.py"),
    "motion/reps.py": (
        "motion/test_reps.py",
        "motion/test_film_ends.py",
        "motion/test_coach.py",
        "motion/test_situations.py",
    ),
    "motion/holds.py": ("motion/test_holds.py", "motion/test_coach.py", "motion/test_situations.py"),
    "motion/form.py": ("motion/test_form.py", "motion/test_coach.py", "motion/test_situations.py"),
}
AIM = 0.85
SURE = 1.96
TIMES_LONGER, MORE_S = 4, 10  # after so much more processor than usual it is a loop that does not end
NOTICED, WRONG = (1, 2), "the tests do not run as they are"
FLAGS = (
    "-x",
    "-q",
    "-p",
    "no:cacheprovider",
    "-p",
    "pytest_randomly",
    "-p",
    "_hypothesis_pytestplugin",
    "--randomly-dont-reorganize",
    "--hypothesis-profile=mutants",
    "--tb=no",
)
LINKED = ("web/static", "models", "paper/fonts")  # large, and no code


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One change: the lines that differ, in the order of the file, and what became of it."""

    number: int
    function: str
    was: str
    now: str
    fate: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """What became of the changes of a file. `source` is a hash of the file that they were made of."""

    file: str
    source: str
    made: int
    seed: int
    day: str
    changes: tuple[Change, ...]

    def of(self, fate: str) -> list[Change]:
        """Those that ended so."""
        return [c for c in self.changes if c.fate == fate]


def main() -> int:
    """Look at what is asked for, and write the page."""
    options = _options()
    KEPT.mkdir(parents=True, exist_ok=True)
    for file in options.files or RULES:
        looked = _look_again(file, options.jobs) if options.again else _look(file, options)
        _kept(file).write_text(json.dumps(asdict(looked), indent=1), encoding="utf-8")
        print(_row(looked), flush=True)
    PAGE.write_text(page_of([found for file in RULES if (found := _last(file))]), encoding="utf-8")
    return 0


def _options() -> argparse.Namespace:
    said = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else "")
    said.add_argument("--sample", type=int, default=50, help="how many changes of each file")
    said.add_argument("--seed", type=int, default=1)
    said.add_argument("--jobs", type=int, default=1, help="how many at once")
    said.add_argument("--again", action="store_true", help="only what survived the last time")
    said.add_argument("files", nargs="*", metavar="FILE", help=", ".join(RULES))
    options = said.parse_args()
    if unknown := [f for f in options.files if f not in RULES]:
        said.error(f"there is no {unknown[0]} to look at; there are {', '.join(RULES)}")
    return options


def _kept(file: str) -> Path:
    return KEPT / f"{file.replace('/', '-').removesuffix('.py')}.json"


def _last(file: str) -> Looked | None:
    """What was seen the last time, if the file is still the same."""
    if not _kept(file).is_file():
        return None
    known = json.loads(_kept(file).read_text(encoding="utf-8"))
    changes = tuple(Change(**c) for c in known.pop("changes"))
    return Looked(**known, changes=changes) if known["source"] == _hash(_text(file)) else None


def _look(file: str, options: argparse.Namespace) -> Looked:
    text, seed = _text(file), options.seed

    def draw(made: int) -> list[int]:
        return sorted(random.Random(f"{seed} {file}").sample(range(made), min(options.sample, made)))  # noqa: S311 - no secret

    made, drawn = changes_of(text, draw)
    return Looked(
        file=file, source=_hash(text), made=made, seed=seed, day=_day(), changes=_try_all(file, drawn, options.jobs)
    )


def _look_again(file: str, jobs: int) -> Looked:
    looked = _last(file)
    if looked is None:
        raise SystemExit(f"{file} has changed since, or was not looked at yet; look at it anew, without --again.")
    survivors = [c.number for c in looked.of("survived")]
    now = {c.number: c for c in _try_all(file, changes_of(_text(file), lambda _: survivors)[1], jobs)}
    return replace(looked, day=_day(), changes=tuple(now.get(c.number, c) for c in looked.changes))


def _day() -> str:
    return datetime.now(UTC).date().isoformat()


def changes_of(text: str, drawn: Callable[[int], Iterable[int]] = range) -> tuple[int, list[tuple[Change, str]]]:
    """How many changes mutmut makes in a file, and those that are drawn by number, each with its whole file."""
    from libcst import FunctionDef
    from mutmut.mutation.file_mutation import create_mutations

    module, mutations, _, _ = create_mutations("", text)
    found = []
    for number in drawn(len(mutations)):
        mutation = mutations[number]
        changed = module.deep_replace(mutation.original_node, mutation.mutated_node).code  # type: ignore[arg-type]
        inside = mutation.contained_by_top_level_function
        function = inside.name.value if isinstance(inside, FunctionDef) else "top of the file"
        was, now = _difference(text, changed)
        found.append((Change(number=number, function=function, was=was, now=now), changed))
    return len(mutations), found


def _difference(text: str, changed: str) -> tuple[str, str]:
    """The lines that differ, without what is the same around them and without comments."""
    was, now = text.splitlines(), changed.splitlines()
    (_, first, end, new_first, new_end), *_ = [
        o for o in SequenceMatcher(None, was, now, autojunk=False).get_opcodes() if o[0] != "equal"
    ]
    return _words(was[first:end]), _words(now[new_first:new_end])


def _words(lines: list[str]) -> str:
    return " ".join(line.partition("  #")[0].strip() for line in lines)


def _try_all(file: str, changes: Iterable[tuple[Change, str]], jobs: int) -> tuple[Change, ...]:
    houses: SimpleQueue[House] = SimpleQueue()
    for number in range(jobs):
        houses.put(House(KEPT / f"code-{number}", file))
    usual_s = _usual(houses)

    def try_one(change: tuple[Change, str]) -> Change:
        house = houses.get()
        try:
            return replace(change[0], fate=house.fate(change[1], TIMES_LONGER * usual_s + MORE_S))
        finally:
            houses.put(house)

    with ThreadPoolExecutor(jobs) as pool:
        return tuple(pool.map(try_one, changes))


def _usual(houses: SimpleQueue[House]) -> float:
    """Seconds of processor that the tests take of the code as it is. Ends everything if they fail."""
    house = houses.get()
    began = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
    if house.fate(_text(house.file), 600) != "survived":
        raise SystemExit(f"{house.file}: {WRONG}.")
    houses.put(house)
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - began


class House:
    """A copy of the code in which one file is changed again and again."""

    def __init__(self, folder: Path, file: str) -> None:
        """Copy everything; what is large and no code is only pointed at."""
        self.file, self._folder, self._turn = file, folder, int(time.time())
        shutil.rmtree(folder, ignore_errors=True)
        large = {str(CODE / name) for name in LINKED}
        shutil.copytree(CODE, folder / "patella", ignore=lambda at, names: [n for n in names if f"{at}/{n}" in large])
        for name in LINKED:
            (folder / "patella" / name).symlink_to(CODE / name)

    def fate(self, text: str, most_s: float) -> str:
        """Whether a test notices this text in place of the file's."""
        there = self._folder / "patella" / self.file
        there.write_text(text, encoding="utf-8")
        self._turn += 1  # what was compiled of the change before it is older by a second
        os.utime(there, (self._turn, self._turn))
        tests = [str(ROOT / "tests" / t) for t in RULES[self.file]]
        call = [sys.executable, "-m", "pytest", *FLAGS, "-m", "not slow and not stories", *tests]
        limit: Callable[[], None] = lambda: resource.setrlimit(resource.RLIMIT_CPU, (int(most_s), int(most_s) + 5))  # noqa: E731
        # What else is installed for the tests takes longer to load than these tests take.
        env = {**os.environ, "PYTHONPATH": str(self._folder), "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
        done = subprocess.run(call, cwd=ROOT, env=env, capture_output=True, text=True, check=False, preexec_fn=limit)
        if done.returncode < 0:
            return "endless"
        if done.returncode not in (0, *NOTICED):
            raise SystemExit(f"{self.file}: {WRONG}.\n{done.stdout[-2000:]}{done.stderr[-2000:]}")
        return "killed" if done.returncode else "survived"


def _text(file: str) -> str:
    return (CODE / file).read_text(encoding="utf-8")


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def interval_of(killed: int, tried: int) -> tuple[float, float]:
    """Between which shares the share of all lies, 95 times of a hundred (Wilson)."""
    share, square = killed / tried, SURE**2
    middle = (share + square / (2 * tried)) / (1 + square / tried)
    half = SURE * sqrt(share * (1 - share) / tried + square / (4 * tried**2)) / (1 + square / tried)
    return max(0.0, middle - half), min(1.0, middle + half)


def _row(looked: Looked) -> str:
    tried, endless, survived = len(looked.changes), len(looked.of("endless")), len(looked.of("survived"))
    low, high = interval_of(tried - survived, tried)
    share = (tried - survived) / tried
    missed = "" if share >= AIM else ", MISSED"
    rate = f"{share:.0%} ({low:.0%} to {high:.0%}{missed})"
    return f"| `{looked.file}` | {looked.made} | {tried} | {tried - survived} | {endless} | {survived} | {rate} |"


HEAD = """# Whether a test notices

`make mutants` changes the rules that can hurt, one small thing at a time (a `<` to a `<=`, an `and` to an `or`), and
runs the quick tests of each file over each change, up to the first that fails. The changes are those that mutmut
makes. Of each file a number is drawn by a seed, so the share of all is known only so well: the two numbers behind it
are between which it lies, 95 times of a hundred. The aim is 85 in a hundred.

`make mutants RULES=care/pain.py SAMPLE=500` looks at every change of one file; `AGAIN=1` tries once more what
survived, after a test was written. Which tests are run for which file stands in `tools/mutants.py`. A change after
which the tests did not end within four times their usual processor time, and ten seconds, is a loop without an end;
it counts as noticed.

| file | changes | tried | noticed | of these without an end | survived | noticed in all |
|---|---|---|---|---|---|---|
"""


def page_of(found: Iterable[Looked]) -> str:
    """What was found, and what was read of the survivors."""
    every = list(found)
    known = tomllib.loads(READ.read_text(encoding="utf-8"))
    read = {(r["file"], r["was"], r["now"]): r["why"] for r in known["read"]}
    parts = [HEAD, *(f"{_row(looked)}\n" for looked in every)]
    parts += [f"| `{f}` | not looked at as it is now | | | | | |\n" for f in RULES if f not in {e.file for e in every}]
    days = sorted({looked.day for looked in every})
    parts.append(f"\nLooked at on {' and '.join(days)}, with {_seeds(every)}. {known['note']}\n")
    parts.append("\n## What survived, and why\n")
    for looked in every:
        if survivors := looked.of("survived"):
            parts.append(f"\n### `{looked.file}`\n\n")
            parts += [_survivor(c, read.get((looked.file, c.was, c.now), "Not read yet.")) for c in survivors]
    return "".join(parts)


def _seeds(every: list[Looked]) -> str:
    seeds = sorted({looked.seed for looked in every}, reverse=True)
    return ", ".join(f"the seed {s} for {' and '.join(e.file for e in every if e.seed == s)}" for s in seeds)


def _survivor(change: Change, why: str) -> str:
    was, now = (f"`` {text} ``" if "`" in text else f"`{text}`" for text in (change.was, change.now or " "))
    return f"- `{change.function}`: {was} became {now}. {why}\n"


if __name__ == "__main__":
    sys.exit(main())
