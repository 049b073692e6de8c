"""The river: where it flows, what it carries, what it must keep."""

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt
import pandas as pd

from planner.basin.basin import Basin
from planner.checks.chains import accumulated, on_cycle
from planner.checks.complete import cube, lacking
from planner.checks.family import Check
from planner.checks.finding import Finding
from planner.checks.names import positions
from planner.checks.report import at_rows

# Catchment areas are rounded, and a reach may be cut a little above its confluence.
AREA_TOLERANCE = 0.98


def downstream(basin: Basin) -> npt.NDArray[np.int64]:
    """The position of the reach that each reach flows into; -1 where the river leaves the basin."""
    reaches = basin.tables["reaches"]
    return positions(reaches["downstream"], reaches["reach"])


def natural_flow(basin: Basin) -> npt.NDArray[np.float64]:
    """Natural flow of each reach in m³/day [reach, season, member]: the inflow of it and of all upstream."""
    local = cube(basin, "inflow", ("reaches", "seasons", "members"), "inflow_m3_per_day")
    return accumulated(downstream(basin), local.reshape(len(local), -1)).reshape(local.shape)


def river_flows_on(basin: Basin) -> Iterator[Finding]:
    frame = basin.tables["reaches"]
    yield from at_rows(
        "reach.cycle", "reaches", frame, on_cycle(downstream(basin)),
        lambda p: f"Water that leaves {frame['reach'].iloc[p]} comes back to it.", column="downstream",
        allowed="a reach further down, or blank at the outlet",
    )  # fmt: skip


def catchments_grow(basin: Basin) -> Iterator[Finding]:
    frame = basin.tables["reaches"]
    into = downstream(basin)
    area = frame["catchment_area_km2"].to_numpy()
    above = np.bincount(into[into >= 0], weights=area[into >= 0], minlength=len(frame))
    yield from at_rows(
        "reach.catchment_shrinks", "reaches", frame, area < AREA_TOLERANCE * above,
        lambda p: f"{frame['reach'].iloc[p]} drains {area[p]:g} km², the reaches above it {above[p]:g} km².",
        column="catchment_area_km2", allowed="at least the catchments of the reaches that flow into it",
    )  # fmt: skip


def inflow_is_complete(basin: Basin) -> Iterator[Finding]:
    yield from lacking(basin, "inflow.incomplete", "inflow", ("reaches", "seasons", "members"), "the inflow is unknown.")


def environmental_flow_is_natural(basin: Basin) -> Iterator[Finding]:
    yield from _above_natural(basin, "environmental_flow", "environmental_flow_m3_per_day")


def obligations_are_natural(basin: Basin) -> Iterator[Finding]:
    yield from _above_natural(basin, "obligations", "flow_m3_per_day")


def _above_natural(basin: Basin, table: str, column: str) -> Iterator[Finding]:
    """Flows that nature brings in no design member, even if nobody takes anything."""
    if on_cycle(downstream(basin)).any():
        return
    frame = basin.tables[table]
    design = (basin.tables["members"]["kind"] == "design").to_numpy()
    if not len(frame) or not design.any():
        return
    best = natural_flow(basin)[:, :, design].max(axis=2)
    reach = positions(frame["reach"], basin.tables["reaches"]["reach"])
    season = positions(frame["season"], basin.tables["seasons"]["season"])
    brought = best[reach, season]
    yield from at_rows(
        f"{table}.above_natural", table, frame, frame[column].to_numpy() > brought * (1 + 1e-9),
        lambda p: f"Nature never brings more than {brought[p]:.6g} m³/day to {frame['reach'].iloc[p]} "
        f"in {frame['season'].iloc[p]}, even untouched.",
        column=column, allowed="at most the natural flow of the best design member",
    )  # fmt: skip


def other_uses_are_complete(basin: Basin) -> Iterator[Finding]:
    yield from lacking(basin, "use_demand.incomplete", "use_demand", ("other_uses", "seasons"), "it counts as 0.")


def returns_have_a_place(basin: Basin) -> Iterator[Finding]:
    frame = basin.tables["other_uses"]
    lost = (frame["return_share"] > 0) & frame["return_reach"].isna()
    yield from at_rows(
        "other_use.return_lost", "other_uses", frame, lost,
        lambda p: f"{frame['use'].iloc[p]} returns water, and no reach gets it.", column="return_reach",
        values=pd.Series([None] * len(frame), dtype=object), allowed="a reach, or a returned share of 0",
    )  # fmt: skip


CHECKS = (
    Check(river_flows_on, ("reaches",)),
    Check(catchments_grow, ("reaches",)),
    Check(inflow_is_complete, ("reaches", "seasons", "members", "inflow")),
    Check(environmental_flow_is_natural, ("reaches", "seasons", "members", "inflow", "environmental_flow")),
    Check(obligations_are_natural, ("reaches", "seasons", "members", "inflow", "obligations")),
    Check(other_uses_are_complete, ("other_uses", "use_demand", "seasons")),
    Check(returns_have_a_place, ("other_uses",)),
)
