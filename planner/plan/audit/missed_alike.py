"""What is missed in every member alike, at the policy's prices: people, institutions, days, gaps, water stress, risk."""

import numpy as np

from planner.plan.audit.claims import Claims
from planner.plan.audit.facts import Facts
from planner.plan.audit.names import Numbers
from planner.plan.audit.risk import BANDS
from planner.scenario.policy import Policy


def missed_alike(facts: Facts, policy: Policy, claims: Claims) -> float:
    """Present value in USD of the base year, from the claimed tables, which other checks count anew."""
    by_stage = np.zeros(facts.horizon.stages)
    for table, paid in (
        ("floors", _of_floors(policy, claims)),
        ("gaps", _of_gaps(policy, claims)),
        ("water_stress", _of_water_stress(policy, claims)),
        ("risk", _of_risk(facts, policy, claims)),
    ):
        np.add.at(by_stage, claims[table]["stage"].to_numpy(np.intp), paid)
    by_stage += _of_institutions(facts, policy, claims) + _of_assurance(facts, policy, claims)
    return float(by_stage @ facts.horizon.yearly_dollar)


def _priced(prices: list[float], number: Numbers, amount: Numbers) -> Numbers:
    """Amounts at the price of the floor or cap of their number, counted from 1; nothing for one that the policy does not have."""
    table = np.array([0.0, *prices, 0.0])
    return np.asarray(table[np.clip(number, 0, len(prices) + 1).astype(np.intp)] * amount)


def _of_floors(policy: Policy, claims: Claims) -> Numbers:
    rows = claims["floors"]
    prices = [floor.missed_price_usd_per_person_year for floor in policy.floors]
    return _priced(prices, rows["floor"].to_numpy(float), rows["missed_persons"].to_numpy(float))


def _of_gaps(policy: Policy, claims: Claims) -> Numbers:
    rows = claims["gaps"]
    prices = [cap.exceeded_price_usd_per_point_year for cap in policy.gap_caps]
    return _priced(prices, rows["cap"].to_numpy(float), 100.0 * rows["beyond_share"].to_numpy(float))


def _of_water_stress(policy: Policy, claims: Claims) -> Numbers:
    beyond = claims["water_stress"]["beyond_m3_per_year"].to_numpy(float)
    return np.asarray(beyond * policy.water_stress_price_usd_per_m3 * (policy.water_stress == "priced"))


def _of_risk(facts: Facts, policy: Policy, claims: Claims) -> Numbers:
    rows, wanted = claims["risk"], policy.risk
    stage, village = rows["stage"].to_numpy(np.intp), rows["village"].to_numpy(np.intp)
    most = next((points for points, band in BANDS if band == wanted.highest), np.inf)
    first = 0 if wanted.stage is None else facts.names.code("stages", wanted.stage)
    above = np.where(stage >= first, np.maximum(rows["worst_points"].to_numpy(float) - most, 0.0), 0.0)
    return np.asarray(above * facts.people.persons.sum(axis=1)[village, stage] * wanted.price_usd_per_person_point_year)


def _of_institutions(facts: Facts, policy: Policy, claims: Claims) -> Numbers:
    """By stage, USD a year."""
    table, rows = facts.basin.tables["institutions"], claims["institutions"]
    served = np.zeros(facts.size("institutions", "stages"))
    served[rows["institution"].to_numpy(np.intp), rows["stage"].to_numpy(np.intp)] = rows["served"].to_numpy(float)
    home = facts.names.codes("villages", table["village"])
    paid = np.zeros(facts.horizon.stages)
    for floor in policy.institution_floors:
        counts = _within(facts, floor.administration)[home]
        counts = counts & (True if floor.kind is None else (table["kind"] == floor.kind).to_numpy(bool))
        lacking = np.maximum(floor.share * counts.sum() - served[counts].sum(axis=0), 0.0)
        paid += _from(facts, floor.stage) * lacking * floor.missed_price_usd_per_institution_year
    return paid


def _of_assurance(facts: Facts, policy: Policy, claims: Claims) -> Numbers:
    """By stage, USD a year."""
    rows, people = claims["assurance"], facts.people.persons
    met = np.ones(facts.size("villages", "stages"))
    met[rows["village"].to_numpy(np.intp), rows["stage"].to_numpy(np.intp)] = rows["assurance_share"].to_numpy(float)
    paid = np.zeros(facts.horizon.stages)
    for floor in policy.assurance_floors:
        asked = _within(facts, floor.administration)[:, None]
        if floor.group is not None:
            asked = asked & (people[:, facts.names.code("groups", floor.group)] > 0)
        days = np.where(asked, np.maximum(floor.least_share - met, 0.0), 0.0) * facts.horizon.days.sum()
        paid += _from(facts, floor.stage) * (days * people.sum(axis=1)).sum(axis=0) * floor.missed_price_usd_per_person_day
    return paid


def _within(facts: Facts, administration: str | None) -> np.ndarray:
    """Villages that lie in an administration, or all."""
    own = facts.names.codes("administrations", facts.basin.tables["villages"]["administration"])
    if administration is None:
        return np.ones(len(own), dtype=bool)
    area = np.array([facts.names.code("administrations", administration)])
    return np.asarray(facts.administrations.within(own, area)[:, 0])


def _from(facts: Facts, stage: str | None) -> np.ndarray:
    """Stages from one on, or all."""
    first = 0 if stage is None else facts.names.code("stages", stage)
    return np.asarray(np.arange(facts.horizon.stages) >= first)
