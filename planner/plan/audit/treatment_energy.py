"""What treatment trains take of energy in a year, counted anew from what flows into them."""

import numpy as np

from planner.plan.audit.check import AuditCheck, judge
from planner.plan.audit.claims import Claims
from planner.plan.audit.facts import Facts
from planner.plan.audit.names import Numbers, dense
from planner.plan.audit.network import Flows, Network
from planner.plan.audit.tolerances import EMISSIONS, ENERGY, MONEY_PER_YEAR, WATER_PER_YEAR


def per_m3_put_in(facts: Facts, column: str | None = None) -> Numbers:
    """(train,) kWh, or with a column of energy_kinds its figure, for each cubic metre put in; 0 without a kind of energy."""
    table, kinds = facts.basin.tables["train_energy"], facts.basin.tables["energy_kinds"]
    figure = table["energy_kwh_per_m3"].to_numpy(float)
    if column is not None and len(table):
        figure = figure * kinds[column].to_numpy(float)[facts.names.codes("energy_kinds", table["energy"])]
    return dense(facts.size("trains"), (facts.names.codes("trains", table["train"]),), figure)


def put_in_m3_per_year(facts: Facts, network: Network, flows: Flows) -> Numbers:
    """(site, train, stage) what arrives at trains in a mean year."""
    stage, season, member = flows.feed_period
    known = flows.feed_train >= 0
    arriving = flows.feed_m3_per_day * network.keeps[flows.feed_link]
    yearly = arriving * facts.horizon.days[season] * facts.horizon.expected[member]
    at = (network.to_site[flows.feed_link][known], flows.feed_train[known], stage[known])
    return dense((*facts.size("treatment_sites", "trains"), facts.horizon.stages), at, yearly[known])


def emitted_kg_co2_per_year(facts: Facts, network: Network, flows: Flows) -> Numbers:
    """(stage,) emissions of all trains."""
    rate = per_m3_put_in(facts, "emissions_kg_co2_per_kwh")
    return np.asarray(np.einsum("jat,a->t", put_in_m3_per_year(facts, network, flows), rate))


def check_treatment_energy(facts: Facts, claims: Claims, network: Network, flows: Flows) -> list[AuditCheck]:
    """The claimed table against what flows."""
    claimed, names = claims["treatment_energy"], facts.names
    put_in = put_in_m3_per_year(facts, network, flows)
    at = tuple(claimed[column].to_numpy() for column in ("site", "train", "stage"))
    told = put_in * (per_m3_put_in(facts) > 0)[:, None]
    place = names.grid("treatment_sites", "trains", "stages")
    rates = {
        "energy_kwh_per_year": ("treatment_energy", "Energy of treatment by the water put in", ENERGY, None),
        "cost_usd_per_year": ("treatment_energy_cost", "Energy of treatment costs what its kind costs", MONEY_PER_YEAR,
                              "price_usd_per_kwh"),
        "emissions_kg_co2_per_year": ("treatment_emissions", "Emissions of treatment are those of the kind of energy", EMISSIONS,
                                      "emissions_kg_co2_per_kwh"),
    }  # fmt: skip
    said = dense(put_in.shape, at, claimed["put_in_m3_per_year"])
    checks = [judge("treatment_put_in", "What is put into trains with a kind of energy", np.abs(said - told), WATER_PER_YEAR,
                    place, told)]  # fmt: skip
    for column, (code, title, tolerance, of_kind) in rates.items():
        true = put_in * per_m3_put_in(facts, of_kind)[:, None]
        checks.append(judge(code, title, np.abs(dense(put_in.shape, at, claimed[column]) - true), tolerance, place, true))
    return checks
