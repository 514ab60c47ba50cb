"""Patella without a server: a folder on any host, a phone-sized browser, and nothing else."""

from __future__ import annotations

import io
import json
import os
import re
import shutil
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from pypdf import PdfReader

from browser.acts import by, until
from browser.hosted import hosted
from browser.sites import STARTS_WITHIN_MS, Phone, opened
from browser.test_first_days import answer_the_questions
from browser.tools import node
from patella.store.export import export_json
from patella.store.log import Log
from patella.web.site.site import _put_keeper, _told, version_of
from store.diary import entry

KEPT = "async () => { while (!(await caches.match('whole'))) await new Promise((next) => setTimeout(next, 50)); }"
SHARED = (
    "async () => { while (!window.shared) await new Promise((next) => setTimeout(next, 50)); return window.shared; }"
)
SHEET = r"""(refused) => {
  const looks = window.matchMedia.bind(window);
  window.matchMedia = (query) => (query === "(pointer: coarse)" ? { matches: true } : looks(query));
  navigator.canShare = ({ files }) => files.length === 1;
  navigator.share = async ({ files: [file] }) => {
    if (refused) throw new DOMException("Permission denied", refused);
    window.shared = `${file.name} ${file.type} ${(await file.text()).replace("\ufeff", "").split("\n")[0].trim()}`;
  };
}"""
STYLES = """() => fetch(document.querySelector('link[href$="views.css"]').href).then((answer) => answer.text())"""


def test_all_but_the_document_lies_in_a_folder_whose_name_tells_its_content(site: Path, tmp_path: Path) -> None:
    """A host or a network that remembers files of the version before has none that this document asks for."""
    version = version_of(site)
    beside = {"index.html", "manifest.webmanifest", "sw.js", "_headers", version.name}
    assert {one.name for one in site.iterdir()} == beside
    for name in ("index.html", "manifest.webmanifest"):
        said = re.findall(r'"\./([^"]+)"', (site / name).read_text())
        assert [f for f in said if not (f.startswith(version.name) or f in beside)] == []
        assert [f for f in said if not (site / f).is_file()] == []
    other = shutil.copytree(version, tmp_path / "other", copy_function=os.link)
    assert _told(other) == version.name
    for change in ("another", "text"):
        (other / "static/css/views.css").unlink()
        (other / "static/css/views.css").write_text(change)
        assert _told(other) not in beside
        beside.add(_told(other))


def test_what_the_page_begins_with_is_on_its_way_before_the_first_module_asks_for_it(site: Path) -> None:
    document = (site / "index.html").read_text()
    ahead = re.findall(r'modulepreload" href="\./([^"]+)"', document)
    [begins] = re.findall(r'type="module" src="\./([^"]+)"', document)
    for one in (begins, *ahead):
        named = re.findall(r'^import [^;]*from "([^"]+)"', (site / one).read_text(), re.MULTILINE)
        wanted = [os.path.normpath((site / one).parent / name) for name in named]
        assert [w for w in wanted if w not in {str(site / a) for a in ahead}] == [], one
    assert f"{version_of(site).name}/static/app/transport.js" in ahead


def test_an_entry_counts_as_written_only_once_it_is_flushed_and_a_full_phone_says_so(site: Path) -> None:
    """The real Python for browsers over files that forget at each of twelve power cuts what was not flushed."""
    command = [node(), str(Path(__file__).with_name("flushes.mjs")), str(version_of(site))]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stderr[-1000:]
    found = json.loads(done.stdout)
    assert found["entries"] == list(range(1, 13))
    assert min(found["flushes"]) >= 1
    assert set(found["asked"]) == {1}  # for the room of the log, ahead of every entry
    assert set(found["whole"]) == {"ok"}
    assert found["full"] == "SQLITE_FULL"


def test_a_start_from_the_memory_that_was_kept_answers_the_same_and_draws_other_numbers(site: Path) -> None:
    """Kept is what a start imports, and nothing that is made for this machine alone."""
    command = [node(), str(Path(__file__).with_name("kept.mjs")), str(version_of(site))]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stderr[-1000:]
    one, other = json.loads(done.stdout)
    assert one["status"] == other["status"] == [200, 200]
    assert (one["zone"], other["zone"]) == ("Asia/Tokyo", "Europe/Berlin")
    assert one["chance"] != other["chance"]
    assert one["cleaned"] == other["cleaned"] == [False, True]  # garbage is looked for once the start is over
    assert {"patella.store.log", "patella.care.plan", "sqlalchemy"} <= set(one["kept"])
    assert not [name for name in one["kept"] if name.startswith("pydantic")]


