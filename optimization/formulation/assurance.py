"""Required assurance: a village is short of piped water on few enough days. No row and no column unless the policy asks."""

import numpy as np
import pandas as pd

from optimization.algebra import Model
from optimization.formulation.names import joined
from optimization.formulation.structure import place_of_node
from planner.scenario.resolved import ResolvedScenario
from planner.scenario.resolved.assurance import AssuranceAsked, assurance_asked, share_of_days
from planner.scenario.resolved.index import Flags, Floats, Integers

_ALWAYS = 1e-9


def add(m: Model, scenario: ResolvedScenario) -> None:
    """A village is short on all days that a delivery under stress stands for, or on none of them: yes or no for each.

    A floor that would hold were the village short in every stress member has no row. Where a hard floor leaves no room for
    a delivery's days, nothing may be missing in it, and nothing is left to decide.
    """
    asked = assurance_asked(scenario.basin, scenario.policy, scenario.horizon, scenario.people)
    if not asked:
        return
    stress = np.flatnonzero(scenario.periods.delivery_binding >= 0)
    stage, days = scenario.periods.delivery_stage[stress], share_of_days(scenario.periods, scenario.horizon)[stress]
    wanted = _wanted(scenario)
    short = wanted[:, stage] > 0  # village, delivery under stress
    may_fail = np.stack([
        floor.villages & (short @ (days * (stage == floor.stage)) > 1 - floor.least_share + _ALWAYS) for floor in asked
    ])  # fmt: skip
    floor, place = np.nonzero(may_fail)
    if len(floor):
        _short(m, scenario, asked, may_fail, wanted, days)
        _floors(m, scenario, asked, floor, place)


def _wanted(scenario: ResolvedScenario) -> Floats:
    """(V, T) the most water that any plan of a village draws, m³/day."""
    service = scenario.service
    demand = np.where(service.allowed, sum(service.demand_m3_per_day.values()), 0.0)
    most = np.zeros((len(scenario.network.villages), demand.shape[1]))
    np.maximum.at(most, service.village, demand)
    return most


def _short(
    m: Model, scenario: ResolvedScenario, asked: list[AssuranceAsked], may_fail: Flags, wanted: Floats, days: Floats
) -> None:
    """Whether a village is short in a delivery under stress, where some floor depends on it."""
    stage = np.asarray(m.data_arrays["stage_of_stress"].values, dtype=np.int64)
    villages, stages = wanted.shape
    depends, room = np.zeros((villages, stages), dtype=bool), np.ones((villages, stages))
    for floor, fails in zip(asked, may_fail, strict=True):
        depends[fails, floor.stage] = True
        if floor.hard:
            room[fails, floor.stage] = np.minimum(room[fails, floor.stage], 1 - floor.least_share)
    village, delivery = np.nonzero((depends & (wanted > 0))[:, stage])
    at = village, stage[delivery]
    names = joined(scenario.network.villages.take(village), pd.Index(m.index_sets["stress"].names or ()).take(delivery))
    m.index_set("short_delivery", names, title="Villages in deliveries under stress whose shortage counts",
                labels={"village": village, "place": place_of_node(scenario)[1] + village, "stage": at[1],
                        "stress": delivery})  # fmt: skip
    m.data("village_of_short", village)
    m.data("stress_of_short", delivery)
    m.data("most_missing", wanted[at], unit="m³/day", title="The most that can be missing")
    m.data("share_of_days", days[delivery], unit="share of days", title="Share of days that a delivery under stress stands for")
    m.variable("short", m.short_delivery, within="binary", upper=(days[delivery] <= room[at] + _ALWAYS).astype(float),
               title="Village is short in a delivery under stress")  # fmt: skip

    @m.law(m.short_delivery, title="Water is missing only where the village counts as short", unit="m³/day")
    def short_is_counted(m, x):
        """Nothing is done without or hauled on days that count as met."""
        return (
            m.safe_shortage[m.village_of_short[x], m.stress_of_short[x]]
            + m.safe_hauled[m.village_of_short[x], m.stress_of_short[x]]
            + m.raw_shortage[m.village_of_short[x], m.stress_of_short[x]]
            + m.raw_hauled[m.village_of_short[x], m.stress_of_short[x]]
            <= m.most_missing[x] * m.short[x]
        )


def _floors(m: Model, scenario: ResolvedScenario, asked: list[AssuranceAsked], floor: Integers, village: Integers) -> None:
    """Rows of floors and villages: the days on which a village is short are few enough, or beyond at a price."""
    horizon, network = scenario.horizon, scenario.network
    of = [asked[number] for number in floor]
    stage = np.array([one.stage for one in of], dtype=np.int64)
    names = [f"{one.number}:{name}:{horizon.stages[one.stage]}" for one, name in zip(of, network.villages[village], strict=True)]
    m.index_set("assurance_floor", names, title="Floors for assurance",
                labels={"village": village, "place": place_of_node(scenario)[1] + village, "stage": stage})  # fmt: skip
    m.neighbours("shorts_of_floor", m.assurance_floor, m.short_delivery, pairs=_shorts_of(m, village, stage))
    allowed = np.array([1 - one.least_share for one in of])
    m.data("days_allowed", allowed, unit="share of days", title="Share of days on which water may be short")
    most = np.array([0.0 if one.hard else one.least_share for one in of])
    m.variable("assurance_missed", m.assurance_floor, upper=most, unit="share of days", title="Assurance missed of a floor")
    persons = scenario.people.persons.sum(axis=1)[village, stage]
    price = [one.price_usd_per_person_day for one in of] * persons * horizon.days.sum() * horizon.annuity[stage] / 1000
    m.data("price_of_assurance", price, unit="thousand USD per share of days", title="Price of assurance missed")

    @m.law(m.assurance_floor, title="Floors for assurance", unit="share of days")
    def assurance_is_kept(m, n):
        """A village is short on few enough days, or the floor counts as missed."""
        return sum(m.share_of_days[x] * m.short[x] for x in m.shorts_of_floor[n]) - m.assurance_missed[n] <= m.days_allowed[n]

    @m.term("penalty", m.assurance_floor, title="Floors for assurance missed", unit="thousand USD")
    def assurance_floors_missed(m, n):
        return m.price_of_assurance[n] * m.assurance_missed[n]


def _shorts_of(m: Model, village: Integers, stage: Integers) -> tuple[Integers, Integers]:
    """Pairs of floors and the deliveries in which their village may be short in their stage."""
    stages = int(stage.max()) + 1
    shorts = m.index_sets["short_delivery"]
    at, key = (np.asarray(shorts.label(kind), dtype=np.int64) for kind in ("village", "stage"))
    # Stages beyond the last one of any floor have no short deliveries.
    found, sought = at * stages + key, village * stages + stage
    order = np.argsort(found, kind="stable")
    begin, end = (np.searchsorted(found[order], sought, side) for side in ("left", "right"))
    count = end - begin
    floor = np.repeat(np.arange(len(sought)), count)
    return floor, order[np.arange(len(floor)) - np.repeat(np.cumsum(count) - count, count) + np.repeat(begin, count)]
