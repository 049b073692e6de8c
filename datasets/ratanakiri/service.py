"""How people get water: modes, assets, plans, and how it is in the base year."""

import numpy as np
import pandas as pd

from datasets.ratanakiri import facts
from datasets.ratanakiri.facts import assume
from datasets.ratanakiri.people import GROUPS, villages
from planner.catalogue import figure, technologies

MODES = (
    ("surface", "Stream or pond", 0, "none", "litres_surface", "minutes_surface", False),
    ("unimproved", "Open well", 1, "none", "litres_point", "minutes_unimproved", False),
    ("far_point", "Handpump beyond 30 minutes", 2, "none", "litres_point", "minutes_far_point", True),
    ("near_point", "Handpump nearby", 3, "none", "litres_point", "minutes_near_point", True),
    ("near_point_filter", "Handpump nearby and a filter", 4, "none", "litres_point", "minutes_near_point", True),
    ("rainwater_jar", "Rainwater jars at the house", 3, "none", "litres_point", None, True),
    ("raw_tap", "Shared tap, spring water", 3, "raw", "litres_shared_tap", "minutes_near_point", True),
    ("public_tap", "Public tap, safe water", 4, "safe", "litres_shared_tap", "minutes_near_point", True),
    ("house_tap", "Tap at the house, safe water", 5, "safe", "litres_house_tap", None, True),
)
ASSETS = {
    "handpump_point": "points",
    "household_filter": "filters",
    "rainwater_jar_set": "filters",
    "public_tap_stand": "taps",
    "house_connection": "taps",
    "village_network": "distribution",
    "village_pipes": "distribution",
    "safe_network": "distribution",
}
PIPED = ("raw_tap", "public_tap", "house_tap")
PLANS: dict[str, dict[str, dict[str, float]]] = {
    "far_60": {"": {"far_point": 0.6}},
    "near_40": {"": {"near_point": 0.4}},
    "near_70": {"": {"near_point": 0.7}},
    "near_95": {"": {"near_point": 0.95}},
    "near_52_filter_18": {"": {"near_point": 0.52, "near_point_filter": 0.18}},
    "near_35_filter_60": {"": {"near_point": 0.35, "near_point_filter": 0.6}},
    "near_40_filter_60": {"": {"near_point": 0.4, "near_point_filter": 0.6}},
    "filter_100": {"": {"near_point_filter": 1.0}},
    "near_60_jar_30": {"": {"near_point": 0.6, "rainwater_jar": 0.3}},
    "raw_40": {"": {"raw_tap": 0.4}},
    "raw_70": {"": {"raw_tap": 0.7}},
    "near_35_public_60": {"": {"near_point": 0.35, "public_tap": 0.6}},
    "public_95": {"": {"public_tap": 0.95}},
    "public_70_house_30": {"": {"public_tap": 0.7, "house_tap": 0.3}},
    "near_35_filter_30_house_30": {"": {"near_point": 0.35, "near_point_filter": 0.3, "house_tap": 0.3}},
    "near_35_house_60": {"": {"near_point": 0.35, "house_tap": 0.6}},
    "public_35_house_60": {"": {"public_tap": 0.35, "house_tap": 0.6}},
    "house_70": {"": {"house_tap": 0.7}},
    "house_95": {"": {"house_tap": 0.95}},
    "house_100": {"": {"house_tap": 1.0}},
    "poor_first_near": {"poor": {"near_point": 0.95}, "other": {"near_point": 0.4}},
    "poor_first_filter": {"poor": {"near_point_filter": 0.95}, "other": {"near_point": 0.7}},
    "poor_first_public": {"poor": {"public_tap": 0.95}, "other": {"near_point": 0.6, "public_tap": 0.35}},
    "poor_first_house": {"poor": {"house_tap": 0.95}, "other": {"public_tap": 0.7, "house_tap": 0.25}},
}
"""Shares by group (blank: every group) and mode."""
RUNGS = {"surface": 0, "unimproved": 1, "far_point": 2, "near_point": 3, "house_tap": 4}
"""Steps of the tilt, not of the ladder: a tap at the house is one step above a point nearby."""


def modes() -> pd.DataFrame:
    """Nine ways to get water."""
    rows = [
        (mode, title, rung, grade, assume(litres), 0.0 if minutes is None else assume(minutes), pays)
        for mode, title, rung, grade, litres, minutes, pays in MODES
    ]
    return pd.DataFrame(
        rows,
        columns=["mode", "title", "rung", "grade", "litres_per_person_per_day", "collection_minutes", "pays_tariff"],
    )


