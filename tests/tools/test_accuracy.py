"""The tool that measures how right the camera is: what it compares, and that it hides nothing."""

import json
import math
import subprocess
import sys
from pathlib import Path
from types import ModuleType, SimpleNamespace

import pytest

from patella.motion.pose import unpack
from tooling import load_tool
from web.coached import squeezes

TOOL = Path(__file__).parents[2] / "tools" / "accuracy"


class Parts(SimpleNamespace):
    clips: ModuleType
    score: ModuleType
    bars: ModuleType
    page: ModuleType
    marks: ModuleType
    gaps: ModuleType
    apart: ModuleType


@pytest.fixture(scope="module")
def parts() -> Parts:
    names = ("clips", "score", "bars", "page", "marks", "gaps", "apart")
    return Parts(**{name: load_tool(f"accuracy/{name}") for name in names})


def folder(root: Path, **changes: object) -> Path:
    """A clips folder with one rendered film of two leg raises, the second with a lagging knee."""
    made = root / "rendered"
    (made / "truth").mkdir(parents=True)
    rep = {"peak_s": 6.0, "peak_end_s": 6.5}
    reps = [rep | {"start_s": 5, "end_s": 8, "faults": []}, rep | {"start_s": 10, "end_s": 13, "faults": ["knee_lag"]}]
    entry = {
        "file": "one.mp4", "exercise": "straight-leg-raise", "view": "side (left)", "yaw_deg": 15,
        "working_side": "left", "reps": reps, "holds": [],
        "fault_intervals": [], "nothing_happens": [{"start_s": 0, "end_s": 4}],
    } | changes  # fmt: skip
    (made / "labels.json").write_text(json.dumps([entry]))
    (made / "one.mp4").touch()
    (made / "truth" / "one.csv").write_text("t,knee_flex_left,knee_flex_right\n0.0,10,0\n1.0,20,0\n")
    return root


def spans(parts: Parts, *seen: tuple[float, float, str]) -> tuple[object, ...]:
    return tuple(
        parts.score.Counted(span=parts.clips.Span(start_s=a, end_s=b), seconds=b - a, faults=frozenset(f.split()))
        for a, b, f in seen
    )


def watched(parts: Parts, *seen: tuple[float, float, str], **more: object) -> object:
    nothing = {"shorts": (), "holds": (), "cues": (), "seen_fraction": 1.0, "knees": ()}
    return parts.score.Watched(**({"reps": spans(parts, *seen)} | nothing | more))


def test_a_set_counted_with_its_fault_is_exact_and_whole(parts: Parts, tmp_path: Path) -> None:
    (clip,) = parts.clips.read_clips(folder(tmp_path))
    found = parts.score.score(clip, watched(parts, (5, 8, ""), (10, 13, "knee_lag")))
    assert (found.exact, found.false_counts, found.true_faults, found.found_faults, found.false_faults) == (
        True,
        0,
        1,
        1,
        0,
    )
    assert not found.failed


def test_counts_in_idle_time_missed_and_invented_faults_are_all_held_against_it(parts: Parts, tmp_path: Path) -> None:
    (clip,) = parts.clips.read_clips(folder(tmp_path))
    found = parts.score.score(clip, watched(parts, (1, 3, ""), (5, 8, "heel_rise"), (10, 13, "")))
    assert (found.exact, found.within_one, found.false_counts) == (False, True, 1)
    assert (found.found_faults, found.false_faults) == (0, 1)
    assert found.failed
    text = parts.page.page([found], [], [], "")
    assert "counted 3, true 2" in text
    assert "1 counted where nothing happens" in text
    assert "MISSED" in text


def test_a_shallow_one_may_be_counted_or_only_noticed(parts: Parts, tmp_path: Path) -> None:
    shallow = {"start_s": 5, "peak_s": 6, "peak_end_s": 6, "end_s": 8, "faults": ["shallow"]}
    (clip,) = parts.clips.read_clips(folder(tmp_path, reps=[shallow]))
    counted = parts.score.score(clip, watched(parts, (5, 8, "shallow")))
    noticed = parts.score.score(clip, watched(parts, shorts=spans(parts, (5, 8, "shallow"))))
    assert counted.exact
    assert noticed.exact
    assert counted.found_faults == noticed.found_faults == 1


def test_the_knee_beside_the_camera_is_compared_with_the_truth_of_its_moment(parts: Parts, tmp_path: Path) -> None:
    (clip,) = parts.clips.read_clips(folder(tmp_path))
    found = parts.score.score(clip, watched(parts, knees=[(0.0, 12.0, 99.0), (1.0, 16.0, None), (1.0, None, 5.0)]))
    assert found.angle_error_deg == pytest.approx(3.0)


def test_a_picture_goes_with_the_row_nearest_to_it_however_its_time_was_rounded(parts: Parts) -> None:
    rows = [0.0, 0.0333, 0.0667, 0.1]
    assert [parts.score.nearest(rows, n / 30) for n in range(4)] == [0, 1, 2, 3]
    assert [parts.score.nearest(rows, t) for t in (-1.0, 0.06, 9.0)] == [0, 2, 3]


