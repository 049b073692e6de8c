"""Small problems with places, for the tests of the solver."""

import itertools

import numpy as np
from scipy import sparse

from optimization.solving.problem import Problem


def facility_location(
    villages: int, sites: int, seed: int = 0, capacity: float = 5.0, must_serve: bool = False, opening: float = 1.0
) -> Problem:
    """Which sites to open and which village each serves; a village may be left out at a price, if it may.

    Columns: sites (structural), village × site (yes/no), villages left out. Rows: every village, links, capacities.
    """
    random = np.random.default_rng(seed)
    village_xy, site_xy = random.uniform(0, 100, (villages, 2)), random.uniform(0, 100, (sites, 2))
    distance = np.linalg.norm(village_xy[:, None] - site_xy[None], axis=2)
    demand = random.uniform(0.5, 1.5, villages)
    links = villages * sites
    columns = sites + links + villages
    link = sites + np.arange(links).reshape(villages, sites)
    left_out = sites + links + np.arange(villages)
    matrix = sparse.lil_array((villages + links + sites, columns))
    for village in range(villages):
        matrix[village, link[village]] = 1.0
        matrix[village, left_out[village]] = 1.0
        for site in range(sites):
            row = villages + village * sites + site
            matrix[row, link[village, site]], matrix[row, site] = 1.0, -1.0
    for site in range(sites):
        matrix[villages + links + site, link[:, site]] = demand
        matrix[villages + links + site, site] = -capacity
    upper = np.ones(columns)
    upper[left_out] = 0.0 if must_serve else 1.0
    place = np.concatenate([site_xy, np.repeat(village_xy, sites, axis=0), village_xy])
    structural = np.zeros(columns, dtype=bool)
    structural[:sites] = True
    cost = np.concatenate([opening * random.uniform(40, 80, sites), (distance * demand[:, None]).ravel(), 90.0 * demand])
    return Problem(
        matrix=sparse.csc_array(matrix),
        row_lower=np.concatenate([np.ones(villages), np.full(links + sites, -np.inf)]),
        row_upper=np.concatenate([np.ones(villages), np.zeros(links + sites)]),
        column_lower=np.zeros(columns),
        column_upper=upper,
        integer=np.arange(columns) < sites + links,
        objective=cost,
        objective_constant=7.0,
        structural=structural,
        place_xy=place,
    )


def set_covering(rows: int, columns: int, seed: int = 0) -> Problem:
    """The cheapest columns that cover every row; no places, nothing structural."""
    random = np.random.default_rng(seed)
    cover = random.random((rows, columns)) < 0.08
    cover[np.arange(rows), random.integers(0, columns, rows)] = True
    return Problem(
        matrix=sparse.csc_array(cover.astype(float)),
        row_lower=np.ones(rows),
        row_upper=np.full(rows, np.inf),
        column_lower=np.zeros(columns),
        column_upper=np.ones(columns),
        integer=np.ones(columns, dtype=bool),
        objective=random.integers(1, 30, columns).astype(float),
        objective_constant=0.0,
        structural=np.zeros(columns, dtype=bool),
        place_xy=np.full((columns, 2), np.nan),
    )


STAGES, CHOICES, THINGS = 3, 4, 2


def choices_that_last(seed: int) -> Problem:
    """One of some choices a stage, each of which takes so many of some things; what is held never falls."""
    random = np.random.default_rng(seed)
    chosen = np.arange(STAGES * CHOICES).reshape(STAGES, CHOICES)
    units = STAGES * CHOICES + np.arange(THINGS * STAGES).reshape(THINGS, STAGES)
    columns = STAGES * CHOICES + THINGS * STAGES
    takes = random.integers(0, 9, (THINGS, STAGES, CHOICES)).astype(float)
    rows, limits = [], []

    def row(entries: dict[int, float], lower: float, upper: float) -> None:
        rows.append([entries.get(column, 0.0) for column in range(columns)])
        limits.append((lower, upper))

    for thing, stage in itertools.product(range(THINGS), range(STAGES)):
        row({**dict(zip(chosen[stage], takes[thing, stage], strict=True)), units[thing, stage]: -1.0}, -np.inf, 0.0)
    for thing, stage in itertools.product(range(THINGS), range(1, STAGES)):
        row({units[thing, stage - 1]: 1.0, units[thing, stage]: -1.0}, -np.inf, 0.0)
    for stage in range(STAGES):
        row(dict.fromkeys(chosen[stage], 1.0), 1.0, 1.0)
    # A use that no choice meets alone, so that the relaxation mixes.
    use = random.integers(1, 9, (STAGES, CHOICES)).astype(float)
    row({int(column): float(use[at]) for at, column in np.ndenumerate(chosen)}, float(use.mean() * STAGES), np.inf)
    cost = np.concatenate([random.random(STAGES * CHOICES), random.uniform(0.2, 1.0, THINGS * STAGES)])
    return Problem(
        matrix=sparse.csc_array(np.array(rows)),
        row_lower=np.array([lower for lower, _ in limits]),
        row_upper=np.array([upper for _, upper in limits]),
        column_lower=np.zeros(columns),
        column_upper=np.concatenate([np.ones(STAGES * CHOICES), np.full(THINGS * STAGES, np.inf)]),
        integer=np.arange(columns) < STAGES * CHOICES,
        objective=cost,
        objective_constant=0.0,
        structural=np.zeros(columns, dtype=np.bool_),
        place_xy=np.full((columns, 2), np.nan),
        lasting=np.arange(THINGS * STAGES).reshape(THINGS, STAGES),
    )
