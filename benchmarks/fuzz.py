"""Break the files of a basin at random and see that every answer is a finding with a place and a remedy."""

import argparse
import random
import shutil
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.figures import show
from planner.checks.catalogue import CODES
from planner.checks.finding import Finding
from planner.formats.folder import inspect, write_basin

SECONDS_AT_MOST = 5.0
CASE = Path(__file__).parent.parent / "datasets" / "tutorial" / "basin"
Files = dict[str, bytes]

CELLS = (
    "", " ", "NaN", "nan", "inf", "-inf", "1e400", "-1", "0", "1e-400", "0x10", "1,000", "+5", " 5", "5 ", "1_000",
    "1.2.3", "true", "TRUE", "yes", "null", "-", ".", "-0", "99999999999999999999", "9" * 5000, "é", "９", "=1+1",
    "a b", "a/b", "#", '"', '""', '"a', "a\tb", "\u2028", "\ufeff", "x" * 101, "x" * 600, "as_before", "2027", "1.0",
    "1e3", "design", "province",
)  # fmt: skip
YAML = (
    "a: &a [x, x]\nb: *a\n", "name: !!python/object/apply:os.system [ls]\n", "x: " + "[" * 2000, "{" * 500,
    "- 1\n- 2\n", "name\n", "name: a\nname: b\n", "base_year: 0x7ea\n", "base_year: 2_026\n", "base_year: 20:26\n",
    "discount_rate_share_per_year: .inf\n", "discount_rate_share_per_year: .nan\n", "affordability_share: yes\n",
    "title: 2026-01-01\n", "? [a]\n: b\n", "%TAG ! x\n---\na: 1\n", "a: !x y\n", "\t: 1\n", "a: 'b\n",
    "--- 1\n--- 2\n", "base_year: " + "9" * 5000 + "\n", "title: |\n  long\n  text\n", "title:\n",
    "discount_rat: 0.05\n", "a: " + "x" * 70_000,
)  # fmt: skip


def change_cell(files: Files, rng: random.Random) -> None:
    def change(cells: list[str]) -> None:
        cells[rng.randrange(len(cells))] = rng.choice(CELLS)

    _change_row(files, rng, change, from_row=1)


def change_header(files: Files, rng: random.Random) -> None:
    def change(cells: list[str]) -> None:
        at = rng.randrange(len(cells))
        cells[at] = rng.choice([cells[at][:-1], cells[at] + "s", cells[rng.randrange(len(cells))], "", "x" * 300, "title"])

    name, rows = _rows(files, rng)
    change(rows[0])
    _put(files, name, rows)


def change_width_of_row(files: Files, rng: random.Random) -> None:
    _change_row(files, rng, lambda cells: cells.append("x") if rng.random() < 0.5 else cells.pop(), from_row=0)


def change_column(files: Files, rng: random.Random) -> None:
    name, rows = _rows(files, rng)
    at, cell = rng.randrange(len(rows[0])), rng.choice(CELLS)
    kind = rng.choice(["remove", "twice", "fill", "new"])
    for i, row in enumerate(rows):
        if at >= len(row):
            continue
        if kind == "remove":
            del row[at]
        elif kind == "twice":
            row.append(row[at])
        elif kind == "new":
            row.append(cell)
        elif i:
            row[at] = cell
    _put(files, name, rows)


def change_rows(files: Files, rng: random.Random) -> None:
    name, rows = _rows(files, rng)
    at, kind = rng.randrange(len(rows)), rng.choice(["remove", "twice", "swap", "all", "many"])
    if kind == "remove":
        del rows[at]
    elif kind == "twice":
        rows.insert(at, list(rows[at]))
    elif kind == "swap":
        other = rng.randrange(len(rows))
        rows[at], rows[other] = rows[other], rows[at]
    elif kind == "all":
        rows = rows[:1]
    else:
        rows += [list(rows[at]) for _ in range(200)]
    _put(files, name, rows)


