"""Sources: where water may be taken, and how much of it."""

from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt
import pandas as pd

from datasets.ratanakiri import climate, clusters, river
from datasets.ratanakiri.facts import assume
from datasets.ratanakiri.people import villages
from datasets.ratanakiri.terrain import distance_km, plane_km, terrain

Numbers = npt.NDArray[np.float64]

SPRINGS = 22
BOREHOLE_FIELDS = 16
RAINWATER_DISTRICTS = ("Koun Mom", "Lumphat", "Ta Veaeng", "Veun Sai")
"""Lowland districts with few springs; the largest village of each gets the roofs."""
SPRINGS_APART_KM = 3.5
INTAKE_TO_VILLAGE_KM = 12.0
TOWN = (106.985, 13.737)


@dataclass(frozen=True)
class Place:
    """Where a source lies and what marks it."""

    source: str
    title: str
    kind: str
    longitude: float
    latitude: float
    elevation_m: float
    reach: str | None
    yield_m3_per_day: float
    flag: str = ""
    """`below_town`, `open` (spring), `lowland` or `riverside` (borehole), else blank."""


def nearest_village(longitude: float, latitude: float) -> int:
    """Row of the village nearest to a point."""
    rows = villages()
    return int(np.argmin(distance_km(rows.longitude, rows.latitude, longitude, latitude)))


def below_town() -> list[str]:
    """The streams below the one the town draws on: they take its sewage before a large river thins it."""
    net = river.network()
    found = []
    number = int(net.downstream[net.names.index(river.closest_stream(*TOWN))])
    while number >= 0 and not net.river[number]:
        found.append(net.names[number])
        number = int(net.downstream[number])
    return found


def _river_intakes() -> list[Place]:
    net, ground, rows = river.network(), terrain(), villages()
    sewage = below_town()
    places = []
    for name, cell in zip(net.names, net.cells, strict=True):
        longitude, latitude = ground.longitude[cell], ground.latitude[cell]
        nearest = nearest_village(longitude, latitude)
        away = distance_km(rows.longitude[nearest], rows.latitude[nearest], longitude, latitude)
        if away > INTAKE_TO_VILLAGE_KM:
            continue
        large = ground.catchment_area_km2[cell] >= assume("river_intake_large_catchment_km2")
        places.append(
            Place(
                source=f"river_{name}",
                title=f"River intake near {rows.village[nearest]}",
                kind="river_intake",
                longitude=longitude,
                latitude=latitude,
                elevation_m=ground.elevation_m[cell],
                reach=name,
                yield_m3_per_day=assume(f"river_intake_yield_{'large' if large else 'small'}"),
                flag="below_town" if name in sewage else "",
            )
        )
    return places


def _springs() -> list[Place]:
    """On the slopes above the villages with the highest ground around them."""
    ground, rows = terrain(), villages()
    around = [ground.near(x, y, assume("spring_search_km")) for x, y in zip(rows.longitude, rows.latitude, strict=True)]
    own = np.array([ground.elevation_m[ground.cell(x, y)] for x, y in zip(rows.longitude, rows.latitude, strict=True)])
    relief = np.array([ground.elevation_m[cells].max() for cells in around]) - own
    order = np.argsort(-relief, kind="stable")
    order = order[relief[order] >= assume("spring_smallest_relief_m")]
    chosen = clusters.spread(plane_km(rows.longitude, rows.latitude), order, SPRINGS, SPRINGS_APART_KM)
    heights = [own[number] + 0.6 * relief[number] for number in chosen]
    places = []
    for rank, number in enumerate(sorted(chosen)):
        cells = around[number]
        high = cells[ground.elevation_m[cells] >= own[number] + 0.6 * relief[number]]
        away = distance_km(ground.longitude[high], ground.latitude[high], rows.longitude[number], rows.latitude[number])
        cell = int(high[np.argmin(away)])
        size = np.clip(relief[number] / relief[chosen].mean(), 0.4, 2.0)
        places.append(
            Place(
                source=f"spring_{rank + 1:02d}",
                title=f"Spring above {rows.village[number]}",
                kind="spring",
                longitude=ground.longitude[cell],
                latitude=ground.latitude[cell],
                elevation_m=ground.elevation_m[cell],
                reach=river.nearest_reach(ground.longitude[cell], ground.latitude[cell]),
                yield_m3_per_day=assume("spring_yield") * size,
                flag="open" if ground.elevation_m[cell] < np.median(heights) else "",
            )
        )
    return places


