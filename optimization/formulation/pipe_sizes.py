"""A plan that draws more than a narrow pipe carries needs a wider one. Only tightens the relaxation.

Mixed with half of a wide pipe, half of a narrow one would serve all of a plan that no narrow one can serve.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd
import scipy.sparse as sp
from numpy.typing import NDArray

from optimization.algebra import Model
from optimization.formulation.capacity import usable_capacity
from optimization.formulation.names import joined
from planner.scenario.resolved import ResolvedScenario

Integers = NDArray[np.int64]
Floats = NDArray[np.float64]
_NO_MORE = 1 + 1e-4
"""A plan that draws hardly more than a pipe carries is left to the rows of water."""


def add(m: Model, scenario: ResolvedScenario) -> None:
    """One row for each size of pipe into a village, where one pipe at most is laid, and a stage."""
    sizes = _sizes(scenario)
    names = joined(scenario.works.options.take(sizes.own), pd.Index(scenario.horizon.stages).take(sizes.stage), by="/")
    m.index_set("pipe_size", names, title="Sizes of pipes into a village", labels={"stage": sizes.stage.astype(np.int32)})
    m.neighbours("plans_beyond", m.pipe_size, m.candidate, pairs=sizes.plans_beyond)
    m.neighbours("options_beyond", m.pipe_size, m.option, pairs=sizes.options_beyond)
    m.data("stage_of_pipe_size", sizes.stage)

    @m.law(m.pipe_size, title="A plan needs a pipe that carries its water")
    def plan_needs_size(m, n):
        """A plan that draws more than pipes of a size carry is followed only where a wider one is laid."""
        return sum(m.chosen[c, m.stage_of_pipe_size[n]] for c in m.plans_beyond[n]) <= sum(
            m.serves[o, m.stage_of_pipe_size[n]] for o in m.options_beyond[n]
        )


@dataclass(frozen=True)
class _Sizes:
    """The option whose size each is, its stage, and pairs of a size and a plan, or an option, beyond it."""

    own: Integers
    stage: Integers
    plans_beyond: tuple[Integers, Integers]
    options_beyond: tuple[Integers, Integers]


def _sizes(scenario: ResolvedScenario) -> _Sizes:
    options, village = _alone_into_villages(scenario)
    service, periods = scenario.service, scenario.periods
    # Only what is delivered on the days that a stage is designed for may not be short.
    stages = np.unique(periods.delivery_stage[periods.delivery_binding < 0])
    count = max(len(stages), 1)
    arrives, draws = _arrives(scenario, options)[:, stages], service.demand_m3_per_day["safe"][:, stages]
    # A village in a stage is a place of its own.
    place, place_of_plan = (at[:, None] * count + np.arange(len(stages)) for at in (village, service.village))
    size, plans, wider = _beyond(place.ravel(), arrives.ravel(), place_of_plan.ravel(), draws.ravel())
    return _Sizes(
        options[size // count], stages[size % count], (plans[0], plans[1] // count), (wider[0], options[wider[1] // count])
    )


def _alone_into_villages(scenario: ResolvedScenario) -> tuple[Integers, Integers]:
    """Options of safe pipes into villages where at most one stands and none exists or is mended, and the village of each."""
    network, works = scenario.network, scenario.works
    link = np.maximum(works.link, 0)
    into = np.where(works.link >= 0, network.link_to_village[link], -1) if len(network.links) else np.full(len(link), -1)
    option = np.flatnonzero((into >= 0) & (network.link_is_safe[link] if len(network.links) else False))
    village, group = into[option], works.exclusive_group[option]
    count = len(network.villages)
    several = np.zeros(count, dtype=bool)
    first = np.full(count, -2)
    first[village] = group
    several[village[(group < 0) | (group != first[village])]] = True
    several &= np.bincount(village, minlength=count) > 1
    safe = network.pipes[network.link_is_safe[network.pipes]]
    several[network.link_to_village[safe[network.link_existing_capacity_m3_per_day[safe] > 0]]] = True
    several[into[option[np.isin(option, works.modular)]]] = True
    several[network.link_to_village[network.pipes[scenario.leakage.pipe]]] = True
    kept = ~several[village]
    return option[kept], village[kept]


def _arrives(scenario: ResolvedScenario, options: Integers) -> Floats:
    """(options, T) what a pipe brings on a mean day, its highest season at its capacity, m³/day."""
    network, works = scenario.network, scenario.works
    keeps = 1 - network.link_loss[works.link[options]]
    return np.asarray(keeps[:, None] * usable_capacity(scenario)[options] / scenario.horizon.demand_factor.max())


def _beyond(
    place: Integers, arrives: Floats, place_of_plan: Integers, draws: Floats
) -> tuple[Integers, tuple[Integers, Integers], tuple[Integers, Integers]]:
    """The options whose size has plans beyond it, and pairs of such a size and a plan, or an option, beyond it.

    Of sizes that the same plans are beyond the widest is kept.
    """
    options = len(place)
    count = max(int(place.max(initial=-1)), int(place_of_plan.max(initial=-1))) + 1
    at = sp.csr_array((np.ones(options), (np.arange(options), place)), shape=(options, count))
    plans = sp.csr_array((np.ones(len(draws)), (np.arange(len(draws)), place_of_plan)), shape=(len(draws), count))
    size, plan = _pairs(at, plans)
    beyond = draws[plan] > arrives[size] * _NO_MORE
    size, plan = size[beyond], plan[beyond]
    many = np.bincount(size, minlength=options)
    one, other = _pairs(at, at)
    wider = (arrives[other] > arrives[one]) | ((arrives[other] == arrives[one]) & (other < one))
    same = np.zeros(options, dtype=bool)
    same[one[wider & (many[other] == many[one])]] = True
    kept = (many > 0) & ~same
    number = np.cumsum(kept) - 1
    clearly_wider = kept[one] & (arrives[other] > arrives[one] * _NO_MORE)
    of_kept = kept[size]
    return (
        np.flatnonzero(kept),
        (number[size[of_kept]], plan[of_kept]),
        (number[one[clearly_wider]], other[clearly_wider]),
    )


def _pairs(one: sp.csr_array, other: sp.csr_array) -> tuple[Integers, Integers]:
    """Pairs of the members of two sets that are at the same place; members × places, 1 where a member is."""
    row, column = (one @ other.T).nonzero()
    return np.asarray(row, dtype=np.int64), np.asarray(column, dtype=np.int64)
