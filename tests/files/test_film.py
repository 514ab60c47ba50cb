from __future__ import annotations

import gc
import struct
from itertools import islice, pairwise
from pathlib import Path

import pytest

pytest.importorskip("av", reason="films need patella[video]")

import av
import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from filming import Bytes, moving_square, steady, write_film, write_sound
from patella.files import film as films
from patella.files import film_file as opening
from patella.files.bad_file import FilmError
from patella.files.film import Picture, open_film
from patella.files.film_pose import _decoded
from patella.files.film_remark import Remark


def test_a_film_comes_picture_by_picture_from_the_beginning(tmp_path: Path) -> None:
    pictures = seen(write_film(tmp_path / "plain.mp4", moving_square(20), steady()))
    assert len(pictures) == 20
    assert [p.t_s for p in pictures] == pytest.approx([n / 30 for n in range(20)], abs=0.002)
    assert (pictures[0].width_px, pictures[0].height_px) == (96, 64)
    assert brightest(pictures[0])[0] < brightest(pictures[10])[0] < brightest(pictures[19])[0]


@pytest.mark.parametrize("turned_deg", [90, 180, -90])
def test_a_film_that_was_held_otherwise_is_set_upright(tmp_path: Path, turned_deg: int) -> None:
    upright = list(moving_square(3, (96, 64)))
    stored = [np.ascontiguousarray(np.rot90(p, -turned_deg // 90)) for p in upright]
    pictures = seen(write_film(tmp_path / "turned.mp4", stored, steady(), turned_deg=turned_deg))
    for picture, wanted in zip(pictures, upright, strict=True):
        assert (picture.width_px, picture.height_px) == (96, 64)
        assert picture.upright().shape == (64, 96, 3)
        assert np.abs(picture.upright().astype(int) - wanted).mean() < 6


def test_pictures_keep_their_own_times_in_a_film_of_changing_rate(tmp_path: Path) -> None:
    times = [0.0, 0.04, 0.1, 0.35, 0.4, 1.4, 1.45, 2.0]
    pictures = seen(write_film(tmp_path / "vary.mp4", moving_square(len(times)), times))
    assert [p.t_s for p in pictures] == pytest.approx(times, abs=0.002)


def test_a_film_that_begins_late_begins_at_nought(tmp_path: Path) -> None:
    pictures = seen(write_film(tmp_path / "late.mp4", moving_square(4), (5 + n / 10 for n in range(4))))
    assert [p.t_s for p in pictures] == pytest.approx([0, 0.1, 0.2, 0.3], abs=0.002)


def test_a_quick_film_is_thinned(tmp_path: Path) -> None:
    pictures = seen(write_film(tmp_path / "slow_motion.mp4", moving_square(60), steady(120)))
    steps = np.diff([p.t_s for p in pictures])
    assert steps.min() >= 1 / films.MOST_A_SECOND
    assert steps.max() < 0.05


def test_large_pictures_are_made_smaller_and_keep_their_shape(tmp_path: Path) -> None:
    picture = seen(write_film(tmp_path / "large.mp4", moving_square(1, (1920, 1080)), steady()))[0]
    assert (picture.width_px, picture.height_px) == (1280, 720)


def test_a_picture_that_was_seen_is_kept_by_nobody(tmp_path: Path) -> None:
    file = write_film(tmp_path / "plain.mp4", moving_square(60), steady())
    gc.collect()
    gc.disable()
    try:
        with open_film(file) as film:
            for _ in film.pictures():
                pass
        left = sum(isinstance(thing, av.VideoFrame) for thing in gc.get_objects())
    finally:
        gc.enable()
    assert left < 10


def test_a_film_says_how_long_it_is(tmp_path: Path) -> None:
    with open_film(write_film(tmp_path / "plain.mp4", moving_square(30), steady())) as film:
        assert film.duration_s == pytest.approx(1.0, abs=0.05)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "It is empty."),
        (b"no film at all, but some text\n" * 40, "It is not a film, or it is broken."),
        (b"\x89PNG\r\n\x1a\n" + bytes(100), "It is a photo, not a film."),
        (bytes(4096), "It is not a film, or it is broken."),
    ],
)
def test_what_is_no_film_is_refused_in_a_sentence(tmp_path: Path, content: bytes, sentence: str) -> None:
    file = tmp_path / "film.mp4"
    file.write_bytes(content)
    assert complaint(file).startswith(sentence)