def test_an_error_is_taken_apart_into_lateness_what_is_always_there_and_what_grows_with_the_bend(parts: Parts) -> None:
    def bent_deg(t_s: float) -> float:
        return 30 - 30 * math.cos(math.tau * t_s / 4)

    truth = [(n / 30, bent_deg(n / 30)) for n in range(240)]
    read = [(t_s, 3 + 0.9 * bent_deg(t_s - 0.05)) for t_s, _ in truth]
    found = parts.apart.taken_apart(truth, read)
    assert found.late_ms == 50
    assert found.slope == pytest.approx(0.9, abs=0.01)
    assert found.bias_deg == pytest.approx(0.0, abs=0.3)
    assert found.rest_deg < 0.2
    assert found.moving_deg > 0.1
    assert parts.apart.taken_apart([(t_s, 5.0) for t_s, _ in truth], read) is None


def test_a_hold_in_two_pieces_is_as_long_as_both(parts: Parts, tmp_path: Path) -> None:
    hold = {"start_s": 5, "end_s": 15}
    (clip,) = parts.clips.read_clips(folder(tmp_path, exercise="strap-stretch", holds=[hold]))
    pieces = spans(parts, (5, 9, ""), (10, 15, ""))
    assert parts.score.score(clip, watched(parts, holds=pieces)).hold_errors_s == (-1.0,)
    assert parts.score.score(clip, watched(parts)).hold_errors_s == (-10.0,)


def test_a_mirror_is_asked_for_no_count(parts: Parts, tmp_path: Path) -> None:
    (clip,) = parts.clips.read_clips(folder(tmp_path, exercise="rotate-your-bones", view="front"))
    found = parts.score.score(clip, watched(parts))
    assert found.exact is None
    assert not [f for f in parts.bars.figures([found], []) if f.name.startswith("sets")]


def a_film_of_squeezes(root: Path) -> Path:
    """A film of two true squeezes; what is seen in it, the test says."""
    reps = [{"start_s": 5.0 + 8 * n, "end_s": 10.0 + 8 * n, "faults": []} for n in range(2)]
    made = folder(root, exercise="medicine-ball-squeeze", view="front", working_side="both", reps=reps)
    rows = "".join(f"{t / 5},{0.33 if (t / 5 - 5) % 8 > 5 or t < 25 else 0.31}\n" for t in range(125))
    (made / "rendered" / "truth" / "one.csv").write_text("t,knee_gap\n" + rows)
    return made


def test_an_experiment_is_measured_by_what_the_product_counts(parts: Parts, tmp_path: Path) -> None:
    (clip,) = parts.clips.read_clips(a_film_of_squeezes(tmp_path))
    frames = [unpack(f) for f in squeezes(2, 3.0)]
    found = parts.gaps.gap_of(clip, frames)
    assert (found.true, found.found + found.false) == (2, 2)
    text = parts.page.page([], [], [found], "")
    assert "Experiments: what the gap between the knees tells" in text
    assert "| one | medicine-ball-squeeze | 15° |" in text
    assert parts.gaps.gap_of(clip, []) is None


def test_one_count_stands_for_one_effort(parts: Parts) -> None:
    def span(start_s: float, end_s: float) -> object:
        return parts.clips.Span(start_s=start_s, end_s=end_s)

    pairs = parts.gaps._pairs([span(0, 4), span(6, 10)], [span(0.5, 4.5), span(4.5, 6.2), span(20, 22)])
    assert pairs == [(span(0, 4), span(0.5, 4.5))]


def test_films_labelled_by_eye_count_with_or_without_the_unfinished_one(parts: Parts, tmp_path: Path) -> None:
    real = tmp_path / "real"
    real.mkdir()
    entry = {
        "file": "two.mp4", "exercise": "bodyweight squat", "view": "front-oblique", "reps": 3, "confidence": "high",
        "reps_including_unfinished": 4, "event_times_s": [2.0, 4.0, 6.0],
    }  # fmt: skip
    (real / "labels.json").write_text(
        json.dumps([entry, entry | {"confidence": "low"}, entry | {"exercise": "running"}])
    )
    (real / "two.mp4").touch()
    (clip,) = parts.clips.read_clips(tmp_path)
    assert (clip.exercise, clip.counts, clip.camera) == ("squat", {3, 4}, "oblique")


def test_markers_on_a_bent_leg_give_its_angle(parts: Parts, tmp_path: Path) -> None:
    names = ["R_HJC", "r_knee", "r_ankle", "L_HJC", "L_knee", "L_ankle"]
    bend = math.radians(40)
    leg = [(0, 1, 0), (0, 0.6, 0), (-0.4 * math.sin(bend), 0.6 - 0.4 * math.cos(bend), 0)]
    places = [*((x, y, 0.1) for x, y, _ in leg), *((x, y, -0.1) for x, y, _ in leg)]
    row = "\t".join(["1", "0.0", *(str(v) for p in places for v in p)])
    (tmp_path / "a.trc").write_text("\n".join(["", "", "", "Frame#\tTime\t" + "\t\t\t".join(names), "", row]))
    (tmp_path / "a_ik.mot").write_text(f"endheader\ntime\tknee_angle_r\tknee_angle_l\n0.0\t{bend}\t{bend}\n")
    for match in parts.marks.compare(tmp_path):
        assert match.mean_error_deg < 1e-6
        assert match.frames == 1


def test_without_films_it_says_so_in_a_sentence() -> None:
    done = subprocess.run(
        [sys.executable, str(TOOL / "accuracy.py"), "--clips", "/nowhere"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert done.stdout.startswith("There is no folder of films at /nowhere")
    assert done.stderr == ""
