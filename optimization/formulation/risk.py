"""Risk: no village by any hazard above what the policy lets stand, or at a price."""

from dataclasses import dataclass

import numpy as np

from optimization.algebra import Model
from planner.scenario.policy.risk import MOST_POINTS
from planner.scenario.resolved import ResolvedScenario
from planner.scenario.resolved.index import Integers, position


@dataclass(frozen=True)
class Above:
    """Points above what may stand: of states, and the most that hazards can have and places can get if every way is open."""

    of_state: Integers  # (Z,)
    of_hazard: Integers  # (G,)
    of_place: Integers  # (N,)


def add(m: Model, scenario: ResolvedScenario) -> None:
    """Nothing where the policy lets any risk stand: it is then counted from what is built."""
    wanted, risk = scenario.policy.risk, scenario.risk
    if wanted.highest == "any" or not len(risk.hazards):
        return
    above = _above(scenario, MOST_POINTS[wanted.highest])
    _hazards(m, scenario, above)
    _ways(m, scenario, above)
    _highest(m, scenario, above)


def _above(scenario: ResolvedScenario, limit: int) -> Above:
    risk = scenario.risk
    state = np.maximum(risk.state_points - limit, 0)
    hazard = np.zeros(len(risk.hazards), dtype=np.int64)
    np.maximum.at(hazard, risk.state_hazard, state)
    place = np.zeros(risk.first_village + len(scenario.network.villages), dtype=np.int64)
    np.maximum.at(place, risk.hazard_place, hazard)
    begin, end, _ = risk.water_ways.T
    while (place[begin] > place[end]).any():
        np.maximum.at(place, end, place[begin])
    return Above(state, hazard, place)


def _hazards(m: Model, scenario: ResolvedScenario, above: Above) -> None:
    """Exactly one state of each hazard: the set of its options that stand. Yes-or-no options leave the shares no freedom."""
    risk, stages = scenario.risk, len(scenario.horizon.stages)
    m.index_set("hazard", list(risk.hazards), title="Hazards", labels={"place": risk.hazard_place})
    m.index_set("hazard_state", len(risk.state_hazard), title="Hazards with sets of their options standing",
                labels={"place": risk.hazard_place[risk.state_hazard]})  # fmt: skip
    m.index_set("risk_reduction", len(risk.reduction_option), title="Options that lower hazards",
                labels={"place": risk.hazard_place[risk.reduction_hazard]})  # fmt: skip
    m.data("option_of_reduction", risk.reduction_option)
    m.data("points_above", above.of_state, unit="points", title="Points above what may stand")
    m.neighbours("states_of_hazard", m.hazard, m.hazard_state, owner=risk.state_hazard)
    state, reduction = risk.state_reductions.T
    m.neighbours("states_with_reduction", m.risk_reduction, m.hazard_state, pairs=(reduction, state))
    m.variable("in_state", m.hazard_state, m.stage, upper=np.ones((len(risk.state_hazard), stages)), title="Hazard is in a state")

    matters = np.repeat((above.of_hazard > 0)[:, None], stages, axis=1)

    @m.law(m.hazard, m.stage, where=matters, title="A hazard is in one state")
    def one_state(m, g, t):
        """A hazard is in one of its states."""
        return sum(m.in_state[z, t] for z in m.states_of_hazard[g]) == 1

    @m.law(m.risk_reduction, m.stage, where=matters[risk.reduction_hazard], title="The state of a hazard is that of its options")
    def state_of_options(m, n, t):
        """The states with an option's reduction hold where the option stands."""
        return sum(m.in_state[z, t] for z in m.states_with_reduction[n]) == m.serves[m.option_of_reduction[n], t]


