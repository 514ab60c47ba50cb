"""The camera in the page: films are counted, every trouble has a sentence and a way on, only landmarks travel."""

from __future__ import annotations

import json
import struct
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Route, WebSocket, expect

from browser.acts import begin, by, saved, session_id, until
from browser.conftest import PATIENCE_MS, Guard
from browser.films import CLIPS, extensions, for_the_camera, of_a_clip, of_a_figure, of_two_people
from browser.flags import FLAGS
from browser.house import House, find_chromium
from browser.test_accessibility import NARROW_TARGETS, RULES, SCAN
from browser.tools import node_modules
from patella.motion.performance import Fault

EXTENSION = "terminal-knee-extension"
QUICK_MS = 150.0
LEAST_RATE = 8.0  # with fewer pictures a second, quick repetitions fall between them
Opens = Callable[..., Page]


@pytest.fixture
def seen_by(browser: Browser, guard: Guard) -> Iterator[Opens]:
    """A page of a browser whose camera shows a film, or any picture; `allowed` is what the person said."""
    opened: list[Any] = []

    def open_page(film: Path | None = None, *, allowed: bool = True) -> Page:
        flags = [*FLAGS, "--use-fake-device-for-media-stream"]
        if allowed:
            flags.append("--use-fake-ui-for-media-stream")
        if film:
            flags.append(f"--use-file-for-fake-video-capture={film}")
        launched = browser.browser_type.launch(executable_path=find_chromium(), args=flags)
        opened.append(launched)
        context = launched.new_context(viewport={"width": 1280, "height": 800}, locale="en-GB")
        context.set_default_timeout(PATIENCE_MS)
        guard.watch(context)
        return context.new_page()

    yield open_page
    for launched in opened:
        launched.close()


def instead(page: Page, recording: Path) -> None:
    """Give the player a film or a recording in the place of a camera."""
    page.get_by_role("button", name="Another camera, or a film").click()
    by(page, "camera-film").set_input_files(recording)


def sets_of(house: House, page: Page) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = house.session(session_id(page))["sets"]  # type: ignore[assignment]
    return found


@pytest.mark.alone
def test_two_people_are_asked_which_one(seen_by: Opens, house: House, tmp_path: Path) -> None:
    page = seen_by(for_the_camera(tmp_path / "two.mjpeg", of_two_people(EXTENSION)))
    begin(page, house, EXTENSION)
    by(page, "camera-toggle").click()
    expect(by(page, "camera-state")).to_have_attribute("data-code", "two-people", timeout=60_000)


@pytest.mark.alone
def test_a_film_before_the_camera_is_counted(seen_by: Opens, house: House, tmp_path: Path) -> None:
    """B3 with a film of our own: the figure of the exercise, found by the real model, counted into the log."""
    film = for_the_camera(tmp_path / "set.mjpeg", of_a_figure(EXTENSION, 3, after_s=6))
    page = seen_by(film)
    begin(page, house, EXTENSION)
    by(page, "camera-toggle").click()
    expect(by(page, "camera-state")).to_have_attribute("data-code", "ready", timeout=60_000)
    until(page, "reps")
    expect(by(page, "rep-count")).not_to_have_text("0", timeout=60_000)
    by(page, "done").click()
    saved(page)
    done = sets_of(house, page)[0]
    assert done["counted_by"] == "camera"
    assert done["camera"]["reps"]


@pytest.mark.alone
@pytest.mark.skipif(not (CLIPS / "rendered").is_dir(), reason="The clips that accuracy is measured with are not here.")
def test_every_repetition_of_a_real_film_is_counted(seen_by: Opens, house: House, tmp_path: Path) -> None:
    """B3: film, camera, real model, reps, log."""
    name = "tke_02_mheavy_R_y0_heel.mp4"
    film = for_the_camera(tmp_path / "set.mjpeg", of_a_clip(f"rendered/{name}", before_s=15, after_s=20))
    page = seen_by(film)
    sent: list[str | bytes] = []
    page.on("websocket", lambda socket: _overhear(socket, sent))
    begin(page, house, EXTENSION)
    by(page, "camera-toggle").click()
    expect(by(page, "camera-state")).to_have_attribute("data-code", "ready", timeout=60_000)
    until(page, "reps")
    page.wait_for_function("() => !document.querySelector('.at-reps')", timeout=150_000)
    saved(page)
    times_s = [struct.unpack_from("<d", f, 8)[0] for f in sent if isinstance(f, bytes)]
    rate = len(times_s) / (times_s[-1] - times_s[0])
    if rate < LEAST_RATE:
        pytest.skip(f"This machine looks at {rate:.1f} pictures a second; the film needs {LEAST_RATE:.0f}.")
    done = sets_of(house, page)[0]
    labels = json.loads((CLIPS / "rendered/labels.json").read_text())
    truth = next(c for c in labels if c["file"] == name)
    assert done["reps"] == len(truth["reps"])


