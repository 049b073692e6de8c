"""The OR-Library's cap41 once more, in two stages: from a plant through warehouses, here treatment works, to the customers.

The plant gives as much as is asked for and its mains cost nothing, so that the best cost is that of cap41. What is
opened is a treatment train at a site, fed by a main, instead of a source.
"""

import numpy as np

from datasets.frames import basin, frame
from planner.basin import Basin
from tests.optimization.cap41_basin import cap41_basin, warehouses


def two_stage_basin() -> Basin:
    """The problem as a basin of one source, a treatment site for each warehouse, and a village for each customer."""
    one_stage, stores = cap41_basin(), warehouses()
    capacity, site = stores["capacity"].to_numpy(float), stores["warehouse"].to_numpy(dtype=object)
    here = {"longitude": 0.0, "latitude": 0.0, "elevation_m": 0.0}
    pipes = one_stage.tables["links"]
    own = {
        "sources": frame("sources", source="plant", kind="borehole", administration="country", existing=True, **here),
        "source_yields": frame(
            "source_yields", source="plant", season="all_year", member="only", yield_m3_per_day=float(capacity.sum())
        ),
        "treatment_sites": frame("treatment_sites", site=site, administration="country", **here),
        "trains": frame(
            "trains", train="store", log_removal_bacteria=1.0, log_removal_viruses=1.0, log_removal_protozoa=1.0, barriers=1
        ),
        "links": frame(
            "links",
            link=np.concatenate(["main_" + site, pipes["link"]]),
            from_node=np.concatenate([np.full(len(site), "plant", dtype=object), pipes["from_node"]]),
            to_node=np.concatenate([site, pipes["to_node"]]),
            kind="gravity",
            length_km=1.0,
            lift_m=0.0,
            existing_capacity_m3_per_day=np.concatenate([capacity, pipes["existing_capacity_m3_per_day"]]),
            variable_om_usd_per_m3=np.concatenate([np.zeros(len(site)), pipes["variable_om_usd_per_m3"]]),
        ),
        "options": frame(
            "options",
            option="open_" + site,
            kind="treatment",
            place=site,
            train="store",
            technology="warehouse",
            category="warehouses",
            administration="country",
            capacity_m3_per_day=capacity,
            capex_usd=stores["fixed_cost"],
            life_years=1,
        ),
    }
    return basin(one_stage.settings, {**one_stage.tables, **own})
