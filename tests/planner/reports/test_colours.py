"""Rungs stay apart for every eye: CIEDE2000 (Sharma et al. 2005) under simulated deficiencies (Machado et al. 2009)."""

from itertools import combinations

import numpy as np
import pytest

from planner.reports.colours import RUNG_COLOURS, RUNG_INKS

SIGHT = {
    "normal": np.eye(3),
    "protanopia": np.array([
        [0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]),
    "deuteranopia": np.array([
        [0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]),
    "tritanopia": np.array([
        [1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]]),
}  # fmt: skip
TO_XYZ = np.array([
    [0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.0721750], [0.0193339, 0.1191920, 0.9503041]
])  # fmt: skip
WHITE = np.array([0.95047, 1.0, 1.08883])
JUST_APART = 18.9


def linear(colour: str) -> np.ndarray:
    value = np.array([int(colour[i : i + 2], 16) for i in (1, 3, 5)]) / 255
    return np.where(value <= 0.04045, value / 12.92, ((value + 0.055) / 1.055) ** 2.4)


def lab(rgb: np.ndarray) -> np.ndarray:
    xyz = TO_XYZ @ np.clip(rgb, 0, 1) / WHITE
    x, y, z = np.where(xyz > 0.008856, np.cbrt(xyz), 7.787 * xyz + 16 / 116)
    return np.array([116 * y - 16, 500 * (x - y), 200 * (y - z)])


def ciede2000(first: np.ndarray, second: np.ndarray) -> float:
    (l1, a1, b1), (l2, a2, b2) = first, second
    mean7 = ((np.hypot(a1, b1) + np.hypot(a2, b2)) / 2) ** 7
    stretch = 1.5 - 0.5 * np.sqrt(mean7 / (mean7 + 25**7))
    c1, c2 = np.hypot(stretch * a1, b1), np.hypot(stretch * a2, b2)
    h1, h2 = np.degrees(np.arctan2(b1, stretch * a1)) % 360, np.degrees(np.arctan2(b2, stretch * a2)) % 360
    turn = 0.0 if c1 * c2 == 0 else (h2 - h1 + 180) % 360 - 180
    hue = h1 + h2 if c1 * c2 == 0 else (h1 + turn / 2) % 360
    lightness, chroma = (l1 + l2) / 2, (c1 + c2) / 2
    waves = ((30, 1, -0.17), (0, 2, 0.24), (-6, 3, 0.32), (63, 4, -0.20))
    t = 1 + sum(size * np.cos(np.radians(times * hue - shift)) for shift, times, size in waves)
    weight_l = 1 + 0.015 * (lightness - 50) ** 2 / np.sqrt(20 + (lightness - 50) ** 2)
    dl, dc = (l2 - l1) / weight_l, (c2 - c1) / (1 + 0.045 * chroma)
    dh = 2 * np.sqrt(c1 * c2) * np.sin(np.radians(turn / 2)) / (1 + 0.015 * chroma * t)
    bend = np.sin(np.radians(60 * np.exp(-(((hue - 275) / 25) ** 2))))
    rotation = -2 * np.sqrt(chroma**7 / (chroma**7 + 25**7)) * bend
    return float(np.sqrt(dl**2 + dc**2 + dh**2 + rotation * dc * dh))


def test_the_difference_formula_meets_its_published_example() -> None:
    assert ciede2000(np.array([50.0, 2.6772, -79.7751]), np.array([50.0, 0.0, -82.7485])) == pytest.approx(2.0425, abs=1e-4)


@pytest.mark.parametrize("sight", sorted(SIGHT))
def test_rungs_stay_apart(sight) -> None:
    seen = [lab(SIGHT[sight] @ linear(colour)) for colour in RUNG_COLOURS]
    assert min(ciede2000(a, b) for a, b in combinations(seen, 2)) >= JUST_APART


def test_higher_rungs_are_darker() -> None:
    lightness = [lab(linear(colour))[0] for colour in RUNG_COLOURS]
    assert lightness == sorted(lightness, reverse=True)


def test_numerals_can_be_read_on_their_rungs() -> None:
    for colour, ink in zip(RUNG_COLOURS, RUNG_INKS, strict=True):
        light, dark = sorted(((TO_XYZ @ linear(c))[1] for c in (colour, ink)), reverse=True)
        assert (light + 0.05) / (dark + 0.05) >= 4.5