def test_landmarks_are_counted_and_nothing_else_travels(page: Page, house: House, tmp_path: Path) -> None:
    """Pixels stay in the page: what leaves it are frames of 940 bytes, one beginning for each set, and the log."""
    sent: list[str | bytes] = []
    asked: list[tuple[str, str | None]] = []
    page.on("websocket", lambda socket: _overhear(socket, sent))
    page.on("request", lambda r: asked.append((f"{r.method} {r.url}", r.post_data)))
    begin(page, house, EXTENSION)
    by(page, "camera-toggle").click()
    instead(page, extensions(tmp_path / "set.pose", 3))
    until(page, "reps")
    expect(by(page, "rep-count")).to_have_text("3", timeout=30_000)
    by(page, "done").click()
    saved(page)
    frames = [s for s in sent if isinstance(s, bytes)]
    assert len(frames) > 100
    assert {len(f) for f in frames} <= {16, 940}
    assert all(struct.unpack_from("<B", f)[0] == 1 for f in frames)
    assert all('"kind":"begin"' in s for s in sent if isinstance(s, str))
    posted = [body for what, body in asked if what.startswith(("POST", "PUT", "PATCH"))]
    assert all((body and len(body) < 20_000 and '"events"' in body) or '"scope"' in str(body) for body in posted)
    done = sets_of(house, page)[0]
    assert (done["reps"], done["counted_by"], done["camera"]["form"]) == (3, "camera", 1.0)


def _overhear(socket: WebSocket, sent: list[str | bytes]) -> None:
    socket.on("framesent", lambda data: sent.append(data))  # noqa: PLW0108 - it takes no built-in


def test_a_person_may_add_and_take_away_beside_the_camera(page: Page, house: House, tmp_path: Path) -> None:
    begin(page, house, EXTENSION)
    by(page, "camera-toggle").click()
    instead(page, extensions(tmp_path / "set.pose", 2))
    until(page, "reps")
    expect(by(page, "rep-count")).to_have_text("2", timeout=30_000)
    by(page, "add-rep").click()
    by(page, "add-rep").click()
    by(page, "less-rep").click()
    expect(by(page, "rep-count")).to_have_text("3")


