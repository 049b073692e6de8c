"""Files broken at random: findings with a remedy, never an exception."""

import json
import random
import zipfile
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from planner.basin import Basin
from planner.checks import BasinError, Finding
from planner.formats.archive import read_archive, write_archive
from planner.formats.document import document_of, read_document
from planner.formats.json_text import parse_json
from planner.formats.workbook import read_workbook
from planner.formats.workbook_writing import write_workbook
from tests.planner.formats.sheets import formula, sheets_of, workbook

CELLS: tuple[Any, ...] = (
    None, True, False, 0, -1, 1.5, 1e308, float("inf"), float("nan"), 10**25, 10**400, "", " ", "x", "=1+1", "NaN", "1e400",
    "é", "a b", "\ud800", "\0", "\x0b", "\uffff", "x" * 600, [], {}, [[]], {"a": 1}, "design", "province", 2027,
)  # fmt: skip
TRIES = 8


def read_json(data: bytes) -> tuple[Basin | None, list[Finding]]:
    try:
        return read_document(parse_json(data))
    except BasinError as error:
        return None, list(error.findings)


def broken(data: bytes, rng: random.Random) -> bytes:
    """A few bytes changed, taken out, put in, or the end cut off."""
    body = bytearray(data)
    for _ in range(rng.randint(1, 4)):
        at = rng.randrange(len(body))
        kind = rng.randrange(5)
        if kind == 0:
            body[at] = rng.randrange(256)
        elif kind == 1:
            body[at] ^= 1 << rng.randrange(8)
        elif kind == 2:
            del body[at : at + rng.randint(1, 50)]
        elif kind == 3:
            body[at:at] = bytes(rng.randrange(256) for _ in range(rng.randint(1, 8)))
        else:
            del body[at + 1 :]
        if not body:
            break
    return bytes(body)


def demand_sound(answer: tuple[Basin | None, list[Finding]]) -> None:
    basin, findings = answer
    assert basin is not None or any(f.severity == "error" for f in findings)
    assert all(f.remedy and f.message for f in findings)
    json.dumps([f.to_dict() for f in findings]).encode()


@pytest.mark.parametrize("seed", range(2))
def test_broken_bytes_are_answered_with_findings(small_basin: Path, seed: int) -> None:
    basin, rng = Basin.read(small_basin), random.Random(seed)
    text = json.dumps(document_of(basin)).encode()
    for read, data in ((read_json, text), (read_archive, write_archive(basin)), (read_workbook, write_workbook(basin))):
        for _ in range(TRIES // 4):
            demand_sound(read(broken(data, rng)))


@pytest.mark.parametrize("seed", range(2))
def test_broken_parts_of_a_workbook_are_answered_with_findings(small_basin: Path, seed: int) -> None:
    rng = random.Random(seed)
    with zipfile.ZipFile(BytesIO(write_workbook(Basin.read(small_basin)))) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    for _ in range(TRIES // 3):
        name = rng.choice([name for name in parts if name.startswith("xl/") or rng.random() < 0.1])
        buffer = BytesIO()
        with zipfile.ZipFile(buffer, "w") as archive:
            for part, data in parts.items():
                archive.writestr(part, broken(data, rng) if part == name else data)
        demand_sound(read_workbook(buffer.getvalue()))


@pytest.mark.parametrize("seed", range(2))
def test_any_value_in_any_place_of_a_document_is_answered_with_findings(small_basin: Path, seed: int) -> None:
    basin, rng = Basin.read(small_basin), random.Random(seed)
    for _ in range(TRIES):
        document = document_of(basin)
        for _ in range(rng.randint(1, 3)):
            place: Any = document
            while True:
                key = rng.choice(list(place) if isinstance(place, dict) else range(len(place)))
                if not isinstance(place[key], dict | list) or not place[key] or rng.random() < 0.1:
                    break
                place = place[key]
            place[key] = rng.choice(CELLS)
        demand_sound(read_document(document))


def test_any_value_in_any_cell_of_a_workbook_is_answered_with_findings(small_basin: Path) -> None:
    rng = random.Random(0)
    sheets = sheets_of(Basin.read(small_basin))
    plain = [c for c in CELLS if isinstance(c, str | bool | None) and c != "\ud800"] + [1.5, -1, 1e308, formula("=1/0", "#N/A")]
    for _ in range(15):
        changed = {name: [list(row) for row in rows] for name, rows in sheets.items()}
        for _ in range(rng.randint(1, 5)):
            row = rng.choice(changed[rng.choice(list(changed))])
            row[rng.randrange(len(row))] = rng.choice(plain)
        demand_sound(read_workbook(workbook(changed)))
