"""The tables of the river, and the lines of its reaches for the map."""

import numpy as np
import pandas as pd

from datasets.ratanakiri import climate, river, supply, uses
from datasets.ratanakiri.people import villages
from datasets.ratanakiri.terrain import terrain

HEADWATER_SMALLEST_KM2 = 4.0
LARGEST_POINTS = 40
LONGEST_HEAD_CELLS = 200
BEYOND_OUTLET_CELLS = 12
RIVER_TITLES = {"sesan": "Sesan", "srepok": "Srepok"}


def reaches() -> pd.DataFrame:
    """The table of reaches, upstream first."""
    net, ground, rows = river.network(), terrain(), villages()
    cells = np.array(net.cells)
    near = [rows["village"][supply.nearest_village(ground.longitude[cell], ground.latitude[cell])] for cell in cells]
    kind = [RIVER_TITLES.get(name, "Stream") for name in net.river]
    return pd.DataFrame(
        {
            "reach": net.names,
            "title": [f"{what} near {village}" for what, village in zip(kind, near, strict=True)],
            "downstream": [net.names[down] if down >= 0 else None for down in net.downstream],
            "administration": [uses.reach_administration(cell) for cell in cells],
            "longitude": ground.longitude[cells].round(5),
            "latitude": ground.latitude[cells].round(5),
            "catchment_area_km2": ground.catchment_area_km2[cells].round(1),
            "protected": False,
        }
    )


def _course(position: int, drawn: set[int]) -> list[int]:
    """From the next reach above (or the head, or the border) to the node, and on to what is drawn already."""
    net, ground = river.network(), terrain()
    ends = set(net.cells)
    above: list[int] = []
    cell = int(ground.main_upstream[net.cells[position]])
    while cell >= 0 and len(above) < LONGEST_HEAD_CELLS and ground.catchment_area_km2[cell] >= HEADWATER_SMALLEST_KM2:
        above.append(cell)
        if cell in ends:
            break
        cell = int(ground.main_upstream[cell])
    below: list[int] = []
    for cell in ground.course(net.cells[position]):
        below.append(cell)
        if cell in drawn or (net.downstream[position] < 0 and len(below) > BEYOND_OUTLET_CELLS):
            break
    return [*above[::-1], *below]


def reach_lines() -> pd.DataFrame:
    """The course of each reach in at most forty points; the large rivers are drawn first, streams run into them."""
    net, ground = river.network(), terrain()
    drawn: set[int] = set()
    lines: dict[int, list[int]] = {}
    for position in reversed(range(len(net.cells))):
        lines[position] = _course(position, drawn)
        drawn.update(lines[position])
    parts = []
    for position, name in enumerate(net.names):
        cells = np.array(lines[position])
        kept = cells[np.unique(np.linspace(0, len(cells) - 1, min(len(cells), LARGEST_POINTS)).round().astype(int))]
        parts.append(
            pd.DataFrame(
                {
                    "reach": name,
                    "point": np.arange(len(kept)),
                    "longitude": ground.longitude[kept].round(4),
                    "latitude": ground.latitude[kept].round(4),
                }
            )
        )
    return pd.concat(parts, ignore_index=True)


def inflow() -> pd.DataFrame:
    """Local inflow by reach, season and member."""
    index = pd.MultiIndex.from_product(
        [river.network().names, climate.SEASONS, climate.MEMBERS], names=["reach", "season", "member"]
    )
    return pd.DataFrame({"inflow_m3_per_day": river.inflow_m3_per_day().ravel()}, index=index).reset_index()


def environmental_flow(method: str = "variable_monthly_flow", *, capped: bool = True) -> pd.DataFrame:
    """Requirement by reach and season by one method."""
    wanted = river.environmental_flow_m3_per_day(method)
    values = river.kept_flow_m3_per_day(wanted) if capped else river.significant(wanted)
    index = pd.MultiIndex.from_product([river.network().names, climate.SEASONS], names=["reach", "season"])
    frame = pd.DataFrame({"environmental_flow_m3_per_day": values.ravel()}, index=index).reset_index()
    return frame.assign(method=method)
