"""The river on the map: its course, its width by mean flow, its direction."""

from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.sparse import csc_array, eye_array
from scipy.sparse.linalg import spsolve

from planner.basin.basin import Basin
from planner.reports.map_signs import RIVER
from planner.reports.markup import Markup, tag
from planner.reports.projection import Points, Projection

WIDEST: Final = 7.0
NARROWEST: Final = 1.0


def river(basin: Basin, view: Projection) -> Markup:
    reaches = basin.tables["reaches"]
    if reaches.empty:
        return tag("g")
    widths = _widths(basin)
    lines = dict(iter(basin.tables["reach_lines"].sort_values(["reach", "point"]).groupby("reach", sort=False)))
    mouths = reaches.set_index("reach")
    parts: list[Markup | None] = []
    for reach in sorted(widths, key=widths.__getitem__):
        points = _course(reach, lines, mouths, view)
        if len(points) > 1:
            width = widths[reach]
            path = " ".join(f"{x:g},{y:g}" for x, y in points)
            parts.append(tag("polyline", points=path, stroke_width=f"{width:.1f}"))
            parts.append(_arrow(points, width))
    return tag("g", *parts, fill="none", stroke=RIVER, stroke_linecap="round", stroke_linejoin="round")


def _course(reach: str, lines: dict[Any, pd.DataFrame], mouths: pd.DataFrame, view: Projection) -> Points:
    if reach in lines:
        return view(lines[reach]["longitude"], lines[reach]["latitude"])
    below = mouths.loc[reach, "downstream"]
    ends = [reach, below] if isinstance(below, str) else [reach]
    return view(mouths.loc[ends, "longitude"], mouths.loc[ends, "latitude"])


def mean_flow_m3_per_day(basin: Basin) -> npt.NDArray[np.float64]:
    """Natural flow of each reach with everything upstream, mean over the year and the design members."""
    reaches, inflow = basin.tables["reaches"], basin.tables["inflow"]
    members = basin.tables["members"]
    chance = members[members["kind"] == "design"].set_index("member")["probability"]
    days = basin.tables["seasons"].set_index("season")["days"]
    weight = inflow["member"].map(chance).fillna(0.0) * inflow["season"].map(days) / 365
    local = (inflow["inflow_m3_per_day"] * weight).groupby(inflow["reach"]).sum()
    position = pd.Index(reaches["reach"])
    below = position.get_indexer(pd.Index(reaches["downstream"].fillna("")))
    joined = np.flatnonzero(below >= 0)
    downstream = csc_array((np.ones(len(joined)), (below[joined], joined)), shape=(len(position), len(position)))
    flow: npt.NDArray[np.float64] = spsolve(
        (eye_array(len(position)) - downstream).tocsc(), local.reindex(position, fill_value=0.0).to_numpy(float)
    )
    return flow


def _widths(basin: Basin) -> dict[str, float]:
    root = np.sqrt(np.maximum(mean_flow_m3_per_day(basin), 0.0))
    width = np.maximum(WIDEST * root / max(float(root.max(initial=0.0)), 1e-9), NARROWEST)
    return dict(zip(basin.tables["reaches"]["reach"].astype(str), width.tolist(), strict=True))


def _arrow(points: Points, width: float) -> Markup | None:
    """A small arrowhead in the middle of a reach, pointing downstream."""
    steps = np.hypot(*np.diff(points, axis=0).T)
    if steps.sum() < 14:
        return None
    middle = int(np.searchsorted(np.cumsum(steps), steps.sum() / 2))
    along = (points[middle + 1] - points[middle]) / max(steps[middle], 1e-9)
    tip = (points[middle] + points[middle + 1]) / 2
    size = 3.0 + width / 2
    across = np.array([-along[1], along[0]])
    wings = [tip - along * size + across * size * 0.7, tip, tip - along * size - across * size * 0.7]
    return tag("polyline", points=" ".join(f"{x:.1f},{y:.1f}" for x, y in wings), stroke="#3E6FA3", stroke_width="1.2")
