"""How many pictures a second the page finds a body in: its own camera, worker and model in a headless Chromium."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from clips import as_camera, film_of
from figure import Figure
from house import House, serving
from playwright.sync_api import Error, sync_playwright

BAR = 8.0
_LINES_PX, _LEAST_S, _PICTURES = 480, 20.0, 600
_WARM_S, _LASTS_S = 6, 12
_WATCH = """async ([model, warm_s, lasts_s]) => {
  localStorage.setItem("patella_pose_model", model);
  const { Camera } = await import("/static/live/camera.js");
  let frames = 0, bodies = 0, state = "";
  const ears = { onFrame: (f) => { frames += 1; bodies += f.people > 0; }, onState: (s) => { state = s; } };
  const camera = new Camera(ears);
  await camera.start();
  const pause = (s) => new Promise((done) => setTimeout(done, 1000 * s));
  for (let i = 0; i < 120 && !frames; i += 1) await pause(0.5);
  await pause(warm_s);
  const [from, began] = [frames, performance.now()];
  await pause(lasts_s);
  const rate = (1000 * (frames - from)) / (performance.now() - began);
  const times = camera.eye ? camera.eye.times.toSorted((a, b) => a - b) : [];
  const { model: used, delegate } = camera.eye ?? {};
  camera.stop();
  return { rate, bodies, frames, state, model: used, delegate, ms: times[times.length >> 1] };
}"""


def measure() -> list[Figure]:
    """Frames a second with the light and the full model; the light one is what slow machines end with."""
    film = film_of(_LINES_PX, _LEAST_S)
    if film is None:
        return [Figure(name="page", value="no film of 480 lines in the clips folder to hold before the camera")]
    with tempfile.TemporaryDirectory() as folder, serving() as house:
        camera = as_camera(film[0], Path(folder) / "camera.mjpeg", _PICTURES)
        return [_figure(house, camera, model) for model in ("lite", "full")]


def _figure(house: House, camera: Path, model: str) -> Figure:
    flags = ["--no-sandbox", "--use-fake-ui-for-media-stream", "--use-fake-device-for-media-stream"]
    name = f"page, {model} model, headless Chromium without a graphics card, {os.cpu_count()} cores"
    with sync_playwright() as playwright:
        try:
            browser = playwright.chromium.launch(
                executable_path=os.environ.get("PATELLA_CHROMIUM"),
                args=[*flags, f"--use-file-for-fake-video-capture={camera}"],
            )
        except Error as error:
            return Figure(name=name, value=f"no Chromium to measure with: {str(error).splitlines()[0]}")
        page = browser.new_page()
        key, value = house.cookie
        page.context.add_cookies([{"name": key, "value": value, "url": house.url}])
        page.goto(house.url)
        found = page.evaluate(_WATCH, [model, _WARM_S, _LASTS_S])
        browser.close()
    if not found["frames"]:
        return Figure(name=name, value=f"no frames; the camera says {found['state']}", reached=False)
    rate, used, device, ms = found["rate"], found["model"], found["delegate"], found["ms"]
    seen = f"a body in {found['bodies']} of {found['frames']}"
    value = f"{rate:.1f} frames a second, {used} model on the {device}, typically {ms:.0f} ms, {seen}"
    return Figure(name=name, value=value, bar=f"at least {BAR:.0f}", reached=found["rate"] >= BAR)
