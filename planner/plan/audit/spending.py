"""Capital, residual and running costs by category and account, added up from what stands and what flows."""

from dataclasses import dataclass

import numpy as np

from planner.plan.audit.assets import Assets
from planner.plan.audit.catchments import given_up
from planner.plan.audit.facts import Facts
from planner.plan.audit.names import WATER, Codes, Numbers
from planner.plan.audit.network import Flows, Network
from planner.plan.audit.options import Works
from planner.plan.audit.treatment_energy import per_m3_put_in


@dataclass(frozen=True)
class Spending:
    """By category (the last one: energy and chemicals), account (as administration) and stage."""

    capital: Numbers
    """USD in each stage, undiscounted."""
    running: Numbers
    """USD in each year of a stage."""
    residual: Numbers
    """(category, account): what outlives the horizon, USD at its end."""
    opportunity: Numbers
    """USD given up in each year of a stage; nobody pays it."""


def spending_of(facts: Facts, works: Works, assets: Assets, network: Network, flows: Flows, energy_usd: Numbers) -> Spending:
    """Add up options, village assets, energy and chemicals; `energy_usd`: (link, stage) what pumps take a year."""
    names, account = facts.names, facts.administrations.account
    options, asset_table = facts.basin.tables["options"], facts.basin.tables["assets"]
    shape = (*facts.size("categories", "administrations"), facts.horizon.stages)
    capital, running, residual = np.zeros(shape), np.zeros(shape), np.zeros(shape[:2])
    of_option = (
        names.codes("categories", options["category"]),
        account[names.codes("administrations", options["administration"])],
    )
    np.add.at(capital, of_option, works.capital)
    np.add.at(running, of_option, works.running)
    np.add.at(residual, of_option, works.residual)
    holder = account[names.codes("administrations", facts.basin.tables["villages"]["administration"])]
    category = names.codes("categories", asset_table["category"])
    of_asset = (np.broadcast_to(category[None, :], (len(holder), len(category))),
                np.broadcast_to(holder[:, None], (len(holder), len(category))))  # fmt: skip
    np.add.at(capital, of_asset, assets.capital)
    np.add.at(running, of_asset, assets.running)
    np.add.at(residual, of_asset, assets.residual)
    running[names.code("categories", WATER)] += _energy_and_chemicals(facts, network, flows, energy_usd)
    opportunity = np.zeros(shape)
    option, giving, amount = given_up(facts, works)
    np.add.at(opportunity, (of_option[0][option], giving), amount)
    return Spending(capital, running, residual, opportunity)


def _energy_and_chemicals(facts: Facts, network: Network, flows: Flows, energy_usd: Numbers) -> Numbers:
    """USD a year (account, stage), expected over the design members."""
    horizon, links = facts.horizon, facts.basin.tables["links"]
    days = horizon.days[:, None] * horizon.expected[None, :]
    pumped = np.einsum("ltsm,sm->lt", flows.entering, days) * links["variable_om_usd_per_m3"].to_numpy(float)[:, None]
    total = np.zeros((*facts.size("administrations"), horizon.stages))
    holder = _holder_of_end(facts, network)
    np.add.at(total, holder, pumped + energy_usd)
    chemicals_usd = facts.basin.tables["trains"]["variable_om_usd_per_m3"].to_numpy(float)
    price = np.append(chemicals_usd + per_m3_put_in(facts, "price_usd_per_kwh"), 0.0)
    stage, season, member = flows.feed_period
    put_in = flows.feed_m3_per_day * network.keeps[flows.feed_link]
    chemicals = put_in * price[flows.feed_train] * days[season, member]
    np.add.at(total, (holder[flows.feed_link], stage), chemicals)
    return total


def _holder_of_end(facts: Facts, network: Network) -> Codes:
    """The account of the place where each link ends."""
    tables, names = facts.basin.tables, facts.names
    of_village, of_site = (
        names.codes("administrations", tables[table]["administration"]) for table in ("villages", "treatment_sites")
    )
    at_village = np.append(of_village, -1)[network.to_village]
    place = np.where(network.to_village >= 0, at_village, np.append(of_site, -1)[network.to_site])
    return facts.administrations.account[place]
