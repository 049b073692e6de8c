"""Schools, clinics, monasteries: enough of them in villages with safe piped water. No row unless the policy asks for it."""

import numpy as np

from optimization.algebra import Model
from planner.scenario.resolved import ResolvedScenario
from planner.scenario.resolved.institutions import InstitutionsAsked, institutions_asked


def add(m: Model, scenario: ResolvedScenario) -> None:
    """An institution is served where its village follows a plan that draws safe water; its need is in that plan's demand."""
    asked = institutions_asked(scenario.basin, scenario.policy, scenario.horizon)
    if asked:
        _parts(m, scenario, asked)
        _floors(m, scenario, asked)


def _parts(m: Model, scenario: ResolvedScenario, asked: list[InstitutionsAsked]) -> None:
    service = scenario.service
    served = np.stack([floor.institutions[service.village] * (service.demand_m3_per_day["safe"][:, floor.stage] > 0)
                       for floor in asked])  # fmt: skip
    floor, candidate = np.nonzero(served)
    m.index_set("institution_floor", [floor.name for floor in asked], title="Floors for institutions",
                labels={"stage": np.array([floor.stage for floor in asked], dtype=np.int32)})  # fmt: skip
    m.index_set("institution_part", len(floor), title="Plans that serve institutions of a floor")
    m.data("plan_of_institution_part", candidate)
    m.data("stage_of_institution_floor", np.array([floor.stage for floor in asked], dtype=np.int64))
    m.data("institutions_served", served[floor, candidate], unit="institutions", title="Institutions that a plan serves")
    m.data("institutions_required", np.array([floor.required for floor in asked]), unit="institutions")
    m.neighbours("parts_of_institution_floor", m.institution_floor, m.institution_part, owner=floor)


def _floors(m: Model, scenario: ResolvedScenario, asked: list[InstitutionsAsked]) -> None:
    most = np.array([0.0 if floor.hard else floor.required for floor in asked])
    m.variable(
        "institutions_missed", m.institution_floor, upper=most, unit="institutions", title="Institutions missed of a floor"
    )
    annuity = scenario.horizon.annuity
    price = [floor.price_usd_per_institution_year * annuity[floor.stage] / 1000 for floor in asked]
    m.data("price_of_institution", np.array(price), unit="thousand USD/institution")

    @m.law(m.institution_floor, title="Floors for institutions", unit="institutions")
    def institutions_are_served(m, n):
        """Enough institutions have safe piped water, or the floor counts as missed."""
        return (
            sum(
                m.institutions_served[x] * m.chosen[m.plan_of_institution_part[x], m.stage_of_institution_floor[n]]
                for x in m.parts_of_institution_floor[n]
            )
            + m.institutions_missed[n]
            >= m.institutions_required[n]
        )

    @m.term("penalty", m.institution_floor, title="Floors for institutions missed", unit="thousand USD")
    def institution_floors_missed(m, n):
        return m.price_of_institution[n] * m.institutions_missed[n]
