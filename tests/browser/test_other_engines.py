"""The site in other engines: it begins, asks, trains, and is where it was after a reload."""

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
KIND = "return document.querySelector('.player').className"
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
        if name == "WebKit":  # whose driver opens a private window: it keeps nothing, says so, and begins anew at once
            assert "This browser keeps nothing" in window.sees(".house .notice")
            return
        assert window.sees("[data-testid=step-name]") == step
        assert opened.do(KIND) == place
        opened.open("about:blank")
        opened.open(f"{address}#/today")
        assert window.sees("[data-testid=resume-session]") == "Go on"


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