@pytest.mark.alone
def test_a_fault_is_said_at_once(
    page: Page, house: House, tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    """B4: from the landmarks that show it to the words on the screen, without the model's time."""
    page.add_init_script(_TIMES)
    begin(page, house, EXTENSION)
    by(page, "camera-toggle").click()
    instead(page, extensions(tmp_path / "set.pose", 5, fault=Fault.TRUNK_LEAN))
    until(page, "reps")
    expect(by(page, "cue")).to_have_text("Stand tall. Only the knee moves.", timeout=30_000)
    page.wait_for_timeout(9000)
    delays = page.evaluate("delays")
    record_property("cue_delay_ms", delays)
    assert delays
    assert sorted(delays)[len(delays) // 2] <= QUICK_MS


_TIMES = """
window.delays = []; const times = [];
const send = WebSocket.prototype.send;
WebSocket.prototype.send = function (data) {
  if (typeof data !== "string") times.push(performance.now());
  else { times.length = 0; this.addEventListener("message", (event) => {
    const { seen, events } = JSON.parse(event.data);
    if (!events.some((e) => e.kind === "cue")) return;
    const began = times[seen - 1];
    const words = () => document.querySelector("[data-testid=cue]")?.innerText;
    const isSaid = () => words() === "Stand tall. Only the knee moves.";
    const look = () => (isSaid() ? delays.push(performance.now() - began) : requestAnimationFrame(look));
    look();
  }); }
  return send.call(this, data);
};
"""


def test_a_camera_that_is_not_allowed_has_a_sentence_and_a_way_on(seen_by: Opens, house: House) -> None:
    page = seen_by(allowed=False)
    begin(page, house, EXTENSION)
    by(page, "camera-toggle").click()
    expect(by(page, "camera-state")).to_contain_text("not allowed")
    page.get_by_role("button", name="Try again").click()
    expect(by(page, "camera-state")).to_contain_text("not allowed")
    page.get_by_role("button", name="Without the camera").click()
    _goes_on_by_hand(page)


@pytest.mark.parametrize(
    ("error", "words"),
    [
        ("NotFoundError", "No camera found"),
        ("NotReadableError", "Another program"),
        ("TypeError", "The camera is gone"),
    ],
)
def test_a_camera_that_cannot_be_had_has_a_sentence_and_a_way_on(
    page: Page, house: House, error: str, words: str
) -> None:
    page.add_init_script(
        f"navigator.mediaDevices.getUserMedia = async () => {{ throw new DOMException('no', '{error}'); }}"
    )
    begin(page, house, EXTENSION)
    by(page, "camera-toggle").click()
    expect(by(page, "camera-state")).to_contain_text(words)
    _goes_on_by_hand(page)


def test_a_camera_that_is_lost_says_so_and_comes_back(seen_by: Opens, house: House) -> None:
    page = seen_by()
    begin(page, house, EXTENSION)
    by(page, "camera-toggle").click()
    page.wait_for_function("() => document.querySelector('.mirror video')?.videoWidth > 0")
    page.evaluate(
        """() => { const [track] = document.querySelector(".mirror video").srcObject.getVideoTracks();
        track.stop(); track.dispatchEvent(new Event("ended")); }"""
    )
    expect(by(page, "camera-state")).to_contain_text("The camera is gone")
    page.get_by_role("button", name="Try again").click()
    expect(by(page, "camera-state")).not_to_contain_text("The camera is gone")
    by(page, "camera-toggle").click()
    expect(by(page, "camera-state")).to_have_attribute("data-code", "off")
    _goes_on_by_hand(page)


def test_without_the_model_the_player_goes_on(seen_by: Opens, house: House, guard: Guard) -> None:
    guard.allow(r"404 \(Not Found\)")
    page = seen_by()
    page.context.route("**/models/*.task", _missing)
    begin(page, house, EXTENSION)
    by(page, "camera-toggle").click()
    expect(by(page, "camera-state")).to_contain_text("cannot look here", timeout=30_000)
    _goes_on_by_hand(page)


def _missing(route: Route) -> None:
    route.fulfill(status=404, body="")


_NO_WAY = "Object.defineProperty(self, 'WebAssembly', { value: undefined });"
_NOT_MANY_AT_ONCE = "WebAssembly.validate = () => false;"


def _worker_that_begins(page: Page, script: str) -> None:
    """The pose worker of a browser that cannot do everything."""

    def answer(route: Route) -> None:
        found = route.fetch()
        route.fulfill(response=found, body=script + found.text())

    page.context.route("**/live/pose.worker.js", answer)


def test_a_browser_that_cannot_look_says_so_and_the_player_goes_on(seen_by: Opens, house: House) -> None:
    page = seen_by()
    _worker_that_begins(page, _NO_WAY)
    begin(page, house, EXTENSION)
    by(page, "camera-toggle").click()
    expect(by(page, "camera-state")).to_contain_text("cannot look here", timeout=30_000)
    page.get_by_role("button", name="Without the camera").click()
    _goes_on_by_hand(page)


def test_a_browser_of_plain_arithmetic_takes_the_slower_parts(seen_by: Opens, house: House) -> None:
    """Without SIMD there are other parts of the pose library; they look as well, at pictures drawn anew."""
    page = seen_by()
    page.add_init_script("delete globalThis.VideoFrame")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.context.on("request", lambda request: asked.append(request.url))
    _worker_that_begins(page, _NOT_MANY_AT_ONCE)
    begin(page, house, EXTENSION)
    by(page, "camera-toggle").click()
    expect(by(page, "camera-state")).to_contain_text("getting ready")
    expect(by(page, "camera-state")).to_have_attribute("data-code", "nobody", timeout=60_000)
    assert any("nosimd" in url for url in asked)


def test_a_server_that_is_gone_loses_no_rep(page: Page, own_house: House, guard: Guard, tmp_path: Path) -> None:
    """The line is cut in the middle of a set, and Patella is started again: the count is that of an uncut line."""
    guard.allow_a_server_that_is_gone()
    guard.allow(r"WebSocket connection to")
    begin(page, own_house, EXTENSION)
    by(page, "camera-toggle").click()
    instead(page, extensions(tmp_path / "set.pose", 5))
    until(page, "reps")
    expect(by(page, "rep-count")).to_have_text("2", timeout=30_000)
    own_house.kill()
    expect(by(page, "camera-state")).to_contain_text("not answering")
    own_house.start()
    expect(by(page, "rep-count")).to_have_text("5", timeout=45_000)


def test_a_line_let_go_before_it_is_open_is_closed_without_a_grumble(page: Page, house: House) -> None:
    page.goto(house.url)
    page.evaluate(
        "async () => { const { Line } = await import('/static/live/line.js');"
        "const line = new Line({ exercise: 'squat', side: null, session: null }, { onEvent() {}, onGone() {} });"
        "line.close(); window.socket = line.socket; }"
    )
    page.wait_for_function("() => window.socket.readyState === WebSocket.CLOSED")
    assert page.evaluate("window.socket.readyState") == 3


def test_what_is_no_film_is_said_to_be_none(page: Page, house: House, tmp_path: Path) -> None:
    (tmp_path / "letter.mp4").write_text("Dear knee")
    page.goto(f"{house.url}/library/squat")
    by(page, "film-file").set_input_files(tmp_path / "letter.mp4")
    expect(page.get_by_role("alert")).to_contain_text("This browser cannot play that film")


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_axe_finds_nothing_beside_the_camera(page: Page, house: House, tmp_path: Path, theme: str, width: int) -> None:
    page.emulate_media(color_scheme=theme)  # type: ignore[arg-type]
    page.set_viewport_size({"width": width, "height": 740})
    begin(page, house, EXTENSION)
    by(page, "camera-toggle").click()
    expect(by(page, "camera-state")).to_contain_text("No camera")
    page.evaluate((node_modules() / "axe-core/axe.min.js").read_text())
    assert page.evaluate(SCAN, RULES) == []
    instead(page, extensions(tmp_path / "set.pose", 2))
    until(page, "reps")
    expect(by(page, "rep-count")).to_have_text("2", timeout=30_000)
    page.get_by_role("button", name="Another camera, or a film").click()
    with _still(page):
        assert page.evaluate(SCAN, RULES) == []
        assert page.evaluate(NARROW_TARGETS) == []
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


@contextmanager
def _still(page: Page) -> Iterator[None]:
    by(page, "pause").click()
    yield


def _goes_on_by_hand(page: Page) -> None:
    until(page, "reps")
    by(page, "add-rep").click()
    expect(by(page, "rep-count")).to_have_text("1")


_TURNS = """async () => {
  const told = [];
  globalThis.Worker = class {
    postMessage(data) { if (data.kind === "look") { told.push(data.t_s); data.picture.close(); } }
    terminate() {}
  };
  const { Eye } = await import("/static/live/eye.js");
  const canvas = Object.assign(document.createElement("canvas"), { width: 64, height: 48 });
  const context = canvas.getContext("2d");
  const draw = setInterval(() => context.fillRect(Math.random() * 60, 0, 4, 48), 20);
  const video = Object.assign(document.createElement("video"), { srcObject: canvas.captureStream(), muted: true });
  await video.play();
  const eye = new Eye(() => undefined, () => undefined);
  const answer = () => eye.hear({ kind: "frame", frame: new ArrayBuffer(16), ms: 30, bright: 200 });
  await eye.look(video, 1); // the model is not there yet
  eye.hear({ kind: "loaded", delegate: "CPU" });
  for (const t_s of [2, 3]) await eye.look(video, t_s); // before the first answer nothing waits
  answer();
  for (const t_s of [4, 5, 6]) await eye.look(video, t_s);
  answer();
  answer();
  answer();
  clearInterval(draw);
  eye.close();
  return told;
}"""


def test_of_pictures_that_come_while_one_is_looked_at_the_newest_is_next(page: Page, house: House) -> None:
    page.goto(f"{house.url}/today")
    assert page.evaluate(_TURNS) == [2, 4, 6]
