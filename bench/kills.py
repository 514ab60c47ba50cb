"""A browser killed a hundred times at moments that nobody chose, while it writes; what it called saved is counted.

    python bench/kills.py [how many]

The site lies on a host of static files and is opened in a Chromium with one profile. A page writes pain of the day as
quickly as it is answered, for up to two seconds; every answer that was heard outside counts. Then the whole browser is
killed with SIGKILL, opened again, and asked for everything that it has. (What a killed process has written the system
still has; power cuts are tried by tests/browser/flushes.mjs.)
"""

from __future__ import annotations

import json
import random
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from figure import Figure
from playwright.sync_api import Page, sync_playwright

from browser.hosted import hosted
from browser.sites import Phone
from browser.tools import made_site

KILLS = 100
LONGEST_MS = 2000
WRITE = """async () => {
  const { ask } = await import(new URL("transport.js", document.querySelector("script[src]").src).href);
  const headers = { "Content-Type": "application/json" };
  for (;;) {
    const id = crypto.randomUUID();
    const body = JSON.stringify({ id, nprs: 1, when: "morning" });
    const answer = await ask("/api/pain", { method: "POST", headers, body });
    if (answer.ok) console.info(`saved ${id}`);
    else console.error(answer.status, await answer.text());
  }
}"""
READ = """async () => {
  const { ask } = await import(new URL("transport.js", document.querySelector("script[src]").src).href);
  return (await ask("/api/export.json", {})).text();
}"""


def measure(kills: int = KILLS) -> list[Figure]:
    """How much of what was acknowledged was gone after all of it."""
    saved = set[str]()
    lost = set[str]()
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        site = made_site(Path(folder) / "site")
        phone = Phone(playwright.chromium, Path(folder) / "profile")
        with hosted(site) as address:
            for n in range(kills):
                with phone.open(address) as context:
                    page = context.new_page()
                    page.on("console", lambda m: _note(m.text, saved))
                    lost |= saved - _entries(page, address)
                    page.evaluate(f"() => void ({WRITE})()")
                    page.wait_for_timeout(random.uniform(0, LONGEST_MS))  # noqa: S311 - a moment
                print(f"{n + 1} kills: {len(saved)} acknowledged, {len(lost)} lost", flush=True)
            with phone.open(address) as context:
                lost |= saved - _entries(context.new_page(), address)
    name = f"the browser killed {kills} times while it wrote"
    value = f"{len(saved)} entries acknowledged, {len(lost)} lost"
    return [Figure(name=name, value=value, bar="none lost", reached=bool(saved) and not lost)]


def _entries(page: Page, address: str) -> set[str]:
    """The ids of all that the diary has."""
    page.goto(address)
    return {entry["id"] for entry in json.loads(page.evaluate(READ))["entries"]}


def _note(text: str, saved: set[str]) -> None:
    word, _, identity = text.partition(" ")
    if word == "saved":
        saved.add(identity)


if __name__ == "__main__":
    for figure in measure(int(sys.argv[1]) if len(sys.argv) > 1 else KILLS):
        print(figure.line())
