"""The river as arrays: natural flow, what it must keep, other uses."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
import scipy.sparse as sp

from planner.basin import Basin
from planner.scenario.resolved.index import Flags, Floats, Integers, dense, numbers, positions


@dataclass(frozen=True)
class River:
    """R reaches, S seasons, H members, U other uses, O obligations."""

    reaches: pd.Index
    downstream: Integers
    drains: sp.csr_array  # (R, R): 1 where the water of the second reach passes the first
    natural_m3_per_day: Floats  # (R, S, H), all that comes down
    environmental_flow_m3_per_day: Floats  # (R, S, H), never more than nature brings
    uses: pd.Index
    use_reach: Integers
    use_return_reach: Integers
    use_return_share: Floats
    use_demand_m3_per_day: Floats  # (U, S)
    protected: Flags  # (R,)
    obligations: pd.Index
    obligation_reach: Integers
    obligation_m3_per_day: Floats  # (O, S, H), never more than nature brings

    def use_demand_passing(self) -> Floats:
        """(R, S): what other uses draw at a reach or above it, returns not counted."""
        at_reach = np.zeros((len(self.reaches), self.use_demand_m3_per_day.shape[1]))
        np.add.at(at_reach, self.use_reach, self.use_demand_m3_per_day)
        return np.asarray(self.drains @ at_reach)


def _drains(downstream: Integers) -> sp.csr_array:
    """Transitive closure of the river: reach r is passed by the water of reach q."""
    count = len(downstream)
    above, here = np.arange(count), np.arange(count)
    rows, columns = [here], [above]
    while len(here):
        here, above = downstream[here], above
        keep = here >= 0
        here, above = here[keep], above[keep]
        rows.append(here)
        columns.append(above)
    row, column = np.concatenate(rows), np.concatenate(columns)
    return sp.csr_array((np.ones(len(row)), (row, column)), shape=(count, count))


def river_of(basin: Basin) -> River:
    """Read the river of a basin. The reaches form a forest (checked before)."""
    tables = basin.tables
    reaches = pd.Index(tables["reaches"]["reach"])
    seasons, members = pd.Index(tables["seasons"]["season"]), pd.Index(tables["members"]["member"])
    downstream = positions(tables["reaches"]["downstream"], reaches)
    drains = _drains(downstream)
    inflow = dense(tables["inflow"], "inflow_m3_per_day", ("reach", reaches), ("season", seasons), ("member", members))
    natural = np.asarray(drains @ inflow.reshape(len(reaches), len(seasons) * len(members))).reshape(inflow.shape)
    required = dense(tables["environmental_flow"], "environmental_flow_m3_per_day", ("reach", reaches), ("season", seasons))
    use, owed = tables["other_uses"], tables["obligations"]
    uses = pd.Index(use["use"])
    first = owed.drop_duplicates("obligation")
    obligations = pd.Index(first["obligation"])
    obligation_reach = positions(first["reach"], reaches)
    flow = dense(owed, "flow_m3_per_day", ("obligation", obligations), ("season", seasons))
    return River(
        reaches=reaches,
        downstream=downstream,
        drains=drains,
        natural_m3_per_day=natural,
        environmental_flow_m3_per_day=np.minimum(required[:, :, None], natural),
        uses=uses,
        use_reach=positions(use["reach"], reaches),
        use_return_reach=positions(use["return_reach"], reaches),
        use_return_share=numbers(use, "return_share"),
        use_demand_m3_per_day=dense(tables["use_demand"], "demand_m3_per_day", ("use", uses), ("season", seasons)),
        protected=tables["reaches"]["protected"].to_numpy(bool),
        obligations=obligations,
        obligation_reach=obligation_reach,
        obligation_m3_per_day=np.minimum(flow[:, :, None], natural[obligation_reach]),
    )
