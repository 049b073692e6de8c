"""What pumps take, and what the sun takes off them."""

import numpy as np
import pandas as pd

from optimization.algebra import CompiledModel
from optimization.results.decisions import Decisions, Floats
from optimization.results.long import in_order, long
from planner.scenario.resolved import ResolvedScenario


def solar_m3_per_year(scenario: ResolvedScenario, compiled: CompiledModel, solution: Floats, decisions: Decisions) -> Floats:
    """(L, T) what the sun pumps in a mean year, no more than what flows."""
    energy, network, periods = scenario.energy, scenario.network, scenario.periods
    total = np.zeros((len(network.links), len(scenario.horizon.stages)))
    to_site = network.link_to_site[energy.solar_link] >= 0
    for sun, flow, values, days, stage in (
        (to_site, _in_mains(scenario, decisions), compiled.values(solution, "main_by_sun"), periods.days_per_year, periods.stage),
        (~to_site, _in_pipes(scenario, decisions), compiled.values(solution, "pipe_by_sun"), periods.delivery_days_per_year,
         periods.delivery_stage),
    ):  # fmt: skip
        by_sun = np.zeros_like(flow)
        np.add.at(by_sun, energy.solar_link[sun], np.maximum(values, 0.0))
        np.add.at(total.T, stage, (np.minimum(by_sun, flow) * days).T)
    return total


def _in_mains(scenario: ResolvedScenario, decisions: Decisions) -> Floats:
    flow = np.zeros((len(scenario.network.links), scenario.periods.count))
    np.add.at(flow, scenario.works.feed_link, decisions.feed_flow_m3_per_day)
    return flow


def _in_pipes(scenario: ResolvedScenario, decisions: Decisions) -> Floats:
    flow = np.zeros((len(scenario.network.links), len(scenario.periods.delivery_stage)))
    flow[scenario.network.pipes] = decisions.pipe_flow_m3_per_day
    return flow


def saved_usd_per_year(scenario: ResolvedScenario, solar: Floats) -> Floats:
    """(A, T) energy that accounts need not buy; solar: (L, T)."""
    network = scenario.network
    site = scenario.money.account_positions(scenario.basin.tables["treatment_sites"]["administration"])
    total = np.zeros((len(scenario.money.accounts), solar.shape[1]))
    saved = solar * scenario.energy.usd_per_m3[:, None]
    np.add.at(total, site[network.link_to_site[network.mains]], saved[network.mains])
    np.add.at(total, scenario.service.village_account[network.link_to_village[network.pipes]], saved[network.pipes])
    return total


def table(scenario: ResolvedScenario, feeds: Floats, pipes: Floats, solar: Floats) -> pd.DataFrame:
    """Table of energy: every link with a kind of energy in every stage. Flows: (F, T, S, H) and (L', T, S, H)."""
    energy, network, horizon = scenario.energy, scenario.network, scenario.horizon
    chance = np.where(horizon.design, horizon.probability, 0.0)
    pumped = np.zeros((len(network.links), len(horizon.stages)))
    for link, flow in ((scenario.works.feed_link, feeds), (network.pipes, pipes)):
        np.add.at(pumped, link, np.einsum("ftsh,s,h->ft", flow, horizon.days, chance))
    bought = np.maximum(pumped - solar, 0.0)
    figures = {
        "pumped_m3_per_year": pumped,
        "solar_m3_per_year": solar,
        "energy_kwh_per_year": energy.kwh_per_m3[:, None] * bought,
        "cost_usd_per_year": energy.usd_per_m3[:, None] * bought,
        "emissions_kg_co2_per_year": energy.kg_co2_per_m3[:, None] * bought,
    }
    kept = np.broadcast_to((energy.link_energy >= 0)[:, None], pumped.shape)
    return in_order("energy", long({"link": network.links, "stage": horizon.stages}, figures, kept))