def change_bytes(files: Files, rng: random.Random) -> None:
    name = rng.choice(sorted(files))
    data = bytearray(files[name])
    for _ in range(rng.choice([1, 1, 3, 20])):
        at = rng.randrange(len(data) + 1)
        kind = rng.choice(["flip", "insert", "cut", "double"])
        if kind == "flip" and at < len(data):
            data[at] = rng.randrange(256)
        elif kind == "insert":
            data[at:at] = bytes(rng.choice([[0], [255], [13], [10], [34], [44], [rng.randrange(256)] * 5]))
        elif kind == "cut":
            del data[at : at + rng.choice([1, 5, 100])]
        else:
            data[at:at] = data[at : at + 50]
    files[name] = bytes(data)


def change_file(files: Files, rng: random.Random) -> None:
    name, other = rng.choice(sorted(files)), rng.choice(sorted(files))
    data = files[name]
    changed: dict[str, Callable[[], bytes | None]] = {
        "gone": lambda: None,
        "empty": lambda: b"",
        "carriage returns": lambda: data.replace(b"\n", b"\r\n"),
        "old line ends": lambda: data.replace(b"\n", b"\r"),
        "byte order mark": lambda: b"\xef\xbb\xbf" + data,
        "utf-16": lambda: data.decode("utf-8", "replace").encode("utf-16"),
        "semicolons": lambda: data.replace(b",", b";"),
        "decimal commas": lambda: data.replace(b".", b","),
        "cut": lambda: data[: rng.randrange(len(data) + 1)],
        "another's": lambda: files[other],
        "blank lines": lambda: data.replace(b"\n", b"\n\n"),
        "noise": lambda: rng.randbytes(rng.choice([1, 100, 10_000])),
    }
    result = changed[rng.choice(sorted(changed))]()
    if result is None:
        del files[name]
    else:
        files[name] = result


def add_file(files: Files, rng: random.Random) -> None:
    files[rng.choice(["link.csv", "notes.txt", "Links.csv", "basin.yml", "villages.csv.bak", "x.CSV"])] = b"a,b\n1,2\n"


def change_settings(files: Files, rng: random.Random) -> None:
    new = rng.choice(YAML).encode()
    old = files.get("basin.yaml", b"")
    if rng.random() < 0.5:
        files["basin.yaml"] = new
        return
    lines = old.split(b"\n")
    at = rng.randrange(len(lines))
    lines[at : at + rng.randrange(2)] = [new.rstrip(b"\n")]
    files["basin.yaml"] = b"\n".join(lines)


CHANGES = (
    change_cell, change_cell, change_cell, change_header, change_width_of_row, change_column, change_rows, change_bytes,
    change_file, add_file, change_settings,
)  # fmt: skip


def _rows(files: Files, rng: random.Random) -> tuple[str, list[list[str]]]:
    name = rng.choice(sorted(name for name in files if name.endswith(".csv")))
    return name, [line.split(",") for line in files[name].decode("utf-8", "replace").split("\n")]


def _put(files: Files, name: str, rows: list[list[str]]) -> None:
    files[name] = "\n".join(",".join(row) for row in rows).encode("utf-8", "replace")


def _change_row(files: Files, rng: random.Random, change: Callable[[list[str]], object], from_row: int) -> None:
    name, rows = _rows(files, rng)
    if len(rows) > from_row:
        change(rows[rng.randrange(from_row, len(rows))])
    _put(files, name, rows)


def broken(files: Files, seed: int) -> tuple[Files, list[str]]:
    """A copy of the files with one to three changes, and the names of the changes."""
    rng = random.Random(seed)
    copy, changes = dict(files), []
    for _ in range(rng.choice([1, 1, 2, 3])):
        change = rng.choice(CHANGES)
        if not any(name.endswith(".csv") for name in copy):
            break
        change(copy, rng)
        changes.append(change.__name__)
    return copy, changes


