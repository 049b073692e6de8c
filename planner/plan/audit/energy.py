"""What pumps take in a year, counted anew from what flows, and what the sun can have pumped at most."""

from dataclasses import dataclass

import numpy as np

from planner.plan.audit.check import AuditCheck, judge
from planner.plan.audit.claims import Claims
from planner.plan.audit.facts import Facts
from planner.plan.audit.names import Codes, Numbers, dense
from planner.plan.audit.network import Flows, summed
from planner.plan.audit.options import Works
from planner.plan.audit.tolerances import EMISSIONS, ENERGY, MONEY_PER_YEAR, WATER_PER_YEAR
from planner.scenario.policy import Policy

GRAVITY = 9.81  # kN/m³
KJ_PER_KWH = 3600.0


@dataclass(frozen=True)
class Energy:
    """(link, stage) what is lifted in a mean year, by the sun of it, and what the rest takes, costs and emits."""

    kind: Codes  # (link,), -1 for none
    pumped: Numbers
    solar: Numbers
    solar_at_most: Numbers
    kwh: Numbers
    usd: Numbers
    kg_co2: Numbers


def energy_of(facts: Facts, claims: Claims, works: Works, flows: Flows) -> Energy:
    """From the flows, and from what the plan says that the sun pumps."""
    names, tables, horizon = facts.names, facts.basin.tables, facts.horizon
    links, kinds, claimed = tables["links"], tables["energy_kinds"], claims["energy"]
    kind = names.codes("energy_kinds", links["energy"])
    days = horizon.days[:, None] * horizon.expected[None, :]
    pumped = np.einsum("ltsm,sm->lt", flows.entering, days)
    solar = dense(pumped.shape, (claimed["link"].to_numpy(), claimed["stage"].to_numpy()), claimed["solar_m3_per_year"])
    options = tables["options"]
    driven = np.where(options["kind"] == "solar_pumping", names.codes("links", options["place"]), -1)
    by_sun = summed(facts.size("links"), driven, works.capacity * works.serves)[:, :, None, None]
    kwh = (pumped - solar) * _kwh_per_m3(facts)[:, None]

    def by_kind(column: str) -> Numbers:
        of_kind: Numbers = np.append(kinds[column].to_numpy(float), 0.0)
        return np.asarray(kwh * of_kind[kind][:, None])

    return Energy(
        kind=kind,
        pumped=pumped,
        solar=solar,
        solar_at_most=np.einsum("ltsm,sm->lt", np.minimum(flows.entering, by_sun), days),
        kwh=kwh,
        usd=by_kind("price_usd_per_kwh"),
        kg_co2=by_kind("emissions_kg_co2_per_kwh"),
    )


def _kwh_per_m3(facts: Facts) -> Numbers:
    """(link,) energy that lifts a cubic metre; nothing where no kind of energy is named."""
    links = facts.basin.tables["links"]
    driven = facts.names.codes("energy_kinds", links["energy"]) >= 0
    lift = GRAVITY * links["pumping_head_m"].to_numpy(float) / KJ_PER_KWH / links["pump_efficiency_share"].to_numpy(float)
    return np.asarray(lift * driven)


def usd_per_m3(facts: Facts) -> Numbers:
    """(link,) what the energy of a cubic metre costs, none of it from the sun."""
    tables = facts.basin.tables
    price: Numbers = np.append(tables["energy_kinds"]["price_usd_per_kwh"].to_numpy(float), 0.0)
    return np.asarray(_kwh_per_m3(facts) * price[facts.names.codes("energy_kinds", tables["links"]["energy"])])


def check_energy(facts: Facts, policy: Policy, claims: Claims, energy: Energy, treatment: Numbers) -> list[AuditCheck]:
    """All rules of energy of pumping. `treatment`: what trains emit beside, kg CO2 a year by stage."""
    claimed, names = claims["energy"], facts.names
    at = claimed["link"].to_numpy(), claimed["stage"].to_numpy()
    place = names.rows(links=at[0], stages=at[1])

    def claim(title: str, column: str, true: Numbers) -> AuditCheck:
        said = claimed[column].to_numpy(float)
        code, tolerance = {
            "pumped_m3_per_year": ("energy_pumped", WATER_PER_YEAR),
            "energy_kwh_per_year": ("energy_bought", ENERGY),
            "cost_usd_per_year": ("energy_cost", MONEY_PER_YEAR),
            "emissions_kg_co2_per_year": ("energy_emissions", EMISSIONS),
        }[column]
        return judge(code, title, np.abs(said - true[at]), tolerance, place, true[at])

    capped = policy.largest_emissions_kg_co2_per_year
    over = np.zeros(0) if capped is None else energy.kg_co2.sum(axis=0) + treatment - capped
    return [
        claim("What is pumped is what flows, as a mean over the design members", "pumped_m3_per_year", energy.pumped),
        judge("energy_solar", "The sun pumps no more than what flows and what its pumps can", energy.solar - energy.solar_at_most,
              WATER_PER_YEAR, names.grid("links", "stages"), energy.solar_at_most),
        claim("Energy bought is head over efficiency, for what the sun does not pump", "energy_kwh_per_year", energy.kwh),
        claim("Energy costs what its kind costs", "cost_usd_per_year", energy.usd),
        claim("Emissions are those of the kind of energy", "emissions_kg_co2_per_year", energy.kg_co2),
        judge("emissions_bound", "Pumps and trains emit no more in a year than the policy allows", over, EMISSIONS,
              lambda t: names.label("stages", t), capped or 0.0),
    ]  # fmt: skip
