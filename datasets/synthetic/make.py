"""A made-up basin of any size."""

from typing import Literal

import numpy as np

from datasets.frames import basin
from datasets.synthetic.horizon import horizon, settings
from datasets.synthetic.land import land, land_tables
from datasets.synthetic.money import money_tables
from datasets.synthetic.network import network_tables
from datasets.synthetic.people import people_tables, persons
from datasets.synthetic.river import river_tables
from datasets.synthetic.service import service_tables
from datasets.synthetic.supply import supply, supply_tables
from planner.basin import Basin


def make(
    villages: int,
    sites: int | None = None,
    stages: int = 3,
    seasons: int = 4,
    members: int = 3,
    seed: int = 0,
    network: Literal["star", "tree"] = "star",
    tightness: float = 0.5,
) -> Basin:
    """Make a basin that looks like a real one, the same for the same arguments.

    Its river branches, its villages lie in clusters along it, those upstream are poorer and worse served. `sites`
    treatment sites (one for six villages if not given), stages of five years, up to 12 seasons, up to three design
    members and stress members beyond. `network`: star has pipes from sites and springs into villages, tree also
    between villages. `tightness` runs from 0 (money to pipe water to everybody, if the river has it) to 1 (points for
    everybody, no more). Raises ValueError for arguments out of range.
    """
    _check(villages, sites, stages, seasons, members, tightness, network)
    draw = np.random.default_rng(seed)
    time, tables = horizon(stages, seasons, members)
    made = land(villages, draw)
    river = river_tables(made, time, draw)
    drawn = supply(made, time, sites or max(1, villages // 6), draw)
    population = persons(made, draw)
    tables |= land_tables(made) | river | supply_tables(made, time, drawn)
    tables |= network_tables(made, time, drawn, tree=network == "tree")
    tables |= people_tables(made, population, draw) | service_tables()
    tables |= money_tables(time, population, tightness)
    return basin(settings(f"synthetic_{villages}_{seed}", villages), tables)


def _check(villages: int, sites: int | None, stages: int, seasons: int, members: int, tightness: float, network: str) -> None:
    wrong = [
        f"{name} is {value}; allowed is {low} to {high}"
        for name, value, low, high in (
            ("villages", villages, 1, 100_000),
            ("sites", 1 if sites is None else sites, 1, 100_000),
            ("stages", stages, 1, 20),
            ("seasons", seasons, 1, 12),
            ("members", members, 1, 20),
            ("tightness", tightness, 0, 1),
        )
        if not low <= value <= high
    ]
    if network not in ("star", "tree"):
        wrong.append(f"network is {network}; allowed is star or tree")
    if wrong:
        raise ValueError("; ".join(wrong))
