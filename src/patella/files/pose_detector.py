"""Finds people in a picture: the answers of BlazePose's detector, decoded (Bazarevsky and others, 2020)."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from patella.files.film import Picture
from patella.files.pose_network import Network
from patella.files.pose_region import Region, region_of, seen_through

Floats = NDArray[np.float32]
Doubles = NDArray[np.float64]
SIZE = 224
CELLS = ((28, 2), (14, 2), (7, 6))  # the grids in which people are looked for, and how often each cell is asked
SURE = 0.5  # the least score that counts
SAME = 0.3  # heads that overlap by more of their union are one
MIDDLE, RIM = slice(4, 6), slice(6, 8)  # of a row: the middle of the hips, and a point above the head
MARGIN = 1.25


def detect(network: Network, picture: Picture) -> list[Region]:
    """The region of every person that is found, the surest first."""
    side = float(max(picture.width_px, picture.height_px))
    whole = Region(picture.width_px / 2, picture.height_px / 2, side)
    rows, scores = network.answers(seen_through(picture, whole, SIZE, outside_is_black=True), 0, 1)
    corner = np.array([whole.x - side / 2, whole.y - side / 2])
    people = people_in(rows.reshape(-1, 12), scores.reshape(-1))
    points = [(row[MIDDLE] * side + corner, row[RIM] * side + corner) for row in people]
    return [region_of((m[0], m[1]), (r[0], r[1]), MARGIN) for m, r in points]


def people_in(rows: Floats, scores: Floats) -> list[Doubles]:
    """One row a person: head's middle and size, middle of the hips, rim and two more points, as shares of the picture.

    Rows that show one head are put together, weighted by how sure they are.
    """
    chance = 1 / (1 + np.exp(-np.clip(scores, -80, 80)))
    sure = np.flatnonzero(chance >= SURE)
    sure = sure[np.argsort(-chance[sure], kind="stable")]
    found = rows[sure].astype(np.float64) / SIZE
    found[:, 0:2] += ANCHORS[sure]
    for at in range(4, 12, 2):
        found[:, at : at + 2] += ANCHORS[sure]
    weight = chance[sure]
    people: list[Doubles] = []
    while len(found):
        same = _overlap(found[0], found) > SAME
        same[0] = True
        share = weight[same, np.newaxis]
        people.append((found[same] * share).sum(axis=0) / share.sum())
        found, weight = found[~same], weight[~same]
    return people


def _anchors() -> Floats:
    """The middle of each cell, as often as it is asked."""
    grids = []
    for cells, times in CELLS:
        middle = (np.arange(cells, dtype=np.float32) + 0.5) / cells
        x, y = np.meshgrid(middle, middle)
        grids.append(np.repeat(np.stack([x.ravel(), y.ravel()], axis=1), times, axis=0))
    return np.concatenate(grids)


def _overlap(one: Doubles, others: Doubles) -> Doubles:
    """The share of the union that two boxes have in common."""
    low = np.maximum(one[0:2] - one[2:4] / 2, others[:, 0:2] - others[:, 2:4] / 2)
    high = np.minimum(one[0:2] + one[2:4] / 2, others[:, 0:2] + others[:, 2:4] / 2)
    both = np.prod(np.maximum(high - low, 0), axis=1)
    total = np.prod(one[2:4]) + np.prod(others[:, 2:4], axis=1) - both
    shares: Doubles = both / np.maximum(total, 1e-9)
    return shares


ANCHORS = _anchors()
