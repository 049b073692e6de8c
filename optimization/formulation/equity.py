"""Who is served: persons below each rung, and floors that couple villages."""

import numpy as np

from optimization.algebra import Model
from planner.scenario.resolved import ResolvedScenario
from planner.scenario.resolved.floors import coupled_floors


def add(m: Model, scenario: ResolvedScenario) -> None:
    """Floors of a village filter its plans or price them; the others are rows, elastic at a price unless hard."""
    _below_rungs(m, scenario)
    _village_floors(m, scenario)
    _floors(m, scenario)


def _below_rungs(m: Model, scenario: ResolvedScenario) -> None:
    people, service = scenario.people, scenario.service
    present = people.persons.transpose(0, 2, 1)[service.village]  # candidate, stage, group
    below = np.maximum(present[..., None] - service.at_or_above, 0.0)
    weighted = np.einsum("ctgr,g->rct", below, people.weight) * scenario.horizon.stage_weight
    for rung in range(1, 6):
        m.data(f"persons_below_{rung}", weighted[rung - 1], unit="weighted persons",
               title=f"Persons below rung {rung} by share of the horizon")  # fmt: skip
        _below_rung(m, rung)


def _below_rung(m: Model, rung: int) -> None:
    @m.term(f"below_rung_{rung}", m.candidate, m.stage, name="persons", title=f"Persons below rung {rung}",
            unit="weighted persons")  # fmt: skip
    def persons(m, c, t):
        return getattr(m, f"persons_below_{rung}")[c, t] * m.chosen[c, t]


def _village_floors(m: Model, scenario: ResolvedScenario) -> None:
    fine = scenario.service.fine_usd_per_year * scenario.horizon.annuity / 1000
    m.data("fine", fine, unit="thousand USD", title="Price of whom a plan misses of the floors of its village")

    @m.term("penalty", m.candidate, m.stage, title="Floors of villages missed", unit="thousand USD")
    def village_floors_missed(m, c, t):
        return m.fine[c, t] * m.chosen[c, t]


def _floors(m: Model, scenario: ResolvedScenario) -> None:
    floors = coupled_floors(scenario.basin, scenario.policy, scenario.horizon, scenario.people)
    service = scenario.service
    village_of_pair = [np.flatnonzero(np.isin(service.village, floor.villages)) for floor in floors]
    row = np.repeat(np.arange(len(floors)), [len(pair) for pair in village_of_pair])
    candidate = np.concatenate([*village_of_pair, np.empty(0, np.int64)]).astype(np.int64)
    served = [
        service.at_or_above[pair, floor.stage][:, floor.groups, floor.rung - 1].sum(axis=1)
        for floor, pair in zip(floors, village_of_pair, strict=True)
    ]
    m.index_set("floor", [floor.name for floor in floors], title="Floors that couple villages",
                labels={"stage": np.array([floor.stage for floor in floors], dtype=np.int32)})  # fmt: skip
    m.index_set("floor_part", len(candidate), title="Plans that count towards a floor")
    m.data("plan_of_part", candidate)
    m.data("stage_of_floor", np.array([floor.stage for floor in floors], dtype=np.int64))
    m.data("served_by_part", np.concatenate([*served, np.empty(0)]), unit="persons", title="Persons on the rung or above")
    m.data("floor_persons", np.array([floor.required_persons for floor in floors]), unit="persons")
    m.neighbours("parts_of_floor", m.floor, m.floor_part, owner=row)
    elastic = np.array([0.0 if floor.hard else floor.required_persons for floor in floors])
    m.variable("missed", m.floor, upper=elastic, unit="persons", title="Missed of a floor")
    annuity = scenario.horizon.annuity
    price = np.array([floor.price_usd_per_person_year * annuity[floor.stage] / 1000 for floor in floors])
    m.data("price_of_missing", price, unit="thousand USD/person")

    @m.law(m.floor, title="Floors", unit="persons")
    def floor_is_met(m, n):
        """Enough people reach the rung, or the floor counts as missed."""
        return (
            sum(m.served_by_part[x] * m.chosen[m.plan_of_part[x], m.stage_of_floor[n]] for x in m.parts_of_floor[n]) + m.missed[n]
            >= m.floor_persons[n]
        )

    @m.term("penalty", m.floor, title="Floors missed", unit="thousand USD")
    def floors_missed(m, n):
        return m.price_of_missing[n] * m.missed[n]
