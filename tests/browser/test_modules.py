"""The pure modules of the pages, run in the browser they are written for."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Callable
from dataclasses import asdict
from typing import Any

import pytest
from playwright.sync_api import Page

from browser.acts import begin, by, until
from browser.conftest import DAY
from browser.house import House
from browser.tools import STATIC, node, node_modules
from patella.care.entries.field import write
from patella.care.exercise import Exercise, Sides
from patella.care.item import PlanItem
from patella.care.prescription import start_of
from patella.care.script import script_of
from patella.care.task import task_of, tell_task
from patella.files.library import own_library

Runs = Callable[[str], Any]

SCENE = """
const plain = { task: 0, side: "both", set: 1, hold: null, reps: null, seconds: null, ends_set: false };
const step = (index, kind, more = {}) => ({ ...plain, index, kind, ...more });
const dose = { sets: 1, reps: null, holds: 3, hold_s: 60, load_kg: null, band: null };
const task = { exercise: "x", name: "X", sides: ["both"], ...dose };
const holds = [0, 1, 2].map((n) => step(n, "hold", { hold: n + 1, seconds: 60, ends_set: n === 2 }));
const scene = { steps: holds, tasks: [task], gone: new Set(), sets: [], beat: true };
const tempo = { up_s: 3, hold_s: 0, down_s: 2, rest_s: 1 };
const squats = { ...task, holds: null, hold_s: null, reps: 8, tempo };
const repSteps = [step(0, "reps", { reps: 8, ends_set: true }), step(1, "rest", { seconds: 60 })];
const led = { ...scene, tasks: [squats], steps: repSteps };
"""


@pytest.fixture
def run(page: Page, house: House) -> Runs:
    page.goto(f"{house.url}/library")

    return lambda script: page.evaluate(f"async () => {{ {script} }}")


def test_ten_minutes_in_a_throttled_tab_do_not_drift(run: Runs) -> None:
    """The tab wakes once a minute at best; every step still ends where it should, to a tenth of a millisecond."""
    found = run(
        SCENE
        + """
        const { enter, tick } = await import("/static/live/player.js");
        const one = (n) => step(n, n % 2 ? "rest" : "hold", { seconds: 15, ends_set: n % 2 === 0 });
        const steps = Array.from({ length: 40 }, (_, n) => one(n));
        const long = { ...scene, steps, tasks: [{ ...task, holds: 1, hold_s: 15 }] };
        let { state } = enter(long, null, 0, 1000);
        let now = 1000, seed = 7, worst = 0;
        while (now < 601_000 && state.step < 40) {
          seed = (seed * 48271) % 2147483647;
          now += 1000 + (seed % 59_000);
          state = tick(long, state, now).state;
          if (state.ends !== null) worst = Math.max(worst, Math.abs(state.ends - (1000 + (state.step + 1) * 15_000)));
        }
        return { worst, step: state.step };
        """
    )
    assert found["worst"] < 0.1
    assert found["step"] >= 38


def test_holds_that_passed_in_the_background_are_all_logged(run: Runs) -> None:
    entries = run(
        SCENE
        + """
        const { enter, tick } = await import("/static/live/player.js");
        const { state } = enter(scene, null, 0, 0);
        return tick(scene, state, 200_000).entries;
        """
    )
    assert [e["kind"] for e in entries] == ["step.reached", "step.reached", "set.done"]
    assert entries[-1]["body"]["holds"] == 3


def test_a_pause_keeps_what_is_left_to_the_millisecond(run: Runs) -> None:
    left = run(
        SCENE
        + """
        const p = await import("/static/live/player.js");
        let { state } = p.enter(scene, null, 0, 0);
        state = p.pause(state, 12_345);
        state = p.goOn(state, 99_000);
        return p.leftOf(state, 99_000);
        """
    )
    assert left == 60_000 - 12_345


def test_a_hold_left_early_is_kept_as_long_as_it_was_and_the_whole_ones_count(run: Runs) -> None:
    entries = run(
        SCENE
        + """
        const { enter, onward } = await import("/static/live/player.js");
        let { state } = enter(scene, null, 0, 0);
        state = onward(scene, state, 60_000, true).state;
        state = onward(scene, state, 90_000, false).state;
        return onward(scene, state, 93_500, false).entries;
        """
    )
    done = entries[0]["body"]
    assert (done["holds"], done["hold_s"], done["held_s"]) == (1, 60, [60, 30, 3])


def test_the_beat_counts_a_set_to_its_end_and_says_that_it_did(run: Runs) -> None:
    found = run(
        SCENE
        + """
        const { enter, tick } = await import("/static/live/player.js");
        let { state } = enter(led, null, 0, 0);
        const counts = [];
        for (const now of [5_999, 6_000, 17_000, 47_999]) {
          state = tick(led, state, now).state;
          counts.push(state.reps);
        }
        const over = tick(led, state, 48_000);
        return { counts, entries: over.entries, at: over.state.step };
        """
    )
    assert found["counts"] == [0, 1, 2, 7]
    assert found["at"] == 1
    assert found["entries"][0]["body"]["reps"] == 8
    assert found["entries"][0]["body"]["counted_by"] == "beat"


def test_every_exercise_runs_from_its_first_step_to_its_last_with_nobody_there(run: Runs) -> None:
    """The machine of the page over the script of each exercise: every set is logged in full, moved by time alone."""
    scripts = [_script(exercise) for exercise in own_library().exercises.values()]
    found = run(
        f"const scripts = {json.dumps(scripts)};"
        """
        const { enter, tick, isOver } = await import("/static/live/player.js");
        return scripts.map(({ task, steps }) => {
          const scene = { steps, tasks: [task], gone: new Set(), sets: [], beat: true };
          let { state } = enter(scene, null, 0, 0);
          const entries = [];
          for (let now = 0; now < 7_200_000 && !isOver(state, scene); now += 200) {
            const move = tick(scene, state, now);
            state = move.state;
            entries.push(...move.entries);
          }
          const sets = entries.filter((e) => e.kind === "set.done").map((e) => e.body);
          return { over: isOver(state, scene), sets };
        });
        """
    )
    for script, one in zip(scripts, found, strict=True):
        task = script["task"]
        assert one["over"], task["exercise"]
        assert len(one["sets"]) == task["sets"] * len(task["sides"]), task["exercise"]
        for key in ("reps", "holds", "hold_s"):
            assert {done[key] for done in one["sets"]} == {task[key]}, task["exercise"]


def _script(exercise: Exercise) -> dict[str, Any]:
    item = PlanItem(
        exercise=exercise,
        sides=("left", "right") if exercise.sides is Sides.EACH else ("both",),
        asked=start_of(exercise),
        load_kg=None,
        band=None,
        level=None,
        arc_deg=None,
        rest_s=exercise.dose.rest_s,
        because=(),
    )
    task = task_of(item)
    steps = [{**asdict(s), "kind": s.kind.value} for s in script_of([task])]
    return {"task": write(tell_task(task)), "steps": steps}


def test_ten_minutes_of_beat_in_a_hidden_tab_sound_each_once_and_to_the_millisecond(run: Runs) -> None:
    """The page wakes at odd moments, once a second at worst; what it gives to the sound card is due exactly then."""
    found = run(
        SCENE
        + """
        const { soundsBetween, soundsOf, repMs } = await import("/static/live/beat.js");
        const AHEAD = 1200, reps = 100;
        let beaten = -1, at = 0, seed = 7, late = 0;
        const heard = [];
        while (at < reps * repMs(tempo)) {
          for (const one of soundsBetween(tempo, reps, {}, Math.max(beaten, at - AHEAD), at + AHEAD)) {
            heard.push(one.at);
            late = Math.max(late, at - one.at);
          }
          beaten = Math.max(beaten, at + AHEAD);
          seed = (seed * 48271) % 2147483647;
          at += 50 + (seed % 950);
        }
        const due = Array.from({ length: reps }, (_, rep) => soundsOf(tempo).map((s) => rep * 6000 + s.at)).flat();
        return { heard, due, late };
        """
    )
    assert found["heard"] == found["due"]
    assert len(found["heard"]) == 500
    assert found["late"] <= 0


def test_a_beat_is_said_as_down_two_three_up(run: Runs) -> None:
    found = run(
        SCENE
        + """
        const { soundsOf, tempoWords } = await import("/static/live/beat.js");
        const cues = { out: "Down", back: "Up" };
        return { words: soundsOf(tempo, cues).map((s) => s.word), says: tempoWords(tempo, cues) };
        """
    )
    assert found["words"] == ["Down", "two", "three", "Up", "two"]
    assert found["says"] == "Down for 3, up for 2."


def test_whoever_counts_has_the_set_to_themselves(run: Runs) -> None:
    found = run(
        SCENE
        + """
        const p = await import("/static/live/player.js");
        let { state } = p.enter(led, null, 0, 0);
        state = p.tick(led, state, 13_000).state;
        state = p.countRep(state, 1);
        const later = p.tick(led, state, 500_000).state;
        const next = p.onward(led, later, 500_000, true).entries[0].body.counted_by;
        return { reps: later.reps, step: later.step, next };
        """
    )
    assert (found["reps"], found["step"]) == (3, 0)
    assert found["next"] == "beat"  # two of the three


def test_where_the_camera_loses_sight_the_beat_goes_on_after_the_reps_it_saw(run: Runs) -> None:
    found = run(
        SCENE
        + """
        const p = { ...await import("/static/live/player.js"), ...await import("/static/live/watched.js") };
        let { state } = p.enter(led, null, 0, 0);
        state = { ...p.pause(state, 1_000), paused: false };
        for (let n = 0; n < 5; n += 1) state = p.seeRep(led, state, 2_000);
        const seen = { reps: state.reps, left: p.leftOf(state, 99_000) };
        state = p.goOn(state, 100_000);
        const over = p.tick(led, state, 118_000);
        return { seen, counted: over.entries[0].body };
        """
    )
    assert found["seen"] == {"reps": 5, "left": 18_000}
    assert found["counted"]["reps"] == 8
    assert found["counted"]["counted_by"] == "beat"


@pytest.mark.parametrize(
    ("told", "left"),
    [
        ([35.0, 35.3], 29.7),  # the clock of the step begins where it stood
        ([35.0, 36.0, 35.4], 29.0),  # over, and shorter than it seemed
        ([3.0, 4.2, 2.8, 4.0], 27.6),  # it began later than it seemed
        ([35.0, 36.0, 0.5, 3.0], 27.0),  # let go at once, and another one
    ],
)
def test_what_was_held_before_a_hold_was_asked_is_no_part_of_it(run: Runs, told: list[float], left: float) -> None:
    found = run(
        """
        const { HEARS } = await import("/static/live/heard.js");
        const state = { ends: null, left_ms: 30_000, paused: false };
        const on = { state, step: { kind: "ready" }, ear: { again() {} }, sound: { hush() {} }, tell() {} };
        const coach = { run: on, base: 0, held_s: 0, letGo: false, seen: null };
        const [before, ...during] = TOLD;
        HEARS.hold(coach, { seconds: before, running: true });
        [coach.base, on.step] = [coach.held_s, { kind: "hold", seconds: 30 }];
        for (const seconds of during) HEARS.hold(coach, { seconds, running: false });
        return on.state.left_ms / 1000;
        """.replace("TOLD", repr(told))
    )
    assert found == pytest.approx(left)


def test_the_other_leg_may_come_first_only_while_neither_has_done_the_set(run: Runs) -> None:
    found = run(
        SCENE
        + """
        const { canTurn, turnSides, workOf } = await import("/static/live/sides.js");
        const { exchanged } = await import("/static/live/steps.js");
        const work = (index, side, set) => step(index, "reps", { side, set, reps: 8, ends_set: true });
        const plan = [work(0, "left", 1), work(1, "right", 1), work(2, "left", 2), work(3, "right", 2)];
        const at = (index, sets, sides = ["left", "right"]) => {
          const record = { turned: new Set(), session: { tasks: [{ ...task, sides }], sets } };
          const now = () => exchanged(plan, record.turned);
          const scene = () => ({ steps: now(), gone: new Set() });
          const still = { state: { held: 0 }, keep() {}, tell() {} };
          return { ...still, record, get step() { return now()[index]; }, get scene() { return scene(); } };
        };
        const first = { task: 0, side: "left", set: 1 };
        const run = at(0, []);
        turnSides(run);
        const sides = [0, 1, 2, 3].map((n) => exchanged(plan, run.record.turned)[n].side);
        const back = (turnSides(run), workOf(run).side);
        const can = [at(0, []), at(1, [first]), at(2, [first]), at(0, [], ["both"])].map(canTurn);
        return { sides, back, can };
        """
    )
    assert found["sides"] == ["right", "left", "right", "left"]
    assert found["back"] == "left"
    assert found["can"] == [True, False, True, False]


def test_what_waits_is_folded_over_what_the_server_has(run: Runs) -> None:
    folded = run(
        """
        const { fold } = await import("/static/live/fold.js");
        const empty = { sets: [], pains: [], efforts: [], peaks: {}, gone: [], skipped: [], stopped: [] };
        const tasks = [{ exercise: "x" }, { exercise: "y" }];
        const session = { ...empty, tasks, step: 0, finished: false, before: null, after: null };
        const note = (id, kind, body, undoes) => ({ id, kind, body, at: "", undoes });
        const set = { item: 0, exercise: "x", side: "both", set: 1, reps: 8, holds: null, hold_s: null, load_kg: null };
        return fold(session, [
          note("a", "set.done", set), note("b", "set.done", { ...set, set: 2 }), note("c", "entry.undone", { of: "a" }),
          note("d", "entry.changed", { of: "b", body: { reps: 5 } }),
          note("e", "pain.noted", { when: "during", nprs: 7, item: 0, knee: null }),
          note("f", "item.skipped", { item: 1 }),
          note("g", "entry.undone", { of: "f" }, { kind: "item.skipped", item: 1 }),
          note("h", "session.finished", {}), note("i", "step.reached", { step: 4 }),
        ]);
        """
    )
    assert [(s["event_id"], s["reps"]) for s in folded["sets"]] == [("b", 5)]
    assert (folded["peaks"], folded["stopped"], folded["skipped"]) == ({"0": 7}, [0], [])
    assert (folded["finished"], folded["step"]) == (True, 4)


def test_an_answer_that_came_twice_changes_nothing(run: Runs) -> None:
    twice = run(
        """
        const { fold } = await import("/static/live/fold.js");
        const pain = { when: "during", nprs: 3, item: 0 };
        const sets = [{ event_id: "a", task: 0 }], pains = [{ entry_id: "b", ...pain }];
        const tasks = [{ exercise: "x" }], none = { efforts: [], peaks: {}, gone: [], skipped: [], stopped: [] };
        return fold({ tasks, sets, pains, ...none }, [
          { id: "a", kind: "set.done", at: "", body: { item: 0 } },
          { id: "b", kind: "pain.noted", at: "", body: pain },
        ]);
        """
    )
    assert len(twice["sets"]) == 1
    assert len(twice["pains"]) == 1


def test_an_exercise_that_was_left_is_passed_over_in_both_directions(run: Runs) -> None:
    found = run(
        SCENE
        + """
        const s = await import("/static/live/steps.js");
        const kinds = ["ready", "reps", "ready", "reps", "ready"];
        const steps = kinds.map((kind, n) => step(n, kind, { task: Math.floor(n / 2) }));
        const gone = new Set([1]);
        return [
          s.openFrom(steps, gone, 2), s.backFrom(steps, gone, 4),
          s.openFrom(steps, new Set([1, 2]), 2), s.progressOf(steps, gone, 3, 1),
        ];
        """
    )
    assert found == [4, 1, 5, [0.5, 1, 0]]


def test_quantities_are_told_in_the_chosen_units(run: Runs) -> None:
    told = run(
        """
        const u = { ...await import("/static/app/units.js"), ...await import("/static/app/distances.js") };
        const { changeSettings } = await import("/static/app/settings.js");
        const say = () => [
          u.farWords(5000), u.farWords(612_300), u.lineWords(8046), u.lineWords(1610), u.metresOf(3.1), u.farUnit(),
          u.loadWords({ load_kg: 4.08, band: null }), u.loadWords({ load_kg: 0, band: null }),
          u.loadWords({ load_kg: null, band: null, level: "10 cm step" }),
        ];
        const metric = say();
        await changeSettings({ weight: "lb" });
        return [metric, say()];
        """
    )
    assert told == [
        ["5 km", "612 km", "8 km", "1.6 km", 3100, "km", "4.08 kg", "No weight", "10 cm step"],
        ["3.1 mi", "380 mi", "4.9 mi", "1 mi", 4989, "mi", "9 lb", "No weight", "4-inch step"],
    ]


def test_doses_and_times_are_said_in_words(run: Runs) -> None:
    words = run(
        """
        const files = ["words", "doses", "days"].map((name) => import(`/static/app/${name}.js`));
        const w = Object.assign({}, ...await Promise.all(files));
        return [
          w.doseWords({ sets: 2, reps: 8, holds: null, hold_s: null, side: "each" }),
          w.doseWords({ sets: 1, reps: null, holds: 5, hold_s: 10, side: "both" }),
          w.clockWords(0.2), w.clockWords(59.01), w.clockWords(65),
          w.spread(3, "09:00", "17:00"), w.spread(1, "09:00", "08:00"),
          w.shift("2024-02-28", 2), w.shift("2026-03-29", -1),
        ];
        """
    )
    assert words == [
        "2 sets of 8 reps, each leg",
        "1 set of 5 holds of 10 s",
        "1",
        "1:00",
        "1:05",
        ["09:00", "13:00", "17:00"],
        ["09:00"],
        "2024-03-01",
        "2026-03-28",
    ]


def test_every_file_of_the_shell_is_kept_for_when_the_server_is_gone() -> None:
    worker = (STATIC / "sw.js").read_text()
    for file in STATIC.rglob("*"):
        name = f"/static/{file.relative_to(STATIC).as_posix()}"
        if (
            file.suffix in (".js", ".css")
            and file.parent != STATIC
            and "/figures/" not in name
            and "/licences/" not in name
            and "/vendor/pose/" not in name
            and "/vendor/charts/" not in name
            and "/static/people/" not in name  # of a shared Patella, which is not there without its server
        ):
            assert f'"{name}"' in worker, f"{name} is not in the list of sw.js"


def test_only_one_file_asks_the_server_anything() -> None:
    asking = [f for f in STATIC.glob("[alu]*/*.js") if "fetch(" in f.read_text() or "XMLHttpRequest" in f.read_text()]
    assert [f.name for f in asking] == ["transport.js"]


def test_the_types_agree() -> None:
    checker = node_modules() / "typescript/bin/tsc"
    done = subprocess.run(
        [node(), str(checker), "-p", str(STATIC.parents[3] / "tests/browser")],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout == ""


PAGES = [
    "welcome",
    "today",
    "diary",
    f"diary/{DAY}",
    "library",
    "library/squat",
    "lessons",
    "lessons/load",
    "settings",
    "timeline",
    "timeline/import",
    "timeline/scores",
    "walkrun",
]
OWN_MOST = 120_000
WHOLE_MOST = 300_000


def taken(page: Page) -> tuple[int, int]:
    """What the page has fetched by now, in bytes: its own JavaScript; all but the figures and the charts' code."""
    found: list[tuple[str, int]] = page.evaluate(
        "[...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')]"
        ".map((e) => [new URL(e.name).pathname, e.decodedBodySize])"
    )
    apart = ("/figures/", "/vendor/charts/", "/api/")
    sizes = {path: size for path, size in found if not any(a in path for a in apart)}
    own = {path: size for path, size in sizes.items() if path.endswith(".js") and "/vendor/" not in path}
    assert all(own.values()), "out of the browser's cache, where nothing is counted"
    return sum(own.values()), sum(sizes.values())