def test_sound_alone_is_refused(tmp_path: Path) -> None:
    assert complaint(write_sound(tmp_path / "song.mp4")) == "It holds sound alone, no pictures."


def test_a_file_that_is_not_there_and_a_folder_are_refused(tmp_path: Path) -> None:
    assert complaint(tmp_path / "none.mp4") == "There is no such file."
    assert complaint(tmp_path) == "It is a folder, not a film."


def test_a_huge_file_is_refused_unread(tmp_path: Path) -> None:
    file = tmp_path / "huge.mp4"
    with file.open("wb") as sparse:
        sparse.truncate(opening.LARGEST_BYTES + 1)
    assert complaint(file).startswith("It is larger than 4 GB")


def test_a_film_that_says_it_is_long_is_refused(tmp_path: Path) -> None:
    file = write_film(tmp_path / "long.mp4", moving_square(2), [0, opening.LONGEST_S + 60])
    assert complaint(file).startswith("It is longer than 30 minutes")


def test_a_film_that_is_longer_than_it_says_is_looked_at_as_far_as_films_are(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = write_film(tmp_path / "plain.mp4", moving_square(60), steady())
    with open_film(file) as film:
        monkeypatch.setattr(films, "LONGEST_S", 1.0)
        assert len(list(film.pictures())) == 31
        assert list(film.remarks) == [Remark.LONG]


def test_pictures_that_are_too_large_or_too_small_are_refused(tmp_path: Path) -> None:
    large = write_film(tmp_path / "large.mp4", moving_square(1, (8192, 4320)), steady())
    assert complaint(large) == "Its pictures are too large (8192 by 4320); 4K is the most that can be read."
    small = write_film(tmp_path / "small.mp4", moving_square(1, (32, 32)), steady())
    assert complaint(small).startswith("Its pictures are too small (32 by 32)")


@pytest.mark.parametrize("share", [0.05, 0.3, 0.6, 0.95])
def test_a_film_that_was_cut_off_ends_in_a_sentence_or_early(tmp_path: Path, share: float) -> None:
    whole = write_film(tmp_path / "whole.mp4", noise(30), steady()).read_bytes()
    file = tmp_path / "cut.mp4"
    file.write_bytes(whole[: int(len(whole) * share)])
    assert complaint(file)


def test_a_film_with_broken_parts_is_read_as_far_as_it_goes(tmp_path: Path) -> None:
    file = write_film(tmp_path / "hurt.mp4", noise(40), steady())
    content = bytearray(file.read_bytes())
    middle = len(content) // 2
    content[middle : middle + 4000] = bytes(4000)
    file.write_bytes(content)
    pictures, sentence = seen_or_said(file)
    assert sentence.endswith(".") or 0 < len(pictures) <= 40


@settings(max_examples=60)
@given(where=st.integers(0, 3000), change=st.binary(min_size=1, max_size=60))
def test_no_change_of_a_film_gives_anything_but_pictures_or_a_sentence(
    tmp_path_factory: pytest.TempPathFactory, where: int, change: bytes
) -> None:
    folder = tmp_path_factory.mktemp("film")
    content = bytearray(write_film(folder / "film.mp4", moving_square(4), steady()).read_bytes())
    at = where % len(content)
    content[at : at + len(change)] = change
    file = folder / "changed.mp4"
    file.write_bytes(content)
    pictures, sentence = seen_or_said(file)
    assert len(sentence) < 120
    assert sentence.endswith(".") or pictures
    assert all(a.t_s < b.t_s for a, b in pairwise(pictures))


def test_decoding_ahead_ends_when_nobody_wants_more(tmp_path: Path) -> None:
    with open_film(write_film(tmp_path / "plain.mp4", moving_square(60), steady())) as film:
        ahead = _decoded(film)
        assert len(list(islice(ahead, 3))) == 3
        ahead.close()  # type: ignore[attr-defined]


def test_what_goes_wrong_in_the_decoding_thread_is_raised_where_it_is_read(tmp_path: Path) -> None:
    file = write_film(tmp_path / "plain.mp4", moving_square(5), steady())
    with open_film(file) as film:
        film.duration_s = None
        film._stream = None  # type: ignore[assignment]
        with pytest.raises(AttributeError):
            list(_decoded(film))


def seen(file: Path) -> list[Picture]:
    with open_film(file) as film:
        return list(film.pictures())


def seen_or_said(file: Path) -> tuple[list[Picture], str]:
    """The pictures, or the sentence about why there are none."""
    try:
        return seen(file), ""
    except FilmError as error:
        return [], str(error)


def complaint(file: Path) -> str:
    with pytest.raises(FilmError) as error:
        seen(file)
    return str(error.value)


def brightest(picture: Picture) -> tuple[int, int]:
    """Column and row of the middle of what is white."""
    rows, columns = np.nonzero(picture.upright()[:, :, 0] > 128)
    return int(columns.mean()), int(rows.mean())


def noise(count: int) -> list[Bytes]:
    random = np.random.default_rng(1)
    return [random.integers(0, 255, (128, 160, 3), np.uint8) for _ in range(count)]


def test_av_is_quiet_about_broken_films(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    file = write_film(tmp_path / "hurt.mp4", noise(10), steady())
    content = bytearray(file.read_bytes())
    content[len(content) // 2 :: 7] = bytes(len(content[len(content) // 2 :: 7]))
    file.write_bytes(content)
    seen_or_said(file)
    said = capfd.readouterr()
    assert (said.out, said.err) == ("", "")
    assert av.logging.get_level() is None


MIRRORS = {"across": (-1, 0, 0, 1), "down": (1, 0, 0, -1), "turned": (0, 1, 1, 0)}


@pytest.mark.parametrize("kind", MIRRORS)
def test_a_film_that_is_shown_as_a_mirror_image_is_upright_and_left_stays_left(tmp_path: Path, kind: str) -> None:
    upright = list(moving_square(3, (96, 64)))
    matrix = MIRRORS[kind]
    shown = [np.fliplr(p) for p in upright]
    file = write_film(tmp_path / "mirror.mp4", [np.ascontiguousarray(stored(p, matrix)) for p in shown], steady())
    set_matrix(file, matrix)
    with open_film(file) as film:
        pictures = list(film.pictures())
        assert list(film.remarks) == [Remark.MIRRORED]
    for picture, wanted in zip(pictures, upright, strict=True):
        assert np.abs(picture.upright().astype(int) - wanted).mean() < 6


@pytest.mark.parametrize(
    ("captured", "played", "pace"), [(240, 30, 8), (120, 30, 4), (240, 240, 1), (60, 30, 1), (30, 24, 1)]
)
def test_slow_motion_that_was_saved_slow_goes_at_the_pace_of_life(
    tmp_path: Path, captured: int, played: int, pace: int
) -> None:
    file = write_film(tmp_path / "slow.mp4", moving_square(64), steady(played), about={films.CAPTURED: str(captured)})
    with open_film(file) as film:
        pictures = list(film.pictures())
        assert (Remark.SLOWED in film.remarks) == (pace != 1)
        assert film.duration_s == pytest.approx(64 / played / pace, abs=0.05)
    steps = np.diff([p.t_s for p in pictures])
    assert pictures[-1].t_s == pytest.approx(63 / played / pace, abs=0.04)
    assert steps.min() >= 1 / films.MOST_A_SECOND


def test_a_film_inside_a_photo_is_found_and_a_photo_without_one_is_no_film(tmp_path: Path) -> None:
    photo = b"\xff\xd8\xff\xe1" + bytes(5000) + b"\xff\xd9"
    moving = tmp_path / "moving.jpg"
    moving.write_bytes(photo + write_film(tmp_path / "plain.mp4", moving_square(20), steady()).read_bytes() + b"SEFT")
    with open_film(moving) as film:
        assert len(list(film.pictures())) == 20
        assert list(film.remarks) == [Remark.IN_PHOTO]
    still = tmp_path / "still.jpg"
    still.write_bytes(photo)
    assert complaint(still) == "It is a photo, not a film."
    with av.open(str(tmp_path / "still.png"), "w", format="image2") as file:
        stream = file.add_stream("png", rate=1)
        stream.width, stream.height, stream.pix_fmt = 96, 64, "rgb24"
        file.mux(stream.encode(av.VideoFrame.from_ndarray(next(iter(moving_square(1))), format="rgb24")))
        file.mux(stream.encode(None))
    assert complaint(tmp_path / "still.png") == "It is a photo, not a film."


@pytest.mark.parametrize("kind", ["mp4", "matroska"])
def test_a_film_that_was_cut_off_is_counted_as_far_as_it_goes_and_says_so(tmp_path: Path, kind: str) -> None:
    contents_first = {"movflags": "faststart"} if kind == "mp4" else {}
    whole = write_film(tmp_path / "whole", noise(90), steady(), kind=kind, options=contents_first).read_bytes()
    file = tmp_path / "cut"
    file.write_bytes(whole)
    with open_film(file) as film:
        assert len(list(film.pictures())) == 90
        assert list(film.remarks) == []
    file.write_bytes(whole[: int(len(whole) * 0.7)])
    with open_film(file) as film:
        assert 50 < len(list(film.pictures())) < 70
        assert Remark.CUT in film.remarks


def test_a_film_whose_contents_were_to_come_last_says_that_it_breaks_off(tmp_path: Path) -> None:
    whole = write_film(tmp_path / "whole.mp4", noise(30), steady()).read_bytes()
    file = tmp_path / "cut.mp4"
    file.write_bytes(whole[: int(len(whole) * 0.7)])
    assert complaint(file).startswith("It breaks off before its end")


@pytest.mark.parametrize("size", [4, 400, 40_000])
def test_a_film_with_damaged_parts_says_so(tmp_path: Path, size: int) -> None:
    file = write_film(tmp_path / "hurt.mp4", noise(90), steady())
    content = bytearray(file.read_bytes())
    at = content.find(b"mdat") + len(content) // 3
    content[at : at + size] = np.random.default_rng(2).integers(0, 255, size, np.uint8).tobytes()
    file.write_bytes(content)
    with open_film(file) as film:
        assert len(list(film.pictures())) > 60
        assert Remark.DAMAGED in film.remarks


def test_a_film_that_does_not_say_how_long_it_is_is_refused_before_it_is_looked_at(tmp_path: Path) -> None:
    times = [n * 45 * 60 / 50 for n in range(51)]
    long = write_film(tmp_path / "long.webm", moving_square(51), times, kind="matroska", options={"live": "1"})
    with av.open(str(long)) as film:
        assert film.duration is None
    with pytest.raises(FilmError, match="longer than 30 minutes"):
        open_film(long)
    short = write_film(tmp_path / "short.webm", moving_square(20), steady(), kind="matroska", options={"live": "1"})
    with open_film(short) as film:
        assert film.duration_s == pytest.approx(19 / 30, abs=0.01)
        assert len(list(film.pictures())) == 20


def test_of_two_films_in_one_file_the_one_that_players_show_is_looked_at(tmp_path: Path) -> None:
    file = tmp_path / "two.mp4"
    dark = [np.zeros((128, 192, 3), np.uint8) for _ in range(10)]
    write_two(file, list(moving_square(10)), dark)
    with open_film(file) as film:
        pictures = list(film.pictures())
        assert list(film.remarks) == [Remark.SECOND_FILM]
    assert (len(pictures), pictures[0].width_px) == (10, 96)


def test_pictures_that_begin_after_the_sound_keep_the_clock_of_a_player(tmp_path: Path) -> None:
    file = write_film(tmp_path / "late.mp4", moving_square(4), (1.5 + n / 10 for n in range(4)), sound=True)
    assert [p.t_s for p in seen(file)] == pytest.approx([1.5, 1.6, 1.7, 1.8], abs=0.03)


def stored(picture: Bytes, matrix: tuple[int, int, int, int]) -> Bytes:
    """The pixels that are shown as `picture` by a matrix (a, b, c, d): x' = a x + c y, y' = b x + d y."""
    a, b, c, d = matrix
    if a == d == 0:
        picture = picture.transpose(1, 0, 2)  # x' = c y, y' = b x
        return picture[:: c or 1, :: b or 1]
    return picture[::d, ::a]


def set_matrix(file: Path, matrix: tuple[int, int, int, int]) -> None:
    """Write how a film is to be shown into the head of its track."""
    content = bytearray(file.read_bytes())
    at = content.find(b"tkhd") + 44
    a, b, c, d = (n << 16 for n in matrix)
    content[at : at + 36] = struct.pack(">9i", a, b, 0, c, d, 0, 0, 0, 1 << 30)
    file.write_bytes(content)


def write_two(path: Path, *films: list[Bytes]) -> None:
    with av.open(str(path), "w", format="mp4") as file:
        streams = [file.add_stream("libx264", rate=30) for _ in films]
        for stream, pictures in zip(streams, films, strict=True):
            stream.height, stream.width = pictures[0].shape[:2]
            stream.pix_fmt = "yuv420p"
        for stream, pictures in zip(streams, films, strict=True):
            for picture in pictures:
                file.mux(stream.encode(av.VideoFrame.from_ndarray(picture, format="rgb24")))
            file.mux(stream.encode(None))
