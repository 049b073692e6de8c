"""The OR-Library's warehouse location problem cap41, said as a basin.

A warehouse is a source whose development costs what opening costs and that yields its capacity; a customer is a village
whose demand may come through several pipes; a river flows beside them and nothing draws on it. There is one stage of
one year, nothing is discounted and nothing outlives it, so the cost of the plan is the cost of the problem.
"""

from pathlib import Path

import numpy as np
import pandas as pd

from datasets.frames import basin, frame, product
from planner.basin import Basin, Settings

KNOWN_OPTIMUM = 1040444.375
DAYS_OF_A_YEAR = 365
YEAR = 2027
LITRES_THAT_MAKE_A_PERSON_A_CUBIC_METRE = 1000.0
FOLDER = Path(__file__).parents[1] / "data" / "or_library_cap41"


def warehouses() -> pd.DataFrame:
    """warehouse, capacity, fixed_cost."""
    return pd.read_csv(FOLDER / "cap41_warehouses.csv")


def customers() -> pd.DataFrame:
    """customer, demand, and cost_from_… for each warehouse, of serving all of the demand."""
    return pd.read_csv(FOLDER / "cap41_customers.csv")


def serving_cost() -> np.ndarray:
    """Cost of serving all of a customer's demand (row) from a warehouse (column)."""
    return customers().filter(like="cost_from_").to_numpy()


def cap41_basin() -> Basin:
    """The problem as a basin; at least cost with a house tap for everyone it has the known optimum."""
    stores, buyers, cost = warehouses(), customers(), serving_cost()
    buyer, store = product(*cost.shape)
    demand = buyers["demand"].to_numpy(dtype=float)
    here = {"longitude": 0.0, "latitude": 0.0, "elevation_m": 0.0}
    settings = Settings(
        name="cap41",
        title="OR-Library cap41",
        base_year=YEAR,
        discount_rate_share_per_year=0.0,
        peak_day_factor=1.0,
        distribution_loss_share=0.0,
    )
    tables = {
        "stages": frame("stages", stage="year", first_year=YEAR, years=1),
        "seasons": frame("seasons", season="all_year", days=DAYS_OF_A_YEAR),
        "members": frame("members", member="only", probability=1.0),
        "administrations": frame("administrations", administration="country", level="country", account=True),
        "reaches": frame("reaches", reach="beside", longitude=0.0, latitude=0.0, catchment_area_km2=1.0),
        "inflow": frame("inflow", reach="beside", season="all_year", member="only", inflow_m3_per_day=1.0),
        "sources": frame("sources", source=stores["warehouse"], kind="borehole", administration="country", **here),
        "source_yields": frame(
            "source_yields",
            source=stores["warehouse"],
            season="all_year",
            member="only",
            yield_m3_per_day=stores["capacity"],
        ),
        "links": frame(
            "links",
            link=(stores["warehouse"].to_numpy()[store] + "_" + buyers["customer"].to_numpy()[buyer]),
            from_node=stores["warehouse"].to_numpy()[store],
            to_node=buyers["customer"].to_numpy()[buyer],
            kind="gravity",
            length_km=1.0,
            lift_m=0.0,
            existing_capacity_m3_per_day=demand[buyer],
            variable_om_usd_per_m3=cost[buyer, store] / (DAYS_OF_A_YEAR * demand[buyer]),
        ),
        "categories": frame("categories", category=np.array(["warehouses", "taps"], dtype=object)),
        "options": frame(
            "options",
            option="open_" + stores["warehouse"],
            kind="source_development",
            place=stores["warehouse"],
            technology="warehouse",
            category="warehouses",
            administration="country",
            capex_usd=stores["fixed_cost"],
            life_years=1,
        ),
        "groups": frame("groups", group="everyone"),
        "villages": frame("villages", village=buyers["customer"], administration="country", **here),
        "population": frame(
            "population",
            village=buyers["customer"],
            group="everyone",
            persons=demand,
            income_usd_per_person_per_year=0.0,
        ),
        "baseline": frame("baseline", village=buyers["customer"], group="everyone", mode="nothing", share=1.0),
        "modes": frame(
            "modes",
            mode=np.array(["nothing", "house_tap"], dtype=object),
            rung=np.array([0, 5]),
            grade=np.array(["none", "safe"], dtype=object),
            litres_per_person_per_day=np.array([0.0, LITRES_THAT_MAKE_A_PERSON_A_CUBIC_METRE]),
            collection_minutes=0.0,
        ),
        "assets": frame("assets", asset="tap", technology="tap", category="taps", capex_usd=0.0, life_years=1),
        "mode_assets": frame("mode_assets", mode="house_tap", asset="tap", basis="village"),
        "service_plans": frame("service_plans", service_plan="house_taps", mode="house_tap", share=1.0),
        "channels": frame("channels", channel="purse", kind="government_grant"),
        "channel_amounts": frame("channel_amounts", channel="purse", stage="year", amount_usd=1e9),
        "channel_eligibility": frame(
            "channel_eligibility", channel="purse", category=np.array(["warehouses", "taps"], dtype=object)
        ),
        "subsidies": frame("subsidies", subsidy="purse", stage="year", amount_usd_per_year=1e9),
    }
    return basin(settings, tables)
