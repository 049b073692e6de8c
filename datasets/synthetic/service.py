"""Ways to get water, what they take inside a village, and templates of a village's service."""

import pandas as pd

from datasets.frames import frame
from datasets.synthetic.people import PERSONS_OF_A_HOUSEHOLD

MODES = pd.DataFrame(
    [
        ("surface", 0, "none", 15, 45, False),
        ("unimproved", 1, "none", 20, 35, False),
        ("far_point", 2, "none", 20, 40, True),
        ("near_point", 3, "none", 20, 15, True),
        ("near_point_filter", 4, "none", 20, 15, True),
        ("rainwater_jar", 3, "none", 20, 0, False),
        ("raw_tap", 3, "raw", 40, 10, True),
        ("public_tap", 4, "safe", 40, 10, True),
        ("house_tap", 5, "safe", 80, 0, True),
    ],
    columns=["mode", "rung", "grade", "litres_per_person_per_day", "collection_minutes", "pays_tariff"],
)

ASSETS = pd.DataFrame(
    [
        ("borehole_point", "points", 6000, 350, 15),
        ("household_filter", "filters", 29, 14, 5),
        ("rainwater_jar", "points", 90, 2, 10),
        ("tap_stand", "taps", 900, 60, 15),
        ("house_connection", "taps", 216, 10, 20),
        ("village_network", "distribution", 4000, 100, 30),
        ("network_extension", "distribution", 60, 1.5, 30),
        ("safe_network", "distribution", 500, 100, 15),
    ],
    columns=["asset", "category", "capex_usd", "fixed_om_usd_per_year", "life_years"],
)

MODE_ASSETS = pd.DataFrame(
    [
        ("far_point", "borehole_point", "persons_on_mode", 300),
        ("near_point", "borehole_point", "persons_on_mode", 150),
        ("near_point_filter", "borehole_point", "persons_on_mode", 150),
        ("near_point_filter", "household_filter", "persons_on_mode", PERSONS_OF_A_HOUSEHOLD),
        ("rainwater_jar", "rainwater_jar", "persons_on_mode", PERSONS_OF_A_HOUSEHOLD),
        ("raw_tap", "tap_stand", "persons_on_mode", 100),
        ("raw_tap", "village_network", "village", 1),
        ("raw_tap", "network_extension", "village_persons", PERSONS_OF_A_HOUSEHOLD),
        ("public_tap", "tap_stand", "persons_on_mode", 100),
        ("public_tap", "village_network", "village", 1),
        ("public_tap", "network_extension", "village_persons", PERSONS_OF_A_HOUSEHOLD),
        ("public_tap", "safe_network", "village", 1),
        ("house_tap", "house_connection", "persons_on_mode", PERSONS_OF_A_HOUSEHOLD),
        ("house_tap", "village_network", "village", 1),
        ("house_tap", "network_extension", "village_persons", PERSONS_OF_A_HOUSEHOLD),
        ("house_tap", "safe_network", "village", 1),
    ],
    columns=["mode", "asset", "basis", "persons_per_unit"],
)

EVERY_GROUP = {
    "far_points_for_some": {"far_point": 0.4},
    "far_points_for_most": {"far_point": 0.7},
    "far_points": {"far_point": 0.95},
    "points_for_most": {"far_point": 0.52, "near_point": 0.18},
    "points": {"far_point": 0.35, "near_point": 0.6},
    "points_for_all": {"far_point": 0.4, "near_point": 0.6},
    "near_points_for_all": {"near_point": 1.0},
    "filters_for_some": {"near_point_filter": 0.4},
    "filters_for_most": {"near_point_filter": 0.7},
    "filters_for_all": {"near_point_filter": 1.0},
    "jars_and_points": {"rainwater_jar": 0.3, "near_point": 0.65},
    "raw_taps": {"far_point": 0.35, "raw_tap": 0.6},
    "public_taps": {"public_tap": 0.95},
    "public_taps_for_all": {"public_tap": 1.0},
    "public_and_house_taps": {"public_tap": 0.7, "house_tap": 0.3},
    "points_and_house_taps": {"far_point": 0.35, "near_point": 0.3, "house_tap": 0.3},
    "far_points_and_house_taps": {"far_point": 0.35, "house_tap": 0.6},
    "taps_mostly_in_the_house": {"public_tap": 0.35, "house_tap": 0.6},
    "house_taps_for_most": {"house_tap": 0.7},
    "house_taps": {"house_tap": 0.95},
    "house_taps_for_all": {"house_tap": 1.0},
}

BY_GROUP = {
    "filters_for_the_poor": {"poor": {"near_point_filter": 1.0}, "other": {"near_point": 0.7}},
    "house_taps_public_for_the_poor": {"poor": {"public_tap": 1.0}, "other": {"house_tap": 0.95}},
}


def service_tables() -> dict[str, pd.DataFrame]:
    """Modes, assets, what modes take, and service plans."""
    rows: list[tuple[str, str | None, str, float]] = [
        (plan, None, mode, share) for plan, shares in EVERY_GROUP.items() for mode, share in shares.items()
    ]
    rows += [
        (plan, group, mode, share)
        for plan, groups in BY_GROUP.items()
        for group, shares in groups.items()
        for mode, share in shares.items()
    ]
    plans = pd.DataFrame(rows, columns=["service_plan", "group", "mode", "share"])
    return {
        "modes": frame("modes", **MODES),
        "assets": frame("assets", technology=ASSETS["asset"], **ASSETS),
        "mode_assets": frame("mode_assets", **MODE_ASSETS),
        "service_plans": frame("service_plans", **plans),
    }
