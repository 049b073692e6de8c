"""Options for the links of a basin, out of the sizes of pipe: gravity where it suffices, else pumped, else none."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from planner.basin import Basin
from planner.catalogue import figure
from planner.checks.finding import Finding
from planner.checks.names import positions
from planner.checks.report import at_rows
from planner.hydrology.pipes import pumping_energy_kwh_per_m3
from planner.network.sizing import Demands, Numbers, Sizing, catalogue_sizes, sizing

PUMPED_SIZES_OFFERED = 2
"""The two smallest sizes that will do: cheap to lay and dear to run, and the other way round."""
PIPED = ("gravity", "pumped")
PUMP = "pump_station_village"


@dataclass(frozen=True)
class Candidates:
    """`table`: every piped link with every size; `findings`: links whose water does not run as the basin says."""

    table: pd.DataFrame
    findings: tuple[Finding, ...]

    @property
    def offered(self) -> pd.DataFrame:
        """The rows that would be options."""
        return self.table[self.table["way"].isin(PIPED)].reset_index(drop=True)


def sizes_of(basin: Basin) -> pd.DataFrame:
    """The basin's sizes of pipe, or those of the catalogue, from narrow to wide."""
    own = basin.tables["pipe_sizes"]
    return (own if len(own) else catalogue_sizes()).sort_values("inner_diameter_mm", kind="stable").reset_index(drop=True)


def candidates_of(basin: Basin, flow_m3_per_day: Numbers, demands: Demands | None = None) -> Candidates:
    """What each size does on each link that is or may be piped, where the link is to carry a flow (one a link)."""
    demands = demands or Demands()
    links, sizes = basin.tables["links"], sizes_of(basin)
    piped = links["kind"].isin(PIPED).to_numpy(bool)
    frame, flow = links[piped], np.asarray(flow_m3_per_day, dtype=float)[piped]
    start, end = (_elevations(basin, frame[column]) for column in ("from_node", "to_node"))
    sized = sizing(frame["length_km"].to_numpy(float) * 1000, start, end, flow, sizes, demands)
    way = _ways(sized, flow, demands)
    found = np.isin(way, PIPED)
    table = _table(frame, flow, sizes, sized, way, demands)
    becomes = (frame["kind"] == "gravity").to_numpy(bool) & (way == "pumped").any(axis=1)
    dropped = ~found.any(axis=1) & (flow > 0)
    findings = [
        *at_rows("pipes.becomes_pumped", "links", frame, becomes,
                 lambda p: f"{frame['link'].iloc[p]} falls {start[p] - end[p]:.4g} m, by which no size carries "
                 f"{flow[p]:.4g} m³/day; it is pumped.", column="kind"),
        *at_rows("pipes.dropped", "links", frame, dropped,
                 lambda p: f"No size carries {flow[p]:.4g} m³/day on {frame['link'].iloc[p]}: "
                 f"{_reason(way[p])}.", column="link"),
    ]  # fmt: skip
    return Candidates(table, tuple(findings))


def _elevations(basin: Basin, nodes: pd.Series) -> Numbers:
    places = [basin.tables[table].set_index(key)["elevation_m"]
              for table, key in (("sources", "source"), ("treatment_sites", "site"), ("villages", "village"))]  # fmt: skip
    return np.asarray(pd.concat(places).reindex(nodes).to_numpy(float), dtype=np.float64)


def _ways(sized: Sizing, flow: Numbers, demands: Demands) -> np.ndarray:
    """(L, P) gravity, pumped, or why not: the narrowest that carries the flow by itself, else the two narrowest pumped."""
    wanted = flow[:, None] > 0
    falls = wanted & (sized.gravity_capacity_m3_per_day >= flow[:, None])
    smallest = falls & (np.cumsum(falls, axis=1) == 1)
    slow = sized.speed_m_per_s <= demands.pumped_speed_m_per_s
    low = sized.pumping_head_m <= demands.largest_head_m
    pumped = wanted & slow & low & ~falls.any(axis=1, keepdims=True)
    first = pumped & (np.cumsum(pumped, axis=1) <= PUMPED_SIZES_OFFERED)
    return np.select(
        [smallest, first, ~wanted, falls | pumped, ~slow | falls.any(axis=1, keepdims=True)],
        ["gravity", "pumped", "no flow is wanted", "wider than needed", "too narrow"],
        "too high for one pumping step",
    )


def _reason(ways: np.ndarray) -> str:
    return ", ".join(dict.fromkeys(str(way) for way in ways))


def _table(
    links: pd.DataFrame, flow: Numbers, sizes: pd.DataFrame, sized: Sizing, way: np.ndarray, demands: Demands
) -> pd.DataFrame:
    shape = way.shape
    gravity, pumped = way == "gravity", way == "pumped"
    head = np.where(pumped, sized.pumping_head_m, 0.0)
    pipe = links["length_km"].to_numpy(float)[:, None] * 1000 * sizes["usd_per_m"].to_numpy(float)
    station = np.where(pumped, figure(PUMP, "capex_usd") + figure(PUMP, "capex_usd_per_m_lift") * head, 0.0)
    yearly = pipe * sizes["fixed_om_share_per_year"].to_numpy(float) + station * figure(PUMP, "fixed_om_share_per_year")
    figures = {
        "flow_m3_per_day": np.broadcast_to(flow[:, None], shape),
        "gravity_capacity_m3_per_day": sized.gravity_capacity_m3_per_day,
        "capacity_m3_per_day": np.where(gravity, sized.gravity_capacity_m3_per_day, np.where(pumped, flow[:, None], 0.0)),
        "pumping_head_m": head,
        "energy_kwh_per_m3": pumping_energy_kwh_per_m3(head, demands.pump_efficiency),
        "capex_usd": pipe + station,
        "fixed_om_usd_per_year": yearly,
    }
    at_link, at_size = np.indices(shape).reshape(2, -1)
    table = pd.DataFrame({"link": links["link"].to_numpy()[at_link], "pipe_size": sizes["pipe_size"].to_numpy()[at_size]})
    table["way"] = way.ravel()
    table["life_years"] = sizes["life_years"].to_numpy(np.int64)[at_size]
    return table.assign(**{name: np.ravel(values) for name, values in figures.items()})


def administration_of_ends(basin: Basin, links: pd.Series) -> pd.Series:
    """The administration of the place where each of these links ends."""
    table = basin.tables["links"]
    ends = table["to_node"].iloc[positions(links, table["link"])]
    tables = (("villages", "village"), ("treatment_sites", "site"))
    places = pd.concat([basin.tables[name].set_index(key)["administration"] for name, key in tables])
    return pd.Series(places.reindex(ends).to_numpy(), index=links.index)
