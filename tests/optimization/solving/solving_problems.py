"""Small problems with places, for the tests of the solver."""

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
