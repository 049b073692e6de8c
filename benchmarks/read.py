"""How long reading and checking takes: 10,000 villages × 12 periods, 60,000 links, 60,000 options."""

import argparse
import tempfile
import time
from pathlib import Path

import numpy as np
import pandas as pd

from benchmarks.figures import show
from planner.basin.basin import Basin
from planner.basin.horizon import Settings
from planner.basin.reference import example_row
from planner.basin.tables import ROWS
from planner.checks import check_meaning, errors
from planner.formats.cells import STRINGS
from planner.formats.folder import read_basin, write_basin

SEASONS = 4
MEMBERS = 3
GROUPS = ("poor", "other")
BASELINE = {"surface": 0.4, "unimproved": 0.3, "borehole": 0.2, "public_tap": 0.1}
LINKS_PER_VILLAGE = 6
GOAL_SECONDS = 3.0


def names(prefix: str, count: int) -> np.ndarray:
    """`prefix_0`, `prefix_1`, …"""
    return np.char.add(f"{prefix}_", np.arange(count).astype(str))


def table(name: str, **values: object) -> pd.DataFrame:
    """A table of many rows: the given columns, and the example's value in the others."""
    example = example_row(name)
    rows = max(np.size(value) for value in values.values())
    columns = {
        column: pd.Series(np.resize(np.asarray(values.get(column, example[column].iloc[0])), rows)).astype(example[column].dtype)
        if column in values or example[column].notna().iloc[0]
        else pd.Series([np.nan] * rows, dtype=example[column].dtype)
        for column in example
    }
    return pd.DataFrame(columns)


def large_basin(villages: int) -> Basin:
    """A basin of so many villages on a long river, each with six pipes from sources near it, and an option for each."""
    sources, reaches = villages // 4, villages // 10
    village, source, reach = names("village", villages), names("source", sources), names("reach", reaches)
    season, member = names("season", SEASONS), names("member", MEMBERS)
    periods = SEASONS * MEMBERS
    link = names("link", villages * LINKS_PER_VILLAGE)
    in_period = {"season": np.repeat(season, MEMBERS), "member": np.tile(member, SEASONS)}
    frames = {
        "stages": table("stages", stage=names("stage", 3), first_year=2027 + 5 * np.arange(3)),
        "seasons": table("seasons", season=season, days=[91, 91, 91, 92]),
        "members": table("members", member=member, probability=[0.25, 0.5, 0.25]),
        "administrations": table("administrations", administration=["province"], parent=[np.nan]),
        "reaches": table(
            "reaches", reach=reach, downstream=np.append(reach[1:].astype(object), np.nan),
            administration="province", catchment_area_km2=10.0 + np.arange(reaches),
        ),
        "inflow": table(
            "inflow", reach=np.repeat(reach, periods), inflow_m3_per_day=np.linspace(1e4, 2e4, reaches * periods),
            **{k: np.tile(v, reaches) for k, v in in_period.items()},
        ),
        "sources": table("sources", source=source, administration="province", reach=np.resize(reach, sources),
                         existing=True),
        "source_yields": table(
            "source_yields", source=np.repeat(source, periods),
            yield_m3_per_day=np.round(np.linspace(500, 900, sources * periods), 3),
            **{k: np.tile(v, sources) for k, v in in_period.items()},
        ),
        "links": table(
            "links", link=link, from_node=np.resize(np.roll(source, 7), len(link)),
            to_node=np.repeat(village, LINKS_PER_VILLAGE), length_km=np.round(np.linspace(0.3, 9.7, len(link)), 2),
            lift_m=-np.round(np.linspace(1, 60, len(link)), 1),
        ),
        "options": table(
            "options", option=np.char.add("build_", link), place=link, administration="province",
            capex_usd=np.round(np.linspace(4e3, 9e4, len(link)), -1),
            exclusive_group=np.repeat(names("into", villages), 6),
        ),
        "categories": table("categories", category=["conveyance", "taps"]),
        "groups": table("groups", group=list(GROUPS)),
        "villages": table(
            "villages", village=village, administration="province",
            longitude=np.round(np.linspace(106, 108, villages), 5), latitude=np.round(np.linspace(13, 15, villages), 5),
        ),
        "population": table(
            "population", village=np.repeat(village, 2), group=np.tile(GROUPS, villages),
            persons=np.round(np.linspace(80, 700, 2 * villages)),
        ),
        "baseline": table(
            "baseline", village=np.repeat(village, 2 * len(BASELINE)),
            group=np.tile(np.repeat(GROUPS, len(BASELINE)), villages),
            mode=np.tile(list(BASELINE), 2 * villages), share=np.tile(list(BASELINE.values()), 2 * villages),
        ),
        "modes": table(
            "modes", mode=list(BASELINE), rung=[0, 1, 3, 4], grade=["none", "none", "none", "safe"],
            pays_tariff=[False, False, False, True],
        ),
        "assets": table("assets", asset=["point", "public_tap_stand"], category="taps"),
        "mode_assets": table("mode_assets", mode=["borehole", "public_tap"], asset=["point", "public_tap_stand"]),
        "service_plans": table("service_plans", service_plan=["points", "taps"], mode=["borehole", "public_tap"]),
        "channels": table("channels", channel=["government_grant"]),
        "channel_amounts": table("channel_amounts", channel="government_grant", stage=names("stage", 3)),
        "channel_eligibility": table("channel_eligibility", channel="government_grant",
                                     category=["conveyance", "taps"]),
    }  # fmt: skip
    settings = Settings(name="large", title="Large", base_year=2026)
    empty = {row.table: example_row(row.table).iloc[:0] for row in ROWS if row.table not in frames}
    return Basin(settings, {**frames, **empty})


def measure(villages: int, repeats: int) -> list[dict[str, object]]:
    """The best of some repeats, as figures with goals."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "large"
        started = time.perf_counter()
        write_basin(large_basin(villages), folder)
        written = time.perf_counter() - started
        size = sum(path.stat().st_size for path in folder.iterdir()) / 1e6
        reads, checks, wrong = [], [], 0
        for _ in range(repeats):
            started = time.perf_counter()
            basin = read_basin(folder)
            reads.append(time.perf_counter() - started)
            started = time.perf_counter()
            wrong = len(errors(check_meaning(basin)))
            checks.append(time.perf_counter() - started)
    assert str(basin.tables["links"]["link"].dtype) == str(STRINGS)
    read = f"{villages} villages × 12 periods read, keys and references checked"
    return [
        {"figure": read, "value": round(min(reads), 2), "unit": "s", "goal": f"≤ {GOAL_SECONDS:g}",
         "met": min(reads) <= GOAL_SECONDS},
        {"figure": "the other checks of the same basin", "value": round(min(checks), 2), "unit": "s", "goal": None,
         "met": None},
        {"figure": "errors found in it", "value": wrong, "unit": "findings", "goal": "0", "met": wrong == 0},
        {"figure": "made and written", "value": round(written, 2), "unit": "s", "goal": None, "met": None},
        {"figure": "size of the folder", "value": round(size, 1), "unit": "MB", "goal": None, "met": None},
    ]  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--villages", type=int, default=10_000)
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--json", action="store_true", help="print a list of {figure, value, unit, goal, met}")
    options = parser.parse_args()
    figures = measure(options.villages, options.repeats)
    show(figures, options.json)


if __name__ == "__main__":
    main()