def test_an_older_diary_opens_with_all_it_held_and_what_cannot_be_opened_is_told_apart(
    site: Path, tmp_path: Path
) -> None:
    """By the real Python for browsers, which fetches what a migration needs only for the older ones."""
    snapshots = sorted((Path(__file__).parents[1] / "store/schema").glob("*.sql"))
    diaries = [a_diary(tmp_path / s.stem, s.read_text("utf-8")) for s in snapshots]
    held = [ids_in(d) for d in diaries]
    newer = a_diary(
        tmp_path / "newer", snapshots[-1].read_text("utf-8"), "update alembic_version set version_num = 9999"
    )
    torn, other = tmp_path / "torn", tmp_path / "other"
    torn.write_bytes(diaries[-1].read_bytes()[:9000])
    other.write_bytes(b"no database at all" * 300)
    opens = (Path(__file__).with_name("opens.mjs"), version_of(site), *diaries, newer, torn, other)
    command = [node(), *map(str, opens)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stderr[-1000:]
    *opened, ahead, half, stranger = json.loads(done.stdout)
    assert [o["entries"] for o in opened] == held
    assert [o["older"] for o in opened] == [True] * (len(snapshots) - 1) + [False]
    assert (ahead, half["fault"], stranger["fault"]) == ({"older": False, "fault": "ahead"}, "damaged", "damaged")


def a_diary(file: Path, *scripts: str) -> Path:
    with closing(sqlite3.connect(file)) as connection:
        for script in scripts:
            connection.executescript(script)
    return file


def ids_in(file: Path) -> list[str]:
    with closing(sqlite3.connect(file)) as connection:
        return [row[0] for row in connection.execute("select id from entry order by seq")]


PLANT = """async (bytes) => {
    const folder = await (await navigator.storage.getDirectory()).getDirectoryHandle("patella", { create: true });
    const stream = await (await folder.getFileHandle("patella.db", { create: true })).createWritable();
    await stream.write(new Uint8Array(bytes));
    await stream.close();
}"""

CLEARED = """async () => {
    await (await navigator.storage.getDirectory()).removeEntry("patella", { recursive: true });
}"""


@pytest.mark.slow
def test_a_damaged_diary_is_kept_and_one_from_another_device_comes_in_also_after_the_browser_cleared_it(
    browser: Browser, site: Path, tmp_path: Path
) -> None:
    broken, saved = b"half a diary " * 500, tmp_path / "laptop.json"
    with Log.open(tmp_path / "laptop") as log:
        log.append([entry(n, "of.tomorrow") for n in range(3)])
        export_json(log, saved)
    context = browser.new_context(viewport={"width": 390, "height": 844})
    context.set_default_timeout(STARTS_WITHIN_MS)
    with hosted(site) as address:
        page = opened(context, f"{address}manifest.webmanifest")
        page.evaluate(PLANT, list(broken))
        page.goto(address)
        expect(page.get_by_text("The diary in this browser cannot be read")).to_be_visible(timeout=STARTS_WITHIN_MS)
        with page.expect_download() as coming:
            page.get_by_role("button", name="Save the diary as it is").click()
        assert Path(coming.value.path()).read_bytes() == broken
        page.get_by_role("button", name="Begin an empty one").click()
        expect(by(page, "begin-questions")).to_be_visible(timeout=STARTS_WITHIN_MS)
        page.get_by_role("link", name="Bring in your diary").click()
        page.get_by_label("What you saved there (JSON)").set_input_files(saved)
        page.get_by_role("button", name="Bring it in").click()
        expect(page.get_by_text("3 entries from 3 days were new.")).to_be_visible()

        page.goto(f"{address}manifest.webmanifest")
        page.evaluate(CLEARED)
        page.goto(f"{address}#/settings")
        cleared = page.get_by_text("This browser has cleared your diary")
        expect(cleared).to_be_visible(timeout=STARTS_WITHIN_MS)
        page.get_by_label("An export of Patella").set_input_files(saved)
        page.get_by_role("button", name="Restore into an empty diary").click()
        expect(page.get_by_text("Restored: 3 entries.")).to_be_visible()
        expect(cleared).to_have_count(0)
        assert context.cookies() == [], "the host of the files is told nothing"
        begins_from_memory_and_without_it(page)
        goes_on_after_the_device_stopped_it(page)
    context.close()


KEPT_PYTHON = """async (add) => {
    const cache = await caches.open(`patella-start ${new URL("./", document.baseURI).pathname}`);
    for (const path of add) await cache.put(path, new Response("half a memory"));
    return (await cache.keys()).map((one) => new URL(one.url).pathname);
}"""
ONE_IS_KEPT = (
    f"async () => {{ while ((await ({KEPT_PYTHON})([])).length !== 1) await new Promise((n) => setTimeout(n, 50)); }}"
)


def begins_from_memory_and_without_it(page: Page) -> None:
    """What was kept of Python is left alone once a start from it failed or did not end; the diary opens even so."""
    page.evaluate(ONE_IS_KEPT)
    memory = page.evaluate(KEPT_PYTHON, [])
    for wrong in ([], ["/tried"], memory):
        page.evaluate(KEPT_PYTHON, wrong)
        page.reload()
        expect(by(page, "kept")).to_be_visible(timeout=STARTS_WITHIN_MS)
        if not wrong:
            page.evaluate(ONE_IS_KEPT)
        assert page.evaluate(KEPT_PYTHON, []) == ([] if wrong else memory)


def goes_on_after_the_device_stopped_it(page: Page) -> None:
    """As a phone does that runs short of memory: the page hears nothing of its worker any more."""
    for worker in page.workers:
        worker.evaluate("() => void setTimeout(() => self.close())")
    expect(page.get_by_text("This device has stopped Patella in this page")).to_be_visible()
    with page.expect_event("load"):
        page.get_by_role("button", name="Go on").click()
    expect(by(page, "kept")).to_be_visible(timeout=STARTS_WITHIN_MS)


def test_a_part_that_does_not_come_and_a_page_that_takes_long_are_said_with_a_way_on(
    browser: Browser, site: Path, tmp_path: Path
) -> None:
    """Python's own loader would wait for its part for ever, and a view for its code."""
    mine = shutil.copytree(site, tmp_path / "patella", copy_function=os.link)
    (version_of(mine) / "python/pyodide.asm.wasm").unlink()
    context = browser.new_context(service_workers="block")
    context.set_default_timeout(STARTS_WITHIN_MS)
    with hosted(mine) as address:
        page = opened(context, address)
        expect(page.get_by_text("Patella could not be started in this browser.")).to_be_visible()
        expect(page.get_by_role("button", name="Try again").first).to_be_visible()

        page = context.new_page()
        page.route("**/static/view/settings.js", lambda _: None)
        page.clock.install()
        page.goto(f"{address}#/settings")
        expect(page.locator(".waiting")).to_be_attached()
        page.clock.run_for(70_000)
        expect(page.get_by_text("This takes longer than it should.")).to_be_visible()
        with page.expect_event("load"):
            page.get_by_role("button", name="Begin anew").click()
    context.close()


def test_a_later_start_that_takes_more_than_a_moment_is_said_in_a_word(
    browser: Browser, site: Path, tmp_path: Path
) -> None:
    """With a Python that never comes."""
    mine = shutil.copytree(site, tmp_path / "patella", copy_function=os.link)
    rewrite(mine, "python/pyodide.mjs", "export const loadPyodide = () => new Promise(() => {});")
    context = browser.new_context()
    with hosted(mine) as address:
        page = opened(context, address)
        expect(page.get_by_text("Patella is being fetched, once")).to_be_visible(timeout=STARTS_WITHIN_MS)
        page.wait_for_function("navigator.serviceWorker.controller", timeout=STARTS_WITHIN_MS)
        page.reload()
        expect(page.get_by_text("Patella is starting.")).to_be_visible(timeout=STARTS_WITHIN_MS)
        expect(page.get_by_text("Patella is being fetched, once")).to_have_count(0)
    context.close()


@pytest.mark.slow
def test_a_phone_with_nothing_but_the_folder_loses_nothing_when_it_is_killed_and_needs_no_network_then(
    browser: Browser, site: Path, tmp_path: Path
) -> None:
    phone = Phone(browser.browser_type, tmp_path / "profile")
    with hosted(site) as address, phone.open(address) as context:
        page = opened(context, address)
        expect(by(page, "begin-questions")).to_be_visible(timeout=STARTS_WITHIN_MS)
        answer_the_questions(page)
        by(page, "got-it").click()
        expect(page.locator(".item")).to_have_count(4)
        page.locator(".before .scale button").nth(1).click()
        by(page, "start-session").click()
        until(page, "reps")
        by(page, "done").click()
        expect(by(page, "saved")).to_have_attribute("data-waiting", "0")
        place = page.url
        assert re.fullmatch(re.escape(address) + r"#/player/[0-9a-f-]{36}", place)
        page.evaluate(KEPT)

    with phone.open(address) as context:  # there is no host any more
        page = opened(context, place)
        expect(by(page, "step-name")).to_be_visible(timeout=STARTS_WITHIN_MS)
        other = opened(context, address)
        other.get_by_role("button", name="Use it here").click()
        expect(other.locator(".item").first).to_be_visible(timeout=STARTS_WITHIN_MS)
        expect(page.get_by_text("Patella went on in another tab.")).to_be_visible()
        other.goto(f"{address}#/settings")
        expect(by(other, "kept")).to_contain_text("No copy has been saved from here yet.")
        with other.expect_download() as coming:
            other.get_by_role("link", name="Everything (JSON)").click()
        kept = json.loads(Path(coming.value.path()).read_text())["entries"]
        assert [e["kind"] for e in kept].count("set.done") == 1
        expect(by(other, "kept")).to_contain_text("You last saved a copy on")
        shared = [
            shares(other, name, answer)
            for name, answer in (("Spreadsheet (CSV)", ""), ("Everything (JSON)", "NotAllowedError"))
        ]
        assert re.fullmatch(r"patella-\d{4}-\d\d-\d\d\.csv text/csv seq,id,.*", shared[0])
        assert re.fullmatch(r"patella-\d{4}-\d\d-\d\d\.json saved", shared[1])
        assert "Today for your knee" in printed(other, address, "today")
        assert "One knee in numbers" in printed(other, address, "report")
        other.goto(f"{address}#/library/calf-raise")
        expect(other.locator(".figure img").first).to_be_visible()
    assert phone.foreign == []
    # Moving figures come when they are first wanted; without a host a drawing stands for them, and the browser says so.
    assert [said for said in phone.said if "Failed to load resource" not in said] == []


def printed(page: Page, address: str, paper: str) -> str:
    """What a browser's own printer makes of a page of paper: leaves of A4; gives what is on the first."""
    page.goto(f"{address}#/paper/{paper}")
    expect(by(page, "print")).to_be_enabled()
    leaves = PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True))).pages
    assert {round(float(leaf.mediabox.height)) for leaf in leaves} == {842}
    pictures = page.locator(".paper img").evaluate_all("all => all.every((one) => one.naturalWidth > 0)")
    assert pictures, "a picture is missing"
    return " ".join(leaves[0].extract_text().split())


