"""Sources with their yield and quality, treatment sites and trains."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from datasets.frames import Names, frame, names, product
from datasets.synthetic.horizon import Horizon
from datasets.synthetic.land import Floats, Indices, Land

KINDS = np.array(["river_intake", "spring", "borehole"], dtype=object)
RIVER, SPRING, BOREHOLE = 0, 1, 2
DEVELOPMENT_USD = np.array([20_000.0, 8_000.0, 30_000.0])
DEVELOPMENT_OM_USD_PER_YEAR = np.array([400.0, 100.0, 600.0])
REQUIRED_LOGS = np.array([[4.0, 4.0, 3.0], [2.0, 2.0, 0.0], [1.0, 1.0, 0.0]])
REQUIRED_BARRIERS = np.array([2, 1, 1])
PROTECTED_SPRING_SHARE = 0.2
EXISTING_BOREHOLE_SHARE = 0.2

TRAINS = pd.DataFrame(
    [
        ("chlorine", 3.0, 3.0, 0.0, 1, 1.0, 0.02, 6000, 60, 0.0, 0.0),
        ("slow_sand_chlorine", 4.0, 4.0, 3.0, 2, 0.95, 0.03, 21600, 250, 0.0, 0.9),
        ("coagulation_sand_chlorine", 4.5, 4.5, 3.5, 2, 0.95, 0.06, 33600, 400, 0.8, 0.95),
        ("ultrafiltration_uv", 6.0, 5.0, 5.0, 2, 0.9, 0.1, 54000, 650, 0.2, 0.99),
    ],
    columns=["train", "bacteria", "viruses", "protozoa", "barriers", "recovery", "variable_om", "capex",
             "capex_per_m3_per_day", "arsenic_removal", "turbidity_removal"],
)  # fmt: skip
GUIDELINES = {"arsenic": ("µg/L", 10.0), "turbidity": ("NTU", 5.0)}


@dataclass(frozen=True)
class Supply:
    """Sources and sites as arrays. `reach` is −1 where the river does not feel a source.

    `makes_safe` says which train (column) makes which source (row) safe to drink; `protected` sources need none.
    """

    sources: Names
    source_xy: Floats
    source_elevation_m: Floats
    kind: Indices
    reach: Indices
    existing: npt.NDArray[np.bool_]
    protected: npt.NDArray[np.bool_]
    turbidity: Floats
    arsenic: Floats
    yield_m3_per_day: Floats
    sites: Names
    site_xy: Floats
    site_elevation_m: Floats
    makes_safe: npt.NDArray[np.bool_]


def supply(made: Land, time: Horizon, sites: int, draw: np.random.Generator) -> Supply:
    """Draw an intake on every reach, springs on high ground, boreholes anywhere, and sites above groups of villages."""
    villages, reaches = len(made.villages), len(made.reaches)
    springs, boreholes = max(1, villages // 13), max(1, villages // 20)
    height = made.village_elevation_m + draw.normal(0, 60, villages)
    spring_village = np.argsort(-height, kind="stable")[:springs]
    borehole_village = draw.choice(villages, boreholes, replace=villages < boreholes)
    near = np.concatenate([spring_village, borehole_village])
    kind = np.repeat([RIVER, SPRING, BOREHOLE], [reaches, springs, boreholes])
    xy = np.vstack([made.reach_xy, made.village_xy[near] + draw.normal(0, 1.2, (len(near), 2))])
    elevation = np.concatenate([made.reach_elevation_m, made.village_elevation_m[near]])
    elevation += np.select([kind == SPRING], [draw.uniform(15, 60, len(kind))], 0.0)
    squared = ((xy[:, None] - made.reach_xy) ** 2).sum(axis=2)
    count = len(kind)
    protected = (kind == SPRING) & (draw.random(count) < PROTECTED_SPRING_SHARE)
    turbidity = np.select([kind == RIVER, kind == SPRING], [draw.uniform(10, 80, count), draw.uniform(0.5, 4, count)], 0.5)
    arsenic = np.where((kind == BOREHOLE) & (draw.random(count) < 0.4), draw.uniform(12, 30, count), 2.0)
    turbidity, arsenic = np.round(turbidity, 1), np.round(arsenic, 1)
    site_village = draw.choice(villages, sites, replace=villages < sites)
    return Supply(
        sources=names("source", count),
        source_xy=xy,
        source_elevation_m=elevation,
        kind=kind,
        reach=np.where(kind == BOREHOLE, -1, squared.argmin(axis=1)),
        existing=(kind == BOREHOLE) & (draw.random(count) < EXISTING_BOREHOLE_SHARE),
        protected=protected,
        turbidity=turbidity,
        arsenic=arsenic,
        yield_m3_per_day=_yields(kind, time, draw),
        sites=names("site", sites),
        site_xy=made.village_xy[site_village] + draw.normal(0, 0.4, (sites, 2)),
        site_elevation_m=made.village_elevation_m[site_village] + draw.uniform(5, 25, sites),
        makes_safe=_makes_safe(np.where(protected[:, None], 0, REQUIRED_LOGS[kind]), kind, turbidity, arsenic),
    )


def supply_tables(made: Land, time: Horizon, drawn: Supply) -> dict[str, pd.DataFrame]:
    """Sources, yields, quality, sites and trains."""
    logs = np.where(drawn.protected[:, None], 0.0, REQUIRED_LOGS[drawn.kind])
    source, season, member = product(*drawn.yield_m3_per_day.shape)
    of_source, of_season, parameter = product(len(drawn.sources), len(time.seasons), len(GUIDELINES))
    values = np.stack([drawn.arsenic, drawn.turbidity], axis=1)
    train, removed = product(len(TRAINS), len(GUIDELINES))
    parameters = np.array(list(GUIDELINES), dtype=object)
    return {
        "sources": frame(
            "sources",
            source=drawn.sources,
            kind=KINDS[drawn.kind],
            administration=made.district_at(drawn.source_xy),
            reach=np.where(drawn.reach >= 0, made.reaches[drawn.reach], None),
            existing=drawn.existing,
            required_log_removal_bacteria=logs[:, 0],
            required_log_removal_viruses=logs[:, 1],
            required_log_removal_protozoa=logs[:, 2],
            required_barriers=np.where(drawn.protected, 0, REQUIRED_BARRIERS[drawn.kind]),
            **made.place(drawn.source_xy, drawn.source_elevation_m),
        ),
        "source_yields": frame(
            "source_yields",
            source=drawn.sources[source],
            season=time.seasons[season],
            member=time.members[member],
            yield_m3_per_day=drawn.yield_m3_per_day.ravel(),
        ),
        "parameters": frame(
            "parameters",
            parameter=parameters,
            unit=np.array([unit for unit, _ in GUIDELINES.values()], dtype=object),
            guideline_value=np.array([value for _, value in GUIDELINES.values()]),
        ),
        "source_quality": frame(
            "source_quality",
            source=drawn.sources[of_source],
            season=time.seasons[of_season],
            parameter=parameters[parameter],
            value=values[of_source, parameter],
        ),
        "treatment_sites": frame(
            "treatment_sites",
            site=drawn.sites,
            administration=made.district_at(drawn.site_xy),
            **made.place(drawn.site_xy, drawn.site_elevation_m),
        ),
        "trains": frame(
            "trains",
            train=TRAINS["train"],
            log_removal_bacteria=TRAINS["bacteria"],
            log_removal_viruses=TRAINS["viruses"],
            log_removal_protozoa=TRAINS["protozoa"],
            barriers=TRAINS["barriers"],
            recovery_share=TRAINS["recovery"],
            variable_om_usd_per_m3=TRAINS["variable_om"],
        ),
        "train_removals": frame(
            "train_removals",
            train=TRAINS["train"].to_numpy()[train],
            parameter=parameters[removed],
            removal_share=TRAINS[["arsenic_removal", "turbidity_removal"]].to_numpy()[train, removed],
        ),
    }


def _yields(kind: Indices, time: Horizon, draw: np.random.Generator) -> Floats:
    """By source, season and member: a river intake is as large as its pump, a spring follows the rains."""
    base = np.select(
        [kind == RIVER, kind == SPRING], [2500.0, draw.uniform(60, 400, len(kind))], draw.uniform(250, 800, len(kind))
    )
    by_season = np.where(kind[:, None] == SPRING, 0.5 + 0.5 * time.wetness, 1.0)
    by_member = np.where(kind[:, None] == SPRING, np.clip(0.2 + 0.8 * time.runoff_share, 0, 1.1), 1.0)
    by_member = np.where(kind[:, None] == BOREHOLE, np.clip(0.7 + 0.3 * time.runoff_share, 0, 1.0), by_member)
    return np.asarray(np.round(base[:, None, None] * by_season[:, :, None] * by_member[:, None, :], 1))


def _makes_safe(logs: Floats, kind: Indices, turbidity: Floats, arsenic: Floats) -> npt.NDArray[np.bool_]:
    removes = TRAINS[["bacteria", "viruses", "protozoa"]].to_numpy()
    enough = (removes[None] >= logs[:, None]).all(axis=2)
    enough &= TRAINS["barriers"].to_numpy()[None] >= REQUIRED_BARRIERS[kind][:, None]
    left = {
        "arsenic": arsenic[:, None] * (1 - TRAINS["arsenic_removal"].to_numpy()),
        "turbidity": turbidity[:, None] * (1 - TRAINS["turbidity_removal"].to_numpy()),
    }
    for parameter, (_, guideline) in GUIDELINES.items():
        enough &= left[parameter] <= guideline
    return np.asarray(enough)
