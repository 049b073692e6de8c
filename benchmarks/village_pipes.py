"""Pipes from village to village for Ratanak Kiri, as changes of its basin: laid, sized and priced like its pipes from sites.

The basin has none: nobody has said where one village would serve another. So these are an assumption, for measuring alone.
"""

from typing import Any

import pandas as pd

from datasets.ratanakiri import network, people
from datasets.ratanakiri.facts import assume

PIPES_PER_VILLAGE = 2
LONGEST_KM = 6.0


def village_pipes() -> tuple[dict[str, Any], ...]:
    """Links and options to add: into each village from its cheapest few neighbours, in the sizes of its other pipes."""
    villages = people.village_table(network.village_elevation()).rename(columns={"village": "node"})
    places = villages[["node", "title", "longitude", "latitude", "elevation_m"]]
    pairs = network.candidates(places, places, LONGEST_KM)
    pairs = network.nearest(pairs[pairs["from_node"] != pairs["to_node"]], PIPES_PER_VILLAGE)
    demand = pairs["to_node"].map(network.largest_demand_m3_per_day()).to_numpy()
    smallest = demand * assume("smallest_size_share")
    laid = network.lay(pairs, demand * assume("size_reserve"), smallest, network.size_pair(demand), pump_allowed=True)
    options = network.conveyance(laid, "pump_station_village", "into_" + laid["to_node"])
    return ({"table": "links", "add": _rows(network.links_of(laid))}, {"table": "options", "add": _rows(options)})


def _rows(table: pd.DataFrame) -> list[dict[str, Any]]:
    """What each row says, without what it leaves open."""
    return [{str(name): value for name, value in row.items() if pd.notna(value)} for row in table.to_dict("records")]
