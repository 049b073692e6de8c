"""The committed case is what its facts and assumptions give, byte for byte."""

import numpy as np

from datasets.cases import cases
from datasets.ratanakiri import build, relief


def test_a_rebuild_gives_the_same_bytes() -> None:
    assert build.check() == []


def test_the_picture_of_the_ground_is_light_to_the_north_west_and_small() -> None:
    levels = relief.shades()
    assert abs(float(np.median(levels)) - relief.FLAT) <= 1
    assert levels.min() < relief.FLAT < levels.max()
    case = next(case for case in cases() if case.name == "ratanakiri")
    assert case.relief is not None and case.relief.picture.stat().st_size < 300_000
