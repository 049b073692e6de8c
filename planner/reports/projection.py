"""From degrees to the drawing: a flat map of a region small enough for one scale."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from planner.basin.basin import Basin

KM_PER_DEGREE = 111.2
STRIP = 26.0  # below the land, for the scale

Points = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Projection:
    """Equirectangular about the middle of the basin: km east and north, then units of the drawing."""

    west: float
    north: float
    km_per_degree_east: float
    units_per_km: float
    margin: float
    width: float
    height: float

    def __call__(self, longitude: pd.Series, latitude: pd.Series) -> Points:
        """Places in the drawing, shape (places, 2)."""
        east_km = (longitude.to_numpy(float) - self.west) * self.km_per_degree_east
        south_km = (self.north - latitude.to_numpy(float)) * KM_PER_DEGREE
        return np.round(self.margin + np.column_stack([east_km, south_km]) * self.units_per_km, 1)


def projection(basin: Basin, width: float = 360.0, margin: float = 14.0) -> Projection:
    """The projection that fits villages, sources and treatment sites, and the river as far as it is near them."""
    near = pd.concat([basin.tables[t][["longitude", "latitude"]] for t in ("villages", "sources", "treatment_sites")])
    if near.empty:
        near = basin.tables["reaches"][["longitude", "latitude"]]
    if near.empty:
        near = pd.DataFrame({"longitude": [0.0], "latitude": [0.0]})
    west, east = float(near["longitude"].min()), float(near["longitude"].max())
    south, north = float(near["latitude"].min()), float(near["latitude"].max())
    east_scale = KM_PER_DEGREE * float(np.cos(np.radians((south + north) / 2)))
    wide_km, high_km = max((east - west) * east_scale, 0.5), max((north - south) * KM_PER_DEGREE, 0.5)
    # A basin much higher than wide is drawn narrower rather than off the screen.
    units = min((width - 2 * margin) / wide_km, (1.25 * width - 2 * margin) / high_km)
    return Projection(
        west=west,
        north=north,
        km_per_degree_east=east_scale,
        units_per_km=units,
        margin=margin,
        width=round(max(wide_km * units, width / 2) + 2 * margin, 1),
        height=round(max(high_km * units, width / 4) + 2 * margin + STRIP, 1),
    )
