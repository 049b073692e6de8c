"""The tutorial's cheapest plan as full tables, by hand: its README's figures and what follows from them."""

from functools import cache
from itertools import product

import pandas as pd

from datasets.cases import find
from planner.basin import Basin
from planner.plan.tables import ROW_OF, columns
from planner.scenario.policy import Floor, Policy

STAGES, SEASONS, MEMBERS = ("stage_1", "stage_2"), ("dry", "wet"), ("normal_year", "dry_year")
LEAST_COST = Policy(
    floors=(Floor(rung=4, share=0.5), Floor(rung=4, share=1.0, stage="stage_2")),
)


@cache
def tutorial() -> Basin:
    return Basin.read(find("tutorial"))


def _table(name: str, rows: list[tuple[object, ...]]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=[column.name for column in columns(name)])
    for column in columns(name):
        if column.kind == "number":
            frame[column.name] = frame[column.name].astype(float)
        elif column.kind in ("identifier", "text", "choice"):
            frame[column.name] = frame[column.name].astype("str")
    return frame


def _service() -> list[tuple[object, ...]]:
    rows: list[tuple[object, ...]] = []
    for village, group, persons in (
        ("hilltop", "poor", 100), ("hilltop", "other", 100), ("riverside", "poor", 300), ("riverside", "other", 700),
    ):  # fmt: skip
        rows += [(village, group, stage, "public_tap", 4, persons) for stage in STAGES]
    for group, persons in (("poor", 60), ("other", 40)):
        rows += [
            ("farside", group, "stage_1", "near_point_filter", 4, persons / 2),
            ("farside", group, "stage_1", "unimproved", 1, persons / 2),
            ("farside", group, "stage_2", "near_point_filter", 4, persons),
        ]
    return rows


def _collection_time() -> list[tuple[object, ...]]:
    """Hours a year of one person, 20 L a trip: at a well 40 min × 1, nearby 15 × 1, at a tap 10 × 2, each × 365 / 60."""
    well, near, tap = 730 / 3, 91.25, 365 / 3
    rows: list[tuple[object, ...]] = []
    for village, group, persons in (
        ("hilltop", "poor", 100), ("hilltop", "other", 100), ("riverside", "poor", 300), ("riverside", "other", 700),
    ):  # fmt: skip
        before = 0.8 * well + 0.2 * near if village == "hilltop" else well
        rows += [(village, group, stage, tap * persons, before * persons, (before - tap) * persons) for stage in STAGES]
    for group, persons in (("poor", 60), ("other", 40)):
        for stage, spent in (("stage_1", (near + well) / 2), ("stage_2", near)):
            rows.append(("farside", group, stage, spent * persons, well * persons, (well - spent) * persons))
    return rows


def _flows() -> list[tuple[object, ...]]:
    of_link = (("spring_pipe", None, 8), ("raw_main", "slow_sand_chlorine", 42), ("riverside_pipe", None, 42))
    return [(link, train, *at, flow) for link, train, flow in of_link for at in product(STAGES, SEASONS, MEMBERS)]


def _quality() -> list[tuple[object, ...]]:
    """River water alone; the train leaves a tenth of its turbidity."""
    raw = {"dry": 10.0, "wet": 40.0}
    return [("works", "slow_sand_chlorine", "turbidity", *at, raw[at[1]], raw[at[1]] / 10, 5.0)
            for at in product(STAGES, SEASONS, MEMBERS)]  # fmt: skip


def _river() -> list[tuple[object, ...]]:
    figures = {  # natural, outflow, required
        ("upper_reach", "dry", "normal_year"): (400, 312, 120),
        ("upper_reach", "dry", "dry_year"): (200, 120, 120),
        ("upper_reach", "wet", "normal_year"): (2000, 1992, 600),
        ("upper_reach", "wet", "dry_year"): (1000, 992, 600),
        ("lower_reach", "dry", "normal_year"): (600, 490, 180),
        ("lower_reach", "dry", "dry_year"): (300, 196, 180),
        ("lower_reach", "wet", "normal_year"): (3000, 2950, 900),
        ("lower_reach", "wet", "dry_year"): (1500, 1450, 900),
    }
    return [(reach, stage, season, member, *figure, 0) for (reach, season, member), figure in figures.items() for stage in STAGES]


