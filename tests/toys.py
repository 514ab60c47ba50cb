"""The changes of ARCHITECTURE.md, each as a toy: the files it touches, what goes in, and a script that sees it work."""

from __future__ import annotations

import re
import shutil
from dataclasses import dataclass
from pathlib import Path

LINKED = ("models", "web/static/vendor", "web/static/figures", "paper/fonts")
BEGIN = """
import sys
from datetime import UTC, date, datetime
from pathlib import Path
from uuid import uuid4
from calm import calm_answers
from patella.app.patella import Patella
from patella.app.person.screening import answer_screening, list_questions
from patella.files.library import own_lessons, own_library
from patella.store.log import Log
log = Log.open(Path(sys.argv[1])).__enter__()
now = datetime(2026, 11, 22, 9, tzinfo=UTC)
app = Patella(log=log, library=own_library(), now=lambda: now, new_id=lambda: str(uuid4()))
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """One file of a change, below src/patella: `new` takes the place of `old`, goes to its end, or is all of it.

    A name that ends in a slash is a folder, made like the one that `like` names; its main file can be edited.
    """

    file: str
    old: str = ""
    new: str = ""
    like: str = ""
    without: str = ""  # a table that a copy leaves out

    def apply(self, root: Path) -> None:
        path = root / self.file
        if self.like:
            (shutil.copytree if self.file.endswith("/") else shutil.copyfile)(root / self.like, path)
            if self.without:
                text = path.read_text(encoding="utf-8")
                path.write_text(
                    re.sub(rf"\n\[{self.without}\]\n.*?(?=\n\[)", "", text, flags=re.DOTALL), encoding="utf-8"
                )
            return
        if self.file.endswith("/"):
            path /= "exercise.toml"
        text = path.read_text(encoding="utf-8") if path.exists() else ""
        assert not self.old or text.count(self.old) == 1, (
            f"{self.file} has not one {self.old!r}: this toy is to be mended."
        )
        path.write_text(text.replace(self.old, self.new) if self.old else text + self.new, encoding="utf-8")

    @property
    def told(self) -> str:
        """The file as ARCHITECTURE.md names it."""
        return re.sub(r"_\d+\.toml", "_N.toml", self.file.replace("toy", "NAME"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Toy:
    """One change. `sees` is a script that fails unless the change is there."""

    change: str
    edits: tuple[Edit, ...]
    sees: str


def copy_code(source: Path, to: Path) -> Path:
    """The code and the library in a folder of their own; what is large, and no code, is only pointed at."""
    root = to / "patella"
    large = {source / name for name in LINKED}
    shutil.copytree(
        source, root, ignore=lambda folder, names: [n for n in names if Path(folder) / n in large or n == "__pycache__"]
    )
    for name in LINKED:
        (root / name).symlink_to(source / name)
    return root


QUESTION = """
[[questions]]
id = "toy"
screen = "about"
ask = "Does it squeak?"
source = "patella-rules"
choices = [{ id = "no", text = "No" }, { id = "yes", text = "Yes", facts = ["toy"] }]
"""
LESSON = """
[toy]
title = "Toys are fine"
fits = []
text = \"\"\"
Somebody who plays gets better at playing, and a toy is played with a little longer each week. None of it has to be \
won, and nobody keeps count. If a game was too much, the next one is shorter; if it was easy, it may be longer by a \
little. That is all there is to it, and it is the same with knees and with running, whatever anybody says about them \
[esculier-2020].
\"\"\"
"""
REASON = """
[toy]
about = "day"
text = "It is a day for toys."
source = "patella-rules"
"""
FORMAT = '''"""Toy files."""

from __future__ import annotations

from datetime import UTC, datetime

from patella.files.activity import RUNNING, Activity


def read_toy(content: bytes) -> tuple[Activity, ...]:
    start = datetime(2026, 11, 21, 8, tzinfo=UTC)
    return (Activity(start=start, sport=RUNNING, source="toy", distance_m=float(content[4:]), moving_s=1800.0),)
'''
LANE = '''"""The lane of toys."""

from __future__ import annotations

from patella.paper.lanes.frame import SAYS, Frame, Spec, lane_of, y_axis


def toy_lanes(frame: Frame) -> list[Spec]:
    point = {"mark": {"type": "point"}, "encoding": {"y": y_axis("y", 1), "tooltip": SAYS}}
    return [lane_of(frame, "toys", "Toys", 16, [{**frame.middle(d), "y": 0.5} for d in frame.days], [point])]
'''
ENTRY = '''"""Toys in the log."""

from __future__ import annotations

from patella.app.history.reading import loose_events
from patella.app.patella import Patella
from patella.care.entries.kinds import Kind
from patella.care.entries.of_knee import ToyNoted


def note_toy(app: Patella, squeaks: int, *, entry_id: str) -> None:
    app.write(Kind.TOY_NOTED, {"squeaks": squeaks}, entry_id=entry_id)


def toys(app: Patella) -> list[int]:
    return [event.said(ToyNoted).squeaks for event in loose_events(app, (Kind.TOY_NOTED,))]
'''
TYPE = '''

@dataclass(frozen=True, slots=True, kw_only=True)
class ToyNoted(Values):
    """A toy was squeezed, with how often it squeaked."""

    squeaks: Annotated[int, Bounds(0, 100)]
'''
COMMAND = '''

@command(app, "toy")
def toy(patella: Patella) -> None:
    """Say what a toy says."""
    from patella.terminal.toy import show_toy

    show_toy(Page.standard(), patella)

'''
PRINTED = '''"""A toy at the terminal."""

from __future__ import annotations

from patella.app.patella import Patella
from patella.terminal.page import Page


def show_toy(page: Page, patella: Patella) -> None:
    page.say(f"Squeak on {patella.today}.")
'''
ADDRESS = '''"""Toys."""

from __future__ import annotations

from fastapi import APIRouter

from patella.web.answer import Json
from patella.web.routes.here import Here

router = APIRouter()


@router.get("/toy")
async def toy(here: Here) -> Json:
    return Json({"squeaks": here.today.isoformat()})
'''

TOYS = (
    Toy(
        change="a new question",
        edits=(
            Edit(file="library/screening_2.toml", like="library/screening.toml", without="texts"),
            Edit(file="library/screening.toml", old="\nversion = 2\n", new="\nversion = 3\n"),
            Edit(file="library/screening.toml", new=QUESTION),
            Edit(file="care/fact.py", new='    TOY = "toy"\n'),
        ),
        sees="""