def _ways(m: Model, scenario: ResolvedScenario, above: Above) -> None:
    """Points above the limit go wherever water may go: the least that every way allows is the worst of all that arrive.

    There is no row of a way by which nothing above the limit can come.
    """
    risk, network = scenario.risk, scenario.network
    places = [*network.sources, *network.sites, *network.villages]
    m.index_set("risk_place", places, title="Sources, sites and villages", labels={"place": np.arange(len(places))})
    largest = np.repeat(above.of_place[:, None], len(scenario.horizon.stages), axis=1)
    m.variable("risk_above", m.risk_place, m.stage, upper=largest, unit="points",
               title="Worst hazard above what may stand")  # fmt: skip
    for name, ways, most in (("opening", risk.opening_ways, above.of_hazard), ("led", risk.water_ways, above.of_place)):
        _set_of_ways(m, name, ways, most)

    @m.law(m.risk_opening, m.stage, title="A hazard at its place", unit="points")
    def hazard_at_place(m, w, t):
        """A hazard is one of its place; one of a source once the source is developed."""
        return m.risk_above[m.risk_opening_to[w], t] >= sum(
            m.points_above[z] * m.in_state[z, t] for z in m.states_of_hazard[m.risk_opening_from[w]]
        ) - m.risk_opening_shut[w] + sum(m.risk_opening_most[w] * m.serves[o, t] for o in m.risk_opening_options[w])

    @m.law(m.risk_led, m.stage, title="Hazards go where water goes", unit="points")
    def hazard_is_led(m, w, t):
        """What is wrong where a link begins is wrong where it ends, once the link is laid."""
        return m.risk_above[m.risk_led_to[w], t] >= m.risk_above[m.risk_led_from[w], t] - m.risk_led_shut[w] + sum(
            m.risk_led_most[w] * m.serves[o, t] for o in m.risk_led_options[w]
        )


def _set_of_ways(m: Model, name: str, ways: Integers, most: Integers) -> None:
    begin, end, option = ways[most[ways[:, 0]] > 0].T
    ways_most = most[begin]
    way = m.index_set(f"risk_{name}", len(begin), title=f"Ways of hazards, {name}", labels={"place": end})
    m.data(f"risk_{name}_from", begin)
    m.data(f"risk_{name}_to", end)
    m.data(f"risk_{name}_most", ways_most, unit="points", title="Most points above what may stand that can come")
    m.data(
        f"risk_{name}_shut", np.where(option >= 0, ways_most, 0), unit="points", title="The same where an option opens the way"
    )
    opened = np.flatnonzero(option >= 0)
    m.neighbours(f"risk_{name}_options", way, m.option, pairs=(opened, option[opened]))


def _highest(m: Model, scenario: ResolvedScenario, above: Above) -> None:
    wanted, horizon, people = scenario.policy.risk, scenario.horizon, scenario.people
    villages, stages = len(scenario.network.villages), len(horizon.stages)
    first = 0 if wanted.stage is None else position(wanted.stage, horizon.stages)
    m.data("risk_place_of_village", scenario.risk.first_village + np.arange(villages))
    most = np.where(wanted.hard, 0.0, np.repeat(above.of_place[scenario.risk.first_village :, None], stages, axis=1))
    m.variable("risk_excess", m.village, m.stage, upper=most,
               unit="points", title="Worst hazard of a village above what may stand")  # fmt: skip
    asked = (np.arange(stages) >= first) & (above.of_place[scenario.risk.first_village :] > 0)[:, None]

    @m.law(m.village, m.stage, where=asked, title="Highest risk of villages", unit="points")
    def highest_risk(m, v, t):
        """No hazard of a village, its own or one that its water brings, is above what the policy lets stand."""
        return m.risk_above[m.risk_place_of_village[v], t] - m.risk_excess[v, t] <= 0

    if not wanted.hard:
        persons = people.persons.sum(axis=1)
        price = wanted.price_usd_per_person_point_year * persons * horizon.annuity / 1000
        m.data("price_of_risk", price, unit="thousand USD per point", title="Price of a point above what may stand")

        @m.term("penalty", m.village, m.stage, title="Risk of villages above what may stand", unit="thousand USD")
        def risk_above_highest(m, v, t):
            return m.price_of_risk[v, t] * m.risk_excess[v, t]
