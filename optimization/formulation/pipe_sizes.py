"""A plan that draws more than a narrow pipe carries needs a wider one. Only tightens the relaxation.

Mixed with half of a wide pipe, half of a narrow one would serve all of a plan that no narrow one can serve.
"""

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from optimization.algebra import Model
from optimization.formulation.capacity import usable_capacity
from planner.scenario.resolved import ResolvedScenario

Integers = NDArray[np.int64]
Floats = NDArray[np.float64]
_NO_MORE = 1 + 1e-4
"""A plan that draws hardly more than a pipe carries is left to the rows of water."""


def add(m: Model, scenario: ResolvedScenario) -> None:
    """One row for each size of pipe into a village, where one pipe at most is laid, and a stage."""
    owner_of_plan, plan, owner_of_option, option, stage, names = _sizes(scenario)
    m.index_set("pipe_size", names, title="Sizes of pipes into a village", labels={"stage": stage.astype(np.int32)})
    m.neighbours("plans_beyond", m.pipe_size, m.candidate, pairs=(owner_of_plan, plan))
    m.neighbours("options_beyond", m.pipe_size, m.option, pairs=(owner_of_option, option))
    m.data("stage_of_pipe_size", stage)

    @m.law(m.pipe_size, title="A plan needs a pipe that carries its water")
    def plan_needs_size(m, n):
        """A plan that draws more than pipes of a size carry is followed only where a wider one is laid."""
        return sum(m.chosen[c, m.stage_of_pipe_size[n]] for c in m.plans_beyond[n]) <= sum(
            m.serves[o, m.stage_of_pipe_size[n]] for o in m.options_beyond[n]
        )


def _sizes(scenario: ResolvedScenario) -> tuple[Integers, Integers, Integers, Integers, Integers, list[str]]:
    """Pairs of a size and a plan beyond it, pairs of a size and an option beyond it, the stage of each size, and its name."""
    service, works = scenario.service, scenario.works
    options, village = _alone_into_villages(scenario)
    arrives = _arrives(scenario, options)
    draws = service.demand_m3_per_day["safe"]
    before, parts = 0, []
    # Only what is delivered on the days that a stage is designed for may not be short.
    designed = scenario.periods.delivery_stage[scenario.periods.delivery_binding < 0]
    for t in np.unique(designed).tolist():
        size, of_plan, plan, of_option, other = _beyond(village, arrives[:, t], service.village, draws[:, t])
        parts.append((before + of_plan, plan, before + of_option, options[other], np.full(len(size), t), options[size]))
        before += len(size)
    if not parts:
        nothing = np.zeros(0, dtype=np.int64)
        return nothing, nothing, nothing, nothing, nothing, []
    of_plan, plan, of_option, option, stage, own = (
        np.concatenate(column).astype(np.int64) for column in zip(*parts, strict=True)
    )
    stages = scenario.horizon.stages
    return of_plan, plan, of_option, option, stage, [f"{works.options[o]}/{stages[t]}" for o, t in zip(own, stage, strict=True)]


def _alone_into_villages(scenario: ResolvedScenario) -> tuple[Integers, Integers]:
    """Options of safe pipes into villages where no pipe exists and at most one option stands, and the village of each."""
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
    kept = ~several[village]
    return option[kept], village[kept]


def _arrives(scenario: ResolvedScenario, options: Integers) -> Floats:
    """(options, T) what a pipe brings on a mean day, its highest season at its capacity, m³/day."""
    network, works = scenario.network, scenario.works
    keeps = 1 - network.link_loss[works.link[options]]
    return np.asarray(keeps[:, None] * usable_capacity(scenario)[options] / scenario.horizon.demand_factor.max())


def _beyond(
    village: Integers, arrives: Floats, village_of_plan: Integers, draws: Floats
) -> tuple[Integers, Integers, Integers, Integers, Integers]:
    """The options whose size has plans beyond it, and pairs of such a size and a plan, or an option, beyond it.

    Of sizes that the same plans are beyond the widest is kept.
    """
    options = len(village)
    count = max(int(village.max(initial=-1)), int(village_of_plan.max(initial=-1))) + 1
    at = sp.csr_array((np.ones(options), (np.arange(options), village)), shape=(options, count))
    plans = sp.csr_array((np.ones(len(draws)), (np.arange(len(draws)), village_of_plan)), shape=(len(draws), count))
    size, plan = (at @ plans.T).nonzero()
    beyond = draws[plan] > arrives[size] * _NO_MORE
    size, plan = size[beyond], plan[beyond]
    many = np.bincount(size, minlength=options)
    one, other = (at @ at.T).nonzero()
    wider = (arrives[other] > arrives[one]) | ((arrives[other] == arrives[one]) & (other < one))
    same = np.zeros(options, dtype=bool)
    same[one[wider & (many[other] == many[one])]] = True
    kept = (many > 0) & ~same
    number = np.cumsum(kept) - 1
    wider_option = kept[one] & (arrives[other] > arrives[one] * _NO_MORE)
    held = kept[size]
    found = (np.flatnonzero(kept), number[size[held]], plan[held], number[one[wider_option]], other[wider_option])
    own, of_plan, plans_beyond, of_option, wider_ones = (np.asarray(each, dtype=np.int64) for each in found)
    return own, of_plan, plans_beyond, of_option, wider_ones
