"""Candidate mains and pipes, and everything that can be built."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from datasets.frames import Names, frame, names
from datasets.synthetic.horizon import Horizon
from datasets.synthetic.land import Land
from datasets.synthetic.links import Links, Places, nearest_links
from datasets.synthetic.supply import DEVELOPMENT_OM_USD_PER_YEAR, DEVELOPMENT_USD, SPRING, TRAINS, Supply
from planner.hydrology.pipes import hazen_williams_capacity_m3_per_day, velocity_capacity_m3_per_day

HEAD_KEPT_M = 5.0
PUMP_HEAD_ADDED_M = 10.0
USD_PER_M3_AND_M = 9.81 / 3600 / 0.6 * 0.15
"""Energy to lift a cubic metre one metre: pump efficiency 0.6, 0.15 USD/kWh."""
SIZES = np.array(["dn63", "dn110", "dn160"], dtype=object)
DIAMETER_M = np.array([0.0554, 0.097, 0.141])
USD_PER_KM = np.array([6_000.0, 13_000.0, 24_000.0])
TREATMENT_LIFE_YEARS, NETWORK_LIFE_YEARS = 20, 30
LARGEST_WORKS_M3_PER_DAY = 1200.0


@dataclass(frozen=True)
class Laying:
    """How links of one sort are laid: sizes offered, pipes side by side, and their price against a single one."""

    prefix: str
    sizes: tuple[int, ...]
    capacity_factor: float = 1.0
    price_factor: float = 1.0


MAIN = Laying("main", (1, 2), capacity_factor=3.0, price_factor=2.0)
PIPE = Laying("pipe", (0, 1))
SPRING_PIPE = Laying("spring_pipe", (0,))
VILLAGE_PIPE = Laying("village_pipe", (0, 1))


def network_tables(made: Land, time: Horizon, drawn: Supply, tree: bool) -> dict[str, pd.DataFrame]:
    """Links, options and their requirements. `tree` adds pipes from village to village."""
    sources = Places(drawn.sources, drawn.source_xy, drawn.source_elevation_m)
    sites = Places(drawn.sites, drawn.site_xy, drawn.site_elevation_m)
    villages = Places(made.villages, made.village_xy, made.village_elevation_m)
    mains = nearest_links(sources, sites, each=4, km_at_most=30)
    pipes = nearest_links(sites, villages, each=3, km_at_most=25)
    parts = [
        _laid(MAIN, mains, sources, sites, made, alone=None),
        _laid(PIPE, pipes, sites, villages, made, alone=np.ones(len(pipes.km), dtype=bool)),
        _spring_pipes(drawn, villages, made),
    ]
    if tree:
        between = nearest_links(villages, villages, each=3, km_at_most=12, to_itself=False)
        parts.append(_laid(VILLAGE_PIPE, between, villages, villages, made, alone=np.ones(len(between.km), dtype=bool)))
    links = pd.concat([part for part, _ in parts], ignore_index=True)
    conveyance = pd.concat([part for _, part in parts], ignore_index=True)
    developments = _developments(made, drawn)
    from_node = conveyance[["option", "place"]].merge(links[["link", "from_node"]], left_on="place", right_on="link")
    needs = from_node.merge(developments, left_on="from_node", right_on="place", suffixes=("", "_needed"))
    return {
        "links": links,
        "options": pd.concat([developments, _works(made, time, drawn, mains), conveyance], ignore_index=True),
        "option_requirements": frame(
            "option_requirements", option=needs["option"].to_numpy(), requires=needs["option_needed"].to_numpy()
        ),
    }


def _spring_pipes(drawn: Supply, villages: Places, made: Land) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Pipes downhill from springs straight into villages."""
    which = np.flatnonzero(drawn.kind == SPRING)
    springs = Places(drawn.sources[which], drawn.source_xy[which], drawn.source_elevation_m[which])
    links = nearest_links(springs, villages, each=2, km_at_most=8)
    downhill = links.only(~links.pumped)
    return _laid(SPRING_PIPE, downhill, springs, villages, made, alone=drawn.protected[which][downhill.start])


