"""Hazards as arrays: what lowers them, and the ways by which they reach villages."""

from dataclasses import dataclass
from itertools import product

import numpy as np
import pandas as pd

from planner.basin import Basin
from planner.scenario.resolved.index import Floats, Integers, numbers, positions
from planner.scenario.resolved.network import Network
from planner.scenario.resolved.works import Works

Pairs = list[tuple[int, int, int]]
EXISTS = -1


@dataclass(frozen=True)
class Risk:
    """G hazards, N places (sources, then sites, then villages), Z states: a hazard with a set of its options standing.

    A way: from, to, and the option without which it is shut, or EXISTS.
    """

    hazards: pd.Index
    hazard_place: Integers  # (G,)
    likelihood: Integers  # (G,)
    severity: Integers  # (G,)
    weight: Floats  # (G,)
    reduction_option: Integers
    reduction_hazard: Integers
    likelihood_reduction: Integers
    severity_reduction: Integers
    state_hazard: Integers  # (Z,)
    state_points: Integers  # (Z,)
    state_reductions: Integers  # (n, 2): a state, and a reduction whose option stands in it
    opening_ways: Integers  # (n, 3): a hazard at its place
    water_ways: Integers  # (n, 3): from place to place
    first_village: int


def risk_of(basin: Basin, network: Network, works: Works) -> Risk:
    """Read the hazards of a basin."""
    hazard, lowers = basin.tables["hazards"], basin.tables["risk_reductions"]
    hazards = pd.Index(hazard["hazard"])
    places = (network.sources, network.sites, network.villages)
    first = np.concatenate([[0], np.cumsum([len(index) for index in places])])
    found = np.stack([positions(hazard["place"], index) for index in places])
    place = np.where(found >= 0, found + first[:3, None], -1).max(axis=0)
    whole = {name: numbers(hazard, name).astype(np.int64) for name in ("likelihood", "severity")}
    taken = {name: numbers(lowers, f"{name}_reduction").astype(np.int64) for name in whole}
    of_hazard = positions(lowers["hazard"], hazards)
    state_hazard, state_points, standing = _states(whole, taken, of_hazard)
    return Risk(
        hazards=hazards,
        hazard_place=place,
        likelihood=whole["likelihood"],
        severity=whole["severity"],
        weight=numbers(hazard, "weight"),
        reduction_option=positions(lowers["option"], works.options),
        reduction_hazard=of_hazard,
        likelihood_reduction=taken["likelihood"],
        severity_reduction=taken["severity"],
        state_hazard=state_hazard,
        state_points=state_points,
        state_reductions=standing,
        opening_ways=_ways(_openings(network, works, place)),
        water_ways=_ways(_led(network, works, first)),
        first_village=int(first[2]),
    )


def _states(whole: dict[str, Integers], taken: dict[str, Integers], of_hazard: Integers) -> tuple[Integers, Integers, Integers]:
    """Hazard and points of every state, and which reductions hold in it."""
    hazards: list[int] = []
    points: list[int] = []
    standing: list[tuple[int, int]] = []
    for hazard in range(len(whole["likelihood"])):
        own = np.flatnonzero(of_hazard == hazard)
        for stands in product((0, 1), repeat=len(own)):
            left = [max(1, int(whole[name][hazard] - np.dot(stands, taken[name][own]))) for name in whole]
            standing += [(len(points), int(one)) for one in own[np.array(stands, dtype=bool)]]
            hazards.append(hazard)
            points.append(left[0] * left[1])
    return (
        np.array(hazards, dtype=np.int64),
        np.array(points, dtype=np.int64),
        np.array(standing, dtype=np.int64).reshape(-1, 2),
    )


def _openings(network: Network, works: Works, hazard_place: Integers) -> Pairs:
    """A hazard is at its place; one of a source that is to be developed once it is."""
    found: Pairs = []
    for hazard, place in enumerate(hazard_place):
        if place < len(network.sources) and not network.source_exists[place]:
            found += [(hazard, int(place), int(option)) for option in np.flatnonzero(works.source == place)]
        else:
            found.append((hazard, int(place), EXISTS))
    return found


def _led(network: Network, works: Works, first: Integers) -> Pairs:
    """Every link leads hazards along, one that does not exist once an option lays it."""
    begins = np.stack([network.link_source, network.link_site, network.link_village])
    begin = np.where(begins >= 0, begins + first[:3, None], -1).max(axis=0)
    ends = np.stack([network.link_to_site, network.link_to_village])
    end = np.where(ends >= 0, ends + first[1:3, None], -1).max(axis=0)
    laid = np.flatnonzero(network.link_existing_capacity_m3_per_day > 0)
    to_lay = np.flatnonzero(works.link >= 0)
    to_lay = to_lay[~np.isin(works.link[to_lay], laid)]
    by_option = [(int(begin[works.link[o]]), int(end[works.link[o]]), int(o)) for o in to_lay]
    return [*((int(begin[link]), int(end[link]), EXISTS) for link in laid), *by_option]


def _ways(ways: Pairs) -> Integers:
    return np.array(ways, dtype=np.int64).reshape(-1, 3)