def assets() -> pd.DataFrame:
    """What is counted inside a village, priced from the catalogue."""
    title = technologies().drop_duplicates("technology").set_index("technology")["title"]
    return pd.DataFrame(
        {
            "asset": ASSETS.keys(),
            "title": [title[asset] for asset in ASSETS],
            "technology": ASSETS.keys(),
            "category": ASSETS.values(),
            "capex_usd": [figure(asset, "capex_usd") for asset in ASSETS],
            "fixed_om_usd_per_year": [figure(asset, "fixed_om_usd_per_year") for asset in ASSETS],
            "life_years": [int(figure(asset, "life_years")) for asset in ASSETS],
        }
    )


def mode_assets() -> pd.DataFrame:
    """Which assets a mode takes."""
    household = assume("persons_per_household")
    near, far, tap = (assume(f"persons_per_{name}") for name in ("near_point", "far_point", "tap_stand"))
    rows = [
        ("far_point", "handpump_point", "persons_on_mode", far),
        ("near_point", "handpump_point", "persons_on_mode", near),
        ("near_point_filter", "handpump_point", "persons_on_mode", near),
        ("near_point_filter", "household_filter", "persons_on_mode", household),
        ("rainwater_jar", "rainwater_jar_set", "persons_on_mode", household),
        ("raw_tap", "public_tap_stand", "persons_on_mode", tap),
        ("public_tap", "public_tap_stand", "persons_on_mode", tap),
        ("house_tap", "house_connection", "persons_on_mode", household),
        *((mode, "village_network", "village", 1.0) for mode in PIPED),
        *((mode, "village_pipes", "village_persons", 1.0) for mode in PIPED),
        ("public_tap", "safe_network", "village", 1.0),
        ("house_tap", "safe_network", "village", 1.0),
    ]
    return pd.DataFrame(rows, columns=["mode", "asset", "basis", "persons_per_unit"])


def service_plans() -> pd.DataFrame:
    """The templates a village may follow, beside `as_before`."""
    rows = [
        (plan, group or None, mode, share)
        for plan, by_group in PLANS.items()
        for group, shares in by_group.items()
        for mode, share in shares.items()
    ]
    return pd.DataFrame(rows, columns=["service_plan", "group", "mode", "share"])


def national_shares() -> pd.Series:
    """Rural Cambodia in the latest year of the series, by mode; what is reported as safely managed stands for taps."""
    latest = facts.table("rural_water_shares").iloc[-1]
    taps = latest["safely_managed"] * assume("house_tap_share_of_safely_managed")
    shares = pd.Series(
        {
            "surface": latest["surface"],
            "unimproved": latest["unimproved"],
            "far_point": latest["limited"],
            "near_point": latest["at_least_basic"] - taps,
            "house_tap": taps,
        }
    )
    return shares / shares.sum()


def baseline() -> pd.DataFrame:
    """Shares by village, group and mode, to a thousandth; they sum to 1.

    National rural shares are tilted down with hardship: without electricity, without latrines, and poor.
    """
    rows = villages()
    hardship = 1 - (rows["electricity_share"] + rows["latrine_share"]).to_numpy() / 2
    steps = np.array([RUNGS[mode] for mode in national_shares().index])
    no_taps = rows["electricity_share"].to_numpy() < assume("house_tap_electricity_floor")
    parts = []
    for group in GROUPS:
        felt = hardship + (assume("hardship_of_poverty") if group == "poor" else 0.0)
        weight = national_shares().to_numpy() * np.exp(-assume("hardship_tilt") * felt[:, None] * steps)
        weight[no_taps, -2] += weight[no_taps, -1]
        weight[no_taps, -1] = 0.0
        thousandths = np.round(1000 * weight / weight.sum(axis=1, keepdims=True))
        largest = thousandths.argmax(axis=1)
        thousandths[np.arange(len(rows)), largest] += 1000 - thousandths.sum(axis=1)
        index = pd.MultiIndex.from_product(
            [rows["village_id"], [group], national_shares().index], names=["village", "group", "mode"]
        )
        parts.append(pd.DataFrame({"share": thousandths.ravel() / 1000}, index=index).reset_index())
    frame = pd.concat(parts, ignore_index=True)
    frame = frame[frame["share"] > 0]
    order = np.lexsort((frame["group"].map(GROUPS.index), frame["village"]))
    return frame.iloc[order].reset_index(drop=True)
