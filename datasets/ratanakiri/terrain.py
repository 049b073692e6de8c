"""Ground and flow directions: what the elevation grid says about height, drainage and distance."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt
import pyflwdir
from affine import Affine

from datasets.ratanakiri import facts

KM_PER_DEGREE = 111.3
CENTRE_LATITUDE = 13.7
NO_DATA = -32768

Numbers = npt.NDArray[np.float64]
Indices = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Terrain:
    """Grids in flat (row-major) order, so that one index is one cell."""

    shape: tuple[int, int]
    longitude: Numbers
    latitude: Numbers
    elevation_m: Numbers
    downstream: Indices
    catchment_area_km2: Numbers
    main_upstream: Indices
    """The neighbour that brings most of a cell's water; −1 at a spring."""

    def cell(self, longitude: float, latitude: float) -> int:
        """The cell that holds a point."""
        row = int(np.argmin(np.abs(self.latitude[:: self.shape[1]] - latitude)))
        column = int(np.argmin(np.abs(self.longitude[: self.shape[1]] - longitude)))
        return row * self.shape[1] + column

    def near(self, longitude: float, latitude: float, km: float) -> Indices:
        """The cells with ground within a distance of a point."""
        reach = int(km / KM_PER_DEGREE / (self.latitude[0] - self.latitude[self.shape[1]])) + 1
        row, column = divmod(self.cell(longitude, latitude), self.shape[1])
        rows = np.arange(max(row - reach, 0), min(row + reach + 1, self.shape[0]))
        columns = np.arange(max(column - reach, 0), min(column + reach + 1, self.shape[1]))
        cells = (rows[:, None] * self.shape[1] + columns).ravel()
        away = distance_km(self.longitude[cells], self.latitude[cells], longitude, latitude)
        return cells[(away <= km) & (self.elevation_m[cells] > NO_DATA)]

    def course(self, cell: int) -> Iterator[int]:
        """The cells from one down to where the water leaves the grid, itself first."""
        yield cell
        while self.downstream[cell] not in (cell, -1):
            cell = int(self.downstream[cell])
            yield cell


def plane_km(longitude: npt.ArrayLike, latitude: npt.ArrayLike) -> Numbers:
    """Points in km east and north of a fixed corner, last axis of two; flat enough over one province."""
    east = np.asarray(longitude, dtype=float) * KM_PER_DEGREE * np.cos(np.radians(CENTRE_LATITUDE))
    return np.stack([east, np.asarray(latitude, dtype=float) * KM_PER_DEGREE], axis=-1)


def distance_km(
    longitude: npt.ArrayLike, latitude: npt.ArrayLike, to_longitude: npt.ArrayLike, to_latitude: npt.ArrayLike
) -> Numbers:
    """Straight distance between points, broadcast."""
    apart = plane_km(longitude, latitude) - plane_km(to_longitude, to_latitude)
    return np.asarray(np.sqrt((apart**2).sum(axis=-1)))


@cache
def terrain() -> Terrain:
    """Fills the hollows, follows the steepest way down (D8) and adds up the area above each cell."""
    grid = facts.elevation()
    rows, columns = grid.elevation_m.shape
    transform = Affine(grid.cell_width, 0, grid.west, 0, -grid.cell_height, grid.north)
    flow = pyflwdir.from_dem(grid.elevation_m.astype(np.float32), nodata=NO_DATA, transform=transform, latlon=True)
    area = flow.upstream_area("km2").ravel().astype(float)
    downstream = flow.idxs_ds.astype(np.int64)
    main_upstream = np.full(area.size, -1, dtype=np.int64)
    rising = np.argsort(area, kind="stable")
    flowing = rising[(downstream[rising] >= 0) & (downstream[rising] != rising)]
    main_upstream[downstream[flowing]] = flowing
    longitude = grid.west + (np.arange(columns) + 0.5) * grid.cell_width
    latitude = grid.north - (np.arange(rows) + 0.5) * grid.cell_height
    return Terrain(
        shape=(rows, columns),
        longitude=np.tile(longitude, rows),
        latitude=np.repeat(latitude, columns),
        elevation_m=grid.elevation_m.ravel().astype(float),
        downstream=downstream,
        catchment_area_km2=area,
        main_upstream=main_upstream,
    )
