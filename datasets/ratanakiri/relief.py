"""The ground of the province as a picture for maps: shaded relief, lit from the north-west, clear where the ground is flat."""

import json
import struct
import zlib
from pathlib import Path

import numpy as np
import numpy.typing as npt

from datasets.ratanakiri import facts

WEST, EAST, SOUTH, NORTH = 106.4, 108.1, 12.65, 14.55  # the villages and the courses of the rivers, with a margin
METRES_PER_DEGREE = 111_300.0
EXAGGERATION = 6.0
LIGHT = np.array([-0.5, 0.5, np.sqrt(0.5)])  # east, north, up: from the north-west, 45° high
STEEPEST = 0.45  # difference of brightness from flat ground that gets the strongest shade
LEVELS = 16
FLAT = LEVELS // 2
SOURCE = "USGS elevation, 15 arc-seconds, via Open Development Cambodia (public domain)"

Pixels = npt.NDArray[np.uint8]


def shades() -> Pixels:
    """Level 0 (darkest) to 15 (brightest) by row from the north and column from the west; 8 is flat ground.

    Rows have equal heights on the Mercator map, where the picture is shown.
    """
    grid = facts.elevation()
    columns = slice(int((WEST - grid.west) / grid.cell_width), int((EAST - grid.west) / grid.cell_width))
    count = int((NORTH - SOUTH) / grid.cell_height)
    mercator = np.linspace(*(np.arctanh(np.sin(np.radians(side))) for side in (NORTH, SOUTH)), 2 * count + 1)[1::2]
    latitude = np.degrees(np.arcsin(np.tanh(mercator)))
    rows = ((grid.north - latitude) / grid.cell_height).astype(int)
    height = np.where(grid.elevation_m > -1000, grid.elevation_m, np.nan).astype(float) * EXAGGERATION
    metres = METRES_PER_DEGREE * grid.cell_height
    south, east = np.gradient(height, metres, metres * np.cos(np.radians((NORTH + SOUTH) / 2)))
    normal = np.stack([-east, south, np.ones_like(east)], axis=-1)
    bright = (normal @ LIGHT) / np.sqrt((normal**2).sum(axis=-1))
    level = np.rint(FLAT + (bright - LIGHT[2]) / STEEPEST * FLAT)
    return np.nan_to_num(level, nan=FLAT).clip(0, LEVELS - 1).astype(np.uint8)[rows][:, columns]


def png(levels: Pixels) -> bytes:
    """The levels as a PNG of 16 shades: black or white, the stronger the less clear."""
    away = np.arange(LEVELS) - FLAT
    palette = np.where(away[:, None] < 0, 0, 255).repeat(3, axis=1).astype(np.uint8)
    opacity = (np.abs(away) / FLAT * 120).astype(np.uint8)
    even = np.pad(levels, ((0, 0), (0, levels.shape[1] % 2)), constant_values=FLAT)
    packed = (even[:, ::2] << 4) | even[:, 1::2]
    lines = np.pad(packed, ((0, 0), (1, 0)))  # each line begins with the number of its filter: none
    header = struct.pack(">IIBBBBB", levels.shape[1], levels.shape[0], 4, 3, 0, 0, 0)
    parts = {b"IHDR": header, b"PLTE": palette.tobytes(), b"tRNS": opacity.tobytes()}
    parts |= {b"IDAT": zlib.compress(lines.tobytes(), 9), b"IEND": b""}
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(name, data) for name, data in parts.items())


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def lines_of(picture: Path) -> bytes:
    """What is packed in a written picture; two machines may pack the same differently."""
    data = picture.read_bytes()
    start = data.index(b"IDAT")
    return zlib.decompress(data[start + 4 : start + 4 + int.from_bytes(data[start - 4 : start], "big")])


def write(folder: Path) -> None:
    """Write the picture, and beside it where it lies and what it is from."""
    (folder / "relief.png").write_bytes(png(shades()))
    place = {"west": WEST, "south": SOUTH, "east": EAST, "north": NORTH, "source": SOURCE}
    (folder / "relief.json").write_text(json.dumps(place, indent=1) + "\n", encoding="utf-8")
