"""The river: reaches from the elevation grid, their inflow, their environmental flow and what is owed downstream."""

from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt
import pandas as pd

from datasets.ratanakiri import climate, clusters, facts
from datasets.ratanakiri.facts import assume
from datasets.ratanakiri.people import villages
from datasets.ratanakiri.terrain import distance_km, plane_km, terrain
from planner.hydrology import environmental_flow

Numbers = npt.NDArray[np.float64]

WEST, EAST, SOUTH, NORTH = 106.55, 107.60, 13.25, 14.25
"""The province's rivers are followed inside this window."""
INTAKE_PLACES = 34
CLOSEST_NODES_CELLS = 4
SECONDS_PER_YEAR = 365 * 86_400
STATIONS = {
    "Andaung Meas": ("sesan", 107.38, 13.87),
    "Phum Pi": ("sesan", 107.45, 13.80),
    "Lumphat": ("srepok", 106.99, 13.49),
}
"""Where the stations stand on the two rivers, read off the map: their rows carry no position."""
LARGE_RIVER_KM2 = 2_000.0


@dataclass(frozen=True)
class Network:
    """Reaches in order from upstream to downstream. A reach is the stretch that ends at its node."""

    names: tuple[str, ...]
    cells: tuple[int, ...]
    downstream: npt.NDArray[np.int64]
    """Position of the next reach; −1 where the river leaves."""
    river: tuple[str, ...]
    outside: tuple[str, ...]
    """The river whose water from beyond the province enters here, else blank."""


def _inside(cell: int) -> bool:
    ground = terrain()
    return WEST <= ground.longitude[cell] <= EAST and SOUTH <= ground.latitude[cell] <= NORTH


def _main_stem(longitude: float, latitude: float, area_km2: float) -> list[int]:
    """The cells of a river inside the window, going down, found from a dam with a published catchment on it."""
    ground = terrain()
    near = ground.near(longitude, latitude, 6)
    start = int(near[np.argmin(np.abs(np.log(ground.catchment_area_km2[near] / area_km2)))])
    return [cell for cell in ground.course(start) if _inside(cell)]


@cache
def main_stems() -> dict[str, list[int]]:
    """The Sesan and the Srepok inside the window, going down."""
    dams = facts.table("dams").set_index("dam")
    place = ["longitude", "latitude", "catchment_area_km2"]
    return {river: _main_stem(*dams.loc[dam, place]) for river, dam in (("sesan", "V007"), ("srepok", "V013"))}


def _intake_cells() -> list[int]:
    """The nearest stream that is large enough, for each cluster of villages."""
    ground = terrain()
    rows = villages()
    middle, _ = clusters.centres(plane_km(rows.longitude, rows.latitude), rows.persons.to_numpy(), INTAKE_PLACES)
    corner = plane_km(0.0, 0.0)
    smallest = assume("reach_smallest_catchment_km2")
    chosen = []
    for point in middle - corner:
        longitude = rows.longitude.iloc[_nearest_village(point)]
        latitude = rows.latitude.iloc[_nearest_village(point)]
        near = ground.near(longitude, latitude, 12)
        stream = near[ground.catchment_area_km2[near] >= smallest]
        away = distance_km(ground.longitude[stream], ground.latitude[stream], longitude, latitude)
        chosen.append(int(stream[np.argmin(away)]))
    return chosen


def _nearest_village(point: Numbers) -> int:
    rows = villages()
    return int(((plane_km(rows.longitude, rows.latitude) - point) ** 2).sum(axis=1).argmin())


def _node_cells() -> dict[int, str]:
    """Cells at which reaches end, with the river whose outside water enters there (else blank)."""
    ground = terrain()
    nodes: dict[int, str] = {}
    for river, stem in main_stems().items():
        nodes[stem[0]] = river
        nodes[stem[-1]] = ""
    for river, longitude, latitude in STATIONS.values():
        stem = np.array(main_stems()[river])
        nodes.setdefault(_closest(stem, longitude, latitude), "")
    for cell in _intake_cells():
        below = list(ground.course(cell))[: CLOSEST_NODES_CELLS + 1]
        above_another = any(other in below for other in nodes)
        below_another = any(cell in list(ground.course(other))[: CLOSEST_NODES_CELLS + 1] for other in nodes)
        if not above_another and not below_another:
            nodes[cell] = ""
    return nodes


def _closest(cells: npt.NDArray[np.int64], longitude: float, latitude: float) -> int:
    ground = terrain()
    away = distance_km(ground.longitude[cells], ground.latitude[cells], longitude, latitude)
    return int(cells[np.argmin(away)])


@cache
def network() -> Network:
    """Every node drains into the first other node on its way down."""
    ground = terrain()
    nodes = _node_cells()
    cells = sorted(nodes, key=lambda cell: (ground.catchment_area_km2[cell], cell))
    position = {cell: number for number, cell in enumerate(cells)}
    down = np.full(len(cells), -1)
    for cell, number in position.items():
        down[number] = next((position[below] for below in ground.course(cell) if below in nodes and below != cell), -1)
    sesan = set(main_stems()["sesan"])
    river = []
    for cell in cells:
        on_main = "sesan" if cell in sesan else "srepok" if cell in set(main_stems()["srepok"]) else ""
        river.append(on_main)
    counts: dict[str, int] = {}
    names = []
    for on_main in river:
        kind = on_main or "stream"
        counts[kind] = counts.get(kind, 0) + 1
        names.append(f"{kind}_{counts[kind]:02d}")
    return Network(tuple(names), tuple(cells), down, tuple(river), tuple(nodes[cell] for cell in cells))


