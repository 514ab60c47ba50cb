"""The site in other engines: it begins, asks, trains, and what was noted outlives a reload and the browser."""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from browser.hosted import hosted
from browser.others import Engine, engine, why_not

WITHIN_S = 300.0  # Python, on a machine ten times slower
SHOWN = """
const found = [...document.querySelectorAll(arguments[0])].filter((one) => one.checkVisibility());
return found.length ? found[0].innerText || found[0].getAttribute("data-waiting") || " " : null;
"""
TAPPED = """
const [selector, text, number] = arguments;
const is = (one) => !text || (one.innerText ?? "").trim() === text;
const found = [...document.querySelectorAll(selector)].filter((one) => !one.disabled && is(one));
found[number]?.click();
return found.length > number;
"""
ASKS_FOR_A_FILE = """navigator.storage.getDirectory()
  .then((folder) => folder.getFileHandle("one", { create: true }))
  .then((file) => file.createSyncAccessHandle())
  .then((file) => { file.flush(); file.close(); postMessage("It can."); }, (error) => postMessage(String(error)));
"""
NO_HANDLES = "Here no page gets a file that it can flush, as it does in Safari: Patella says so, and keeps nothing."
KIND = "return document.querySelector('.player').className"
KEPT = "caches.match('whole').then((all) => { window.whole = Boolean(all); }); return window.whole"
READS = "return document.body.innerText.includes(arguments[0])"
SAVED = "[data-testid=saved][data-waiting='0']"


@dataclass(frozen=True, slots=True)
class Window:
    """What a person does in a window of any engine."""

    engine: Engine

    def sees(self, selector: str) -> str:
        """The text of the first such part that is shown, once it is."""
        return str(self.until(SHOWN, selector))

    def taps(self, selector: str, text: str = "", number: int = 0) -> None:
        self.until(TAPPED, selector, text, number)

    def until(self, script: str, *values: object) -> Any:  # noqa: ANN401 - what the page tells
        end = time.monotonic() + WITHIN_S
        while not (found := self.engine.do(script, *values)):
            shown = self.engine.do("return document.body.innerText.slice(0, 600)")
            assert time.monotonic() < end, f"{values} did not come; there is: {shown}"
            time.sleep(0.1)
        return found


@pytest.mark.slow
@pytest.mark.parametrize("name", ["WebKit", "Firefox"])
def test_it_begins_asks_trains_and_is_where_it_was_after_a_reload(name: str, site: Path, tmp_path: Path) -> None:
    if reason := why_not(name):
        pytest.skip(reason)
    with hosted(site) as address, engine(name, tmp_path / "profile") as opened:
        window = Window(opened)
        opened.open(address)
        answer_the_questions(window)
        window.taps("[data-testid=got-it]")
        window.taps(".before .scale button", number=1)
        window.taps("[data-testid=start-session]")
        step = window.sees("[data-testid=step-name]")
        while "at-reps" not in opened.do(KIND):
            window.taps("[data-testid=next]")
        window.taps("[data-testid=done]")
        window.sees(SAVED)
        session, place = opened.do("return location.hash"), opened.do(KIND)
        opened.open("about:blank")
        opened.open(f"{address}{session}")
        if name == "WebKit":  # WebKitGTK's: it keeps nothing, says so, and begins anew at once (see NO_HANDLES)
            window.until(READS, "This browser keeps nothing")
            return
        assert window.sees("[data-testid=step-name]") == step
        assert opened.do(KIND) == place
        opened.open("about:blank")
        opened.open(f"{address}#/today")
        assert window.sees("[data-testid=resume-session]") == "Go on"


@pytest.mark.slow
@pytest.mark.parametrize("name", ["WebKit", "Firefox"])
def test_what_was_noted_is_there_when_the_browser_was_killed_and_there_is_no_network_any_more(
    name: str, site: Path, tmp_path: Path
) -> None:
    if reason := why_not(name) or why_it_keeps_nothing(name, tmp_path):
        pytest.skip(reason)
    with hosted(site) as address, engine(name, tmp_path / "profile") as opened:
        window = Window(opened)
        opened.open(address)
        answer_the_questions(window)
        window.taps("[data-testid=got-it]")
        opened.open("about:blank")
        opened.open(f"{address}#/timeline")
        window.taps("[data-testid=note-pain]")
        window.taps(".sheet .scale button", number=3)
        window.taps("[data-testid=save-pain]")
        window.sees("[data-testid=undo]")
        window.until(KEPT)
    with engine(name, tmp_path / "profile") as opened:
        opened.open(f"{address}#/diary")
        Window(opened).until(READS, "Pain noted")


def why_it_keeps_nothing(name: str, folder: Path) -> str | None:
    """What an ordinary window says where a worker asks for a file that it can flush; None where it gets one."""
    place = folder / "nothing-of-ours"
    place.mkdir()
    (place / "_headers").write_text("/*\n", "utf-8")
    (place / "index.html").write_text("<title>A page</title>", "utf-8")
    (place / "asks.js").write_text(ASKS_FOR_A_FILE, "utf-8")
    with hosted(place) as address, engine(name, folder / "another-profile") as opened:
        opened.open(address)
        opened.do("new Worker('asks.js').onmessage = ({ data }) => { window.told = data; }")
        told = str(Window(opened).until("return window.told"))
    return None if told == "It can." else f"{NO_HANDLES} {name} says: {told}"


@pytest.mark.slow
@pytest.mark.parametrize("name", ["WebKit", "Firefox"])
def test_a_private_window_says_that_it_keeps_nothing(name: str, site: Path, tmp_path: Path) -> None:
    if reason := why_not(name):
        pytest.skip(reason)
    with hosted(site) as address, engine(name, tmp_path / "profile", private=True) as opened:
        opened.open(address)
        Window(opened).until(READS, "This browser keeps nothing")


def answer_the_questions(window: Window) -> None:
    """As somebody healthy answers them."""
    window.taps("[data-testid=begin-questions]")
    for screen in ("emergency", "same_day", "soon", "health"):
        window.until("return Boolean(document.querySelector(`input[name=${arguments[0]}]`))", screen)
        window.taps("[data-testid=onward]")
    for answer in ("stretch", "18 to 54", "Right"):
        window.taps("label", answer)
    window.taps(".scale button", number=2)
    window.taps("[data-testid=onward]")