# Riverside's capital: intake 1000, works 5050, main and pipe 2000 from aid; taps 5000 from the grant.
_FINANCE = [
    ("government_grant", "source", "upper_district", "stage_1", 1000),
    ("government_grant", "conveyance", "upper_district", "stage_1", 1000),
    ("government_grant", "taps", "upper_district", "stage_1", 1000),
    ("aid", "source", "lower_district", "stage_1", 1000),
    ("aid", "treatment", "lower_district", "stage_1", 5050),
    ("aid", "conveyance", "lower_district", "stage_1", 2000),
    ("government_grant", "taps", "lower_district", "stage_1", 5000),
    ("government_grant", "points", "far_district", "stage_1", 1000),
    ("government_grant", "filters", "far_district", "stage_1", 250),
    ("government_grant", "filters", "far_district", "stage_2", 500),
]
_BALANCES = [
    ("government_grant", "stage_1", 10000, 9250, 750),
    ("government_grant", "stage_2", 1000, 500, 0),
    ("aid", "stage_1", 9000, 8050, 0),
    ("aid", "stage_2", 0, 0, 0),
]
_INVESTMENTS = [
    (option, stage, True, 1, capacity, capital if stage == "stage_1" else 0, running)
    for option, capacity, capital, running in (
        ("spring_box", 0, 1000, 10), ("spring_pipe_dn63", 25, 1000, 20), ("intake_well", 0, 1000, 30),
        ("raw_main_dn110", 120, 1000, 20), ("works_slow_sand", 42, 5050, 410), ("riverside_pipe_dn110", 60, 1000, 20),
    )
    for stage in STAGES
]  # fmt: skip
_ASSETS = [
    ("hilltop", "tap_stand", "stage_1", 2, 1000, 40),
    ("hilltop", "tap_stand", "stage_2", 2, 0, 40),
    ("riverside", "tap_stand", "stage_1", 10, 5000, 200),
    ("riverside", "tap_stand", "stage_2", 10, 0, 200),
    ("farside", "handpump", "stage_1", 1, 1000, 50),
    ("farside", "handpump", "stage_2", 1, 0, 50),
    ("farside", "household_filter", "stage_1", 10, 250, 50),
    ("farside", "household_filter", "stage_2", 20, 500, 100),
]
_COSTS = [
    ("capital", "source", "upper_district", 1000),
    ("capital", "conveyance", "upper_district", 1000),
    ("capital", "taps", "upper_district", 1000),
    ("capital", "source", "lower_district", 1000),
    ("capital", "treatment", "lower_district", 5050),
    ("capital", "conveyance", "lower_district", 2000),
    ("capital", "taps", "lower_district", 5000),
    ("capital", "points", "far_district", 1000),
    ("capital", "filters", "far_district", 250 + 500 * 0.64),
    ("residual", "source", "upper_district", 0.8 * 0.4096 * 1000),
    ("residual", "conveyance", "upper_district", 0.8 * 0.4096 * 1000),
    ("residual", "taps", "upper_district", 0.6 * 0.4096 * 1000),
    ("residual", "source", "lower_district", 0.8 * 0.4096 * 1000),
    ("residual", "treatment", "lower_district", 0.8 * 0.4096 * 5050),
    ("residual", "conveyance", "lower_district", 0.8 * 0.4096 * 2000),
    ("residual", "taps", "lower_district", 0.6 * 0.4096 * 5000),
    ("residual", "points", "far_district", 0.6 * 0.4096 * 1000),
    ("running", "source", "upper_district", 10 * 2.952),
    ("running", "conveyance", "upper_district", 20 * 2.952),
    ("running", "taps", "upper_district", 40 * 2.952),
    ("running", "source", "lower_district", 30 * 2.952),
    ("running", "treatment", "lower_district", 410 * 2.952),
    ("running", "conveyance", "lower_district", 40 * 2.952),
    ("running", "taps", "lower_district", 200 * 2.952),
    ("running", "water", "lower_district", 459.9 * 2.952),
    ("running", "points", "far_district", 50 * 2.952),
    ("running", "filters", "far_district", 50 * 1.8 + 100 * 1.152),
]
# Hilltop's 70 and Riverside's 1139.90 come from those who use its taps, Farside's from the fund.
_TARIFFS = [
    (village, group, stage, tariff, income)
    for village, group, tariff, income in (
        ("hilltop", "poor", 20, 20000), ("hilltop", "other", 50, 40000),
        ("riverside", "poor", 139.9, 60000), ("riverside", "other", 1000, 280000),
    )
    for stage in STAGES
]  # fmt: skip
_RUNNING = [
    ("upper_district", "stage_1", 70, 70, 0),
    ("upper_district", "stage_2", 70, 70, 0),
    ("lower_district", "stage_1", 1139.9, 1139.9, 0),
    ("lower_district", "stage_2", 1139.9, 1139.9, 0),
    ("far_district", "stage_1", 100, 0, 100),
    ("far_district", "stage_2", 150, 0, 150),
]
# Nobody in the basin raises the channels. At rung 3 or above were 40 of Hilltop's 200 before, and nobody elsewhere.
_ACCOUNTS = [
    ("upper_district", "stage_1", 3000, 0, 3000, 70, 70, 0, 0, 160, 3000, 70 * 1.8),
    ("upper_district", "stage_2", 0, 0, 0, 70, 70, 0, 0, 160, 0, 70 * 1.152),
    ("lower_district", "stage_1", 13050, 0, 13050, 1139.9, 1139.9, 0, 0, 1000, 13050, 1139.9 * 1.8),
    ("lower_district", "stage_2", 0, 0, 0, 1139.9, 1139.9, 0, 0, 1000, 0, 1139.9 * 1.152),
    ("far_district", "stage_1", 1250, 0, 1250, 100, 0, 100, 0, 50, 1250, 100 * 1.8),
    ("far_district", "stage_2", 500, 0, 500, 150, 0, 150, 0, 100, 500 * 0.64, 150 * 1.152),
]
# Energy and chemicals are the same in both; in the dry year rice misses 8 m³ on 165 days, at 0.05 USD.
_MEMBERS = [
    ("normal_year", 0.75, 459.9 * 2.952, 0.0, 16530.9208, None, None, None),
    ("dry_year", 0.25, 459.9 * 2.952, 8 * 165 * 0.05 * 2.952, 16530.9208 + 8 * 165 * 0.05 * 2.952, None, None, None),
]
# Below rung 4 and lower: the other half of Farside, 1.5 · 30 + 20, in the first of two stages.
_OBJECTIVES = [
    ("cost", 1, 16530.9208, 16500.0, "USD of the base year"),
    ("environmental_flow_deficit", 0, 0.0, None, "m³/year"),
    ("below_rung_1", 0, 0.0, None, "persons"),
    ("below_rung_2", 0, 32.5, None, "persons"),
    ("below_rung_3", 0, 32.5, None, "persons"),
    ("below_rung_4", 0, 32.5, None, "persons"),
    ("below_rung_5", 0, 1530.0, None, "persons"),
]


