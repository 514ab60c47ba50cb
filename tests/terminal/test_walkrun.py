from __future__ import annotations

import io
from collections.abc import Iterator

import pytest

from patella.app.patella import Patella
from patella.app.running.comeback import note_step
from patella.app.running.runs import runs_between
from patella.care.comeback import Step
from patella.terminal.keys import InputEndedError, Keys
from patella.terminal.page import Page
from patella.terminal.refused import InputError
from patella.terminal.stage import Stage
from patella.terminal.start import Hall
from patella.terminal.talk import Talk
from patella.terminal.walkrun import walk_through
from terminal.theatre import Clock, Fingers, Notebook

WHOLE_S = 5 * 60 + 3 * 5 * 60


class Scene:
    """A hall with a notebook for a stage; what is typed afterwards comes as lines."""

    def __init__(self, clock: Clock, presses: list[str | float], typed: str) -> None:
        self.stage = Notebook()
        self.stream = io.StringIO()
        keys = Fingers(clock, presses)
        lines = iter(typed.splitlines())
        page = Page(self.stream, width=lambda: 200, colour=False)

        def open_player() -> Iterator[tuple[Keys, Stage]]:
            yield keys, self.stage

        def read_line() -> str:
            for line in lines:
                return line
            raise InputEndedError

        talk = Talk(page=page, read_line=read_line)
        self.hall = Hall(talk=talk, open_player=open_player, clock=clock)

    @property
    def text(self) -> str:
        return " ".join(self.stream.getvalue().split())


@pytest.fixture
def begun(app: Patella) -> Patella:
    note_step(app, Step.BEGUN)
    return app


def run_of(app: Patella) -> dict[str, object]:
    (run,) = runs_between(app, None, None)
    entry = app.log.entry(run.id)
    assert entry is not None
    return {"stage": run.stage, "seconds": run.moving_s, "complete": entry.body["complete"]}


def test_the_timer_walks_and_runs_in_turns_to_the_end_and_asks_how_it_was(begun: Patella, clock: Clock) -> None:
    scene = Scene(clock, [WHOLE_S + 1.0], "1\n")
    assert walk_through(begun, scene.hall) == 0
    assert clock.seconds == WHOLE_S
    assert scene.stage.counted == [5, 4, 3, 2, 1] * 7
    assert scene.stage.bells == 7
    assert scene.stage.doing == ["Walk", *["Run easily", "Walk"] * 3]
    assert run_of(begun) == {"stage": "walk-run-1", "seconds": WHOLE_S, "complete": True}
    (pain,) = begun.log.entries(kinds=("pain.noted",))
    assert (pain.body["nprs"], pain.body["doing"], pain.body["when"]) == (1, "run", "during")
    assert "Well done" in scene.text
    assert "tomorrow morning" in scene.text


def test_a_pause_stops_the_clock_and_a_piece_can_be_skipped(begun: Patella, clock: Clock) -> None:
    scene = Scene(clock, [60.0, "p", 100.0, "p", 250.0, "d", float(WHOLE_S)], "\n")
    assert walk_through(begun, scene.hall) == 0
    assert run_of(begun)["seconds"] == WHOLE_S - 170
    assert "does not count yet" in scene.text
    assert begun.log.entries(kinds=("pain.noted",)) == []


def test_whoever_stops_keeps_what_was_walked(begun: Patella, clock: Clock) -> None:
    scene = Scene(clock, [400.0, "q"], "5\n")
    assert walk_through(begun, scene.hall) == 0
    assert run_of(begun) == {"stage": "walk-run-1", "seconds": 400, "complete": False}
    assert "kept as far as you went" in scene.text


def test_whoever_is_gone_keeps_it_too_and_hardly_begun_is_not_kept(begun: Patella, clock: Clock) -> None:
    assert walk_through(begun, Scene(clock, [20.0], "").hall) == 0
    assert runs_between(begun, None, None) == []
    assert walk_through(begun, Scene(clock, [300.0, 50.0], "").hall) == 0
    assert run_of(begun)["seconds"] == 350


def test_ctrl_c_keeps_it_and_says_so_by_the_exit_code(begun: Patella, clock: Clock) -> None:
    scene = Scene(clock, [], "")
    scene.hall = Hall(talk=scene.hall.talk, open_player=lambda: _interrupted(clock, scene.stage), clock=clock)
    assert walk_through(begun, scene.hall) == 130
    assert run_of(begun) == {"stage": "walk-run-1", "seconds": 90, "complete": False}


def _interrupted(clock: Clock, stage: Notebook) -> Iterator[tuple[Keys, Stage]]:
    class Interrupting:
        def read(self, timeout_s: float) -> str | None:
            if clock.seconds >= 90:
                raise KeyboardInterrupt
            clock.seconds = min(90, clock.seconds + timeout_s)
            return None

    yield Interrupting(), stage


def test_on_a_day_of_rest_there_is_no_timer_and_without_a_way_back_a_sentence(app: Patella, clock: Clock) -> None:
    with pytest.raises(InputError) as refused:
        walk_through(app, Scene(clock, [], "").hall)
    assert "patella run --back" in str(refused.value)
    note_step(app, Step.BEGUN)
    walk_through(app, Scene(clock, [WHOLE_S + 1.0], "1\n").hall)
    rests = Scene(clock, [], "")
    assert walk_through(app, rests.hall) == 0
    assert "The next outing is on" in rests.text
    assert rests.stage.doing == []