def shares(page: Page, name: str, refused: str) -> str:
    """What a phone's share sheet is given; where it refuses, the name under which the file is saved instead."""
    page.evaluate(SHEET, refused)
    link = page.get_by_role("link", name=name)
    if refused:
        with page.expect_download() as coming:
            link.click()
        return f"{coming.value.suggested_filename} saved"
    link.click()
    return str(page.evaluate(SHARED))


def test_a_new_version_is_offered_and_taken_only_when_somebody_says_so(
    browser: Browser, site: Path, tmp_path: Path
) -> None:
    """The files alone: Python is left out, and the page says so."""
    mine = shutil.copytree(site, tmp_path / "patella", copy_function=os.link)
    rewrite(mine, "python/pyodide.mjs", "throw new Error();")
    context = browser.new_context()
    with hosted(mine) as address:
        page = opened(context, address)
        page.get_by_text("Patella could not be started in this browser.").wait_for(timeout=STARTS_WITHIN_MS)
        page.evaluate(KEPT)
        rewrite(mine, "static/css/views.css", "body { --version: 2 }")
        page.reload()
        offered = page.get_by_role("button", name="Reload")
        offered.wait_for(timeout=STARTS_WITHIN_MS)
        assert "--version" not in page.evaluate(STYLES)
        with page.expect_event("load", timeout=STARTS_WITHIN_MS):
            offered.click()
        assert page.evaluate(STYLES) == "body { --version: 2 }"
        expect(offered).to_have_count(0)
        rewrite(mine, "static/css/views.css", "body { --version: 3 }", keeper=False)
        assert page.evaluate(STYLES) == "body { --version: 2 }"
    context.close()


def rewrite(site: Path, name: str, text: str, *, keeper: bool = True) -> None:
    """Another content for one file, and the service worker that goes with it."""
    file = version_of(site) / name
    file.unlink()  # it is another site's file as well
    file.write_text(text)
    if keeper:
        (site / "sw.js").unlink()
        _put_keeper(site)