(question,) = [q for q in list_questions(app) if q.id == "toy"]
screening = answer_screening(app, calm_answers(list_questions(app), toy="yes"))
assert "toy" in screening.facts, screening
""",
    ),
    Toy(
        change="a new exercise",
        edits=(
            Edit(file="library/exercises/toy/", like="library/exercises/clamshell"),
            Edit(file="library/exercises/toy/", old='id = "clamshell"', new='id = "toy"'),
            Edit(file="library/programme.toml", old='fill = ["dance', new='fill = ["toy", "dance'),
        ),
        sees="""
assert app.library.exercises["toy"].dose.sets == 3
answer_screening(app, calm_answers(list_questions(app)))
from patella.app.plan.plan import make_plan
from patella.care.choice import Scope
assert make_plan(app, scope=Scope.ONE, only="toy").items[0].exercise.id == "toy"
""",
    ),
    Toy(
        change="a new lesson",
        edits=(Edit(file="library/lessons.toml", new=LESSON),),
        sees="""
answer_screening(app, calm_answers(list_questions(app)))
from patella.app.today.lessons import answer_lessons
assert answer_lessons(app).lessons[-1].title == "Toys are fine"
""",
    ),
    Toy(
        change="a new reason",
        edits=(
            Edit(file="library/reasons.toml", new=REASON),
            Edit(
                file="care/shape.py",
                old="    return (_shape(today, scope), knee) if knee else (_shape(today, scope),)",
                new='    return (_shape(today, scope), today.reason("toy"))',
            ),
        ),
        sees="""
answer_screening(app, calm_answers(list_questions(app)))
from patella.app.today.today import answer_today
assert answer_today(app).because[-1].text == "It is a day for toys."
""",
    ),
    Toy(
        change="a new setting",
        edits=(
            Edit(
                file="care/entries/of_person.py",
                old="    theme: Theme | Unsaid = UNSAID\n",
                new="    theme: Theme | Unsaid = UNSAID\n    toy: int | Unsaid = UNSAID\n",
            ),
            Edit(file="app/person/settings.py", old="    theme: Theme\n", new="    theme: Theme\n    toy: int\n"),
            Edit(
                file="app/person/settings.py",
                old="        theme=known(",
                new="        toy=known(said.toy, 1),\n        theme=known(",
            ),
            Edit(file="app/person/settings.py", old='frozenset({"counting"', new='frozenset({"toy", "counting"'),
            Edit(
                file="web/wire.py", old="    letter: bool = False\n", new="    letter: bool = False\n    toy: int = 1\n"
            ),
        ),
        sees="""
from patella.app.person.settings import change_settings, settings_of
from patella.web.wire import Settings
assert settings_of(app).toy == 1
change_settings(app, Settings.model_validate({"toy": 2}).model_dump(exclude_unset=True))
assert settings_of(app).toy == 2
""",
    ),
    Toy(
        change="a new unit",
        edits=(
            Edit(file="care/units.py", old='    LB = "lb"\n', new='    LB = "lb"\n    ST = "st"\n'),
            Edit(
                file="care/units.py",
                old='        return f"{kg:g} kg" if self.weight is Weight.KG',
                new='        if self.weight is Weight.ST:\n            return f"{kg / 6.35:g} st"\n'
                '        return f"{kg:g} kg" if self.weight is Weight.KG',
            ),
            Edit(file="web/wire.py", old='weight: Literal["kg", ', new='weight: Literal["st", "kg", '),
            Edit(
                file="web/static/app/units.js",
                old='  return settings().weight === "lb" ?',
                new='  if (settings().weight === "st") return `${kg / 6.35} st`;\n'
                '  return settings().weight === "lb" ?',
            ),
        ),
        sees="""
