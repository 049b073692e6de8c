"""The lie of the land: a branching river, villages clustered along it, districts."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.spatial import cKDTree

from datasets.frames import Names, frame, names

Floats = npt.NDArray[np.float64]
Indices = npt.NDArray[np.intp]

KM_PER_DEGREE_OF_LATITUDE = 111.3
MIDDLE_LATITUDE, MIDDLE_LONGITUDE = 13.7, 107.0
KM_PER_DEGREE_OF_LONGITUDE = KM_PER_DEGREE_OF_LATITUDE * np.cos(np.radians(MIDDLE_LATITUDE))
KM2_FOR_A_VILLAGE = 42.0
REACHES_AT_MOST = 400
VILLAGES_OF_A_DISTRICT = 27


@dataclass(frozen=True)
class Land:
    """Places as arrays; `xy` in km. `downstream` is −1 at the outlet; reaches run from high to low.

    `local_area_km2` is what drains into a reach without passing another one. `upstream` runs from 0 (low) to 1 (high).
    """

    reaches: Names
    reach_xy: Floats
    reach_elevation_m: Floats
    local_area_km2: Floats
    downstream: Indices
    villages: Names
    village_xy: Floats
    village_elevation_m: Floats
    upstream: Floats
    districts: Names
    district_xy: Floats
    district_of_village: Indices

    def district_at(self, xy: Floats) -> Names:
        """The district whose seat is nearest."""
        return np.asarray(self.districts[cKDTree(self.district_xy).query(xy)[1]])

    def place(self, xy: Floats, elevation_m: Floats | None = None) -> dict[str, Floats]:
        """Columns of a place."""
        where = {
            "longitude": np.round(MIDDLE_LONGITUDE + xy[:, 0] / KM_PER_DEGREE_OF_LONGITUDE, 4),
            "latitude": np.round(MIDDLE_LATITUDE + xy[:, 1] / KM_PER_DEGREE_OF_LATITUDE, 4),
        }
        return where if elevation_m is None else {**where, "elevation_m": np.round(elevation_m, 0)}


def land(villages: int, draw: np.random.Generator) -> Land:
    """Draw a river that gathers towards one corner, and villages near it."""
    side_km = np.sqrt(KM2_FOR_A_VILLAGE * villages)
    count = int(np.clip(villages // 8, 3, REACHES_AT_MOST))
    outlet = np.array([-0.5, -0.5]) * side_km
    reach_xy = np.vstack([draw.uniform(-0.5, 0.5, (count - 1, 2)) * side_km, outlet])
    distance = np.hypot(*(reach_xy - outlet).T) / side_km
    elevation = 60 + 450 * distance**1.3 + draw.uniform(0, 5, count)
    elevation[-1] = 50.0
    order = np.argsort(-elevation, kind="stable")
    reach_xy, elevation = reach_xy[order], elevation[order]

    near = draw.integers(0, count, max(1, villages // 5))
    centre_xy = reach_xy[near] + draw.normal(0, 4.0, (len(near), 2))
    cluster = draw.integers(0, len(near), villages)
    village_xy = centre_xy[cluster] + draw.normal(0, 2.5, (villages, 2))
    to_river_km, nearest = cKDTree(reach_xy).query(village_xy)
    village_elevation = elevation[nearest] + 8 + 9 * to_river_km + draw.exponential(15, villages)

    district_count = max(1, round(villages / VILLAGES_OF_A_DISTRICT))
    seats = village_xy[draw.choice(villages, district_count, replace=False)]
    return Land(
        reaches=names("reach", count),
        reach_xy=reach_xy,
        reach_elevation_m=elevation,
        local_area_km2=np.exp(draw.uniform(np.log(4), np.log(100), count)),
        downstream=_nearest_lower(reach_xy),
        villages=names("village", villages),
        village_xy=village_xy,
        village_elevation_m=village_elevation,
        upstream=np.argsort(np.argsort(village_elevation, kind="stable"), kind="stable") / max(villages - 1, 1),
        districts=names("district", district_count),
        district_xy=seats,
        district_of_village=cKDTree(seats).query(village_xy)[1],
    )


def land_tables(made: Land) -> dict[str, pd.DataFrame]:
    """Administrations, reaches with their lines, villages."""
    districts = len(made.districts)
    inner = made.downstream >= 0
    end_xy = np.where(inner[:, None], made.reach_xy[made.downstream], made.reach_xy - 2.0)
    line_xy = np.stack([made.reach_xy, end_xy], axis=1).reshape(-1, 2)
    return {
        "administrations": frame(
            "administrations",
            administration=np.array(["province", *made.districts], dtype=object),
            level=np.array(["province"] + ["district"] * districts, dtype=object),
            parent=np.array([None] + ["province"] * districts, dtype=object),
            account=True,
        ),
        "reaches": frame(
            "reaches",
            reach=made.reaches,
            downstream=np.where(inner, made.reaches[made.downstream], None),
            administration=made.district_at(made.reach_xy),
            catchment_area_km2=np.round(gather(made.downstream, made.local_area_km2), 1),
            **made.place(made.reach_xy),
        ),
        "reach_lines": frame(
            "reach_lines",
            reach=np.repeat(made.reaches, 2),
            point=np.tile([0, 1], len(made.reaches)),
            **made.place(line_xy),
        ),
        "villages": frame(
            "villages",
            village=made.villages,
            administration=made.districts[made.district_of_village],
            **made.place(made.village_xy, made.village_elevation_m),
        ),
    }


def gather(downstream: Indices, local: Floats) -> Floats:
    """Sum down the river: local values (reach, …), upper reaches first, to sums over all that drains through."""
    whole = local.copy()
    for reach, below in enumerate(downstream):
        if below >= 0:
            whole[below] += whole[reach]
    return whole


def _nearest_lower(xy: Floats) -> Indices:
    """For each reach, ordered from high to low, the nearest lower one; −1 for the last."""
    squared = ((xy[:, None] - xy) ** 2).sum(axis=2)
    count = len(xy)
    squared[np.tril_indices(count)] = np.inf
    below = squared.argmin(axis=1)
    below[-1] = -1
    return below
