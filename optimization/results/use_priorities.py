"""What listed other uses get and miss in a year, and what that is worth."""

import numpy as np
import pandas as pd

from optimization.results.decisions import Floats
from optimization.results.long import in_order, long
from planner.scenario.resolved import ResolvedScenario


def table(scenario: ResolvedScenario, wanted_in_all: Floats, delivered: Floats) -> pd.DataFrame:
    """Table of the supply of uses: every use in use_priorities in every stage and member.

    Wanted: (U, T, S), delivered: (U, T, S, H), m³/day.
    """
    priorities, horizon, uses = scenario.use_priorities, scenario.horizon, scenario.river.uses
    listed = priorities.listed
    got = delivered[listed]
    wanted = np.broadcast_to(wanted_in_all[listed][..., None], got.shape)
    share = np.divide(got, wanted, out=np.ones(got.shape), where=wanted > 0)
    got_in_year, wanted_in_year = (np.einsum("utsh,s->uth", flow, horizon.days) for flow in (got, wanted))
    value, price = (each[listed][:, None, None] for each in (priorities.value_usd_per_m3, priorities.price_usd_per_m3))
    figures = {
        "wanted_m3_per_year": wanted_in_year,
        "delivered_m3_per_year": got_in_year,
        "lowest_share": np.clip(share.min(axis=2, initial=1.0), 0.0, 1.0),
        "delivered_value_usd_per_year": value * got_in_year,
        "missed_usd_per_year": price * np.maximum(wanted_in_year - got_in_year, 0.0),
    }
    axes = {"use": uses.take(listed), "stage": horizon.stages, "member": horizon.members}
    return in_order("use_supply", long(axes, figures))
