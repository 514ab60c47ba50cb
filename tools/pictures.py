"""Takes the pictures of the real pages: a made-up runner's diary, on a laptop and on a phone.

    python tools/pictures.py     writes docs/laptop.png, docs/phone.png and docs/handout.png for the README, and
                                 those that a phone shows before Patella is installed (static/screens)

Needs a Chromium (tools/browser.py finds one) and, for the handout, pdftoppm.
"""

from __future__ import annotations

import base64
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, StorageState, sync_playwright

from browser import find

DOCS = Path(__file__).parents[1] / "docs"
SCREENS = Path(__file__).parents[1] / "src/patella/web/static/screens"
DAY = "2026-11-19"
PHONE, LAPTOP = {"width": 390, "height": 844}, {"width": 1280, "height": 800}
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync"]
WIDE = {"width": 2000, "height": 900}
SETTLED_MS = 1500
TABLE = "margin:0;padding:28px;display:flex;gap:28px;background:#e9e3d8;width:max-content"
FRAME = f"""<!doctype html><body style="{TABLE}">{{}}</body>"""
SHOT = """<img style="height:760px;border-radius:30px;border:7px solid #1f2421" src="data:image/png;base64,{}">"""


def main() -> int:
    """Take every picture."""
    chromium = find()
    with serving() as link, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        address, known = link.partition("/in/")[0], let_in(browser, link)
        take_laptop(browser, address, known)
        take_phone(browser, address, known)
        take_handout(browser)
        browser.close()
    with serving() as link, sync_playwright() as playwright:  # a day on which nothing has begun
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        take_screens(browser, link.partition("/in/")[0], let_in(browser, link))
        browser.close()
    return 0


@contextmanager
def serving() -> Iterator[str]:
    """The link that lets a browser in to a server over the demo."""
    command = [sys.executable, "-u", "-m", "patella.web", "--demo", "--data", "unused"]
    command += ["--port", "0", "--at", f"{DAY}T09:00"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None  # noqa: S101 - it was asked for
        found = re.search(r"http://\S+/in/\S+", process.stdout.readline() + process.stdout.readline())
        try:
            yield found[0] if found else ""
        finally:
            process.terminate()


def let_in(browser: Browser, link: str) -> StorageState:
    """What a browser keeps once it has opened the link."""
    context = browser.new_context()
    context.new_page().goto(link)
    known = context.storage_state()
    context.close()
    return known


def take_laptop(browser: Browser, address: str, known: StorageState) -> None:
    """The day, as it opens."""
    page = opened(browser, LAPTOP, "light", f"{address}/today", known)
    page.screenshot(path=DOCS / "laptop.png")


def take_phone(browser: Browser, address: str, known: StorageState) -> None:
    """A few screens of a phone in a row."""
    screens: list[tuple[str, str, Callable[[Page], None]]] = [
        ("light", f"{address}/today", stay),
        ("light", f"{address}/today?scope=one&only=strap-stretch", hold),
        ("dark", f"{address}/library/kettlebell-knee-extension", stay),
        ("light", f"{address}/timeline", look),
    ]
    taken = []
    for theme, url, act in screens:
        page = opened(browser, PHONE, theme, url, known)
        act(page)
        taken.append(SHOT.format(base64.b64encode(page.screenshot()).decode()))
        page.context.close()
    page = browser.new_page(viewport=WIDE)
    page.set_content(FRAME.format("".join(taken)))
    page.locator("body").screenshot(path=DOCS / "phone.png")


def take_screens(browser: Browser, address: str, known: StorageState) -> None:
    """What is shown of Patella where it is to be installed; manifest.webmanifest names them."""
    wanted: list[tuple[str, dict[str, int], str, Callable[[Page], None]]] = [
        ("today", PHONE, "/today", stay),
        ("timeline", PHONE, "/timeline", look),
        ("laptop", LAPTOP, "/today", stay),
        ("hold", PHONE, "/today?scope=one&only=strap-stretch", hold),
    ]
    for name, size, path, act in wanted:
        page = opened(browser, size, "light", address + path, known)
        act(page)
        page.screenshot(path=SCREENS / f"{name}.jpg", type="jpeg", quality=80)
        page.context.close()


def opened(browser: Browser, size: dict[str, int], theme: str, url: str, known: StorageState) -> Page:
    """A page at rest."""
    context = browser.new_context(viewport=size, color_scheme=theme, storage_state=known)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(url)
    page.locator("h1").first.wait_for()
    page.wait_for_timeout(SETTLED_MS)
    return page


def stay(_: Page) -> None:
    """As it is."""


def look(page: Page) -> None:
    """Once it has looked for what goes with a bad morning."""
    page.get_by_text("Looking…").wait_for(state="hidden")
    page.wait_for_timeout(SETTLED_MS)


def hold(page: Page) -> None:
    """In the middle of a hold."""
    page.get_by_test_id("start-session").click()
    page.get_by_test_id("step-name").wait_for()
    page.get_by_test_id("next").click()
    page.wait_for_timeout(6000)


def take_handout(browser: Browser) -> None:
    """Both sides of a handout."""
    with tempfile.TemporaryDirectory() as folder:
        pdf = Path(folder) / "handout.pdf"
        write_demo_handout(pdf)
        subprocess.run(["pdftoppm", "-r", "64", "-png", pdf, pdf.with_suffix("")], check=True)
        sheets = [SHOT.format(base64.b64encode(p.read_bytes()).decode()) for p in sorted(pdf.parent.glob("*.png"))]
        plain = [s.replace("border-radius:30px;border:7px solid #1f2421", "") for s in sheets]
        page = browser.new_page(viewport=WIDE)
        page.set_content(FRAME.format("".join(plain)))
        page.locator("body").screenshot(path=DOCS / "handout.png")


def write_demo_handout(pdf: Path) -> None:
    """The handout of the made-up runner's day."""
    from datetime import UTC, datetime
    from uuid import uuid4

    from patella.app.demo import fill
    from patella.app.patella import Patella
    from patella.files.library import own_library
    from patella.paper.handout import write_handout
    from patella.store.log import Log

    now = datetime.fromisoformat(DAY).replace(hour=9, tzinfo=UTC)
    with Log.open(pdf.parent / "diary") as log:
        app = Patella(log=log, library=own_library(), now=lambda: now, new_id=lambda: str(uuid4()))
        fill(app)
        write_handout(app, pdf)


if __name__ == "__main__":
    sys.exit(main())