def least_cost_tables() -> dict[str, pd.DataFrame]:
    """The tables of the cheapest plan, new at each call."""
    rows: dict[str, list[tuple[object, ...]]] = {
        "investments": list(_INVESTMENTS),
        "village_assets": list(_ASSETS),
        "village_plans": [
            *((village, stage, "taps_for_all") for village in ("hilltop", "riverside") for stage in STAGES),
            ("farside", "stage_1", "filters_for_half"),
            ("farside", "stage_2", "filters_for_all"),
        ],
        "service": _service(),
        "institutions": [("riverside_school", stage, True, 2, 2, 0) for stage in STAGES],
        "collection_time": _collection_time(),
        "assurance": [(village, stage, 1, 0, 0) for village in ("hilltop", "riverside", "farside") for stage in STAGES],
        "flows": _flows(),
        "quality": _quality(),
        "log_removals": [("works", "slow_sand_chlorine", stage, 3, 4, 3, 3, 2, 2, 2, 2) for stage in STAGES],
        "river": _river(),
        "obligation_flows": [
            ("treaty", stage, season, member, owed, 0)
            for stage, (season, owed), member in product(STAGES, (("dry", 190), ("wet", 1000)), MEMBERS)
        ],
        "use_deliveries": [
            ("rice_scheme", stage, season, member, got, lacked)
            for stage in STAGES
            for season, member, got, lacked in (
                ("dry", "normal_year", 80, 0), ("dry", "dry_year", 72, 8),
                ("wet", "normal_year", 0, 0), ("wet", "dry_year", 0, 0),
            )
        ],
        "finance": list(_FINANCE),
        "channel_balances": list(_BALANCES),
        "running_costs": list(_RUNNING),
        "tariffs": list(_TARIFFS),
        "subsidies_paid": [
            ("running_cost_fund", "far_district", "stage_1", 100),
            ("running_cost_fund", "far_district", "stage_2", 150),
        ],
        "accounts": list(_ACCOUNTS),
        "costs": list(_COSTS),
        "member_costs": list(_MEMBERS),
        "objectives": list(_OBJECTIVES),
    }  # fmt: skip
    return {name: _table(name, rows.get(name, [])) for name in ROW_OF}