import re, subprocess
import patella
from browser.tools import node
from patella.app.history.units import units_of
from patella.app.person.settings import change_settings
from patella.web.wire import Settings
change_settings(app, Settings.model_validate({"weight": "st"}).model_dump(exclude_unset=True))
assert units_of(app).load(12.7) == "2 st"
page = (Path(patella.__file__).parent / "web/static/app/units.js").read_text(encoding="utf-8")
page = re.sub("^import .*$", "", page, flags=re.MULTILINE) + "console.log(loadWords({ load_kg: 12.7, band: null }));"
begin = "const settings = () => ({ weight: 'st' }); const capital = (s) => s;"
call = [node(), "--input-type=module", "-e", begin + page]
said = subprocess.run(call, capture_output=True, text=True, check=True)
assert said.stdout.strip() == "2 st", said
""",
    ),
    Toy(
        change="a new file format",
        edits=(
            Edit(file="files/toy.py", new=FORMAT),
            Edit(file="files/recording.py", old='ENDINGS = (".fit"', new='ENDINGS = (".sml", ".fit"'),
            Edit(
                file="files/recording.py",
                old="    what = _markup(content)\n",
                new='    if content.startswith(b"TOY "):\n        from patella.files.toy import read_toy\n\n'
                "        return read_toy(content)\n    what = _markup(content)\n",
            ),
        ),
        sees="""
from patella.app.running.importing import import_files
from patella.app.running.runs import runs_between
there = Path(sys.argv[1]) / "morning.sml"  # of which it was said until now that it is not read
there.write_bytes(b"TOY 5000")
assert import_files(app, [there]).runs == 1
assert [r.distance_m for r in runs_between(app, None, None)] == [5000.0]
""",
    ),
    Toy(
        change="a new lane of the chart",
        edits=(
            Edit(file="paper/lanes/toy.py", new=LANE),
            Edit(
                file="paper/lanes/lanes.py",
                old="\n\ndef lanes_of",
                new="from patella.paper.lanes.toy import toy_lanes\n\n\ndef lanes_of",
            ),
            Edit(
                file="paper/lanes/lanes.py",
                old="        *run_lanes(frame),\n",
                new="        *run_lanes(frame),\n        *toy_lanes(frame),\n",
            ),
        ),
        sees="""
from patella.app.diary.timeline import timeline_between
from patella.paper.charts import timeline_chart
chart = timeline_chart(timeline_between(app, date(2026, 11, 1), date(2026, 11, 22)))
assert "Toys" in [lane["title"] for lane in chart["vconcat"]]
""",
    ),
    Toy(
        change="a new kind of entry",
        edits=(
            Edit(file="care/entries/of_knee.py", new=TYPE),
            Edit(
                file="care/entries/kinds.py",
                old="    LESSON_READ =",
                new='    TOY_NOTED = "toy.noted", of_knee.ToyNoted\n    LESSON_READ =',
            ),
            Edit(file="app/knee/toy.py", new=ENTRY),
        ),
        sees="""
from patella.app.history.amend import undo_entry
from patella.app.knee.toy import note_toy, toys
note_toy(app, 3, entry_id="one")
note_toy(app, 5, entry_id="two")
assert toys(app) == [3, 5]
undo_entry(app, "two", "three")
assert toys(app) == [3]
from patella.care.entries.kinds import complaint
assert complaint("toy.noted", {"squeaks": 3}) == ""
assert "squeaks" in complaint("toy.noted", {"squeaks": -1})
""",
    ),
    Toy(
        change="a new terminal command",
        edits=(
            Edit(file="cli.py", old="\n\ndef main(", new=COMMAND + "\ndef main("),
            Edit(file="terminal/toy.py", new=PRINTED),
        ),
        sees="""
import subprocess
call = [sys.executable, "-c", "from patella.cli import main; main()", "--data", sys.argv[1], "--date", "2026-11-22"]
said = subprocess.run([*call, "toy"], capture_output=True, text=True)
assert "Squeak on 2026-11-22." in said.stdout, said
""",
    ),
    Toy(
        change="a new address for the pages",
        edits=(
            Edit(file="web/routes/toy.py", new=ADDRESS),
            Edit(file="web/app.py", old="    watched,\n)\nfrom", new="    toy,\n    watched,\n)\nfrom"),
            Edit(file="web/app.py", old="PARTS = (\n", new="PARTS = (\n    toy,\n"),
        ),
        sees="""
from patella.web.app import PARTS, make_app
assert make_app(app, port=8000).url_path_for("toy") == "/api/toy"
""",
    ),
)