def _laid(
    laying: Laying, links: Links, start: Places, end: Places, made: Land, alone: np.ndarray | None
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The links and their conveyance options; a size that carries no more than the smaller one is left out.

    Where `alone`, at most one safe pipe enters the end.
    """
    link = names(laying.prefix, len(links.km))
    size = np.array(laying.sizes)
    fall = np.maximum(-links.lift_m - HEAD_KEPT_M, 0) / (links.km * 1000)
    by_velocity = velocity_capacity_m3_per_day(DIAMETER_M[size], 1.0)[None]
    by_head = np.minimum(hazen_williams_capacity_m3_per_day(DIAMETER_M[size][None], fall[:, None]), 1.5 * by_velocity)
    capacity = np.round(np.where(links.pumped[:, None], by_velocity, by_head) * laying.capacity_factor)
    row, column = np.nonzero(np.diff(capacity, axis=1, prepend=0.0) >= 1)
    pump_usd = np.where(links.pumped, 8_000 + 50 * np.maximum(links.lift_m, 0), 0.0)
    laying_usd = links.km[row] * USD_PER_KM[size[column]] * laying.price_factor
    energy = np.where(links.pumped, USD_PER_M3_AND_M * (np.maximum(links.lift_m, 0) + PUMP_HEAD_ADDED_M), 0.0)
    size_names: Names = SIZES[size[column]]
    group = link if alone is None else np.where(alone, "into_" + end.names[links.end], link)
    described = frame(
        "links",
        link=link,
        from_node=start.names[links.start],
        to_node=end.names[links.end],
        kind=np.where(links.pumped, "pumped", "gravity"),
        length_km=links.km,
        lift_m=links.lift_m,
        loss_share=0.02,
        variable_om_usd_per_m3=np.round(energy, 4),
    )
    options = frame(
        "options",
        option=link[row] + "_" + size_names,
        kind="conveyance",
        place=link[row],
        technology="pipe_" + size_names,
        category="conveyance",
        administration=made.district_at(end.xy)[links.end[row]],
        capacity_m3_per_day=capacity[row, column],
        capex_usd=np.round(laying_usd + pump_usd[row], -1),
        fixed_om_usd_per_year=np.round(0.01 * laying_usd + 0.05 * pump_usd[row], -1),
        life_years=NETWORK_LIFE_YEARS,
        exclusive_group=group[row],
    )
    return described, options


def _developments(made: Land, drawn: Supply) -> pd.DataFrame:
    """What opens each source that does not exist."""
    new = np.flatnonzero(~drawn.existing)
    return frame(
        "options",
        option=drawn.sources[new] + "_works",
        kind="source_development",
        place=drawn.sources[new],
        technology=np.array(["river_intake", "spring_box", "borehole_pump"], dtype=object)[drawn.kind[new]],
        category="source",
        administration=made.district_at(drawn.source_xy[new]),
        capex_usd=DEVELOPMENT_USD[drawn.kind[new]],
        fixed_om_usd_per_year=DEVELOPMENT_OM_USD_PER_YEAR[drawn.kind[new]],
        life_years=NETWORK_LIFE_YEARS,
    )


def _works(made: Land, time: Horizon, drawn: Supply, mains: Links) -> pd.DataFrame:
    """Every train at every site where it makes the water of at least one main safe."""
    useful = np.zeros((len(drawn.sites), len(TRAINS)), dtype=bool)
    np.logical_or.at(useful, mains.end, drawn.makes_safe[mains.start])
    site, train = np.nonzero(useful)
    trains = TRAINS.iloc[train]
    train_names = trains["train"].to_numpy(dtype=object)
    # A works with coagulation takes a stage to design and build, where there are stages to wait for.
    waits = (train_names == "coagulation_sand_chlorine") & (len(time.stages) > 1)
    return frame(
        "options",
        option=drawn.sites[site] + "_" + train_names,
        kind="treatment",
        place=drawn.sites[site],
        train=train_names,
        technology=train_names,
        category="treatment",
        administration=made.district_at(drawn.site_xy)[site],
        capacity_m3_per_day=LARGEST_WORKS_M3_PER_DAY,
        capex_usd=trains["capex"].to_numpy(),
        capex_usd_per_m3_per_day=trains["capex_per_m3_per_day"].to_numpy(),
        fixed_om_usd_per_year=np.round(0.03 * trains["capex"].to_numpy(), 1),
        fixed_om_usd_per_year_per_m3_per_day=np.round(0.01 * trains["capex_per_m3_per_day"].to_numpy(), 2),
        life_years=TREATMENT_LIFE_YEARS,
        lead_time_stages=waits.astype(int),
    )