def own_area_km2() -> Numbers:
    """The part of each reach's catchment that is in no reach above it."""
    net = network()
    area = terrain().catchment_area_km2[list(net.cells)].copy()
    above = np.zeros_like(area)
    flows = net.downstream >= 0
    np.add.at(above, net.downstream[flows], area[flows])
    return area - above


def accumulate(own: Numbers) -> Numbers:
    """Sums over each reach and all above it; the first axis is the reach, in order of growing catchments."""
    net = network()
    total = own.astype(float).copy()
    for number, down in enumerate(net.downstream):
        if down >= 0:
            total[down] += total[number]
    return total


def runoff_scale() -> dict[str, float]:
    """How much more water a part of the basin gives than the runoff series, so that mean flows at dams are met.

    `sesan` and `srepok` are the parts above the province, after Se San 4A and Sre Pok 4; `local` is what Lower Se San
    2 has more than those two.
    """
    dams = facts.table("dams").set_index("dam")
    area, flow = dams["catchment_area_km2"], dams["mean_flow_m3_per_s"] * SECONDS_PER_YEAR
    depth_m = {
        "sesan": flow["V007"] / area["V007"] / 1e6,
        "srepok": flow["V013"] / area["V013"] / 1e6,
        "local": (flow["C002"] - flow["V007"] - flow["V013"]) / (area["C002"] - area["V007"] - area["V013"]) / 1e6,
    }
    return {part: depth * 1000 / climate.mean_runoff_mm_per_year() for part, depth in depth_m.items()}


def scaled_area_km2() -> Numbers:
    """Own area times the scale of its part of the basin: what the runoff series is multiplied with."""
    scale = runoff_scale()
    return own_area_km2() * np.array([scale[outside or "local"] for outside in network().outside])


def inflow_m3_per_day() -> Numbers:
    """Local inflow by reach, season and member, to three figures."""
    depth = climate.member_runoff_mm() * 1000 / climate.season_days()[:, None]
    return significant(scaled_area_km2()[:, None, None] * depth)


def mean_monthly_flow_m3_per_day() -> Numbers:
    """Mean flow of each calendar month at each reach, (12, reaches)."""
    return climate.mean_monthly_runoff_m3_per_day_per_km2()[:, None] * accumulate(scaled_area_km2())


def environmental_flow_m3_per_day(method: str) -> Numbers:
    """Requirement by reach and season: the mean over the days of the season of the monthly requirement."""
    formula = {
        "variable_monthly_flow": environmental_flow.variable_monthly_flow,
        "tessmann": environmental_flow.tessmann,
    }[method]
    return _seasonal(formula(mean_monthly_flow_m3_per_day())).T


def driest_design_flow_m3_per_day() -> Numbers:
    """Natural flow by reach and season in the member that brings least of those designed for."""
    design = (climate.members()["kind"] == "design").to_numpy()
    return accumulate(inflow_m3_per_day())[:, :, design].min(axis=2)


def kept_flow_m3_per_day(wanted: Numbers) -> Numbers:
    """A requirement by reach and season, never more than a share of what the driest design member brings.

    Without that, the requirement from mean flows stops every withdrawal in the hot dry season of a dry year.
    """
    return significant(np.minimum(wanted, assume("environmental_flow_dry_cap") * driest_design_flow_m3_per_day()))


def mean_season_flow_m3_per_day() -> Numbers:
    """Mean flow by reach and season."""
    return _seasonal(mean_monthly_flow_m3_per_day()).T


def _seasonal(monthly: Numbers) -> Numbers:
    parts = []
    for season in climate.SEASONS:
        months = np.array(climate.MONTHS_OF_SEASON[season]) - 1
        days = climate.MONTH_DAYS[months]
        parts.append((monthly[months] * days[:, None]).sum(axis=0) / days.sum())
    return np.stack(parts)


def significant(values: Numbers, figures: int = 3) -> Numbers:
    """Values to so many significant figures; below the unit to whole units at least as fine as a tenth."""
    magnitude = np.floor(np.log10(np.maximum(np.abs(values), 1.0)))
    step = 10.0 ** (magnitude - figures + 1)
    return np.round(np.round(values / step) * step, 2)


def nearest_reach(longitude: float, latitude: float) -> str:
    """The reach whose water passes nearest to a point, following the ground down from there if it can."""
    net = network()
    ground = terrain()
    position = dict(zip(net.cells, net.names, strict=True))
    found = next((position[cell] for cell in ground.course(ground.cell(longitude, latitude)) if cell in position), None)
    if found is not None:
        return found
    cells = np.array(net.cells)
    away = distance_km(ground.longitude[cells], ground.latitude[cells], longitude, latitude)
    return net.names[int(np.argmin(away))]


def closest_stream(longitude: float, latitude: float) -> str:
    """The reach with the nearest node that is on neither large river."""
    net = network()
    ground = terrain()
    streams = np.array([number for number, name in enumerate(net.river) if not name])
    cells = np.array(net.cells)[streams]
    away = distance_km(ground.longitude[cells], ground.latitude[cells], longitude, latitude)
    return net.names[int(streams[np.argmin(away)])]


def catchment_check() -> pd.DataFrame:
    """Catchment areas of the grid beside the published ones, at the dams."""
    ground = terrain()
    dams = facts.table("dams")
    derived = []
    for dam in dams.itertuples():
        near = ground.near(dam.longitude, dam.latitude, 4)
        area = ground.catchment_area_km2[near]
        derived.append(float(area[np.argmin(np.abs(np.log(area / dam.catchment_area_km2)))]))
    return dams.assign(
        derived_area_km2=np.round(derived),
        difference_share=np.round(np.array(derived) / dams["catchment_area_km2"] - 1, 3),
    )