@dataclass
class Outcome:
    """What many broken folders led to."""

    folders: int = 0
    with_errors: int = 0
    slowest_seconds: float = 0.0
    codes: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)


def fuzz(case: Path, count: int, first_seed: int = 0) -> Outcome:
    """Read and check `count` broken copies of a basin's folder; `faults` says which answers were not as promised."""
    files = {path.name: path.read_bytes() for path in sorted(case.iterdir()) if path.suffix in (".csv", ".yaml")}
    outcome = Outcome()
    with tempfile.TemporaryDirectory() as place:
        for seed in range(first_seed, first_seed + count):
            folder = Path(place) / "basin"
            changed, changes = broken(files, seed)
            folder.mkdir()
            for name, data in changed.items():
                (folder / name).write_bytes(data)
            _look(folder, changed, f"seed {seed} ({', '.join(changes)})", outcome)
            shutil.rmtree(folder)
    return outcome


def _look(folder: Path, files: Files, what: str, outcome: Outcome) -> None:
    outcome.folders += 1
    started = time.perf_counter()
    try:
        basin, findings = inspect(folder)
        if basin is not None:
            write_basin(basin, folder.with_name("copy"))
    except Exception:
        outcome.faults.append(f"{what}: {traceback.format_exc(limit=-3)}")
        return
    finally:
        seconds = time.perf_counter() - started
        outcome.slowest_seconds = max(outcome.slowest_seconds, seconds)
    if seconds > SECONDS_AT_MOST:
        outcome.faults.append(f"{what}: took {seconds:.1f} s")
    wrong = [finding for finding in findings if finding.severity == "error"]
    outcome.with_errors += bool(wrong)
    outcome.codes.update({finding.code for finding in findings})
    outcome.faults += [f"{what}: {fault}" for finding in findings if (fault := _fault(finding))]
    if basin is None:
        if not wrong:
            outcome.faults.append(f"{what}: no basin and no error")
        return
    copy = folder.with_name("copy")
    for path in copy.iterdir():
        if files.get(path.name) != path.read_bytes():
            outcome.faults.append(f"{what}: {path.name} is not written back byte for byte")
    shutil.rmtree(copy)


def _fault(finding: Finding) -> str | None:
    """What a finding lacks."""
    if finding.code not in CODES:
        return f"unknown code {finding.code}"
    lacks = [name for name in ("message", "remedy") if not getattr(finding, name)]
    if finding.table is None and finding.value is None:
        lacks.append("place")
    return f"{finding.code} lacks {', '.join(lacks)}" if lacks else None


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--case", type=Path, default=CASE, help="folder of the basin to break")
    parser.add_argument("--count", type=int, default=5000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--json", action="store_true", help="print a list of {figure, value, unit, goal, met}")
    options = parser.parse_args()
    outcome = fuzz(options.case, options.count, options.seed)
    faults, slowest = len(outcome.faults), outcome.slowest_seconds
    figures = [
        {"figure": "broken basins read and checked", "value": outcome.folders, "unit": "folders", "goal": "5000",
         "met": outcome.folders >= 5000},
        {"figure": "answers without place or remedy, or tracebacks", "value": faults, "unit": "answers", "goal": "0",
         "met": faults == 0},
        {"figure": "slowest of them", "value": round(slowest, 2), "unit": "s", "goal": f"≤ {SECONDS_AT_MOST:g}",
         "met": slowest <= SECONDS_AT_MOST},
        {"figure": "of them with errors", "value": outcome.with_errors, "unit": "folders", "goal": None, "met": None},
        {"figure": "kinds of findings met", "value": len(outcome.codes), "unit": "codes", "goal": None, "met": None},
    ]  # fmt: skip
    if not options.json:
        print("\n".join(outcome.faults[:20]))
    show(figures, options.json)


if __name__ == "__main__":
    main()