def open_anew(page: Page, address: str) -> None:
    """As in a browser that was never here."""
    page.goto("about:blank")
    page.context.new_cdp_session(page).send("Network.clearBrowserCache")
    page.goto(address)
    page.get_by_role("heading", level=1).wait_for()
    page.wait_for_load_state("networkidle")


@pytest.fixture
def kept_nowhere(page: Page) -> None:
    page.add_init_script("delete Navigator.prototype.serviceWorker")


@pytest.mark.usefixtures("kept_nowhere")
@pytest.mark.parametrize("view", PAGES)
def test_a_page_is_small(page: Page, house: House, view: str) -> None:
    open_anew(page, f"{house.url}/{view}")
    own, whole = taken(page)
    assert own < OWN_MOST, f"{own} bytes of our own JavaScript"
    assert whole < WHOLE_MOST, f"{whole} bytes in all"


@pytest.mark.usefixtures("kept_nowhere")
def test_the_player_is_small_to_the_end_of_an_exercise_and_so_is_the_summary(page: Page, house: House) -> None:
    """Nothing comes later unseen: a set is done, "it hurts" was asked, the worst pain is asked. Without the camera."""
    session = begin(page, house)
    open_anew(page, page.url)
    by(page, "pain-button").click()
    page.get_by_role("button", name=re.compile("go on$")).click()
    until(page, "reps")
    by(page, "done").click()
    until(page, "pain")
    page.wait_for_load_state("networkidle")
    own, whole = taken(page)
    assert own < OWN_MOST, f"{own} bytes of our own JavaScript"
    assert whole < WHOLE_MOST, f"{whole} bytes in all"
    open_anew(page, f"{house.url}/finish/{session}")
    own, whole = taken(page)
    assert own < OWN_MOST, f"{own} bytes of our own JavaScript"


def test_a_physiotherapist_reads_that_no_set_was_judged_where_none_was_and_never_of_one_sets(run: Runs) -> None:
    told = run(
        """
        const { formWords } = await import("/static/people/runners.js");
        return [[0, []], [1, []], [3, []], [3, [["heel_rise", 2]]]].map(([sets_seen, faults]) =>
          formWords({ sets_seen, faults }));
        """
    )
    assert told == [
        "No set was judged",
        "Clean in the one set that was judged",
        "Clean in all 3 sets",
        "heel rise in 2 of 3",
    ]