def _borehole_fields() -> list[Place]:
    ground, rows = terrain(), villages()
    middle, _ = clusters.centres(plane_km(rows.longitude, rows.latitude), np.sqrt(rows.persons.to_numpy()), BOREHOLE_FIELDS)
    places = []
    for number, point in enumerate(middle):
        village = int(((plane_km(rows.longitude, rows.latitude) - point) ** 2).sum(axis=1).argmin())
        cell = ground.cell(rows.longitude[village] + 0.006, rows.latitude[village])
        height = ground.elevation_m[cell]
        plateau = height >= assume("borehole_plateau_elevation_m")
        riverside = height <= assume("riverside_elevation_m")
        places.append(
            Place(
                source=f"borehole_{number + 1:02d}",
                title=f"Borehole field at {rows.village[village]}",
                kind="borehole",
                longitude=ground.longitude[cell],
                latitude=ground.latitude[cell],
                elevation_m=height,
                reach=None,
                yield_m3_per_day=assume(f"borehole_yield_{'plateau' if plateau else 'lowland'}"),
                flag="riverside" if riverside else "" if plateau else "lowland",
            )
        )
    return places


def _rainwater() -> list[Place]:
    rows = villages()
    ground = terrain()
    places = []
    for number, district in enumerate(RAINWATER_DISTRICTS):
        village = rows[rows["district"] == district]["persons"].idxmax()
        row = rows.loc[village]
        places.append(
            Place(
                source=f"rainwater_{number + 1:02d}",
                title=f"Roofs of {row.village}",
                kind="rainwater",
                longitude=row.longitude,
                latitude=row.latitude,
                elevation_m=ground.elevation_m[ground.cell(row.longitude, row.latitude)] + 3,
                reach=None,
                yield_m3_per_day=assume("rainwater_roof_m2") * assume("rainwater_runoff_share") / 1000,
                flag=row.village_id,
            )
        )
    return places


@cache
def places() -> tuple[Place, ...]:
    """Every candidate source."""
    return (*_river_intakes(), *_springs(), *_borehole_fields(), *_rainwater())


def _required(place: Place) -> tuple[float, float, float, int]:
    """Log removals of bacteria, viruses and protozoa, and barriers."""
    pathogens = ("bacteria", "viruses", "protozoa")
    if place.kind == "river_intake":
        where = "below_town" if place.flag == "below_town" else "river"
        bacteria, viruses, protozoa = (assume(f"required_{pathogen}_{where}") for pathogen in pathogens)
        return bacteria, viruses, protozoa, 2
    protozoa = assume("required_protozoa_spring") if place.flag == "open" else 0.0
    return assume("required_bacteria_ground"), assume("required_viruses_ground"), protozoa, 1


def sources() -> pd.DataFrame:
    """The table of sources."""
    rows = villages()
    required = np.array([_required(place) for place in places()])
    sustainable = assume("borehole_sustainable_share") * 365
    return pd.DataFrame(
        {
            "source": [place.source for place in places()],
            "title": [place.title for place in places()],
            "kind": [place.kind for place in places()],
            "administration": [rows.commune_id[nearest_village(p.longitude, p.latitude)] for p in places()],
            "reach": [place.reach for place in places()],
            "longitude": np.round([place.longitude for place in places()], 5),
            "latitude": np.round([place.latitude for place in places()], 5),
            "elevation_m": [place.elevation_m for place in places()],
            "existing": False,
            "licence_m3_per_year": [
                round(place.yield_m3_per_day * sustainable) if place.kind == "borehole" else None for place in places()
            ],
            "required_log_removal_bacteria": required[:, 0],
            "required_log_removal_viruses": required[:, 1],
            "required_log_removal_protozoa": required[:, 2],
            "required_barriers": required[:, 3].astype(int),
        }
    )


def _yield_factor(kind: str) -> Numbers:
    """Yield against its mean by season and member."""
    ones = np.ones((len(climate.SEASONS), len(climate.MEMBERS)))
    if kind == "spring":
        season = [assume(f"spring_{name}") for name in climate.SEASONS]
        member = [assume("spring_wet_year"), 1.0, assume("spring_dry_year"), assume("spring_drought")]
        return np.outer(season, member)
    if kind == "borehole":
        dry = assume("borehole_dry_season")
        return np.outer([dry, dry, 1.0, 1.0], [1.0, 1.0, assume("borehole_dry_year"), assume("borehole_dry_year")])
    if kind == "rainwater":
        season = [assume(f"rain_{name}") for name in climate.SEASONS]
        member = [assume("rain_wet_year"), 1.0, assume("rain_dry_year"), assume("rain_drought")]
        return np.outer(season, member)
    return ones


def source_yields() -> pd.DataFrame:
    """Yield by source, season and member, to a tenth of a m³/day."""
    values = np.stack([place.yield_m3_per_day * _yield_factor(place.kind) for place in places()])
    index = pd.MultiIndex.from_product(
        [[place.source for place in places()], climate.SEASONS, climate.MEMBERS], names=["source", "season", "member"]
    )
    return pd.DataFrame({"yield_m3_per_day": np.round(values.ravel(), 1)}, index=index).reset_index()
