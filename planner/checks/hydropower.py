"""Turbines: whether each stands in its dam's reach."""

from collections.abc import Iterator

import numpy as np

from planner.basin.basin import Basin
from planner.checks.family import Check
from planner.checks.finding import Finding
from planner.checks.names import positions
from planner.checks.report import at_rows


def turbines_stand_in_their_dam(basin: Basin) -> Iterator[Finding]:
    frame, reservoirs = basin.tables["turbines"], basin.tables["reservoirs"]
    dam = positions(frame["reservoir"], reservoirs["reservoir"])
    reach = np.append(reservoirs["reach"].to_numpy(object), "")[dam]
    yield from at_rows(
        "turbine.reservoir_reach", "turbines", frame, (dam >= 0) & (frame["reach"].to_numpy(object) != reach),
        lambda p: f"{frame['turbine'].iloc[p]} is in the dam of {frame['reservoir'].iloc[p]}, which is on {reach[p]}.",
        column="reach", allowed="the reach of the reservoir",
    )  # fmt: skip


CHECKS = (Check(turbines_stand_in_their_dam, ("turbines", "reservoirs")),)
