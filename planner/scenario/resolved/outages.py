"""What is out of service in stress members, as arrays."""

import numpy as np
import pandas as pd

from planner.basin import Basin
from planner.scenario.resolved.index import Floats, positions


def available_share(basin: Basin, places: pd.Index) -> Floats:
    """(n, S, H) share of each place that is in service; 1 where no outage is given."""
    tables = basin.tables
    outage = tables["outages"]
    seasons, members = pd.Index(tables["seasons"]["season"]), pd.Index(tables["members"]["member"])
    share = np.ones((len(places), len(seasons), len(members)))
    at = positions(outage["place"], places), positions(outage["season"], seasons), positions(outage["member"], members)
    here = at[0] >= 0
    share[tuple(axis[here] for axis in at)] = outage["available_share"].to_numpy(float)[here]
    return share
