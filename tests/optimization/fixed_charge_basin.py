"""FCNetLib's fixed-charge network flow problem r20x100, said as a basin.

A node is a village; one that supplies has a borehole of its own beside it, and one that neither supplies nor demands
has no people: water only passes. An arc is a pipe from village to village whose capital is the fixed cost. There is one
stage of one year, nothing is discounted and nothing outlives it, so the cost of the plan is the cost of the problem.
"""

from pathlib import Path

import numpy as np
import pandas as pd

from datasets.frames import basin, frame
from planner.basin import Basin
from tests.optimization.cap41_basin import DAYS_OF_A_YEAR, cap41_basin

KNOWN_OPTIMUM = 15603.0
FOLDER = Path(__file__).parents[1] / "data" / "fcnetlib_r20x100"


def arcs() -> pd.DataFrame:
    """from_node, to_node, fixed_cost, cost_of_a_unit."""
    return pd.read_csv(FOLDER / "arcs.csv")


def nodes() -> pd.DataFrame:
    """node, demand: negative where the node supplies."""
    return pd.read_csv(FOLDER / "nodes.csv")


def fixed_charge_basin() -> Basin:
    """The problem as a basin; at least cost with a house tap for everyone it has the known optimum."""
    pipes, places, like = arcs(), nodes(), cap41_basin()
    supplies = places[places["demand"] < 0]
    wells = "well_" + supplies["node"].to_numpy(dtype=object)
    total = float(-supplies["demand"].sum())
    here = {"longitude": 0.0, "latitude": 0.0, "elevation_m": 0.0}
    pipe = pipes["from_node"].to_numpy(dtype=object) + "_" + pipes["to_node"].to_numpy(dtype=object)
    own = {
        "sources": frame("sources", source=wells, kind="borehole", administration="country", existing=True, **here),
        "source_yields": frame(
            "source_yields", source=wells, season="all_year", member="only", yield_m3_per_day=-supplies["demand"].to_numpy(float)
        ),
        "links": frame(
            "links",
            link=np.concatenate([wells, pipe]),
            from_node=np.concatenate([wells, pipes["from_node"].to_numpy(dtype=object)]),
            to_node=np.concatenate([supplies["node"].to_numpy(dtype=object), pipes["to_node"].to_numpy(dtype=object)]),
            kind="gravity",
            length_km=1.0,
            lift_m=0.0,
            existing_capacity_m3_per_day=np.repeat([total, 0.0], [len(wells), len(pipe)]),
            variable_om_usd_per_m3=np.concatenate([np.zeros(len(wells)), pipes["cost_of_a_unit"] / DAYS_OF_A_YEAR]),
        ),
        "options": frame(
            "options",
            option="lay_" + pipe,
            kind="conveyance",
            place=pipe,
            technology="pipe",
            category="warehouses",
            administration="country",
            capacity_m3_per_day=total,
            capex_usd=pipes["fixed_cost"].to_numpy(float),
            life_years=1,
        ),
        "villages": frame("villages", village=places["node"], administration="country", **here),
        "population": frame(
            "population",
            village=places["node"],
            group="everyone",
            persons=places["demand"].clip(lower=0).to_numpy(float),
            income_usd_per_person_per_year=0.0,
        ),
        "baseline": frame("baseline", village=places["node"], group="everyone", mode="nothing", share=1.0),
    }
    return basin(like.settings.model_copy(update={"name": "r20x100", "title": "FCNetLib r20x100"}), {**like.tables, **own})
